import type { Hint } from '../../../../contract/hints.ts'
import { distance, moveHint, type MarkEdit } from '../marks.ts'
import type { Pointer, State } from '../tool.ts'

/** A hint is chosen, and follows once the pointer has really moved (three screen pixels). */
export function moving(at: number, hint: Hint, from: Pointer): State {
  let moved: MarkEdit | null = null
  return {
    name: 'moving',
    enter: (board) => board.select(at),
    move(pointer, board) {
      if (!moved && distance(pointer, from, board.size) < 3 * pointer.pixel) return
      moved = { list: 'hints', op: 'replace', at, value: moveHint(hint, pointer.x - from.x, pointer.y - from.y) }
      board.show([moved])
    },
    up(_, board) {
      if (moved) board.commit([moved], { key: 'history.hint.move' })
      return null
    },
  }
}
