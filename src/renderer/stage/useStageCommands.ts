import type { Size } from '../../contract/pictures.ts'
import { useCommand } from '../app/commands.ts'
import { stageModes, type StageMode } from './Stage.tsx'
import { refitted, toggleOneToOne, zoomAt, type Viewport } from './viewport.ts'

interface StageCommands {
  readonly view: Viewport
  readonly picture: Size
  /** null: not measured yet. */
  readonly window: Size | null
  readonly compare: StageMode
  onView(view: Viewport): void
  onCompare(mode: StageMode): void
  onHold(holding: boolean): void
}

/** Zoom and comparing from the keyboard, the same in every room with a stage. */
export function useStageCommands({ view, picture, window, compare, onView, onCompare, onHold }: StageCommands): void {
  const centre = window ? { x: window.width / 2, y: window.height / 2 } : { x: 0, y: 0 }
  const zoomBy = (factor: number) => window && onView(zoomAt(view, factor, centre, picture, window))
  useCommand('zoom.in', () => zoomBy(1.5))
  useCommand('zoom.out', () => zoomBy(1 / 1.5))
  useCommand('zoom.fit', () => onView(refitted(view)))
  useCommand('zoom.toggle', () => window && onView(toggleOneToOne(view, centre, picture, window, globalThis.devicePixelRatio || 1)))
  useCommand('compare.cycle', () => onCompare(stageModes[(stageModes.indexOf(compare) + 1) % stageModes.length] ?? 'split'))
  useCommand('compare.original', () => onHold(true), () => onHold(false))
}
