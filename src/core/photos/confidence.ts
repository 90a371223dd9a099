import type { RenderFigures } from '../../contract/pictures.ts'

/**
 * Below this mean confidence (0…1) a result is marked for a second look. With our models 21 old photographs and
 * samples lay between 0.34 and 0.67, median 0.54: only what is less sure than all of them is marked.
 */
const doubtfulBelow = 0.33

/** True where the model was unsure of its colours as a whole. A model that does not say is not doubted. */
export function isDoubtful(figures: Pick<RenderFigures, 'confidence' | 'alreadyColor'>): boolean {
  return !figures.alreadyColor && figures.confidence !== null && figures.confidence < doubtfulBelow
}
