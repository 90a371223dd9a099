import type { Size } from '../../contract/pictures.ts'
import { lightnessOf } from '../../core/color/lab.ts'
import { decodeSrgb } from '../../core/color/transfer.ts'
import type { ToneWeights } from '../../core/color/tones.ts'
import { resample, type Plane } from '../models/resample.ts'
import type { Pixels, Samples } from '../pictures/index.ts'

/**
 * A picture made small by whole blocks: what networks, detectors and scores look at. Samples are sRGB, 0…1; a grey
 * picture has one plane. `size` is that of the picture the copy was made of.
 */
export interface LowCopy {
  readonly size: Size
  readonly planes: readonly Plane[]
  /** Width and height of the picture in pixels of the planes; the last column and row may be cut blocks. */
  readonly covered: { readonly width: number; readonly height: number }
}

/** Long side that a copy has at least, unless the picture itself is smaller. */
const leastSide = 768

function blockMeans(samples: Samples, size: Size, channels: 1 | 3, block: number, scale: number): Plane[] {
  const width = Math.ceil(size.width / block)
  const height = Math.ceil(size.height / block)
  const planes = Array.from({ length: channels }, () => new Float32Array(width * height))
  const sums = new Float64Array(width * channels)
  const counts = new Int32Array(width)
  for (let x = 0; x < width; x++) counts[x] = Math.min(block, size.width - x * block)
  for (let y = 0; y < height; y++) {
    sums.fill(0)
    const rows = Math.min(block, size.height - y * block)
    for (let row = 0; row < rows; row++) {
      let at = (y * block + row) * size.width * channels
      for (let x = 0; x < width; x++) {
        const count = counts[x] as number
        if (channels === 1) {
          let sum = 0
          for (let end = at + count; at < end; at++) sum += samples[at] as number
          sums[x] = (sums[x] as number) + sum
        } else {
          let [red, green, blue] = [0, 0, 0]
          for (let end = at + 3 * count; at < end; at += 3) {
            red += samples[at] as number
            green += samples[at + 1] as number
            blue += samples[at + 2] as number
          }
          sums[3 * x] = (sums[3 * x] as number) + red
          sums[3 * x + 1] = (sums[3 * x + 1] as number) + green
          sums[3 * x + 2] = (sums[3 * x + 2] as number) + blue
        }
      }
    }
    planes.forEach((plane, channel) => {
      for (let x = 0; x < width; x++) plane[y * width + x] = ((sums[x * channels + channel] as number) * scale) / (rows * (counts[x] as number))
    })
  }
  return planes.map((data) => ({ width, height, data }))
}

/**
 * A small copy of a picture, by the mean over blocks of whole pixels.
 * @param side long side that it must have at least (where the picture has it)
 */
export function lowCopy(pixels: Pixels, side = leastSide): LowCopy {
  const { width, height } = pixels
  const block = Math.max(1, Math.floor(Math.max(width, height) / Math.max(side, leastSide)))
  const scale = 1 / (pixels.depth === 16 ? 65535 : 255)
  return { size: { width, height }, planes: blockMeans(pixels.data, pixels, pixels.channels, block, scale), covered: { width: width / block, height: height / block } }
}

/** The whole picture's planes (one for grey, three for colour; sRGB 0…1) at another size. */
export function planesAt(copy: LowCopy, size: Size): Plane[] {
  return copy.planes.map((plane) => resample(plane, size.width, size.height, { x: 0, y: 0, ...copy.covered }))
}

/** A small size of the picture's own shape with at most this long side. */
export function sizeWithin(size: Size, side: number): Size {
  const scale = Math.min(1, side / Math.max(size.width, size.height))
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) }
}

/** L* 0…100 of planes as `planesAt` gives them, by the channels that carry the tones. */
export function lightnessPlane(planes: readonly Plane[], tones: ToneWeights): Plane {
  const [red, green = red, blue = red] = planes
  if (!red || !green || !blue) throw new Error('a picture has at least one plane')
  const data = new Float32Array(red.data.length)
  for (let i = 0; i < data.length; i++) {
    const r = decodeSrgb(red.data[i] as number)
    if (planes.length === 1) data[i] = lightnessOf(r)
    else data[i] = lightnessOf(tones[0] * r + tones[1] * decodeSrgb(green.data[i] as number) + tones[2] * decodeSrgb(blue.data[i] as number))
  }
  return { width: red.width, height: red.height, data }
}
