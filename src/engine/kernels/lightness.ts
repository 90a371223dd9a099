/** L* of decoded pictures: at full size, or reduced to a network's size. */
import { lightnessTones } from '../../core/color/tones.ts'
import type { ToneWeights } from '../../core/color/tones.ts'
import type { PictureSize, SourceFormat } from '../../core/color/composing.ts'
import * as at from './assembly/color/layout.ts'
import { KernelBlock, pixelBytes } from './block.ts'
import type { Samples } from './block.ts'

const blockPixels = 64 * 1024

/**
 * L* (0…100) of every pixel.
 *
 * @param source tightly packed samples of `pixels` pixels
 * @throws HourglassError `missing-component` where the kernels were not built
 */
export function lightnessPlane(source: Samples, pixels: number, format: SourceFormat, tones: ToneWeights = lightnessTones): Float32Array {
  const block = KernelBlock.borrow()
  const sourceAt = block.arena.reserve(blockPixels * pixelBytes(format) + 64)
  const outputAt = block.arena.reserve(blockPixels * 4 + 64)
  block.setWhole([at.channelsAt, format.channels], [at.depthAt, format.depth], [at.toneTableAt, block.placeToneTable(format)], [at.neutralTableAt, block.placeNeutralTable(format)], [at.sourceAt, sourceAt], [at.outputAt, outputAt])
  block.setTones(tones)
  const input = block.samples(format.depth, sourceAt, blockPixels * format.channels)
  const output = new Float32Array(block.kernels.memory.buffer, outputAt, blockPixels)
  const plane = new Float32Array(pixels)
  for (let from = 0; from < pixels; from += blockPixels) {
    const to = Math.min(pixels, from + blockPixels)
    input.set(source.subarray(from * format.channels, to * format.channels))
    block.kernels.lightness(to - from)
    plane.set(output.subarray(0, to - from), from)
  }
  block.giveBack()
  return plane
}

/**
 * Reduces a picture to a small plane of L*, strip by strip: each small pixel is the mean L* of the area it covers.
 * This is what networks see, and the guide that chroma is lifted with.
 */
export class LightnessReducer {
  readonly #block = KernelBlock.borrow()
  readonly #size: PictureSize
  readonly #to: PictureSize
  readonly #format: SourceFormat
  readonly #blockRows: number

  /** @throws HourglassError `missing-component` where the kernels were not built */
  constructor(size: PictureSize, to: PictureSize, format: SourceFormat, tones: ToneWeights = lightnessTones) {
    this.#size = size
    this.#to = to
    this.#format = format
    const { arena } = this.#block
    const rowBytes = size.width * pixelBytes(format)
    this.#blockRows = Math.max(1, Math.floor((256 * 1024) / rowBytes))
    this.#block.setWhole(
      [at.widthAt, size.width],
      [at.heightAt, size.height],
      [at.channelsAt, format.channels],
      [at.depthAt, format.depth],
      [at.reducedWidthAt, to.width],
      [at.reducedHeightAt, to.height],
      [at.toneTableAt, this.#block.placeToneTable(format)],
      [at.neutralTableAt, this.#block.placeNeutralTable(format)],
      [at.sourceAt, arena.reserve(this.#blockRows * rowBytes + 64)],
      [at.lineAt, arena.reserve(size.width * 4 + 64)],
      [at.lineSumsAt, arena.reserve(to.width * 4)],
      [at.reducedAt, arena.reserve(to.width * to.height * 4)],
    )
    this.#block.setTones(tones)
  }

  /** Adds `rows` rows, tightly packed, beginning at the picture's row `firstRow`. Every row once, from top to bottom. */
  add(source: Samples, firstRow: number, rows: number): void {
    const rowSamples = this.#size.width * this.#format.channels
    const input = this.#block.samples(this.#format.depth, this.#block.whole(at.sourceAt), this.#blockRows * rowSamples)
    for (let row = 0; row < rows; row += this.#blockRows) {
      const count = Math.min(this.#blockRows, rows - row)
      input.set(source.subarray(row * rowSamples, (row + count) * rowSamples))
      this.#block.kernels.reduce(firstRow + row, count)
    }
  }

  /** L* (0…100), `to.width` × `to.height`; the end of this reducer. */
  finish(): Float32Array {
    const count = this.#to.width * this.#to.height
    const sums = new Float32Array(this.#block.kernels.memory.buffer, this.#block.whole(at.reducedAt), count)
    const area = (this.#size.width * this.#size.height) / count
    const lightness = sums.map((sum) => Math.max(0, (116 * sum) / area - 16))
    this.#block.giveBack()
    return lightness
  }
}

/** Mean L* (0…100) of a whole decoded picture at a small size; see `LightnessReducer`. */
export function networkLightness(source: Samples, size: PictureSize, format: SourceFormat, to: PictureSize, tones: ToneWeights = lightnessTones): Float32Array {
  const reducer = new LightnessReducer(size, to, format, tones)
  reducer.add(source, 0, size.height)
  return reducer.finish()
}
