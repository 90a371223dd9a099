import type { Wording } from '../../../contract/texts.ts'
import { distance } from './marks.ts'
import type { Pointer, State, ToolStates } from './tool.ts'

const spacing = 2
const longest = 20_000

/** A line under way that belongs to a list of its own; a click without a line does nothing. */
export function drawing(list: 'closings' | 'joins', label: Wording, from: Pointer): State {
  const points: [number, number][] = [[from.x, from.y]]
  let last = from
  return {
    name: 'drawing',
    move(pointer, board) {
      if (points.length >= longest || distance(pointer, last, board.size) < spacing * pointer.pixel) return
      points.push([pointer.x, pointer.y])
      last = pointer
      board.show([{ list, op: 'add', value: points }])
    },
    up(_, board) {
      if (points.length > 1) board.commit([{ list, op: 'add', value: [...points] }], label)
      return null
    },
  }
}

export const lineTool = (list: 'closings' | 'joins', label: Wording): ToolStates => ({ idle: { name: 'idle', down: (pointer) => drawing(list, label, pointer) } })
