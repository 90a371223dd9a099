import { StripComposer, type ComposeSums } from '../kernels/compose.ts'
import { DriftMeter } from '../kernels/drift.ts'
import type { ComposeJob, DriftJob, DriftPart } from './messages.ts'

/** Takes strips of one picture, one at a time, from the counter that all threads share. */
export class StripTaker {
  readonly #job: ComposeJob
  readonly #composer: StripComposer
  readonly #strips: number

  constructor(job: ComposeJob) {
    this.#job = job
    this.#composer = new StripComposer(job.size, job.planes, job.settings, job.format)
    this.#strips = Math.ceil((job.band?.height ?? job.size.height) / job.rowsPerStrip)
  }

  /** Composes the next strip; false when none is left or the work was cancelled. */
  takeOne(): boolean {
    const { counters, cancel, rowsPerStrip, band, size, format, source, output } = this.#job
    if (Atomics.load(cancel, 0) !== 0) return false
    const strip = Atomics.add(counters, 0, 1)
    if (strip >= this.#strips) return false
    const first = strip * rowsPerStrip
    const rows = Math.min(rowsPerStrip, (band?.height ?? size.height) - first)
    const from = first * size.width
    const count = rows * size.width
    this.#composer.compose(source.subarray(from * format.channels, (from + count) * format.channels), (band?.top ?? 0) + first, rows, output.subarray(from * 3, (from + count) * 3))
    Atomics.add(counters, 1, 1)
    return true
  }

  finish(): ComposeSums {
    return this.#composer.finish()
  }
}

/** Compares strips of two pictures, taken one at a time from the counter that all threads share. */
export class DriftTaker {
  readonly #job: DriftJob
  readonly #meter: DriftMeter
  #pixels = 0

  constructor(job: DriftJob) {
    this.#job = job
    this.#meter = new DriftMeter(job.beforeFormat, job.afterFormat)
  }

  /** Compares the next strip; false when none is left or the work was cancelled. */
  takeOne(): boolean {
    const { before, after, beforeFormat, afterFormat, pixels, pixelsPerStrip, counters, cancel } = this.#job
    if (Atomics.load(cancel, 0) !== 0) return false
    const from = Atomics.add(counters, 0, 1) * pixelsPerStrip
    if (from >= pixels) return false
    const to = Math.min(pixels, from + pixelsPerStrip)
    this.#meter.add(before.subarray(from * beforeFormat.channels, to * beforeFormat.channels), after.subarray(from * afterFormat.channels, to * afterFormat.channels), to - from)
    this.#pixels += to - from
    return true
  }

  finish(): DriftPart {
    return { ...this.#meter.finish(), pixels: this.#pixels }
  }
}
