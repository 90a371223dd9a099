/**
 * Lifting chroma from network size to full size.
 *
 * At network size every 3×3 neighbourhood is fitted by a line ab = slope · ℓ + rest (ℓ = L* ÷ 100), the slope trusted
 * only as far as the fit explains the neighbourhood (r²). Each network pixel thus says how its colour follows
 * lightness; full-size pixels blend these answers bicubically and read them at their own lightness:
 * ab_full = up(ab − s·ℓ) + up(s) · ℓ_full, s = r²·slope. The planes stay small; a strip of the picture needs nothing
 * but them, which is why strips equal the whole picture.
 */
import { repairEdges } from './edgeRepair.ts'

/** What a colorizer says, at its own size. a and b in Lab units; lightness L* 0…100 of the same pixels. */
export interface NetworkChroma {
  readonly width: number
  readonly height: number
  readonly a: Float32Array
  readonly b: Float32Array
  readonly lightness: Float32Array
}

/** All that full-size composing needs of a network's answer. */
export interface ChromaPlanes extends NetworkChroma {
  /** How a and b follow ℓ = L* ÷ 100, already weighted by r². */
  readonly slopeA: Float32Array
  readonly slopeB: Float32Array
}

export interface LiftingOptions {
  /** 0…1: how strongly soft colour edges are moved onto lightness edges (a card's `defaults.edgeRepair`). */
  readonly edgeRepair: number
}

/** Regularisation of the fit, in ℓ² and ab²: below them a neighbourhood counts as flat. */
const flatLightness = 1e-3
const flatChroma = 0.1
/** Networks are unbounded; no sRGB colour lies beyond. */
const clampAb = 128

/** Planes ready for composing; the reference of the compiled form. Values that are not finite count as grey. */
export function liftingPlanes(network: NetworkChroma, options: LiftingOptions): ChromaPlanes {
  const { width, height, lightness } = network
  const a = bounded(network.a)
  const b = bounded(network.b)
  const repaired = options.edgeRepair > 0 ? repairEdges({ width, height, a, b, lightness }, options.edgeRepair) : { a, b }
  const guide = lightness.map((value) => value / 100)
  return {
    width,
    height,
    a: repaired.a,
    b: repaired.b,
    lightness,
    slopeA: trustedSlope(repaired.a, guide, width, height),
    slopeB: trustedSlope(repaired.b, guide, width, height),
  }
}

/** A plane of a or b without what no colour can be: beyond ±128, or not a number. */
export function bounded(plane: Float32Array): Float32Array {
  const out = new Float32Array(plane.length)
  for (let i = 0; i < plane.length; i++) {
    const value = plane[i] ?? 0
    out[i] = Number.isFinite(value) ? Math.min(clampAb, Math.max(-clampAb, value)) : 0
  }
  return out
}

/** mean₃ₓ₃(r²) · mean₃ₓ₃(slope) of the local line fits of `plane` on `guide`. */
function trustedSlope(plane: Float32Array, guide: Float32Array, width: number, height: number): Float32Array {
  const product = (p: Float32Array, q: Float32Array): Float32Array => p.map((value, i) => value * (q[i] ?? 0))
  const meanGuide = boxMean(guide, width, height)
  const meanPlane = boxMean(plane, width, height)
  const meanBoth = boxMean(product(guide, plane), width, height)
  const meanGuide2 = boxMean(product(guide, guide), width, height)
  const meanPlane2 = boxMean(product(plane, plane), width, height)
  const slope = new Float32Array(plane.length)
  const trust = new Float32Array(plane.length)
  for (let i = 0; i < plane.length; i++) {
    const mg = meanGuide[i] ?? 0
    const mp = meanPlane[i] ?? 0
    const covariance = (meanBoth[i] ?? 0) - mg * mp
    const varGuide = Math.max(0, (meanGuide2[i] ?? 0) - mg * mg) + flatLightness
    const varPlane = Math.max(0, (meanPlane2[i] ?? 0) - mp * mp) + flatChroma
    slope[i] = covariance / varGuide
    trust[i] = (covariance * covariance) / (varGuide * varPlane)
  }
  return product(boxMean(trust, width, height), boxMean(slope, width, height))
}

/** Mean over 3×3, edges repeated. */
export function boxMean(plane: Float32Array, width: number, height: number): Float32Array {
  const across = new Float32Array(plane.length)
  for (let y = 0; y < height; y++) {
    const row = y * width
    for (let x = 0; x < width; x++) {
      across[row + x] = (plane[row + Math.max(0, x - 1)] ?? 0) + (plane[row + x] ?? 0) + (plane[row + Math.min(width - 1, x + 1)] ?? 0)
    }
  }
  const out = new Float32Array(plane.length)
  for (let y = 0; y < height; y++) {
    const above = Math.max(0, y - 1) * width
    const below = Math.min(height - 1, y + 1) * width
    for (let x = 0; x < width; x++) {
      out[y * width + x] = ((across[above + x] ?? 0) + (across[y * width + x] ?? 0) + (across[below + x] ?? 0)) / 9
    }
  }
  return out
}
