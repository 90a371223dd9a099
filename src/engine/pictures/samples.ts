/** Samples of pixels, 8 or 16 bit by their type: interleaved colour, or one plane. */
export type Samples = Uint8Array | Uint16Array

/**
 * Shared memory that is not needed any more, to be used for the next picture: fresh pages, and taking them back, cost
 * about as much as decoding into them.
 */
const spare: SharedArrayBuffer[] = []
/** What is kept at most, bytes: a handful of pictures of an album, none of a very large one. */
const spareLimit = 64 << 20

/**
 * The smallest that is large enough, however large: memory that is passed over is garbage of no thread's own heap, and no
 * collector comes for its sake. In an album of mixed sizes that was 14 MB a photo.
 */
function sharedStorage(bytes: number): SharedArrayBuffer {
  let best = -1
  for (const [n, { byteLength }] of spare.entries()) {
    if (byteLength >= bytes && (best < 0 || byteLength < (spare[best] as SharedArrayBuffer).byteLength)) best = n
  }
  return best < 0 ? new SharedArrayBuffer(bytes) : (spare.splice(best, 1)[0] as SharedArrayBuffer)
}

/** Gives shared memory back. Nobody may look at it any more, on any thread. Other memory is left alone. */
export function giveBack(...samples: readonly (Samples | null)[]): void {
  const buffers = new Set(samples.flatMap((part) => (part?.buffer instanceof SharedArrayBuffer ? [part.buffer] : [])))
  for (const buffer of buffers) {
    if (buffer.byteLength <= spareLimit && !spare.includes(buffer)) spare.push(buffer)
  }
  let sum = spare.reduce((total, { byteLength }) => total + byteLength, 0)
  while (sum > spareLimit) sum -= spare.shift()?.byteLength ?? 0
}

/**
 * Frees a whole block of memory at once, not when the collector comes: its size counts towards the next collection of
 * the whole heap, of which every photo of an album would otherwise cause one. Nobody may look at
 * it any more. Memory that is shared, or of which this is only a part, is left alone.
 */
export function release(bytes: Uint8Array | Uint16Array | Float32Array): void {
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer && bytes.byteOffset === 0 && bytes.byteLength === buffer.byteLength) buffer.transfer(0)
}

const storage = (bytes: number, shared: boolean): ArrayBuffer | SharedArrayBuffer => (shared ? sharedStorage(bytes) : new ArrayBuffer(bytes))

/** Room for `length` samples of a depth, on a SharedArrayBuffer when asked. Not cleared. */
export const roomFor = (depth: 8 | 16, length: number, shared: boolean): Samples => {
  const buffer = storage((length * depth) / 8, shared)
  return depth === 8 ? new Uint8Array(buffer, 0, length) : new Uint16Array(buffer, 0, length)
}

/** Room for `length` samples of the same depth. */
export const roomLike = (like: Samples, length: number, shared: boolean): Samples => roomFor(like instanceof Uint8Array ? 8 : 16, length, shared)

/** 16-bit samples to the nearest of 8 bits (65535 = 255 · 257), not cut off as the low byte would be. */
export function toEightBit(samples: Uint16Array, shared = false): Uint8Array {
  const out = new Uint8Array(storage(samples.length, shared), 0, samples.length)
  for (let i = 0; i < out.length; i++) out[i] = ((samples[i] as number) + 128) / 257
  return out
}

/** 8-bit samples spread over 16 bits: 0 stays 0, 255 becomes 65535. */
export function toSixteenBit(samples: Uint8Array, shared = false): Uint16Array {
  const out = new Uint16Array(storage(2 * samples.length, shared), 0, samples.length)
  for (let i = 0; i < out.length; i++) out[i] = (samples[i] as number) * 257
  return out
}

/** `count` channels, from channel `from` on, out of pixels of `stride` channels. */
export function channelsOf(samples: Samples, stride: number, from: number, count: 1 | 3, shared: boolean): Samples {
  const pixels = samples.length / stride
  const out = roomLike(samples, pixels * count, shared)
  if (count === 1) {
    for (let i = 0, at = from; i < pixels; i++, at += stride) out[i] = samples[at] as number
    return out
  }
  for (let to = 0, at = from; to < out.length; to += 3, at += stride) {
    out[to] = samples[at] as number
    out[to + 1] = samples[at + 1] as number
    out[to + 2] = samples[at + 2] as number
  }
  return out
}

/** Colour (1 or 3 channels) and alpha of one depth as interleaved RGBA. */
export function withAlpha(color: Samples, channels: 1 | 3, alpha: Samples): Samples {
  const out = roomLike(color, alpha.length * 4, false)
  const step = channels === 3 ? 1 : 0
  for (let i = 0, from = 0, to = 0; i < alpha.length; i++, from += channels, to += 4) {
    out[to] = color[from] as number
    out[to + 1] = color[from + step] as number
    out[to + 2] = color[from + 2 * step] as number
    out[to + 3] = alpha[i] as number
  }
  return out
}

/** A copy on a SharedArrayBuffer. */
export function sharedCopy(samples: Samples): Samples {
  const out = roomLike(samples, samples.length, true)
  out.set(samples)
  return out
}
