import { labToSrgb, srgbToLab } from '../color/srgb.ts'
import type { Draft } from './autoHints.ts'

/** Colours looked up once each where both pictures have few; beyond so many the table starts anew. */
const mostKnown = 1 << 18

/** Bilinear sample of a draft stretched over a picture, at the middle of a pixel; channels in 0…255. */
export function sampleDraft({ width, height, rgb }: Draft, x: number, y: number, channel: number): number {
  const cx = Math.min(width - 1, Math.max(0, x * width - 0.5))
  const cy = Math.min(height - 1, Math.max(0, y * height - 0.5))
  const [x0, y0] = [Math.floor(cx), Math.floor(cy)]
  const [x1, y1] = [Math.min(width - 1, x0 + 1), Math.min(height - 1, y0 + 1)]
  const [fx, fy] = [cx - x0, cy - y0]
  const at = (column: number, row: number): number => rgb[3 * (row * width + column) + channel] as number
  return (at(x0, y0) * (1 - fx) + at(x1, y0) * fx) * (1 - fy) + (at(x0, y1) * (1 - fx) + at(x1, y1) * fx) * fy
}

/**
 * Two colourings of a page in one (inkn'hue): lightness of the first, a and b = (1 − blend) · first + blend · other, in
 * CIELAB. The other may have any size; it is stretched over the first.
 * @param data interleaved RGB of some rows of the first, 8 or 16 bit by its type
 * @param part where these rows and columns lie in the whole first picture, pixels
 * @param out samples of the same kind, written
 */
export function blendColors(data: Uint8Array | Uint16Array, part: { left: number; top: number; width: number; height: number }, whole: { width: number; height: number }, other: Draft, blend: number, out: Uint8Array | Uint16Array): void {
  const max = data instanceof Uint8Array ? 255 : 65535
  const known = new Map<number, number>()
  for (let y = 0, n = 0; y < part.height; y++) {
    const v = (part.top + y + 0.5) / whole.height
    for (let x = 0; x < part.width; x++, n += 3) {
      const u = (part.left + x + 0.5) / whole.width
      const [red, green, blue] = [data[n] as number, data[n + 1] as number, data[n + 2] as number]
      const [r, g, b] = [0, 1, 2].map((channel) => Math.round(sampleDraft(other, u, v, channel))) as [number, number, number]
      const key = max === 255 ? ((red << 16) | (green << 8) | blue) * 0x1000000 + ((r << 16) | (g << 8) | b) : -1
      let mixed = key < 0 ? undefined : known.get(key)
      if (mixed === undefined) {
        const [l, a1, b1] = srgbToLab(red / max, green / max, blue / max)
        const [, a2, b2] = srgbToLab(r / 255, g / 255, b / 255)
        const rgb = labToSrgb(l, a1 + blend * (a2 - a1), b1 + blend * (b2 - b1))
        const [mr, mg, mb] = rgb.map((value) => Math.round(max * Math.min(1, Math.max(0, value)))) as [number, number, number]
        mixed = (mr * 0x10000 + mg) * 0x10000 + mb
        if (known.size >= mostKnown) known.clear()
        if (key >= 0) known.set(key, mixed)
      }
      out[n] = Math.floor(mixed / 0x100000000)
      out[n + 1] = Math.floor(mixed / 0x10000) % 0x10000
      out[n + 2] = mixed % 0x10000
    }
  }
}
