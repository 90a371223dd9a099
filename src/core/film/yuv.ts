/** Between the luma of a film and the colours that a model gives it. */
import { effectiveWarmth } from '../color/adjustments.ts'
import { fitIntoGamut } from '../color/gamut.ts'
import { labToLinear } from '../color/lab.ts'
import { encodeSrgb } from '../color/transfer.ts'
import type { Chroma } from './chroma.ts'

/** Weights of R′ and B′ in luma. ITU-R BT.601, BT.709, BT.2020, SMPTE 240M, FCC. */
const weights: Readonly<Record<string, readonly [red: number, blue: number]>> = {
  bt709: [0.2126, 0.0722],
  bt470bg: [0.299, 0.114],
  smpte170m: [0.299, 0.114],
  bt2020nc: [0.2627, 0.0593],
  smpte240m: [0.212, 0.087],
  fcc: [0.3, 0.11],
}

export interface YuvKind {
  /** ffmpeg's name of the matrix; one of `knownMatrices`. */
  readonly matrix: string
  readonly range: 'tv' | 'pc'
}

export const knownMatrices: readonly string[] = Object.keys(weights)

/** Lines up to which an untagged film is taken for standard definition (ITU-R BT.601), above for BT.709: what players do. */
const standardLines = 576

/** Weights of R′ and B′ in luma; of BT.709 where the matrix is not known. */
export const knownWeights = (matrix: string): readonly [red: number, blue: number] => weights[matrix] ?? (weights['bt709'] as readonly [number, number])

/** The matrix of a film that does not say. */
export const guessedMatrix = (height: number): string => (height <= standardLines ? 'smpte170m' : 'bt709')

/** Grey sRGB samples of 8-bit luma. */
export function greyOfLuma(luma: Uint8Array, range: YuvKind['range']): Uint8Array {
  if (range === 'pc') return luma
  const table = Uint8Array.from({ length: 256 }, (_, y) => Math.min(255, Math.max(0, Math.round(((y - 16) * 255) / 219))))
  const grey = new Uint8Array(luma.length)
  for (let i = 0; i < luma.length; i++) grey[i] = table[luma[i] as number] as number
  return grey
}

export interface LabPlanes {
  /** L* 0…100. */
  readonly lightness: Float32Array
  readonly a: Float32Array
  readonly b: Float32Array
}

let curve: Float32Array | undefined

/** encodeSrgb from a table of the square root's argument: off by less than 1e-4. */
function encoded(linear: number): number {
  curve ??= Float32Array.from({ length: 4097 }, (_, i) => encodeSrgb((i / 4096) ** 2))
  return curve[Math.round(Math.sqrt(Math.min(1, Math.max(0, linear))) * 4096)] as number
}

interface Steps {
  readonly red: number
  readonly blue: number
  /** 8-bit steps of U and V for a difference of 1 between blue, or red, and luma. */
  readonly toU: number
  readonly toV: number
}

function stepsOf(kind: YuvKind): Steps {
  const [red, blue] = knownWeights(kind.matrix)
  const steps = kind.range === 'pc' ? 255 : 224
  return { red, blue, toU: steps / (2 * (1 - blue)), toV: steps / (2 * (1 - red)) }
}

/**
 * Full-range RGB of 16 bits, channels interleaved, of planes of luma, U and V at full size. Colour that RGB cannot hold at
 * its luma is made paler, never the luma changed; luma beyond black and white is cut off.
 * @param planes samples of `depth` bits one after the other, of more than 8 bits as little-endian pairs of bytes
 * @param rgb is written
 * @returns the greatest difference of luma of any pixel, 8-bit steps
 */
export function rgb16OfYuv(planes: Uint8Array, depth: number, kind: YuvKind, rgb: Uint16Array): number {
  const { red, blue, toU, toV } = stepsOf(kind)
  const green = 1 - red - blue
  const samples = depth > 8 ? new Uint16Array(planes.buffer, planes.byteOffset, planes.length / 2) : planes
  const count = samples.length / 3
  const unit = 2 ** (depth - 8)
  const full = 2 ** depth - 1
  const [offset, steps] = kind.range === 'pc' ? [0, full] : [16 * unit, 219 * unit]
  const chromaScale = kind.range === 'pc' ? full / 255 : unit
  const [scaleU, scaleV, middle] = [1 / (toU * chromaScale), 1 / (toV * chromaScale), 128 * unit]
  let most = 0
  for (let i = 0, at = 0; i < count; i++, at += 3) {
    const y = Math.min(1, Math.max(0, ((samples[i] as number) - offset) / steps))
    const b = ((samples[count + i] as number) - middle) * scaleU
    const r = ((samples[2 * count + i] as number) - middle) * scaleV
    const g = -(red * r + blue * b) / green
    const [high, low] = [Math.max(r, g, b), Math.min(r, g, b)]
    let keep = 1
    if (y + high > 1) keep = (1 - y) / high
    if (y + low < 0) keep = Math.min(keep, -y / low)
    const [r16, g16, b16] = [Math.round((y + keep * r) * 65535), Math.round((y + keep * g) * 65535), Math.round((y + keep * b) * 65535)]
    rgb[at] = r16
    rgb[at + 1] = g16
    rgb[at + 2] = b16
    const off = Math.abs((red * r16 + green * g16 + blue * b16) / 65535 - y)
    if (off > most) most = off
  }
  return most * 255
}

/** U and V, 8-bit steps around 0, of encoded sRGB samples 0…1. */
export function chromaOfRgb(r: Float32Array, g: Float32Array, b: Float32Array, kind: YuvKind): Chroma {
  const { red, blue, toU, toV } = stepsOf(kind)
  const luma = r.map((value, i) => red * value + (1 - red - blue) * (g[i] as number) + blue * (b[i] as number))
  return { u: b.map((value, i) => (value - (luma[i] as number)) * toU), v: r.map((value, i) => (value - (luma[i] as number)) * toV) }
}

/**
 * U and V, 8-bit steps around 0, of Lab colours reined in to sRGB.
 * @param warmth −1…1, as of photographs
 */
export function chromaOfLab({ lightness, a, b }: LabPlanes, kind: YuvKind, adjust: { readonly factor: number; readonly warmth: number; readonly strength: number }): Chroma {
  const { red, blue, toU, toV } = stepsOf(kind)
  const [warmA, warmB] = effectiveWarmth(adjust)
  const u = new Float32Array(a.length)
  const v = new Float32Array(a.length)
  for (let i = 0; i < a.length; i++) {
    const l = lightness[i] as number
    const tone = (l + 16) / 116
    const [fitA, fitB] = fitIntoGamut(l, adjust.factor * (a[i] as number) + warmA * tone, adjust.factor * (b[i] as number) + warmB * tone)
    const [r, g, bl] = labToLinear(l, fitA, fitB)
    const [er, eg, eb] = [encoded(r), encoded(g), encoded(bl)]
    const y = red * er + (1 - red - blue) * eg + blue * eb
    u[i] = (eb - y) * toU
    v[i] = (er - y) * toV
  }
  return { u, v }
}
