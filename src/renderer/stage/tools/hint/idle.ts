import { distance, hintAt } from '../marks.ts'
import type { State, ToolStates } from '../tool.ts'
import { moving } from './moving.ts'
import { placing } from './placing.ts'
import { resizing } from './resizing.ts'

/** On the rim of the chosen dot: resize. On a hint: choose and move it. Elsewhere: a new dot. */
const idle: State = {
  name: 'idle',
  down(pointer, board) {
    const { hints } = board.marks()
    const chosen = board.selected()
    const held = chosen === null ? undefined : hints[chosen]
    if (chosen !== null && held?.kind === 'dot') {
      const away = distance(pointer, held, board.size)
      // Outside the rim a little more is allowed than inside, so that a small dot can still be moved.
      if (away > held.radius * 0.7 && away < held.radius + pointer.reach && held.radius > pointer.reach / 2) return resizing(chosen, held)
    }
    const at = hintAt(hints, pointer, pointer.reach, board.size)
    const hint = hints[at]
    return hint ? moving(at, hint, pointer) : placing(pointer)
  },
}

export const hintTool: ToolStates = { idle }
