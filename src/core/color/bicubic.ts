/** Bicubic interpolation of small planes (Keys 1981, a = −1/2), pixel centres aligned, edges repeated. */

/** For every target pixel: the first of its four source pixels (may be −1 or beyond; clamp) and their four weights. */
export interface CubicTaps {
  readonly first: Int32Array
  /** Four weights a target pixel; they add up to one. */
  readonly weights: Float32Array
}

/** Where the centre of a target pixel falls among `from` source pixels stretched over `to`: −0.5 … from − 0.5. */
export function cubicPosition(target: number, from: number, to: number): number {
  return ((target + 0.5) * from) / to - 0.5
}

/** Taps that stretch `from` source pixels over `to` target pixels. */
export function cubicTaps(from: number, to: number): CubicTaps {
  const first = new Int32Array(to)
  const weights = new Float32Array(to * 4)
  for (let target = 0; target < to; target++) {
    const position = cubicPosition(target, from, to)
    const base = Math.floor(position)
    const t = position - base
    first[target] = base - 1
    weights[target * 4] = ((-0.5 * t + 1) * t - 0.5) * t
    weights[target * 4 + 1] = (1.5 * t - 2.5) * t * t + 1
    weights[target * 4 + 2] = ((-1.5 * t + 2) * t + 0.5) * t
    weights[target * 4 + 3] = (0.5 * t - 0.5) * t * t
  }
  return { first, weights }
}

/** Stretches a plane to another size by bicubic interpolation. */
export function resizeCubic(plane: Float32Array, width: number, height: number, toWidth: number, toHeight: number): Float32Array {
  const columns = cubicTaps(width, toWidth)
  const rows = cubicTaps(height, toHeight)
  const line = new Float32Array(width)
  const out = new Float32Array(toWidth * toHeight)
  for (let y = 0; y < toHeight; y++) {
    cubicRow(plane, width, height, rows, y, line)
    for (let x = 0; x < toWidth; x++) out[y * toWidth + x] = cubicAt(line, columns, x)
  }
  return out
}

/** One target row, still at source width, into `line`. */
export function cubicRow(plane: Float32Array, width: number, height: number, rows: CubicTaps, y: number, line: Float32Array): void {
  const clampRow = (row: number): number => Math.min(height - 1, Math.max(0, row)) * width
  const first = rows.first[y] ?? 0
  const [r0, r1, r2, r3] = [clampRow(first), clampRow(first + 1), clampRow(first + 2), clampRow(first + 3)]
  const [w0, w1, w2, w3] = [rows.weights[y * 4] ?? 0, rows.weights[y * 4 + 1] ?? 0, rows.weights[y * 4 + 2] ?? 0, rows.weights[y * 4 + 3] ?? 0]
  for (let x = 0; x < width; x++) {
    line[x] = w0 * (plane[r0 + x] ?? 0) + w1 * (plane[r1 + x] ?? 0) + w2 * (plane[r2 + x] ?? 0) + w3 * (plane[r3 + x] ?? 0)
  }
}

/** One target pixel of a row made by `cubicRow`. */
export function cubicAt(line: Float32Array, columns: CubicTaps, x: number): number {
  const last = line.length - 1
  const first = columns.first[x] ?? 0
  let value = 0
  for (let tap = 0; tap < 4; tap++) {
    value += (columns.weights[x * 4 + tap] ?? 0) * (line[Math.min(last, Math.max(0, first + tap))] ?? 0)
  }
  return value
}
