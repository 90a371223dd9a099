import { create } from 'zustand'
import { firstPaint } from '../../ui/theme/tokens.ts'
import type { Paint } from './tool.ts'

interface MarkingState {
  readonly paint: Paint
  /** Of dots and strokes, fractions of the longer side. */
  readonly radius: number
  /** Plain colours taken up in this window, newest first. */
  readonly recent: readonly string[]
  /** Place of the chosen hint in the list of what is on the stage. */
  readonly selected: number | null
}

const radii = { least: 0.001, standard: 0.006, most: 0.1 } as const
const recentKept = 12

/** What the hand that places hints holds: it goes from room to room with it. */
export const useMarking = create<MarkingState>(() => ({ paint: { color: firstPaint, swatch: null, empty: false }, radius: radii.standard, recent: [], selected: null }))

/** Takes up a colour; plain ones are remembered. */
export function takePaint(paint: Paint): void {
  const { recent } = useMarking.getState()
  const kept = paint.swatch !== null || paint.empty ? recent : [paint.color, ...recent.filter((color) => color !== paint.color)].slice(0, recentKept)
  useMarking.setState({ paint, recent: kept })
}

export function changeRadius(factor: number): void {
  const { radius } = useMarking.getState()
  useMarking.setState({ radius: Math.min(radii.most, Math.max(radii.least, radius * factor)) })
}
