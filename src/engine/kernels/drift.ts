/** How far two decoded pictures differ in L*. */
import { lightnessTones } from '../../core/color/tones.ts'
import type { SourceFormat } from '../../core/color/composing.ts'
import * as at from './assembly/color/layout.ts'
import { KernelBlock, pixelBytes } from './block.ts'
import type { Samples } from './block.ts'

/** Pixels handed to the kernel at once. */
const blockPixels = 64 * 1024

/** Adds up |ΔL*| over strips of two pictures of one size, each grey or RGB, 8 or 16 bit. */
export class DriftMeter {
  readonly #block = KernelBlock.borrow()
  readonly #before: SourceFormat
  readonly #after: SourceFormat

  /** @throws HourglassError `missing-component` where the kernels were not built */
  constructor(before: SourceFormat, after: SourceFormat) {
    this.#before = before
    this.#after = after
    const { arena } = this.#block
    this.#block.setWhole(
      [at.channelsAt, before.channels],
      [at.depthAt, before.depth],
      [at.toneTableAt, this.#block.placeToneTable(before)],
      [at.neutralTableAt, this.#block.placeNeutralTable(before)],
      [at.sourceAt, arena.reserve(blockPixels * pixelBytes(before) + 64)],
      [at.otherChannelsAt, after.channels],
      [at.otherDepthAt, after.depth],
      [at.otherTableAt, this.#block.placeToneTable(after)],
      [at.otherNeutralAt, this.#block.placeNeutralTable(after)],
      [at.otherAt, arena.reserve(blockPixels * pixelBytes(after) + 64)],
      [at.scratchAt, arena.reserve(2 * at.chunk * 4)],
    )
    this.#block.setTones(lightnessTones)
  }

  /** Adds `pixels` pixels: the same ones of both pictures, tightly packed. Any strips, in any order. */
  add(before: Samples, after: Samples, pixels: number): void {
    const first = this.#block.samples(this.#before.depth, this.#block.whole(at.sourceAt), blockPixels * this.#before.channels)
    const second = this.#block.samples(this.#after.depth, this.#block.whole(at.otherAt), blockPixels * this.#after.channels)
    for (let from = 0; from < pixels; from += blockPixels) {
      const to = Math.min(pixels, from + blockPixels)
      first.set(before.subarray(from * this.#before.channels, to * this.#before.channels))
      second.set(after.subarray(from * this.#after.channels, to * this.#after.channels))
      this.#block.kernels.measure(to - from)
    }
  }

  /** Mean and greatest |ΔL*| of all that was added; the end of this meter. */
  finish(): { mean: number; max: number } {
    const found = { mean: this.#block.figure(at.driftSumAt) / Math.max(1, this.#block.figure(at.pixelsAt)), max: this.#block.figure(at.driftMaxAt) }
    this.#block.giveBack()
    return found
  }
}
