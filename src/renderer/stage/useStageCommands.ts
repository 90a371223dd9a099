import type { Size } from '../../contract/pictures.ts'
import { useCommand } from '../app/commands.ts'
import { fittedAgain, toggleOneToOne, zoomAt, type Viewport } from './viewport.ts'

interface StageCommands<Mode extends string> {
  readonly view: Viewport
  readonly picture: Size
  /** It is looked at sheet by sheet. */
  readonly strip?: boolean
  /** null: not measured yet. */
  readonly window: Size | null
  /** The ways to compare, in the order in which the command goes through them. */
  readonly modes: readonly Mode[]
  readonly compare: Mode
  onView(view: Viewport): void
  onCompare(mode: Mode): void
  onHold(holding: boolean): void
}

/** Zoom and comparing from the keyboard, the same in every room with a stage. */
export function useStageCommands<Mode extends string>({ view, picture, strip = false, window, modes, compare, onView, onCompare, onHold }: StageCommands<Mode>): void {
  const centre = window ? { x: window.width / 2, y: window.height / 2 } : { x: 0, y: 0 }
  const zoomBy = (factor: number) => window && onView(zoomAt(view, factor, centre, picture, window))
  useCommand('zoom.in', () => zoomBy(1.5))
  useCommand('zoom.out', () => zoomBy(1 / 1.5))
  useCommand('zoom.fit', () => window && onView(fittedAgain(view, picture, window, strip)))
  useCommand('zoom.toggle', () => window && onView(toggleOneToOne(view, centre, picture, window, globalThis.devicePixelRatio || 1)))
  useCommand('compare.cycle', () => onCompare(modes[(modes.indexOf(compare) + 1) % modes.length] ?? compare))
  useCommand('compare.original', () => onHold(true), () => onHold(false))
}
