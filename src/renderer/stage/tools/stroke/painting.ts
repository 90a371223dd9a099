import type { Hint } from '../../../../contract/hints.ts'
import { distance } from '../marks.ts'
import { colorOf, type Board, type Pointer, type State } from '../tool.ts'

type Stroke = Hint & { readonly kind: 'stroke' }

/** Points closer than this many screen pixels to the last add nothing that could be seen. */
const spacing = 1.5
/** The most that a stored stroke may hold. */
const longest = 20_000

const point = ({ x, y, pressure }: Pointer): [number, number, number] => [x, y, pressure]

/** A stroke under way; its points carry the pen's pressure. */
export function painting(from: Pointer): State {
  const points = [point(from)]
  let last = from
  const stroke = (board: Board): Stroke => ({ kind: 'stroke', points, radius: board.radius(), ...colorOf(board.paint()) })
  const show = (board: Board) => board.show([{ list: 'hints', op: 'add', value: stroke(board) }])
  return {
    name: 'painting',
    enter: show,
    move(pointer, board) {
      if (points.length >= longest || distance(pointer, last, board.size) < spacing * pointer.pixel) return
      points.push(point(pointer))
      last = pointer
      show(board)
    },
    up(_, board) {
      board.select(null)
      board.commit([{ list: 'hints', op: 'add', value: { ...stroke(board), points: [...points] } }], { key: 'history.hint.stroke' })
      return null
    },
  }
}
