import type { ToolStates } from '../tool.ts'
import { erasing } from './erasing.ts'

export const eraserTool: ToolStates = { idle: { name: 'idle', down: (pointer) => erasing(pointer) } }
