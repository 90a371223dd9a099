/**
 * Structural similarity (Wang, Bovik, Sheikh and Simoncelli 2004, "Image quality assessment: from error visibility to
 * structural similarity"), in the authors' form: luma Y = 0.299 R + 0.587 G + 0.114 B, a Gaussian window of 11×11 with
 * σ = 1.5, K1 = 0.01, K2 = 0.03, L = 255, the mean over all windows that lie wholly inside the picture, no reduction.
 */
import type { Rgb } from './picture.ts'

const windowSide = 11
const half = (windowSide - 1) / 2
const sigma = 1.5
const c1 = (0.01 * 255) ** 2
const c2 = (0.03 * 255) ** 2

const bell = Float64Array.from({ length: windowSide }, (_, i) => Math.exp(-((i - half) ** 2) / (2 * sigma * sigma)))
const bellSum = bell.reduce((sum, weight) => sum + weight, 0)
const weights = bell.map((weight) => weight / bellSum)

/** Sums along a row: of x, y, x², y² and xy. */
const quantities = 5

function lumaRow({ data, width }: Rgb, row: number, to: Float64Array): void {
  for (let x = 0, at = 3 * row * width; x < width; x++, at += 3) to[x] = 0.299 * (data[at] as number) + 0.587 * (data[at + 1] as number) + 0.114 * (data[at + 2] as number)
}

/** −1…1, 1 for equal pictures; null where a side is shorter than the window. Both of one size. Yields between rows. */
export function* ssim(first: Rgb, second: Rgb): Generator<void, number | null> {
  const { width, height } = first
  const across = width - windowSide + 1
  if (across < 1 || height < windowSide) return null
  const [x, y] = [new Float64Array(width), new Float64Array(width)]
  const kept = Array.from({ length: windowSide }, () => new Float64Array(quantities * across))
  const sums = new Float64Array(quantities * across)
  let total = 0
  for (let row = 0; row < height; row++) {
    lumaRow(first, row, x)
    lumaRow(second, row, y)
    filterRow(x, y, across, kept[row % windowSide] as Float64Array)
    if (row < windowSide - 1) continue
    sums.fill(0)
    for (let tap = 0; tap < windowSide; tap++) {
      const line = kept[(row - windowSide + 1 + tap) % windowSide] as Float64Array
      const weight = weights[tap] as number
      for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + weight * (line[i] as number)
    }
    total += rowTotal(sums, across)
    yield
  }
  return total / (across * (height - windowSide + 1))
}

function filterRow(x: Float64Array, y: Float64Array, across: number, to: Float64Array): void {
  for (let column = 0; column < across; column++) {
    let [sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0]
    for (let tap = 0; tap < windowSide; tap++) {
      const weight = weights[tap] as number
      const u = x[column + tap] as number
      const v = y[column + tap] as number
      sx += weight * u
      sy += weight * v
      sxx += weight * u * u
      syy += weight * v * v
      sxy += weight * u * v
    }
    to[column] = sx
    to[across + column] = sy
    to[2 * across + column] = sxx
    to[3 * across + column] = syy
    to[4 * across + column] = sxy
  }
}

function rowTotal(sums: Float64Array, across: number): number {
  let total = 0
  for (let column = 0; column < across; column++) {
    const meanX = sums[column] as number
    const meanY = sums[across + column] as number
    const varX = (sums[2 * across + column] as number) - meanX * meanX
    const varY = (sums[3 * across + column] as number) - meanY * meanY
    const covariance = (sums[4 * across + column] as number) - meanX * meanY
    total += ((2 * meanX * meanY + c1) * (2 * covariance + c2)) / ((meanX * meanX + meanY * meanY + c1) * (varX + varY + c2))
  }
  return total
}
