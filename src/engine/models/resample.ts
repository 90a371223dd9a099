/** One plane of numbers, rows from the top. */
export interface Plane {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** A rectangle in pixels, edges at whole numbers; may reach beyond the picture, where the border pixel goes on. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

interface Taps {
  readonly first: Int32Array
  readonly weights: Float32Array
  readonly count: number
}

/**
 * Weights of a triangle filter, widened when shrinking (so nothing is skipped) and bilinear when growing: what
 * Pillow calls BILINEAR, with which the reference networks were fed.
 */
function tapsOf(sourceSide: number, from: number, length: number, outSide: number): Taps {
  const scale = length / outSide
  const support = Math.max(1, scale)
  const count = Math.ceil(support) * 2 + 1
  const first = new Int32Array(outSide * count)
  const weights = new Float32Array(outSide * count)
  for (let out = 0; out < outSide; out++) {
    const center = from + (out + 0.5) * scale - 0.5
    const start = Math.ceil(center - support)
    let sum = 0
    for (let tap = 0; tap < count; tap++) {
      const weight = Math.max(0, 1 - Math.abs(start + tap - center) / support)
      first[out * count + tap] = Math.min(sourceSide - 1, Math.max(0, start + tap))
      weights[out * count + tap] = weight
      sum += weight
    }
    for (let tap = 0; tap < count; tap++) weights[out * count + tap] = (weights[out * count + tap] as number) / sum
  }
  return { first, weights, count }
}

/** One row brought to its new width. */
function narrowRow(from: Float32Array, at: number, { first, weights, count }: Taps, to: Float32Array, out: number, width: number): void {
  for (let x = 0, tap = 0; x < width; x++) {
    let sum = 0
    for (const end = tap + count; tap < end; tap++) sum += (weights[tap] as number) * (from[at + (first[tap] as number)] as number)
    to[out + x] = sum
  }
}

/** to += weight · from, over one row. */
function addScaled(from: Float32Array, at: number, weight: number, to: Float32Array, out: number, width: number): void {
  for (let x = 0; x < width; x++) to[out + x] = (to[out + x] as number) + weight * (from[at + x] as number)
}

/** The part `rect` of a plane (default: all of it) at width × height. */
export function resample(plane: Plane, width: number, height: number, rect: Rect = { x: 0, y: 0, width: plane.width, height: plane.height }): Plane {
  const whole = rect.x === 0 && rect.y === 0 && rect.width === plane.width && rect.height === plane.height
  if (whole && width === plane.width && height === plane.height) return plane
  const across = tapsOf(plane.width, rect.x, rect.width, width)
  const down = tapsOf(plane.height, rect.y, rect.height, height)
  const narrow = new Float32Array(width * plane.height)
  for (let y = 0; y < plane.height; y++) narrowRow(plane.data, y * plane.width, across, narrow, y * width, width)
  const data = new Float32Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let tap = y * down.count, end = tap + down.count; tap < end; tap++) {
      const weight = down.weights[tap] as number
      if (weight === 0) continue
      addScaled(narrow, (down.first[tap] as number) * width, weight, data, y * width, width)
    }
  }
  return { width, height, data }
}
