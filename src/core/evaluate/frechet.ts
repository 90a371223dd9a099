/**
 * Fréchet distance of two Gaussians (Dowson and Landau 1982; of features of pictures: Heusel et al. 2017):
 * ‖μ₁ − μ₂‖² + Tr(Σ₁ + Σ₂ − 2 (Σ₁Σ₂)^½).
 *
 * With Σ = F·Fᵀ the trace of the root is the sum of the singular values of F₁ᵀF₂: no root of a matrix is taken, and
 * where there are fewer pictures than dimensions the work is done on matrices of pictures.
 */
import { semidefiniteFactor, symmetricEigenvalues } from './symmetric.ts'

/** A Gaussian as mean and factor: Σ = F·Fᵀ. The factor is kept turned: `columns` rows of `mean.length` numbers. */
interface Gaussian {
  readonly mean: Float64Array
  readonly factor: Float64Array
  readonly columns: number
}

function dot(x: Float64Array, from: number, y: Float64Array, to: number, length: number): number {
  let sum = 0
  for (let i = 0; i < length; i++) sum += (x[from + i] as number) * (y[to + i] as number)
  return sum
}

function transposed(matrix: Float64Array, size: number): Float64Array {
  return matrix.map((_, i) => matrix[(i % size) * size + Math.floor(i / size)] as number)
}

/** Of a mean and a covariance matrix, rows first. */
function gaussianOf(mean: Float64Array, covariance: Float64Array): Gaussian {
  return { mean, factor: transposed(semidefiniteFactor(covariance, mean.length), mean.length), columns: mean.length }
}

/** Of samples, one a row; covariance with n − 1. */
function gaussianOfSamples(samples: readonly ArrayLike<number>[]): Gaussian {
  const { length: count } = samples
  const dimensions = samples[0]?.length ?? 0
  const mean = new Float64Array(dimensions)
  for (const sample of samples) for (let i = 0; i < dimensions; i++) mean[i] = (mean[i] as number) + (sample[i] as number) / count
  const scale = 1 / Math.sqrt(Math.max(1, count - 1))
  const centred = new Float64Array(count * dimensions)
  samples.forEach((sample, row) => {
    for (let i = 0; i < dimensions; i++) centred[row * dimensions + i] = ((sample[i] as number) - (mean[i] as number)) * scale
  })
  if (count <= dimensions) return { mean, factor: centred, columns: count }
  const covariance = new Float64Array(dimensions * dimensions)
  for (let row = 0; row < count; row++) {
    for (let i = 0; i < dimensions; i++) {
      const value = centred[row * dimensions + i] as number
      if (value === 0) continue
      for (let j = 0; j <= i; j++) covariance[i * dimensions + j] = (covariance[i * dimensions + j] as number) + value * (centred[row * dimensions + j] as number)
    }
  }
  for (let i = 0; i < dimensions; i++) for (let j = 0; j < i; j++) covariance[j * dimensions + i] = covariance[i * dimensions + j] as number
  return gaussianOf(mean, covariance)
}

/** Sum of the singular values of F₁ᵀF₂, from the eigenvalues of the smaller of its two squares. */
function traceOfRoot(first: Gaussian, second: Gaussian): number {
  const [small, large] = first.columns <= second.columns ? [first, second] : [second, first]
  const { columns: rows } = small
  const dimensions = small.mean.length
  const product = new Float64Array(rows * large.columns)
  for (let i = 0; i < rows; i++) for (let j = 0; j < large.columns; j++) product[i * large.columns + j] = dot(small.factor, i * dimensions, large.factor, j * dimensions, dimensions)
  const square = new Float64Array(rows * rows)
  for (let i = 0; i < rows; i++) for (let j = 0; j <= i; j++) square[i * rows + j] = square[j * rows + i] = dot(product, i * large.columns, product, j * large.columns, large.columns)
  return symmetricEigenvalues(square, rows).reduce((sum, value) => sum + Math.sqrt(Math.max(0, value)), 0)
}

function distance(first: Gaussian, second: Gaussian): number {
  const shift = first.mean.reduce((sum, value, i) => sum + (value - (second.mean[i] as number)) ** 2, 0)
  const trace = ({ factor }: Gaussian): number => dot(factor, 0, factor, 0, factor.length)
  return Math.max(0, shift + trace(first) + trace(second) - 2 * traceOfRoot(first, second))
}

/** Distance of two Gaussians given by mean and covariance (rows first, symmetric, positive semidefinite). */
export function frechetDistance(first: { mean: Float64Array; covariance: Float64Array }, second: { mean: Float64Array; covariance: Float64Array }): number {
  return distance(gaussianOf(first.mean, first.covariance), gaussianOf(second.mean, second.covariance))
}

/** Distances of the Gaussians of sets of features from that of the first, one array a picture; all of the same number of dimensions. */
export function frechetOfFeatures(first: readonly ArrayLike<number>[], ...others: readonly (readonly ArrayLike<number>[])[]): number[] {
  const from = gaussianOfSamples(first)
  return others.map((samples) => distance(from, gaussianOfSamples(samples)))
}
