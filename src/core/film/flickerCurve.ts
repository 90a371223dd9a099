/** Flicker along a film: how much each frame's colour changes from the frame before, in percent of the shot's colour. */
import { FlickerMeter } from './flicker.ts'
import type { FrameSize } from './motion.ts'
import type { Chroma } from './chroma.ts'

/** Percent from which flicker is seen: what colouring of films aims to stay below. */
export const flickerLimit = 10
/** Mean √(U² + V²) below which there is no colour to flicker, 8-bit steps. */
const leastChroma = 1

/** Takes the frames of a film in order. */
export class FlickerCurve {
  readonly #size: FrameSize
  readonly #starts: ReadonlySet<number>
  readonly #percent: number[] = []
  #changes: number[] = []
  #meter: FlickerMeter

  /** @param starts frames at which shots begin: across a cut everything changes, and that is no flicker */
  constructor(size: FrameSize, starts: readonly number[]) {
    this.#size = size
    this.#starts = new Set(starts)
    this.#meter = new FlickerMeter(size)
  }

  push(luma: Uint8Array, color: Chroma): void {
    if (this.#starts.has(this.#percent.length + this.#changes.length)) this.#endShot()
    this.#changes.push(this.#meter.push(luma, color))
  }

  #endShot(): void {
    const { chroma } = this.#meter.result()
    for (const change of this.#changes) this.#percent.push(chroma < leastChroma ? 0 : (100 * change) / chroma)
    this.#changes = []
    this.#meter = new FlickerMeter(this.#size)
  }

  /** One number a frame; 0 for the first of each shot, and where there is no colour. */
  result(): number[] {
    this.#endShot()
    return this.#percent
  }
}

/** The greatest value of each of `count` equal parts of a curve. */
export function peaksOf(curve: readonly number[], from: number, to: number, count: number): number[] {
  const step = (to - from) / count
  return Array.from({ length: count }, (_, i) => {
    const first = Math.max(0, Math.floor(from + i * step))
    const last = Math.min(curve.length, Math.max(first + 1, Math.ceil(from + (i + 1) * step)))
    let most = 0
    for (let n = first; n < last; n++) most = Math.max(most, curve[n] as number)
    return most
  })
}

/** Frames by which two places of flicker lie apart at least, to be worth going to both. */
const apart = 12

/** The frames that flicker most, worst first; none twice, and none where nothing flickers. */
export function worstFrames(curve: readonly number[], most = 20): number[] {
  const found: number[] = []
  const order = curve.map((_, n) => n).sort((a, b) => (curve[b] as number) - (curve[a] as number) || a - b)
  for (const n of order) {
    if (found.length >= most || (curve[n] as number) <= 0) break
    if (found.every((other) => Math.abs(other - n) >= apart)) found.push(n)
  }
  return found
}
