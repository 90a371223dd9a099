import type { ModelCard } from '../../contract/models.ts'
import type { Size } from '../../contract/pictures.ts'

/**
 * The size a network of free size runs at: √(width · height) ≈ 16 · factor in the picture's own shape, each side a
 * multiple of the card's, never above the picture's own size nor outside the card's limits.
 */
export function networkSizeFor(picture: Size, factor: number, limits: ModelCard['size']): Size {
  const scale = Math.min(1, (16 * factor) / Math.sqrt(picture.width * picture.height))
  const side = (length: number): number => {
    const { multiple } = limits
    const most = Math.max(multiple, Math.floor(limits.max / multiple) * multiple)
    const least = Math.ceil(limits.min / multiple) * multiple
    return Math.min(most, Math.max(least, Math.round((length * scale) / multiple) * multiple))
  }
  return { width: side(picture.width), height: side(picture.height) }
}
