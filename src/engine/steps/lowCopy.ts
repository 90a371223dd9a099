import type { Size } from '../../contract/pictures.ts'
import { lightnessOf } from '../../core/color/lab.ts'
import { decodeSrgb } from '../../core/color/transfer.ts'
import type { ToneWeights } from '../../core/color/tones.ts'
import { resample, type Plane } from '../models/resample.ts'
import type { RowSource } from '../pictures/rows.ts'
import { release, type Samples } from '../pictures/samples.ts'

/** Means over square blocks of pixels, sRGB 0…1; one plane for grey, three for colour. */
interface Level {
  readonly planes: readonly Plane[]
  /** Width and height of the picture in pixels of the planes; the last column and row may be cut blocks. */
  readonly covered: { readonly width: number; readonly height: number }
}

/** Rows looked at in each block: more would only cost time. */
const rowsPerBlock = 4

/** A level has at least this many pixels for one of the size that is asked for, so that the last step is smooth. */
const finer = 1.5

/** line += one row of samples. */
function addRow(line: Uint32Array, row: Samples): void {
  for (let i = 0; i < line.length; i++) line[i] = (line[i] as number) + (row[i] as number)
}

/** Sums of `block` neighbouring pixels of one channel; the last block may be cut. */
function foldRow(line: Uint32Array, channels: number, channel: number, block: number, sums: Float64Array): void {
  let at = channel
  for (let column = 0; column < sums.length; column++) {
    const end = Math.min(line.length, (column + 1) * block * channels)
    let sum = 0
    for (; at < end; at += channels) sum += line[at] as number
    sums[column] = sum
  }
}

/** @param planeCount the first so many channels: of what is neutral one says it all, and is a third of the work */
function levelOf(source: RowSource, block: number, planeCount: number): Level {
  const { width, height, channels, depth } = source
  const columns = Math.ceil(width / block)
  const rows = Math.ceil(height / block)
  const planes = Array.from({ length: planeCount }, () => new Float32Array(columns * rows))
  const line = new Uint32Array(width * channels)
  const sums = new Float64Array(columns)
  const step = Math.max(1, Math.floor(block / rowsPerBlock))
  const scale = 1 / (depth === 16 ? 65535 : 255)
  for (let row = 0; row < rows; row++) {
    const last = Math.min(height, (row + 1) * block)
    line.fill(0)
    for (let y = row * block; y < last; y += step) addRow(line, source.row(y))
    const count = Math.ceil((last - row * block) / step)
    for (const [channel, plane] of planes.entries()) {
      foldRow(line, channels, channel, block, sums)
      for (let column = 0; column < columns; column++) {
        const pixels = count * (Math.min(width, (column + 1) * block) - column * block)
        plane[row * columns + column] = ((sums[column] as number) * scale) / pixels
      }
    }
  }
  return { planes: planes.map((plane) => ({ width: columns, height: rows, data: plane })), covered: { width: width / block, height: height / block } }
}

/** Whether the channels are the same in every pixel: grey stored as colour. */
function isNeutral(samples: Samples, channels: number): boolean {
  if (channels === 1) return true
  for (let i = 0; i < samples.length; i += 3) {
    if (samples[i] !== samples[i + 1] || samples[i] !== samples[i + 2]) return false
  }
  return true
}

/** Long side of the copy that is made at once: enough for most networks and all detectors. */
const baseSide = 384

/** A level made by the picture library, whose loops are compiled: several times faster than `levelOf` on a fresh start. */
async function baseLevel(source: RowSource): Promise<Level> {
  const { width, height, channels, depth } = source
  const size = sizeWithin({ width, height }, baseSide)
  const raw = await source
    .chain()
    .resize(size.width, size.height, { fit: 'fill', kernel: 'linear' })
    .toColourspace(channels === 1 ? (depth === 16 ? 'grey16' : 'b-w') : depth === 16 ? 'rgb16' : 'srgb')
    .raw({ depth: depth === 16 ? 'ushort' : 'uchar' })
    .toBuffer()
  const samples = depth === 16 ? new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2) : raw
  const scale = 1 / (depth === 16 ? 65535 : 255)
  const planes = Array.from({ length: isNeutral(samples, channels) ? 1 : channels }, (_, channel) => {
    const plane = new Float32Array(size.width * size.height)
    for (let i = 0, at = channel; i < plane.length; i++, at += channels) plane[i] = (samples[at] as number) * scale
    return { ...size, data: plane }
  })
  release(raw)
  return { planes, covered: size }
}

/**
 * A picture made small: what networks, detectors and scores look at. One level is made at once; finer ones, as means
 * over blocks of 1, 2, 4, … pixels, when first asked for: the picture must not be written over before.
 */
export class LowCopy {
  readonly size: Size
  /** 1 also for grey that is stored as colour. */
  readonly channels: 1 | 3
  readonly #source: RowSource
  readonly #base: Level
  readonly #levels = new Map<number, Level>()

  private constructor(source: RowSource, base: Level) {
    this.size = { width: source.width, height: source.height }
    this.channels = base.planes.length === 1 ? 1 : 3
    this.#source = source
    this.#base = base
  }

  /** @param source grey or RGB, without alpha */
  static async of(source: RowSource): Promise<LowCopy> {
    return new LowCopy(source, await baseLevel(source))
  }

  #levelFor(size: Size): Level {
    const base = this.#base.covered
    const isFinest = base.width === this.size.width && base.height === this.size.height
    if (isFinest || (base.width >= finer * size.width && base.height >= finer * size.height)) return this.#base
    const shrinking = Math.min(this.size.width / size.width, this.size.height / size.height) / finer
    const block = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, shrinking))))
    const level = this.#levels.get(block) ?? levelOf(this.#source, block, this.channels)
    this.#levels.set(block, level)
    return level
  }

  /** Frees its memory at once (see `release`). Nothing may be asked of it any more. */
  free(): void {
    for (const { planes } of [this.#base, ...this.#levels.values()]) for (const { data } of planes) release(data)
  }

  /** The whole picture's planes (one for grey, three for colour; sRGB 0…1) at another size. */
  planesAt(size: Size): Plane[] {
    const level = this.#levelFor(size)
    return level.planes.map((plane) => resample(plane, size.width, size.height, { x: 0, y: 0, ...level.covered }))
  }

  /** L* 0…100 of the whole picture at another size, by the channels that carry the tones. */
  lightnessAt(size: Size, tones: ToneWeights): Plane {
    const [red, green, blue] = this.planesAt(size)
    const data = new Float32Array(size.width * size.height)
    if (red && green && blue) {
      const [r, g, b] = [linearOf(red.data), linearOf(green.data), linearOf(blue.data)]
      for (let i = 0; i < data.length; i++) data[i] = lightnessOf(tones[0] * (r[i] as number) + tones[1] * (g[i] as number) + tones[2] * (b[i] as number))
    } else if (red) {
      const linear = linearOf(red.data)
      for (let i = 0; i < data.length; i++) data[i] = lightnessOf(linear[i] as number)
    }
    return { ...size, data }
  }
}

const steps = 1024
let linearTable: Float32Array | undefined

/** Linear light of sRGB samples 0…1, from a table with interpolation: off by less than 1e-6. */
function linearOf(plane: Float32Array): Float32Array {
  linearTable ??= Float32Array.from({ length: steps + 2 }, (_, i) => decodeSrgb(i / steps))
  const out = new Float32Array(plane.length)
  for (let i = 0; i < plane.length; i++) {
    const at = Math.min(1, Math.max(0, plane[i] as number)) * steps
    const low = Math.floor(at)
    const value = linearTable[low] as number
    out[i] = value + ((linearTable[low + 1] as number) - value) * (at - low)
  }
  return out
}

/** A small size of the picture's own shape with at most this long side. */
export function sizeWithin(size: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(size.width, size.height))
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) }
}
