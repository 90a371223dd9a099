/**
 * Resizing for comparisons: Keys' cubic (1981, a = −1/2), widened when shrinking so that nothing is skipped, taps
 * beyond the border left out and the others raised: what Pillow calls BICUBIC. In float64, so that it can be repeated
 * to the digit elsewhere.
 */
import { toWhole, type Rgb } from './picture.ts'

export interface PictureSide {
  readonly width: number
  readonly height: number
}

/** More pixels than this are compared at a reduced size: figures do not change any more, only the time they take. */
const mostPixels = 24e6

function cubic(distance: number): number {
  const x = Math.abs(distance)
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
}

interface Taps {
  readonly first: number
  readonly weights: Float64Array
}

function tapsOf(from: number, to: number): Taps[] {
  const scale = from / to
  const stretch = Math.max(1, scale)
  return Array.from({ length: to }, (_, out) => {
    const center = (out + 0.5) * scale
    const first = Math.max(0, Math.floor(center - 2 * stretch))
    const end = Math.min(from, Math.ceil(center + 2 * stretch))
    const weights = Float64Array.from({ length: end - first }, (_, tap) => cubic((first + tap + 0.5 - center) / stretch))
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { first, weights: weights.map((weight) => weight / sum) }
  })
}

/** The picture at another size, RGB interleaved, not rounded and not clipped. Yields between rows. */
export function* resizedSamples(rgb: Rgb, to: PictureSide): Generator<void, Float32Array> {
  const { width, height, data } = rgb
  const columns = tapsOf(width, to.width)
  const rows = tapsOf(height, to.height)
  const line = new Float64Array(3 * width)
  const out = new Float32Array(3 * to.width * to.height)
  for (let y = 0; y < to.height; y++) {
    const { first, weights } = rows[y] as Taps
    line.fill(0)
    for (let tap = 0; tap < weights.length; tap++) {
      const weight = weights[tap] as number
      const at = (first + tap) * 3 * width
      for (let i = 0; i < line.length; i++) line[i] = (line[i] as number) + weight * (data[at + i] as number)
    }
    for (let x = 0; x < to.width; x++) {
      const column = columns[x] as Taps
      for (let channel = 0; channel < 3; channel++) {
        let sum = 0
        for (let tap = 0, at = 3 * column.first + channel; tap < column.weights.length; tap++, at += 3) sum += (column.weights[tap] as number) * (line[at] as number)
        out[3 * (y * to.width + x) + channel] = sum
      }
    }
    yield
  }
  return out
}

/** The picture at another size, rounded to 8 bit; itself where the size is its own. */
export function* resized(rgb: Rgb, to: PictureSide): Generator<void, Rgb> {
  if (rgb.width === to.width && rgb.height === to.height) return rgb
  const samples = yield* resizedSamples(rgb, to)
  return { width: to.width, height: to.height, data: Uint8Array.from(samples, (value) => Math.min(255, Math.max(0, toWhole(value)))) }
}

/** Into a longest side, never enlarged, the shape kept. */
export function fitted(size: PictureSide, side: number): PictureSide {
  return scaled(size, Math.min(1, side / Math.max(size.width, size.height)))
}

/** The size at which a truth of this size is compared: its own, unless it is very large or a side was asked for. */
export function comparedSize(size: PictureSide, side: number | null): PictureSide {
  const scale = Math.min(1, Math.sqrt(mostPixels / (size.width * size.height)), side === null ? 1 : side / Math.max(size.width, size.height))
  return scaled(size, scale)
}

function scaled(size: PictureSide, scale: number): PictureSide {
  const side = (length: number): number => Math.max(1, toWhole(length * scale))
  return { width: side(size.width), height: side(size.height) }
}
