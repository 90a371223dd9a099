import type { ChromaPlanes, ComposeSettings } from '../kernels/compose.ts'
import type { Pixels } from '../pictures/index.ts'

/** A rectangle of whole pixels. */
export interface Window {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** A rectangle of a picture, on shared memory. */
export function cutOut(pixels: Pixels, rect: Window): Pixels {
  const cut = (samples: Pixels['data'], channels: number): Pixels['data'] => {
    const bytes = new SharedArrayBuffer(rect.width * rect.height * channels * samples.BYTES_PER_ELEMENT)
    const out = samples instanceof Uint8Array ? new Uint8Array(bytes) : new Uint16Array(bytes)
    for (let y = 0; y < rect.height; y++) {
      const from = ((rect.top + y) * pixels.width + rect.left) * channels
      out.set(samples.subarray(from, from + rect.width * channels), y * rect.width * channels)
    }
    return out
  }
  return { ...pixels, width: rect.width, height: rect.height, data: cut(pixels.data, pixels.channels), alpha: pixels.alpha && cut(pixels.alpha, 1) }
}

type Corrections = NonNullable<ComposeSettings['corrections']>

/** Pixels of the planes kept around a window, so that interpolation inside it sees the same neighbours. */
const border = 3

/**
 * The smallest part of planes and picture that holds a window: its edges lie where edges of plane pixels do (to half
 * a pixel of the picture), so that its colours are those of the whole picture.
 */
export function around(window: Window, picture: { width: number; height: number }, planes: ChromaPlanes, corrections?: Corrections): { outer: Window; planes: ChromaPlanes; corrections: Corrections | undefined } {
  const span = (from: number, length: number, whole: number, small: number): readonly [number, number] => [
    Math.max(0, Math.floor((from * small) / whole) - border),
    Math.min(small, Math.ceil(((from + length) * small) / whole) + border),
  ]
  const [left, right] = span(window.left, window.width, picture.width, planes.width)
  const [top, bottom] = span(window.top, window.height, picture.height, planes.height)
  const x = Math.round((left * picture.width) / planes.width)
  const y = Math.round((top * picture.height) / planes.height)
  const outer = { left: x, top: y, width: Math.round((right * picture.width) / planes.width) - x, height: Math.round((bottom * picture.height) / planes.height) - y }
  const cut = (plane: Float32Array): Float32Array => cutPlane(plane, planes.width, left, top, right - left, bottom - top)
  return {
    outer,
    planes: { width: right - left, height: bottom - top, a: cut(planes.a), b: cut(planes.b), lightness: cut(planes.lightness), slopeA: cut(planes.slopeA), slopeB: cut(planes.slopeB) },
    corrections: corrections && { a: cut(corrections.a), b: cut(corrections.b) },
  }
}

function cutPlane(plane: Float32Array, stride: number, left: number, top: number, width: number, height: number): Float32Array {
  const out = new Float32Array(width * height)
  for (let y = 0; y < height; y++) out.set(plane.subarray((top + y) * stride + left, (top + y) * stride + left + width), y * width)
  return out
}
