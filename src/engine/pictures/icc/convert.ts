import { srgbDecode, srgbEncode, srgbToXyzD50, type ColorProfile, type ToneCurve } from './profile.ts'
import type { Samples } from '../samples.ts'

const full = 65535
const clamp01 = (v: number): number => (v < 0 ? 0 : v > 1 ? 1 : v)

/** A fresh buffer for `length` 16-bit samples, shared between threads when asked. */
const allocate16 = (length: number, shared: boolean): Uint16Array =>
  new Uint16Array(shared ? new SharedArrayBuffer(2 * length) : new ArrayBuffer(2 * length))

const levelsOf = (samples: Samples): number => (samples instanceof Uint8Array ? 256 : 65536)

/** Table of a curve over all levels of a sample type, as linear floats. */
function linearTable(curve: ToneCurve, levels: number): Float32Array {
  return Float32Array.from({ length: levels }, (_, i) => clamp01(curve(i / (levels - 1))))
}

/** Grey samples under a tone curve to sRGB's curve, 16 bit: one table look-up a sample. */
export function greyToSrgb(samples: Samples, toLuminance: ToneCurve, shared: boolean): Uint16Array {
  const levels = levelsOf(samples)
  const table = Uint16Array.from({ length: levels }, (_, i) => Math.round(full * srgbEncode(clamp01(toLuminance(i / (levels - 1))))))
  const out = allocate16(samples.length, shared)
  for (let i = 0; i < samples.length; i++) out[i] = table[samples[i] as number] as number
  return out
}

function invert3(m: readonly number[]): number[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 0] = m
  const det = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)
  return [e * i - f * h, c * h - b * i, b * f - c * e, f * g - d * i, a * i - c * g, c * d - a * f, d * h - e * g, b * g - a * h, a * e - b * d].map((v) => v / det)
}

/** left · right, rows scaled so that white stays white: profiles store primaries with 16 bits of fraction only. */
function whiteKeepingProduct(left: readonly number[], right: readonly number[]): number[] {
  const product = [0, 1, 2].flatMap((r) => [0, 1, 2].map((c) => [0, 1, 2].reduce((sum, k) => sum + (left[3 * r + k] ?? 0) * (right[3 * k + c] ?? 0), 0)))
  return product.map((value, i) => {
    const row = Math.floor(i / 3) * 3
    return value / ((product[row] ?? 0) + (product[row + 1] ?? 0) + (product[row + 2] ?? 0))
  })
}

/** Nodes of an encoding table over linear light; between them values are interpolated. */
const nodes = 65536

/** Table of the inverse of a rising curve: linear light (node / 65536) to device value scaled to 0…65535. */
function encodingTable(curve: ToneCurve): Float32Array {
  const table = new Float32Array(nodes + 2)
  const steps = 16384
  let below = 0
  let belowValue = clamp01(curve(0))
  let next = 1
  let nextValue = clamp01(curve(1 / steps))
  for (let node = 0; node <= nodes; node++) {
    const wanted = node / nodes
    while (nextValue < wanted && next < steps) {
      below = next
      belowValue = nextValue
      next += 1
      nextValue = clamp01(curve(next / steps))
    }
    const span = nextValue - belowValue
    const part = span > 0 ? clamp01((wanted - belowValue) / span) : 0
    table[node] = (full * (below + part * (next - below))) / steps
  }
  table[nodes + 1] = table[nodes] as number
  return table
}

const srgbEncodingTable = (): Float32Array => {
  const table = Float32Array.from({ length: nodes + 2 }, (_, i) => full * srgbEncode(Math.min(1, i / nodes)))
  return table
}

/** Applies linear tables, a matrix and encoding tables to interleaved RGB, into 16-bit samples. */
function applyMatrix(samples: Samples, linear: Float32Array[], matrix: readonly number[], encoded: Float32Array[], out: Uint16Array): void {
  const [l0, l1, l2] = linear as [Float32Array, Float32Array, Float32Array]
  const [e0, e1, e2] = encoded as [Float32Array, Float32Array, Float32Array]
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = matrix as [number, number, number, number, number, number, number, number, number]
  const encode = (value: number, table: Float32Array): number => {
    const at = value <= 0 ? 0 : value >= 1 ? nodes : value * nodes
    const low = at | 0
    const from = table[low] as number
    return (from + ((table[low + 1] as number) - from) * (at - low) + 0.5) | 0
  }
  for (let i = 0; i < samples.length; i += 3) {
    const r = l0[samples[i] as number] as number
    const g = l1[samples[i + 1] as number] as number
    const b = l2[samples[i + 2] as number] as number
    out[i] = encode(m0 * r + m1 * g + m2 * b, e0)
    out[i + 1] = encode(m3 * r + m4 * g + m5 * b, e1)
    out[i + 2] = encode(m6 * r + m7 * g + m8 * b, e2)
  }
}

/**
 * Interleaved RGB under a matrix profile to sRGB, 16 bit. Colours outside sRGB are clipped; greys stay exact greys.
 */
export function rgbToSrgb(samples: Samples, profile: ColorProfile, shared: boolean): Uint16Array {
  const levels = levelsOf(samples)
  const out = allocate16(samples.length, shared)
  const matrix = whiteKeepingProduct(invert3(srgbToXyzD50), profile.matrix ?? srgbToXyzD50)
  const table = srgbEncodingTable()
  applyMatrix(samples, profile.curves.map((curve) => linearTable(curve, levels)), matrix, [table, table, table], out)
  return out
}

/** Interleaved sRGB to a matrix profile's own values, 16 bit: the way back, for a result that keeps its source's profile. */
export function srgbToRgb(samples: Samples, profile: ColorProfile): Uint16Array {
  const out = allocate16(samples.length, false)
  const matrix = whiteKeepingProduct(invert3(profile.matrix ?? srgbToXyzD50), srgbToXyzD50)
  const linear = linearTable(srgbDecode, levelsOf(samples))
  applyMatrix(samples, [linear, linear, linear], matrix, profile.curves.map(encodingTable), out)
  return out
}
