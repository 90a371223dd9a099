import { knownWeights, type YuvKind } from './yuv.ts'

/** Writes R′, G′, B′ 0…255 of one YUV sample triple into `out`. */
export type ToRgb = (y: number, u: number, v: number, out: Float32Array) => void

/**
 * Conversion of samples of one depth to R′G′B′ as a screen shows it. ITU-R BT.601 and BT.709, section 3; ITU-R BT.2020,
 * table 4: narrow range holds luma in 16…235 and chroma in 16…240, both scaled by 2^(depth − 8).
 * @param depth bits of a sample
 */
export function toRgb({ matrix, range }: YuvKind, depth: number): ToRgb {
  const [red, blue] = knownWeights(matrix)
  const green = 1 - red - blue
  const unit = 2 ** (depth - 8)
  const [black, lumaSteps, chromaSteps] = range === 'pc' ? [0, 2 ** depth - 1, 2 ** depth - 1] : [16 * unit, 219 * unit, 224 * unit]
  const middle = 128 * unit
  return (y, u, v, out) => {
    const level = (255 * (y - black)) / lumaSteps
    const b = (255 * 2 * (1 - blue) * (u - middle)) / chromaSteps
    const r = (255 * 2 * (1 - red) * (v - middle)) / chromaSteps
    out[0] = level + r
    out[1] = level - (red * r + blue * b) / green
    out[2] = level + b
  }
}

/** Red, green and blue, encoded 0…1 and clipped, of 8-bit planes of luma, U and V that follow one another. */
export function rgbOfYuv(yuv: Uint8Array, kind: YuvKind): [Float32Array, Float32Array, Float32Array] {
  const count = yuv.length / 3
  const [r, g, b] = [new Float32Array(count), new Float32Array(count), new Float32Array(count)]
  const convert = toRgb(kind, 8)
  const pixel = new Float32Array(3)
  const clipped = (channel: number): number => Math.min(1, Math.max(0, (pixel[channel] as number) / 255))
  for (let i = 0; i < count; i++) {
    convert(yuv[i] as number, yuv[count + i] as number, yuv[2 * count + i] as number, pixel)
    r[i] = clipped(0)
    g[i] = clipped(1)
    b[i] = clipped(2)
  }
  return [r, g, b]
}
