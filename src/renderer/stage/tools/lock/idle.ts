import type { ToolStates } from '../tool.ts'
import { framing } from './framing.ts'

/** A press locks or unlocks the panel or bubble under it; a drag locks the area that it draws. */
export const lockTool: ToolStates = { idle: { name: 'idle', down: (pointer) => framing(pointer) } }
