import type { Hint } from '../../../../contract/hints.ts'
import { distance, type MarkEdit } from '../marks.ts'
import type { State } from '../tool.ts'

const least = 0.0005
const most = 0.5

/** The rim of a dot follows the pointer. */
export function resizing(at: number, hint: Hint & { readonly kind: 'dot' }): State {
  let resized: MarkEdit | null = null
  return {
    name: 'resizing',
    move(pointer, board) {
      const radius = Math.min(most, Math.max(least, distance(pointer, hint, board.size)))
      resized = { list: 'hints', op: 'replace', at, value: { ...hint, radius } }
      board.show([resized])
    },
    up(_, board) {
      if (resized) board.commit([resized], { key: 'history.hint.resize' })
      return null
    },
  }
}
