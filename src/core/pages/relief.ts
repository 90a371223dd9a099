/**
 * A page as a relief that colour floods from its ridges: on line art the distance to the nearest ink, on toned pages
 * the blurred page itself. Planes are padded by one pixel all round, so that no loop tests for the page's edge.
 */

/** Distances are in thirds of a pixel (chamfer 3-4) and end at 25 pixels: plenty for any gap, and they fit a byte. */
export const distanceCap = 75

export interface Relief {
  readonly width: number
  readonly height: number
  /** Row length of the padded planes, width + 2; pixel (x, y) lies at (y + 1) · stride + x + 1. */
  readonly stride: number
  /** 0: ink (or the padding), never entered; else how high the pixel lies, 1…255. */
  readonly heights: Uint8Array
  /** lines: heights are distances; tones: levels of the blurred page. */
  readonly kind: 'lines' | 'tones'
}

/** Index of a pixel in the padded planes. */
export function paddedIndex({ stride }: Pick<Relief, 'stride'>, x: number, y: number): number {
  return (y + 1) * stride + x + 1
}

/**
 * Chamfer 3-4 distance to ink (Borgefors 1986), capped; ink and padding are 0. The page's edge is no ink.
 * @param ink padded plane, 1 on ink
 */
export function reliefOfLines(ink: Uint8Array, width: number, height: number): Relief {
  const stride = width + 2
  const d = new Uint8Array(ink.length).fill(distanceCap)
  for (let y = 1; y <= height; y++) {
    let p = y * stride + 1
    let left = distanceCap
    for (const end = p + width; p < end; p++) {
      if (ink[p] === 1) left = 0
      else {
        let best = left + 3
        const above = p - stride
        const up = (d[above] as number) + 3
        if (up < best) best = up
        const upLeft = (d[above - 1] as number) + 4
        if (upLeft < best) best = upLeft
        const upRight = (d[above + 1] as number) + 4
        if (upRight < best) best = upRight
        left = best < distanceCap ? best : distanceCap
      }
      d[p] = left
    }
  }
  for (let y = height; y >= 1; y--) {
    let p = y * stride + width
    let right = distanceCap
    for (const end = p - width; p > end; p--) {
      let best = d[p] as number
      if (best > 0) {
        if (right + 3 < best) best = right + 3
        const below = p + stride
        const down = (d[below] as number) + 3
        if (down < best) best = down
        const downLeft = (d[below - 1] as number) + 4
        if (downLeft < best) best = downLeft
        const downRight = (d[below + 1] as number) + 4
        if (downRight < best) best = downRight
        d[p] = best
      }
      right = best
    }
  }
  clearPadding(d, stride, height)
  return { width, height, stride, heights: d, kind: 'lines' }
}

/**
 * The relief of a toned page: its grey blurred until the dots of the tone are gone, 1…255.
 * @param grey 0…255, not padded
 * @param pitch of the tone in pixels; the blur has σ = pitch / 2.5
 * @param closings padded plane, 1 where a stroke closes something
 */
export function reliefOfTones(grey: Uint8Array, width: number, height: number, pitch: number, closings: Uint8Array | null): Relief {
  const stride = width + 2
  const blurred = blur(grey, width, height, pitch / 2.5)
  const heights = new Uint8Array(stride * (height + 2))
  for (let y = 0; y < height; y++) {
    const row = (y + 1) * stride + 1
    for (let x = 0; x < width; x++) heights[row + x] = Math.max(1, blurred[y * width + x] as number)
  }
  if (closings) for (let p = 0; p < heights.length; p++) if (closings[p] === 1) heights[p] = 0
  return { width, height, stride, heights, kind: 'tones' }
}

function clearPadding(plane: Uint8Array, stride: number, height: number): void {
  plane.fill(0, 0, stride)
  plane.fill(0, (height + 1) * stride)
  for (let y = 1; y <= height; y++) {
    plane[y * stride] = 0
    plane[(y + 1) * stride - 1] = 0
  }
}

/** Gaussian blur by rows, then columns, with whole weights; the border pixel goes on outside. */
export function blur(grey: Uint8Array, width: number, height: number, sigma: number): Uint8Array {
  const reach = Math.max(1, Math.ceil(3 * sigma))
  const weights = new Float32Array(2 * reach + 1)
  let sum = 0
  for (let k = -reach; k <= reach; k++) sum += weights[k + reach] = Math.exp((-k * k) / (2 * sigma * sigma))
  for (let k = 0; k < weights.length; k++) weights[k] = (weights[k] as number) / sum
  const rows = new Float32Array(width * height)
  const line = new Float32Array(width + 2 * reach)
  for (let y = 0; y < height; y++) {
    const at = y * width
    for (let x = 0; x < line.length; x++) line[x] = grey[at + Math.min(width - 1, Math.max(0, x - reach))] as number
    for (let x = 0; x < width; x++) {
      let value = 0
      for (let k = 0; k < weights.length; k++) value += (weights[k] as number) * (line[x + k] as number)
      rows[at + x] = value
    }
  }
  const out = new Uint8Array(width * height)
  const total = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    total.fill(0.5)
    for (let k = -reach; k <= reach; k++) {
      const from = Math.min(height - 1, Math.max(0, y + k)) * width
      const weight = weights[k + reach] as number
      for (let x = 0; x < width; x++) total[x] = (total[x] as number) + weight * (rows[from + x] as number)
    }
    for (let x = 0; x < width; x++) out[y * width + x] = total[x] as number
  }
  return out
}
