import type { ToolStates } from '../tool.ts'

/** The hand is the view itself: drag pans, a double click goes to 1:1 and back. */
export const hand: ToolStates = { idle: null }
