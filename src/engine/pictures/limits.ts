import type { Size } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from './failures.ts'

/** Most pixels a side that a format holds: JPEG by its 16-bit size, WebP by its 14-bit size, PSD by Photoshop, AVIF by its coder. */
const longestSide: Readonly<Record<string, { side: number; title: string }>> = {
  jpeg: { side: 65_535, title: 'JPEG' },
  webp: { side: 16_383, title: 'WebP' },
  avif: { side: 65_535, title: 'AVIF' },
  psd: { side: 30_000, title: 'PSD' },
}

/**
 * Refuses, before any work is done, a picture that a format cannot hold.
 * @param format `jpeg`, `webp`, `avif`, `psd`; others hold what there is
 * @throws HourglassError `too-large`
 */
export function assertFits(format: string, { width, height }: Size, path: string): void {
  const limit = longestSide[format]
  if (!limit || Math.max(width, height) <= limit.side) return
  const remedy = format === 'psd' ? 'remedy.oraOrPngLayers' : 'remedy.pngOrTiff'
  throw fault('too-large', 'fault.layersTooLarge', remedy, { file: named(path), width, height, format: limit.title, most: limit.side.toLocaleString('en') })
}
