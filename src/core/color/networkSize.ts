/** From a render factor to the size a network runs at. */
import type { PictureSize } from './composing.ts'

/** Limits of a card: sides are multiples of `multiple`, between `min` and `max`. */
export interface NetworkLimits {
  readonly multiple: number
  readonly min: number
  readonly max: number
}

/**
 * √(width · height) ≈ 16 · factor in the picture's own shape, each side rounded to the multiple, never above the
 * picture's own size nor outside the card's limits.
 */
export function networkSizeFor(renderFactor: number, picture: PictureSize, limits: NetworkLimits): PictureSize {
  const { multiple } = limits
  const whole = (length: number): number => Math.floor(length / multiple) * multiple
  const least = Math.max(multiple, Math.ceil(limits.min / multiple) * multiple)
  const scale = Math.min(1, (16 * renderFactor) / Math.sqrt(picture.width * picture.height))
  const side = (length: number): number => {
    const most = Math.min(whole(limits.max), whole(length))
    return Math.max(least, Math.min(most, Math.round((length * scale) / multiple) * multiple))
  }
  return { width: side(picture.width), height: side(picture.height) }
}
