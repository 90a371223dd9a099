import { describe, expect, it } from 'vitest'
import { frechetDistance, frechetOfFeatures } from '../../../../src/core/evaluate/frechet.ts'
import { semidefiniteFactor, symmetricEigenvalues } from '../../../../src/core/evaluate/symmetric.ts'

/** Repeatable numbers around 0 (Lehmer). */
function numbers(count: number, seed: number): Float64Array {
  let state = seed
  const next = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
  return Float64Array.from({ length: count }, () => next() + next() + next() - 1.5)
}

/** A·Aᵀ of a size × rank matrix. */
function squared(size: number, rank: number, seed: number): Float64Array {
  const a = numbers(size * rank, seed)
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size]
    let sum = 0
    for (let k = 0; k < rank; k++) sum += a[i * rank + k]! * a[j * rank + k]!
    return sum
  })
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0)

describe('eigenvalues of symmetric matrices', () => {
  it('are those that can be written down', () => {
    expect([...symmetricEigenvalues(Float64Array.of(2, 1, 1, 2), 2)].sort()).toEqual([expect.closeTo(1, 12), expect.closeTo(3, 12)])
    expect([...symmetricEigenvalues(Float64Array.of(5), 1)]).toEqual([5])
    // The path of five: 2 cos(kπ/6).
    const path = Float64Array.from({ length: 25 }, (_, at) => Number(Math.abs(Math.floor(at / 5) - (at % 5)) === 1))
    const found = [...symmetricEigenvalues(path, 5)].sort((a, b) => b - a)
    found.forEach((value, k) => expect(value).toBeCloseTo(2 * Math.cos(((k + 1) * Math.PI) / 6), 12))
  })

  it('have the trace of the matrix and of its square, and are zero as often as its rank is short', () => {
    const matrix = squared(40, 25, 7)
    const found = symmetricEigenvalues(matrix, 40)
    expect(sum(found)).toBeCloseTo(Array.from({ length: 40 }, (_, i) => matrix[i * 41]!).reduce((a, b) => a + b), 9)
    expect(sum(found.map((value) => value * value))).toBeCloseTo(sum(matrix.map((value) => value * value)), 7)
    expect(found.filter((value) => Math.abs(value) < 1e-10)).toHaveLength(15)
  })
})

it('a factor times its turned self is the matrix, also where that is singular', () => {
  for (const rank of [12, 5]) {
    const matrix = squared(12, rank, 3)
    const factor = semidefiniteFactor(matrix, 12)
    for (let i = 0; i < 12; i++) {
      for (let j = 0; j < 12; j++) {
        let product = 0
        for (let k = 0; k < 12; k++) product += factor[i * 12 + k]! * factor[j * 12 + k]!
        expect(product).toBeCloseTo(matrix[i * 12 + j]!, 9)
      }
    }
  }
})

describe('the Fréchet distance', () => {
  const diagonal = (...values: number[]): Float64Array => Float64Array.from({ length: values.length ** 2 }, (_, at) => (at % (values.length + 1) === 0 ? values[at / (values.length + 1)]! : 0))

  it('of a Gaussian to itself is nothing, and to a shifted one the square of the shift', () => {
    const covariance = squared(6, 6, 11)
    const here = { mean: new Float64Array(6), covariance }
    expect(frechetDistance(here, here)).toBeCloseTo(0, 6)
    expect(frechetDistance(here, { mean: Float64Array.of(3, 0, 0, 4, 0, 0), covariance })).toBeCloseTo(25, 6)
  })

  it('of Gaussians along the axes is the sum of (σ₁ − σ₂)²', () => {
    const first = { mean: Float64Array.of(1, 0, 0), covariance: diagonal(4, 9, 0) }
    const second = { mean: Float64Array.of(0, 0, 2), covariance: diagonal(1, 25, 16) }
    expect(frechetDistance(first, second)).toBeCloseTo(1 + 4 + (1 + 4 + 16), 9)
  })

  it('of two that do not commute is that of the closed form for two dimensions', () => {
    // Tr √M of a 2×2 matrix is √(Tr M + 2 √det M).
    const [a, b] = [[3, 1, 1, 2], [1, -0.4, -0.4, 5]] as const
    const product = [a[0] * b[0] + a[1] * b[2], a[2] * b[1] + a[3] * b[3]]
    const determinant = (a[0] * a[3] - a[1] * a[2]) * (b[0] * b[3] - b[1] * b[2])
    const expected = 5 + 6 - 2 * Math.sqrt(product[0]! + product[1]! + 2 * Math.sqrt(determinant))
    const zero = new Float64Array(2)
    expect(frechetDistance({ mean: zero, covariance: Float64Array.from(a) }, { mean: zero, covariance: Float64Array.from(b) })).toBeCloseTo(expected, 9)
  })

  it('of samples is that of their means and covariances, whether there are more samples than dimensions or fewer', () => {
    for (const [count, dimensions] of [[30, 4], [5, 12]] as const) {
      const samples = (seed: number): Float64Array[] => Array.from({ length: count }, (_, i) => numbers(dimensions, seed + 97 * i).map((value, k) => value * (1 + k % 3) + seed))
      const momentsOf = (rows: Float64Array[]): { mean: Float64Array; covariance: Float64Array } => {
        const mean = new Float64Array(dimensions).map((_, k) => rows.reduce((total, row) => total + row[k]!, 0) / count)
        const covariance = new Float64Array(dimensions ** 2).map((_, at) => {
          const [i, j] = [Math.floor(at / dimensions), at % dimensions]
          return rows.reduce((total, row) => total + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) / (count - 1)
        })
        return { mean, covariance }
      }
      const [first, second] = [samples(2), samples(3)]
      expect(frechetOfFeatures(first, second)[0]).toBeCloseTo(frechetDistance(momentsOf(first), momentsOf(second)), 5)
    }
  })
})
