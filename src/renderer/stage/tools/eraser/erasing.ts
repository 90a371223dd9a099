import { distanceToHint, distanceToPath, type MarkEdit, type Marks } from '../marks.ts'
import type { Board, Pointer, State } from '../tool.ts'

const lists = ['hints', 'closings', 'joins'] as const

/** Whatever the eraser touches goes, as a whole; let go, it is one gesture. */
export function erasing(from: Pointer): State {
  const gone: Record<keyof Marks, Set<number>> = { hints: new Set(), closings: new Set(), joins: new Set() }
  const touch = (pointer: Pointer, board: Board) => {
    const marks = board.marks()
    const reach = Math.max(board.radius(), pointer.reach / 2)
    marks.hints.forEach((hint, at) => {
      if (!hint.hidden && distanceToHint(pointer, hint, board.size) <= reach + hint.radius) gone.hints.add(at)
    })
    for (const list of ['closings', 'joins'] as const) {
      marks[list].forEach((path, at) => {
        if (distanceToPath(pointer, path, board.size) <= reach) gone[list].add(at)
      })
    }
    board.show(edits())
  }
  // From the end, so that the places of the others stay what they were.
  const edits = (): MarkEdit[] => lists.flatMap((list) => [...gone[list]].sort((a, b) => b - a).map((at) => ({ list, op: 'remove' as const, at })))
  return {
    name: 'erasing',
    enter: (board) => touch(from, board),
    move: touch,
    up(_, board) {
      const removed = edits()
      board.show([])
      if (removed.length === 0) return null
      board.select(null)
      board.commit(removed, { key: 'history.hint.erase', values: { count: removed.length } })
      return null
    },
  }
}
