import { hintAt } from '../marks.ts'
import type { Board, Pointer, State } from '../tool.ts'

/** The colour under the pointer: of a hint (with its swatch) first, else of the result. */
function take(pointer: Pointer, board: Board): void {
  const { hints } = board.marks()
  const hint = hints[hintAt(hints, pointer, pointer.reach / 2, board.size)]
  if (hint) {
    board.take({ color: hint.color, swatch: hint.swatch ?? null, empty: hint.empty ?? false })
    return
  }
  const color = board.sample(pointer.x, pointer.y)
  if (color !== null) board.take({ color, swatch: null, empty: false })
}

export function picking(from: Pointer): State {
  return {
    name: 'picking',
    enter: (board) => take(from, board),
    move: take,
    up: () => null,
  }
}
