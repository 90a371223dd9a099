/**
 * Edge repair at network size: near lightness edges a network's colour is a blur of both sides. Those pixels lose
 * confidence, and a domain transform (Gastal and Oliveira 2011, recursive form) refills them from their confident
 * neighbours without crossing the edge. Helps every soft network, costs a little on an ideally sharp one: hence the
 * strength, per model card.
 */
const passes = 3
/** Reach of the filter in network pixels. */
const sigmaSpace = 8
/** Step of ℓ = L* ÷ 100 that stops it. */
const sigmaRange = 0.03
/** Gradient of L* (Sobel ÷ 8) at which confidence falls to 1/e, and the confidence that is never lost. */
const softGradient = 4
const leastConfidence = 0.02

interface Plane2 {
  readonly a: Float32Array
  readonly b: Float32Array
}

/** a and b moved toward their repaired values by strength × (1 − confidence). All planes width × height; L* 0…100. */
export function repairEdges(
  planes: Plane2 & { readonly width: number; readonly height: number; readonly lightness: Float32Array },
  strength: number,
): Plane2 {
  const { width, height, a, b, lightness } = planes
  const confidence = edgeConfidence(lightness, width, height)
  const weighted = (plane: Float32Array): Float32Array => plane.map((value, i) => value * (confidence[i] ?? 0))
  const filtered = [weighted(a), weighted(b), confidence.slice()] as const
  domainTransform(filtered, lightness, width, height)
  const [sumA, sumB, weight] = filtered
  const repaired = (plane: Float32Array, sums: Float32Array): Float32Array =>
    plane.map((value, i) => {
      const w = weight[i] ?? 0
      const share = strength * (1 - Math.min(1, confidence[i] ?? 0))
      return w > 1e-6 ? value + ((sums[i] ?? 0) / w - value) * share : value
    })
  return { a: repaired(a, sumA), b: repaired(b, sumB) }
}

/** exp(−(g/4)²) + 0.02, g the greatest |∇L*| (Sobel ÷ 8) among the 3×3 neighbours. */
function edgeConfidence(lightness: Float32Array, width: number, height: number): Float32Array {
  const gradient = sobel(lightness, width, height)
  const confidence = new Float32Array(gradient.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let most = 0
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) most = Math.max(most, gradient[v * width + u] ?? 0)
      }
      confidence[y * width + x] = Math.exp(-((most / softGradient) ** 2)) + leastConfidence
    }
  }
  return confidence
}

/** Length of the Sobel gradient ÷ 8, edges repeated: units of the plane per pixel. */
export function sobel(plane: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(plane.length)
  for (let y = 0; y < height; y++) {
    const [up, mid, down] = [Math.max(0, y - 1) * width, y * width, Math.min(height - 1, y + 1) * width]
    for (let x = 0; x < width; x++) {
      const left = Math.max(0, x - 1)
      const right = Math.min(width - 1, x + 1)
      const [ul, uc, ur] = [plane[up + left] ?? 0, plane[up + x] ?? 0, plane[up + right] ?? 0]
      const [ml, mr] = [plane[mid + left] ?? 0, plane[mid + right] ?? 0]
      const [dl, dc, dr] = [plane[down + left] ?? 0, plane[down + x] ?? 0, plane[down + right] ?? 0]
      out[mid + x] = Math.hypot(ur + 2 * mr + dr - ul - 2 * ml - dl, dl + 2 * dc + dr - ul - 2 * uc - ur) / 8
    }
  }
  return out
}

/** Filters the planes in place, along rows and columns in turn, guided by ℓ = L* ÷ 100. */
function domainTransform(planes: readonly Float32Array[], lightness: Float32Array, width: number, height: number): void {
  const along = new Float32Array(lightness.length)
  const down = new Float32Array(lightness.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x
      const here = lightness[i] ?? 0
      along[i] = x > 0 ? distance(here - (lightness[i - 1] ?? 0)) : 0
      down[i] = y > 0 ? distance(here - (lightness[i - width] ?? 0)) : 0
    }
  }
  for (let pass = 0; pass < passes; pass++) {
    // The reach halves from pass to pass so that the total variance is sigmaSpace² (equation 14 of the paper).
    const sigma = (sigmaSpace * Math.sqrt(3) * 2 ** (passes - pass - 1)) / Math.sqrt(4 ** passes - 1)
    const decay = -Math.SQRT2 / sigma
    const alongWeight = along.map((step) => Math.exp(decay * step))
    const downWeight = down.map((step) => Math.exp(decay * step))
    for (const plane of planes) {
      for (let y = 0; y < height; y++) recursive(plane, alongWeight, y * width, 1, width)
      for (let x = 0; x < width; x++) recursive(plane, downWeight, x, width, height)
    }
  }
}

function distance(stepOfLightness: number): number {
  return 1 + (sigmaSpace / sigmaRange) * (Math.abs(stepOfLightness) / 100)
}

/** First-order recursive filter, forth and back, along `count` pixels `stride` apart. */
function recursive(plane: Float32Array, weight: Float32Array, start: number, stride: number, count: number): void {
  let value = plane[start] ?? 0
  for (let n = 1, i = start + stride; n < count; n++, i += stride) {
    const here = plane[i] ?? 0
    value = here + (weight[i] ?? 0) * (value - here)
    plane[i] = value
  }
  for (let n = count - 2, i = start + (count - 2) * stride; n >= 0; n--, i -= stride) {
    const here = plane[i] ?? 0
    value = here + (weight[i + stride] ?? 0) * (value - here)
    plane[i] = value
  }
}
