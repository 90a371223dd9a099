/** The samples of a decoded frame, taken out of its packed planes without any of them being changed. */
import type { FrameSize } from './motion.ts'

export type Plane = Uint8Array | Uint16Array

export interface Samples extends FrameSize {
  /** Bits of a sample. */
  readonly depth: number
  readonly luma: Plane
  /** U and V with their own size; null where the film is grey. */
  readonly chroma: ({ readonly u: Plane; readonly v: Plane } & FrameSize) | null
}

/** How many luma samples, as a power of two, share one of chroma: across, down. */
const subsampling: Readonly<Record<string, readonly [across: number, down: number]>> = { 420: [1, 1], 422: [1, 0], 444: [0, 0], 440: [0, 1], 411: [2, 0], 410: [2, 2] }

const halvings = (length: number, times: number): number => -(-length >> times)

function planeAt(planes: Uint8Array, from: number, count: number, depth: number, bigEndian: boolean): Plane {
  if (depth === 8) return planes.subarray(from, from + count)
  const view = new DataView(planes.buffer, planes.byteOffset + from, 2 * count)
  return Uint16Array.from({ length: count }, (_, i) => view.getUint16(2 * i, !bigEndian))
}

/**
 * The planes of a planar YUV or grey frame.
 * @param planes as ffmpeg's rawvideo packs them: one after another, rows without padding
 * @param pixelFormat ffmpeg's name of it
 * @returns null for formats whose samples lie mixed (RGB, NV12 and the like): they have to be made planar first
 * @throws RangeError where there are fewer bytes than the format needs
 */
export function samplesOf(planes: Uint8Array, pixelFormat: string, { width, height }: FrameSize): Samples | null {
  const found = /^(?:gray|yuv[ja]?(\d{3})p)(\d+)?(le|be)?$/.exec(pixelFormat)
  const [, kind, bits, order] = found ?? []
  const shifts = kind === undefined ? undefined : subsampling[kind]
  if (!found || (kind !== undefined && !shifts)) return null
  const depth = bits === undefined ? 8 : Number(bits)
  const bytes = depth > 8 ? 2 : 1
  const count = width * height
  const chromaSize = shifts && { width: halvings(width, shifts[0]), height: halvings(height, shifts[1]) }
  const chromaCount = chromaSize ? chromaSize.width * chromaSize.height : 0
  if (planes.length < bytes * (count + 2 * chromaCount)) throw new RangeError(`${planes.length} bytes are too few for ${width}×${height} ${pixelFormat}`)
  const at = (from: number, many: number): Plane => planeAt(planes, from * bytes, many, depth, order === 'be')
  return { width, height, depth, luma: at(0, count), chroma: chromaSize ? { ...chromaSize, u: at(count, chromaCount), v: at(count + chromaCount, chromaCount) } : null }
}

/** For each of `length` places along a side, the place in a side of `other` samples that covers it. */
export const placesAlong = (length: number, other: number): Uint32Array => Uint32Array.from({ length }, (_, i) => Math.floor((i * other) / length))
