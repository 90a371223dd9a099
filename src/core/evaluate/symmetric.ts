/** What the Fréchet distance needs of linear algebra: factors and eigenvalues of symmetric matrices, rows first. */

/**
 * L with L·Lᵀ = the matrix, for a symmetric positive semidefinite one (Cholesky): a pivot that is zero but for rounding
 * leaves a zero column, which loses nothing of such a matrix (Higham 1990, "Analysis of the Cholesky decomposition of
 * a semi-definite matrix").
 * @param matrix size × size
 */
export function semidefiniteFactor(matrix: Float64Array, size: number): Float64Array {
  const factor = new Float64Array(size * size)
  let largest = 0
  for (let i = 0; i < size; i++) largest = Math.max(largest, matrix[i * size + i] as number)
  const zero = largest * size * Number.EPSILON
  for (let column = 0; column < size; column++) {
    const own = column * size
    let pivot = matrix[own + column] as number
    for (let k = 0; k < column; k++) pivot -= (factor[own + k] as number) ** 2
    if (pivot <= zero) continue
    const root = Math.sqrt(pivot)
    factor[own + column] = root
    for (let row = column + 1; row < size; row++) {
      const at = row * size
      let sum = matrix[at + column] as number
      for (let k = 0; k < column; k++) sum -= (factor[at + k] as number) * (factor[own + k] as number)
      factor[at + column] = sum / root
    }
  }
  return factor
}

/**
 * Eigenvalues of a symmetric matrix, in no order: reduced to a band of three by Householder reflections (Golub and Van
 * Loan, "Matrix Computations", 8.3.1), then by implicit QL steps with Wilkinson's shift (8.3.3).
 * @param matrix size × size; untouched
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  const { diagonal, beside } = tridiagonal(Float64Array.from(matrix), size)
  return diagonalised(diagonal, beside)
}

/** The three bands of a similar matrix: its diagonal, and the entries beside it (`beside[i]` couples i and i + 1). */
function tridiagonal(a: Float64Array, size: number): { diagonal: Float64Array; beside: Float64Array } {
  const beside = new Float64Array(size)
  const v = new Float64Array(size)
  const w = new Float64Array(size)
  for (let k = 0; k < size - 2; k++) {
    let squares = 0
    for (let i = k + 1; i < size; i++) squares += (a[i * size + k] as number) ** 2
    const first = a[(k + 1) * size + k] as number
    const length = Math.sqrt(squares)
    beside[k] = first > 0 ? -length : length
    const norm = 2 * (squares - first * (beside[k] as number))
    if (norm === 0) continue
    for (let i = k + 1; i < size; i++) v[i] = a[i * size + k] as number
    v[k + 1] = first - (beside[k] as number)
    // A ← H A H with H = 1 − 2 v vᵀ ÷ vᵀv: w = 2 (A v − (vᵀA v ÷ vᵀv) v) ÷ vᵀv, then A − v wᵀ − w vᵀ.
    let inner = 0
    for (let i = k + 1; i < size; i++) {
      let sum = 0
      for (let j = k + 1, at = i * size + k + 1; j < size; j++, at++) sum += (a[at] as number) * (v[j] as number)
      w[i] = (2 * sum) / norm
      inner += (v[i] as number) * (w[i] as number)
    }
    for (let i = k + 1; i < size; i++) w[i] = (w[i] as number) - (inner / norm) * (v[i] as number)
    for (let i = k + 1; i < size; i++) {
      const vi = v[i] as number
      const wi = w[i] as number
      for (let j = k + 1, at = i * size + k + 1; j < size; j++, at++) a[at] = (a[at] as number) - vi * (w[j] as number) - wi * (v[j] as number)
    }
  }
  if (size > 1) beside[size - 2] = a[(size - 1) * size + size - 2] as number
  return { diagonal: Float64Array.from({ length: size }, (_, i) => a[i * size + i] as number), beside }
}

/** QL with implicit shifts; both arrays are used up. */
function diagonalised(d: Float64Array, e: Float64Array): Float64Array {
  const size = d.length
  for (let low = 0; low < size; low++) {
    for (let steps = 0; ; steps++) {
      let high = low
      while (high < size - 1 && Math.abs(e[high] as number) > Number.EPSILON * (Math.abs(d[high] as number) + Math.abs(d[high + 1] as number))) high++
      if (high === low) break
      if (steps > 60) throw new Error('the eigenvalues of a symmetric matrix were not found: it holds numbers that are not finite')
      qlStep(d, e, low, high)
    }
  }
  return d
}

function qlStep(d: Float64Array, e: Float64Array, low: number, high: number): void {
  const half = ((d[low + 1] as number) - (d[low] as number)) / (2 * (e[low] as number))
  const root = Math.hypot(half, 1)
  let g = (d[high] as number) - (d[low] as number) + (e[low] as number) / (half + (half >= 0 ? root : -root))
  let [sine, cosine, shift] = [1, 1, 0]
  for (let i = high - 1; i >= low; i--) {
    const f = sine * (e[i] as number)
    const b = cosine * (e[i] as number)
    const length = Math.hypot(f, g)
    e[i + 1] = length
    if (length === 0) {
      // The matrix falls apart here: the rest is done in the next step.
      d[i + 1] = (d[i + 1] as number) - shift
      e[high] = 0
      return
    }
    sine = f / length
    cosine = g / length
    g = (d[i + 1] as number) - shift
    const turned = ((d[i] as number) - g) * sine + 2 * cosine * b
    shift = sine * turned
    d[i + 1] = g + shift
    g = cosine * turned - b
  }
  d[low] = (d[low] as number) - shift
  e[low] = g
  e[high] = 0
}
