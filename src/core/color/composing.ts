/**
 * Composing a strip in float64, one pixel at a time: the reference that the compiled kernel is held to.
 */
import { chromaFactor, effectiveWarmth } from './adjustments.ts'
import type { ComposeSettings } from './adjustments.ts'
import { cubicAt, cubicRow, cubicTaps } from './bicubic.ts'
import { fitIntoGamut } from './gamut.ts'
import { labCurve, labToLinear, linearToLab } from './lab.ts'
import type { ChromaPlanes } from './lifting.ts'
import { encodeSrgb, linearTable, maxSample } from './transfer.ts'
import type { Depth } from './transfer.ts'

export interface PictureSize {
  readonly width: number
  readonly height: number
}

/** Samples of a decoded picture: grey or RGB interleaved. */
export interface SourceFormat {
  readonly channels: 1 | 3
  readonly depth: Depth
}

/**
 * Composes whole rows.
 *
 * @param source `rows` rows of samples, starting at row `firstRow` of the picture
 * @param outputDepth bits of the answer
 * @returns RGB interleaved, not yet rounded, in samples of the output depth
 */
export function composeRows(
  size: PictureSize,
  planes: ChromaPlanes,
  settings: ComposeSettings,
  format: SourceFormat,
  source: Uint8Array | Uint16Array,
  firstRow: number,
  rows: number,
  outputDepth: Depth,
): Float64Array {
  const { width, height } = size
  const out = new Float64Array(width * rows * 3)
  const columns = cubicTaps(planes.width, width)
  const lines = cubicTaps(planes.height, height)
  const linear = linearTable(format.depth)
  const factor = chromaFactor(settings)
  const [warmA, warmB] = effectiveWarmth(settings)
  const top = maxSample(outputDepth)
  const rest = (plane: Float32Array, slope: Float32Array): Float32Array => plane.map((value, i) => value - (slope[i] ?? 0) * ((planes.lightness[i] ?? 0) / 100))
  const names = [rest(planes.a, planes.slopeA), rest(planes.b, planes.slopeB), planes.slopeA, planes.slopeB, settings.corrections?.a, settings.corrections?.b]
  const buffers = names.map(() => new Float32Array(planes.width))
  for (let row = 0; row < rows; row++) {
    names.forEach((plane, n) => {
      const line = buffers[n]
      if (plane && line) cubicRow(plane, planes.width, planes.height, lines, firstRow + row, line)
    })
    for (let x = 0; x < width; x++) {
      const [a0 = 0, b0 = 0, slopeA = 0, slopeB = 0, addA = 0, addB = 0] = buffers.map((line) => cubicAt(line, columns, x))
      const at = (row * width + x) * format.channels
      const red = linear[source[at] ?? 0] ?? 0
      const green = format.channels === 3 ? (linear[source[at + 1] ?? 0] ?? 0) : red
      const blue = format.channels === 3 ? (linear[source[at + 2] ?? 0] ?? 0) : red
      const luminance = format.channels === 3 ? settings.tones[0] * red + settings.tones[1] * green + settings.tones[2] * blue : red
      const fy = labCurve(luminance)
      const lightness = 116 * fy - 16
      const detail = lightness / 100
      const own = settings.keepTone && format.channels === 3 ? linearToLab(red, green, blue) : undefined
      const a = factor * (a0 + slopeA * detail) + warmA * fy + addA + (own?.[1] ?? 0)
      const b = factor * (b0 + slopeB * detail) + warmB * fy + addB + (own?.[2] ?? 0)
      const color = labToLinear(lightness, ...fitIntoGamut(lightness, a, b))
      const to = (row * width + x) * 3
      for (let channel = 0; channel < 3; channel++) out[to + channel] = encodeSrgb(Math.min(1, Math.max(0, color[channel] ?? 0))) * top
    }
  }
  return out
}
