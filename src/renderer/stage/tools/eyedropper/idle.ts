import type { ToolStates } from '../tool.ts'
import { picking } from './picking.ts'

export const eyedropperTool: ToolStates = { idle: { name: 'idle', down: (pointer) => picking(pointer) } }
