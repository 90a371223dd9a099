/** Pictures as they are compared: 8-bit sRGB, and their Lab values where they are needed. */
import { labToLinear, linearToLab } from '../color/lab.ts'
import { decodeSrgb, encodeSrgb, linearTable } from '../color/transfer.ts'

/** RGB interleaved, rows from the top, width · height · 3 samples of 0…255. */
export interface Rgb {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** L* (0…100), a and b of a picture or a part of one. */
export interface LabPlanes {
  readonly lightness: Float32Array
  readonly a: Float32Array
  readonly b: Float32Array
}

/** Pixels worked on between two pauses: a few milliseconds' work. */
export const stripPixels = 1 << 16

/** To whole numbers, halves up. The small addition keeps a half that rounding made smaller from going down. */
export const toWhole = (value: number): number => Math.floor(value + 0.5 + 1e-9)

/** L*, a, b of the pixels `from`…`to`, in float64, into the beginnings of the three arrays. */
export function labInto(rgb: Rgb, from: number, to: number, lightness: Float64Array, a: Float64Array, b: Float64Array): void {
  const { data } = rgb
  const linear = linearTable(8)
  for (let i = from, n = 0; i < to; i++, n++) {
    const lab = linearToLab(linear[data[3 * i] as number] as number, linear[data[3 * i + 1] as number] as number, linear[data[3 * i + 2] as number] as number)
    lightness[n] = lab[0]
    a[n] = lab[1]
    b[n] = lab[2]
  }
}

/** Lab planes of RGB samples 0…255 that need not be whole numbers. */
export function labPlanes(samples: ArrayLike<number>): LabPlanes {
  const pixels = samples.length / 3
  const planes = { lightness: new Float32Array(pixels), a: new Float32Array(pixels), b: new Float32Array(pixels) }
  const linear = (i: number): number => decodeSrgb(Math.min(1, Math.max(0, (samples[i] as number) / 255)))
  for (let i = 0; i < pixels; i++) {
    const [lightness, a, b] = linearToLab(linear(3 * i), linear(3 * i + 1), linear(3 * i + 2))
    planes.lightness[i] = lightness
    planes.a[i] = a
    planes.b[i] = b
  }
  return planes
}

/** Colours of a strip: `from` is its first pixel; answers go into a and b. */
export type Coloring = (from: number, to: number, a: Float64Array, b: Float64Array) => void

/**
 * The truth's tones under other colours, to 8 bit; channels outside 0…255 are clipped. Yields between strips.
 * @param coloring a and b for each pixel, Lab units
 */
export function* recolored(truth: Rgb, coloring: Coloring): Generator<void, Rgb> {
  const pixels = truth.width * truth.height
  const data = new Uint8Array(3 * pixels)
  const [lightness, a, b] = [new Float64Array(stripPixels), new Float64Array(stripPixels), new Float64Array(stripPixels)]
  for (let from = 0; from < pixels; from += stripPixels) {
    const to = Math.min(pixels, from + stripPixels)
    labInto(truth, from, to, lightness, a, b)
    coloring(from, to, a, b)
    for (let i = from, n = 0; i < to; i++, n++) {
      const linear = labToLinear(lightness[n] as number, a[n] as number, b[n] as number)
      for (let channel = 0; channel < 3; channel++) data[3 * i + channel] = toWhole(255 * encodeSrgb(Math.min(1, Math.max(0, linear[channel] as number))))
    }
    yield
  }
  return { ...truth, data }
}

/** One colour everywhere; 0, 0 is the grey copy. */
export const oneColor =
  (a: number, b: number): Coloring =>
  (_from, _to, planeA, planeB) => {
    planeA.fill(a)
    planeB.fill(b)
  }

/** Another picture's colours, times a strength. */
export function chromaOf(source: Rgb, strength: number): Coloring {
  const lightness = new Float64Array(stripPixels)
  return (from, to, a, b) => {
    labInto(source, from, to, lightness, a, b)
    for (let n = 0; n < to - from; n++) {
      a[n] = (a[n] as number) * strength
      b[n] = (b[n] as number) * strength
    }
  }
}

/** Mean a and b of a picture. Yields between strips. */
export function* meanColorOf(rgb: Rgb): Generator<void, readonly [number, number]> {
  const pixels = rgb.width * rgb.height
  const [lightness, a, b] = [new Float64Array(stripPixels), new Float64Array(stripPixels), new Float64Array(stripPixels)]
  let [sumA, sumB] = [0, 0]
  for (let from = 0; from < pixels; from += stripPixels) {
    const to = Math.min(pixels, from + stripPixels)
    labInto(rgb, from, to, lightness, a, b)
    for (let n = 0; n < to - from; n++) {
      sumA += a[n] as number
      sumB += b[n] as number
    }
    yield
  }
  return [sumA / pixels, sumB / pixels]
}
