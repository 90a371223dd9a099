import { IconArrowMerge, IconBrush, IconColorPicker, IconDroplet, IconEraser, IconHandStop, IconLock, IconScissors } from '@tabler/icons-react'
import type { CommandId } from '../../../core/commands/index.ts'
import type { IconType } from '../../ui/IconButton.tsx'
import { divideTool } from './divide/idle.ts'
import { eraserTool } from './eraser/idle.ts'
import { eyedropperTool } from './eyedropper/idle.ts'
import { hand } from './hand/idle.ts'
import { hintTool } from './hint/idle.ts'
import { joinTool } from './join/idle.ts'
import { lockTool } from './lock/idle.ts'
import { strokeTool } from './stroke/idle.ts'
import type { ToolStates } from './tool.ts'

interface Tool extends ToolStates {
  readonly icon: IconType
  /** Chooses it; its text is the tool's name, its shortcut the tool's key. */
  readonly command: CommandId
  /** The pointer draws a circle of the brush's size. */
  readonly hasBrush: boolean
}

/** The one list of tools, in the order of the column. */
export const tools = {
  hand: { ...hand, icon: IconHandStop, command: 'tool.hand', hasBrush: false },
  hint: { ...hintTool, icon: IconDroplet, command: 'tool.hint', hasBrush: true },
  stroke: { ...strokeTool, icon: IconBrush, command: 'tool.stroke', hasBrush: true },
  eraser: { ...eraserTool, icon: IconEraser, command: 'tool.eraser', hasBrush: true },
  eyedropper: { ...eyedropperTool, icon: IconColorPicker, command: 'tool.eyedropper', hasBrush: false },
  join: { ...joinTool, icon: IconArrowMerge, command: 'tool.join', hasBrush: false },
  divide: { ...divideTool, icon: IconScissors, command: 'tool.divide', hasBrush: false },
  lock: { ...lockTool, icon: IconLock, command: 'tool.lock', hasBrush: false },
} as const satisfies Record<string, Tool>

export type ToolId = keyof typeof tools
export const toolIds = Object.keys(tools) as ToolId[]
