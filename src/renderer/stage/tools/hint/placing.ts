import { colorOf, type Board, type Pointer, type State } from '../tool.ts'

/** A new dot follows the pointer until it is let go. */
export function placing(from: Pointer): State {
  const dot = (at: Pointer, board: Board) => ({ kind: 'dot' as const, x: at.x, y: at.y, radius: board.radius(), ...colorOf(board.paint()) })
  return {
    name: 'placing',
    enter: (board) => board.show([{ list: 'hints', op: 'add', value: dot(from, board) }]),
    move: (pointer, board) => board.show([{ list: 'hints', op: 'add', value: dot(pointer, board) }]),
    up(pointer, board) {
      // Left unchosen: the next colour taken up is for the next hint.
      board.select(null)
      board.commit([{ list: 'hints', op: 'add', value: dot(pointer, board) }], { key: 'history.hint.add' })
      return null
    },
  }
}
