/**
 * A page as a relief that colour floods from its ridges: on line art the distance to the nearest ink, on toned pages
 * the blurred page itself. Planes are padded by one pixel all round, so that no loop tests for the page's edge.
 */
import { atOnce } from './atOnce.ts'
import { isInk, levelTable, type PageTones } from './ink.ts'
import type { LabelPlane } from './labelPlane.ts'
import { drawOutlines, drawWalls, type Stroke } from './strokes.ts'

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

/** Rows that are worked on between two pauses hold about so many pixels. */
const pausePixels = 1 << 22

/**
 * Chamfer 3-4 distance to ink (Borgefors 1986), capped, in place; the padding becomes 0. The page's edge is no ink.
 * @param d padded plane, 0 on ink and `distanceCap` elsewhere, the padding included. Yields between rows
 */
function* chamfer(d: Uint8Array, width: number, height: number): Generator<void, void, void> {
  const stride = width + 2
  const pause = Math.max(1, Math.floor(pausePixels / stride))
  for (let y = 1; y <= height; y++) {
    let p = y * stride + 1
    let left = distanceCap
    for (const end = p + width; p < end; p++) {
      if (d[p] === 0) left = 0
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
    if (y % pause === 0) yield
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
    if (y % pause === 0) yield
  }
  fillPadding(d, stride, height, 0)
}

/** Distances to what is 0 on a padded plane, at once (see `chamfer`). In place. */
export function distances(plane: Uint8Array, width: number, height: number): Uint8Array {
  atOnce(chamfer(plane, width, height))
  return plane
}

export interface ReliefOptions {
  /** Strokes that close something, in fractions of the page. */
  readonly closings?: readonly Stroke[]
  /** Pitch of a tone in pixels that the page is looked at through; 0: by its lines. The blur has σ = pitch / 2.5. */
  readonly toneSize?: number
  /** Through tones: pieces that the page's lines told before. Nothing floods in or out of them. */
  readonly pieces?: LabelPlane | null
}

/** The relief of a page that was read, on the memory of its plane. Yields between rows. */
export function* reliefOf(tones: PageTones, { closings = [], toneSize = 0, pieces = null }: ReliefOptions = {}): Generator<void, Relief, void> {
  const { plane, width, height, stride } = tones
  const table = levelTable(tones.levels())
  if (toneSize > 0) {
    for (let p = 0; p < plane.length; p++) plane[p] = table[plane[p] as number] as number
    yield* blurred(plane, width, height, toneSize / 2.5)
    for (let p = 0; p < plane.length; p++) if (plane[p] === 0) plane[p] = 1
    if (pieces) drawOutlines(pieces, plane, 0)
  } else {
    const distance = table.map((level) => (isInk(level) ? 0 : distanceCap))
    for (let p = 0; p < plane.length; p++) plane[p] = distance[plane[p] as number] as number
  }
  yield
  drawWalls(tones, closings, plane, 0)
  fillPadding(plane, stride, height, toneSize > 0 ? 0 : distanceCap)
  if (toneSize === 0) yield* chamfer(plane, width, height)
  return { width, height, stride, heights: plane, kind: toneSize > 0 ? 'tones' : 'lines' }
}

function fillPadding(plane: Uint8Array, stride: number, height: number, value: number): void {
  plane.fill(value, 0, stride)
  plane.fill(value, (height + 1) * stride)
  for (let y = 1; y <= height; y++) {
    plane[y * stride] = value
    plane[(y + 1) * stride - 1] = value
  }
}

/** Gaussian blur by rows, then columns, in place; the border pixel goes on outside. Yields between rows. */
function* blurred(plane: Uint8Array, width: number, height: number, sigma: number): Generator<void, void, void> {
  const stride = width + 2
  const reach = Math.max(1, Math.ceil(3 * sigma))
  const weights = new Float32Array(2 * reach + 1)
  let sum = 0
  for (let k = -reach; k <= reach; k++) sum += weights[k + reach] = Math.exp((-k * k) / (2 * sigma * sigma))
  for (let k = 0; k < weights.length; k++) weights[k] = (weights[k] as number) / sum
  const line = new Float32Array(width + 2 * reach)
  // Rows that are blurred along themselves: those around the one that is written, which none of them needs any more.
  const rows = Array.from({ length: 2 * reach + 1 }, () => new Float32Array(width))
  const along = (y: number): void => {
    const at = (y + 1) * stride + 1
    const out = rows[y % rows.length] as Float32Array
    for (let x = 0; x < line.length; x++) line[x] = plane[at + Math.min(width - 1, Math.max(0, x - reach))] as number
    for (let x = 0; x < width; x++) {
      let value = 0
      for (let k = 0; k < weights.length; k++) value += (weights[k] as number) * (line[x + k] as number)
      out[x] = value
    }
  }
  for (let y = 0; y < Math.min(height, reach); y++) along(y)
  const total = new Float32Array(width)
  const pause = Math.max(1, Math.floor(pausePixels / (stride * weights.length)))
  for (let y = 0; y < height; y++) {
    if (y + reach < height) along(y + reach)
    total.fill(0.5)
    for (let k = -reach; k <= reach; k++) {
      const row = rows[Math.min(height - 1, Math.max(0, y + k)) % rows.length] as Float32Array
      const weight = weights[k + reach] as number
      for (let x = 0; x < width; x++) total[x] = (total[x] as number) + weight * (row[x] as number)
    }
    const at = (y + 1) * stride + 1
    for (let x = 0; x < width; x++) plane[at + x] = total[x] as number
    if (y % pause === pause - 1) yield
  }
}
