import type { LabelPlane } from './labelPlane.ts'

/** A page on padded planes, whose row length is width + 2. */
interface Sized {
  readonly width: number
  readonly height: number
  readonly stride: number
}

const clamped = (value: number, size: number): number => Math.min(size - 1, Math.max(0, Math.floor(value)))

/** Padded index of a place given in fractions of the page. */
export function pixelAt(page: Sized, x: number, y: number): number {
  return (clamped(y * page.height, page.height) + 1) * page.stride + clamped(x * page.width, page.width) + 1
}

/** The pixels that a line through points (fractions of the page) passes, in order, each once in a row, 8-connected. */
export function pixelsAlong(page: Sized, points: readonly (readonly [number, number, ...number[]])[]): number[] {
  const pixels: number[] = []
  points.forEach(([toX, toY], n) => {
    const [fromX, fromY] = points[Math.max(0, n - 1)] ?? [toX, toY]
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(toX - fromX) * page.width, Math.abs(toY - fromY) * page.height)))
    for (let k = n === 0 ? steps : 1; k <= steps; k++) {
      const p = pixelAt(page, fromX + ((toX - fromX) * k) / steps, fromY + ((toY - fromY) * k) / steps)
      if (p !== pixels.at(-1)) pixels.push(p)
    }
  })
  return pixels
}

/** Points of a line, in fractions of the page. */
export type Stroke = readonly (readonly [number, number])[]

/** Draws strokes of a value into a padded plane, 3 pixels wide, so that nothing passes between diagonal neighbours. */
export function drawWalls(page: Sized, strokes: readonly Stroke[], plane: Uint8Array, value: number): void {
  for (const stroke of strokes) {
    for (const p of pixelsAlong(page, stroke)) {
      for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) plane[p + dy * page.stride + dx] = value
    }
  }
}

/** Draws the outlines of pieces into a padded plane: pixels that have another piece to the right or below, diagonals too. */
export function drawOutlines(pieces: LabelPlane, plane: Uint8Array, value: number): void {
  const { width, height, stride } = pieces
  let row: Int32Array = pieces.readRow(0, new Int32Array(width))
  let below: Int32Array = new Int32Array(width)
  for (let y = 0; y < height; y++) {
    if (y + 1 < height) pieces.readRow(y + 1, below)
    else below.set(row)
    for (let x = 0, p = (y + 1) * stride + 1; x < width; x++, p++) {
      const piece = row[x] as number
      const right = x + 1 < width && (piece !== row[x + 1] || piece !== below[x + 1])
      if (right || piece !== below[x] || (x > 0 && piece !== below[x - 1])) plane[p] = value
    }
    ;[row, below] = [below, row]
  }
}
