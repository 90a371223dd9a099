import { StripComposer, type ComposeSums } from '../kernels/compose.ts'
import { DriftMeter } from '../kernels/drift.ts'
import type { ComposeJob, DriftJob, DriftPart } from './messages.ts'

/** Pictures whose bands are composed side by side, at most; one more and the oldest was given up by its task. */
const mostPictures = 4
const composers = new Map<number, StripComposer>()

/** A new composer; for a band, the one that this thread used for the bands before: its tables and memory serve again. */
function composerFor({ size, planes, settings, format, band }: ComposeJob): StripComposer {
  const composer = (band && composers.get(band.picture)) ?? new StripComposer(size, planes, settings, format)
  if (!band) return composer
  composers.delete(band.picture)
  if (!band.last) composers.set(band.picture, composer)
  const [oldest] = composers.keys()
  if (composers.size > mostPictures && oldest !== undefined) composers.delete(oldest)
  return composer
}

/** Takes strips of one picture, one at a time, from the counter that all threads share. */
export class StripTaker {
  readonly #job: ComposeJob
  readonly #composer: StripComposer
  readonly #strips: number

  constructor(job: ComposeJob) {
    this.#job = job
    this.#composer = composerFor(job)
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
