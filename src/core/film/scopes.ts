/** Measuring instruments of a frame: histogram, waveform of luma, vectorscope. Samples are read as stored and shown in steps of 8 bits. */
import type { Picture } from './comparing.ts'
import { toRgb } from './rgb.ts'
import { placesAlong, type Samples } from './samples.ts'
import type { YuvKind } from './yuv.ts'

/** Steps of a sample that the instruments tell apart. */
export const scopeLevels = 256

/** How many pixels have each level, 0…255. */
export interface Histogram {
  readonly luma: number[]
  readonly red: number[]
  readonly green: number[]
  readonly blue: number[]
}

const level = (value: number): number => Math.min(255, Math.max(0, Math.round(value)))

/** Counts luma as stored, and R′, G′, B′ as shown. */
export function histogramOf(samples: Samples, kind: YuvKind): Histogram {
  const { luma, width, height, depth, chroma } = samples
  const shift = depth - 8
  const convert = toRgb(kind, depth)
  const middle = 128 * 2 ** shift
  const counts = { luma: new Array<number>(scopeLevels).fill(0), red: new Array<number>(scopeLevels).fill(0), green: new Array<number>(scopeLevels).fill(0), blue: new Array<number>(scopeLevels).fill(0) }
  const [across, down] = chroma ? [placesAlong(width, chroma.width), placesAlong(height, chroma.height)] : [null, null]
  const out = new Float32Array(3)
  const add = (to: number[], at: number): void => void (to[at] = (to[at] as number) + 1)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const value = luma[i] as number
      const at = chroma && across && down ? (down[y] as number) * chroma.width + (across[x] as number) : 0
      convert(value, chroma ? (chroma.u[at] as number) : middle, chroma ? (chroma.v[at] as number) : middle, out)
      add(counts.luma, value >> shift)
      add(counts.red, level(out[0] as number))
      add(counts.green, level(out[1] as number))
      add(counts.blue, level(out[2] as number))
    }
  }
  return counts
}

/** How many samples of each column of the picture have each level: `columns` × 256, level 255 in the first row. */
export function waveformOf({ luma, width, height, depth }: Samples, columns: number): Uint32Array {
  const places = placesAlong(width, columns)
  const counts = new Uint32Array(columns * scopeLevels)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const at = (scopeLevels - 1 - ((luma[i] as number) >> (depth - 8))) * columns + (places[x] as number)
      counts[at] = (counts[at] as number) + 1
    }
  }
  return counts
}

/** How many chroma samples have each pair of U (across, 0 at the left) and V (up, 255 in the first row): 256 × 256. A grey film is one point in the middle. */
export function vectorscopeOf({ chroma, depth, width, height }: Samples): Uint32Array {
  const counts = new Uint32Array(scopeLevels * scopeLevels)
  const place = (u: number, v: number): number => (scopeLevels - 1 - v) * scopeLevels + u
  if (!chroma) {
    counts[place(128, 128)] = width * height
    return counts
  }
  for (let i = 0; i < chroma.u.length; i++) {
    const at = place((chroma.u[i] as number) >> (depth - 8), (chroma.v[i] as number) >> (depth - 8))
    counts[at] = (counts[at] as number) + 1
  }
  return counts
}

/** Brightness 0…1 of counts: by logarithm, so that a single sample is seen beside a whole sky. */
function brightnessOf(counts: Uint32Array): (count: number) => number {
  const most = Math.log1p(counts.reduce((high, count) => Math.max(high, count), 0))
  const least = 0.25
  return (count) => (count === 0 ? 0 : least + (1 - least) * (Math.log1p(count) / most))
}

/** A waveform as a picture. */
export function drawWaveform(counts: Uint32Array, columns: number): Picture {
  const brightness = brightnessOf(counts)
  return { width: columns, height: scopeLevels, channels: 1, data: Uint8Array.from(counts, (count) => Math.round(255 * brightness(count))) }
}

/** How bright the neighbours of a place are: a film of few colours has few points, which nobody would find at one pixel each. */
const glow = 0.5

/** A vectorscope as a picture: each place in the colour that it stands for. */
export function drawVectorscope(counts: Uint32Array, kind: YuvKind): Picture {
  const brightness = brightnessOf(counts)
  const convert = toRgb({ ...kind, range: 'tv' }, 8)
  const bright = new Float32Array(counts.length)
  for (const [i, count] of counts.entries()) {
    if (count === 0) continue
    const own = brightness(count)
    for (const at of [i - 1, i + 1, i - scopeLevels, i + scopeLevels]) if (at >= 0 && at < bright.length) bright[at] = Math.max(bright[at] as number, glow * own)
    bright[i] = Math.max(bright[i] as number, own)
  }
  const out = new Float32Array(3)
  const data = new Uint8Array(3 * counts.length)
  for (let i = 0; i < counts.length; i++) {
    if (bright[i] === 0) continue
    convert(150, i % scopeLevels, scopeLevels - 1 - Math.floor(i / scopeLevels), out)
    for (let channel = 0; channel < 3; channel++) data[3 * i + channel] = level((bright[i] as number) * level(out[channel] as number))
  }
  return { width: scopeLevels, height: scopeLevels, channels: 3, data }
}

/** Where the vectorscope shows a colour: fractions of its width from the left and its height from the top. For targets and the skin line. */
export function vectorPlace([red, green, blue]: readonly [number, number, number], [weightRed, weightBlue]: readonly [number, number]): { x: number; y: number } {
  const luma = weightRed * red + (1 - weightRed - weightBlue) * green + weightBlue * blue
  const u = 128 + (224 * (blue - luma)) / (2 * (1 - weightBlue))
  const v = 128 + (224 * (red - luma)) / (2 * (1 - weightRed))
  return { x: (u + 0.5) / scopeLevels, y: (scopeLevels - 0.5 - v) / scopeLevels }
}
