import type { ToolStates } from '../tool.ts'
import { painting } from './painting.ts'

export const strokeTool: ToolStates = { idle: { name: 'idle', down: (pointer) => painting(pointer) } }
