/** Two films of the same frames against each other, sample by sample. A difference is never averaged away by a smaller picture: of what a pixel covers, it shows the greatest. */
import type { FrameSize } from './motion.ts'
import { toRgb, type ToRgb } from './rgb.ts'
import { placesAlong, type Plane, type Samples } from './samples.ts'
import type { YuvKind } from './yuv.ts'

/** What two planes of luma differ by. */
export interface LumaFigures {
  /** Greatest difference, in steps of 8 bits: 0 is the proof that not one sample differs. */
  readonly most: number
  /** Mean difference, in steps of 8 bits. */
  readonly mean: number
  /** Share of samples that differ at all, 0…1. */
  readonly share: number
  /** Samples that were compared. */
  readonly samples: number
}

/** An 8-bit picture, rows from the top. */
export interface Picture extends FrameSize {
  readonly channels: 1 | 3
  readonly data: Uint8Array
}

export interface Side {
  readonly samples: Samples
  readonly kind: YuvKind
}

/** What makes samples of the lower depth those of the higher one: 8 bits become 10 without loss (SMPTE RP 125). */
const liftsTo = (depth: number, samples: Samples): number => 2 ** (depth - samples.depth)

const keepMost = (data: Uint8Array, at: number, value: number): void => {
  if (value > (data[at] as number)) data[at] = Math.min(255, Math.round(value))
}

/**
 * The difference of luma as stored, no range stretched.
 * @param box size of the picture, no larger than the frame
 * @param gain what differences are multiplied by to be seen
 * @throws RangeError where the frames have different sizes
 */
export function lumaDifference(one: Samples, other: Samples, box: FrameSize, gain: number): { picture: Picture; figures: LumaFigures } {
  requireSameSize(one, other)
  const depth = Math.max(one.depth, other.depth)
  const [liftOne, liftOther, unit] = [liftsTo(depth, one), liftsTo(depth, other), 2 ** (depth - 8)]
  const { width, height } = one
  const [columns, rows] = [placesAlong(width, box.width), placesAlong(height, box.height)]
  const data = new Uint8Array(box.width * box.height)
  let [most, sum, differing] = [0, 0, 0]
  for (let y = 0, i = 0; y < height; y++) {
    const row = (rows[y] as number) * box.width
    for (let x = 0; x < width; x++, i++) {
      const difference = Math.abs((one.luma[i] as number) * liftOne - (other.luma[i] as number) * liftOther)
      if (difference === 0) continue
      differing++
      sum += difference
      if (difference > most) most = difference
      // Whatever differs is seen, were it by less than one step of the screen.
      keepMost(data, row + (columns[x] as number), Math.max(1, (difference / unit) * gain))
    }
  }
  const samples = width * height
  return { picture: { ...box, channels: 1, data }, figures: { most: most / unit, mean: sum / unit / samples, share: differing / samples, samples } }
}

function requireSameSize(one: FrameSize, other: FrameSize): void {
  if (one.width !== other.width || one.height !== other.height) throw new RangeError(`${one.width}×${one.height} and ${other.width}×${other.height} cannot be compared sample by sample`)
}

/** Looks up the colour of luma place (x, y); grey films have none. */
function colorReader({ samples, kind }: Side): (x: number, y: number, out: Float32Array) => void {
  const { luma, width, height, depth, chroma } = samples
  const convert: ToRgb = toRgb(kind, depth)
  const middle = 128 * 2 ** (depth - 8)
  if (!chroma) return (x, y, out) => convert(luma[y * width + x] as number, middle, middle, out)
  const [across, down] = [placesAlong(width, chroma.width), placesAlong(height, chroma.height)]
  return (x, y, out) => {
    const at = (down[y] as number) * chroma.width + (across[x] as number)
    convert(luma[y * width + x] as number, chroma.u[at] as number, chroma.v[at] as number, out)
  }
}

/**
 * The difference of each channel as a screen shows it.
 * @param box size of the picture, no larger than the frame
 * @throws RangeError where the frames have different sizes
 */
export function colorDifference(one: Side, other: Side, box: FrameSize, gain: number): Picture {
  requireSameSize(one.samples, other.samples)
  const { width, height } = one.samples
  const [columns, rows] = [placesAlong(width, box.width), placesAlong(height, box.height)]
  const [readOne, readOther] = [colorReader(one), colorReader(other)]
  const [a, b] = [new Float32Array(3), new Float32Array(3)]
  const data = new Uint8Array(3 * box.width * box.height)
  for (let y = 0; y < height; y++) {
    const row = (rows[y] as number) * box.width
    for (let x = 0; x < width; x++) {
      readOne(x, y, a)
      readOther(x, y, b)
      const at = 3 * (row + (columns[x] as number))
      for (let channel = 0; channel < 3; channel++) keepMost(data, at + channel, Math.abs(onScreen(a[channel] as number) - onScreen(b[channel] as number)) * gain)
    }
  }
  return { ...box, channels: 3, data }
}

const onScreen = (value: number): number => Math.min(255, Math.max(0, value))

/** Luma that colour alone is shown at: middle grey, so that neither end of the gamut cuts it. */
const evenLuma = 0.5

/**
 * Colour alone: every pixel at the same luma.
 * @param gain what colour is multiplied by, 1: as it is
 */
export function chromaOnly({ samples, kind }: Side, box: FrameSize, gain: number): Picture {
  const { chroma, width, height, depth } = samples
  const convert = toRgb(kind, depth)
  const unit = 2 ** (depth - 8)
  const middle = 128 * unit
  const even = kind.range === 'pc' ? evenLuma * (2 ** depth - 1) : (16 + evenLuma * 219) * unit
  const [columns, rows] = [placesAlong(box.width, chroma?.width ?? width), placesAlong(box.height, chroma?.height ?? height)]
  const data = new Uint8Array(3 * box.width * box.height)
  const out = new Float32Array(3)
  const away = (plane: Plane, at: number): number => middle + gain * ((plane[at] as number) - middle)
  for (let y = 0, i = 0; y < box.height; y++) {
    const row = (rows[y] as number) * (chroma?.width ?? width)
    for (let x = 0; x < box.width; x++, i += 3) {
      const at = row + (columns[x] as number)
      convert(even, chroma ? away(chroma.u, at) : middle, chroma ? away(chroma.v, at) : middle, out)
      for (let channel = 0; channel < 3; channel++) data[i + channel] = Math.round(onScreen(out[channel] as number))
    }
  }
  return { ...box, channels: 3, data }
}
