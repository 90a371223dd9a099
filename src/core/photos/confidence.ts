import type { RenderFigures } from '../../contract/pictures.ts'

/** Below this mean confidence (0…1) a result is marked for a second look. */
const doubtfulBelow = 0.35

/** True where the model was unsure of its colours as a whole. A model that does not say is not doubted. */
export function isDoubtful(figures: Pick<RenderFigures, 'confidence' | 'alreadyColor'>): boolean {
  return !figures.alreadyColor && figures.confidence !== null && figures.confidence < doubtfulBelow
}
