import type { Size } from '../../contract/pictures.ts'
import { lightnessOf } from '../../core/color/lab.ts'
import { decodeSrgb } from '../../core/color/transfer.ts'
import type { ToneWeights } from '../../core/color/tones.ts'
import { resample, type Plane } from '../models/resample.ts'
import type { Pixels } from '../pictures/index.ts'

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

function levelOf({ data, width, height, channels, depth }: Pixels, block: number): Level {
  const columns = Math.ceil(width / block)
  const rows = Math.ceil(height / block)
  const planes = Array.from({ length: channels }, () => new Float32Array(columns * rows))
  const line = new Uint32Array(width * channels)
  const step = Math.max(1, Math.floor(block / rowsPerBlock))
  const scale = 1 / (depth === 16 ? 65535 : 255)
  for (let row = 0; row < rows; row++) {
    const last = Math.min(height, (row + 1) * block)
    let count = 0
    line.fill(0)
    for (let y = row * block; y < last; y += step) {
      count++
      const from = y * line.length
      for (let i = 0; i < line.length; i++) line[i] = (line[i] as number) + (data[from + i] as number)
    }
    planes.forEach((plane, channel) => {
      for (let column = 0; column < columns; column++) {
        const end = Math.min(width, (column + 1) * block)
        let sum = 0
        for (let x = column * block; x < end; x++) sum += line[x * channels + channel] as number
        plane[row * columns + column] = (sum * scale) / (count * (end - column * block))
      }
    })
  }
  return { planes: planes.map((plane) => ({ width: columns, height: rows, data: plane })), covered: { width: width / block, height: height / block } }
}

/**
 * A picture made small: what networks, detectors and scores look at. Levels are made when first asked for, as means over
 * blocks of 1, 2, 4, … pixels; the picture must not be written over before.
 */
export class LowCopy {
  readonly size: Size
  readonly channels: 1 | 3
  readonly #pixels: Pixels
  readonly #levels = new Map<number, Level>()

  constructor(pixels: Pixels) {
    this.size = { width: pixels.width, height: pixels.height }
    this.channels = pixels.channels
    this.#pixels = pixels
  }

  /** The whole picture's planes (one for grey, three for colour; sRGB 0…1) at another size. */
  planesAt(size: Size): Plane[] {
    const shrinking = Math.min(this.size.width / size.width, this.size.height / size.height) / finer
    const block = 2 ** Math.max(0, Math.floor(Math.log2(Math.max(1, shrinking))))
    const level = this.#levels.get(block) ?? levelOf(this.#pixels, block)
    this.#levels.set(block, level)
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

const linearOf = (plane: Float32Array): Float32Array => plane.map(decodeSrgb)

/** A small size of the picture's own shape with at most this long side. */
export function sizeWithin(size: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(size.width, size.height))
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) }
}
