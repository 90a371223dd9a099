/** Flicker of a shot's colour: how much it changes along the motion where luma says that the picture did not. */
import { blockSide, motionBetween, type FrameSize } from './motion.ts'
import type { Chroma } from './chroma.ts'

/** Difference of 8-bit luma up to which a pixel counts as the same. */
const sameWithin = 6

export interface Flicker {
  /** Mean change of (U, V), 8-bit steps, from frame to frame. */
  readonly change: number
  /** Mean √(U² + V²): how much colour there is at all. */
  readonly chroma: number
  /** 100 · change ÷ chroma: what is shown to people. */
  readonly percent: number
}

/** Adds up frame after frame of one shot; a new one is made for each shot. */
export class FlickerMeter {
  readonly #size: FrameSize
  #before: { luma: Uint8Array; color: Chroma } | null = null
  #sums = { change: 0, pixels: 0, chroma: 0, all: 0 }

  constructor(size: FrameSize) {
    this.#size = size
  }

  /**
   * Frames come in either direction of time.
   * @param offsets the motion to the frame that was pushed before, where it is known
   * @returns mean change of (U, V) from the frame before, 8-bit steps; 0 for the first, and where the whole picture changed
   */
  push(luma: Uint8Array, color: Chroma, offsets: Int32Array | null = null): number {
    const sums = this.#sums
    const { change, pixels } = sums
    for (let i = 0; i < color.u.length; i++) sums.chroma += Math.hypot(color.u[i] as number, color.v[i] as number)
    sums.all += color.u.length
    if (this.#before) this.#compare(luma, color, this.#before.luma, this.#before.color, offsets ?? motionBetween(luma, this.#before.luma, this.#size))
    this.#before = { luma, color }
    return sums.pixels > pixels ? (sums.change - change) / (sums.pixels - pixels) : 0
  }

  #compare(luma: Uint8Array, color: Chroma, otherLuma: Uint8Array, other: Chroma, offsets: Int32Array): void {
    const { width, height } = this.#size
    const columns = Math.ceil(width / blockSide)
    for (let y = 0, i = 0; y < height; y++) {
      const row = Math.floor(y / blockSide) * columns
      for (let x = 0; x < width; x++, i++) {
        const from = i + (offsets[row + (x >> 3)] as number)
        if (Math.abs((luma[i] as number) - (otherLuma[from] as number)) > sameWithin) continue
        this.#sums.change += Math.hypot((color.u[i] as number) - (other.u[from] as number), (color.v[i] as number) - (other.v[from] as number))
        this.#sums.pixels++
      }
    }
  }

  result(): Flicker {
    const { change, pixels, chroma, all } = this.#sums
    const [meanChange, meanChroma] = [pixels > 0 ? change / pixels : 0, all > 0 ? chroma / all : 0]
    return { change: meanChange, chroma: meanChroma, percent: meanChroma > 0 ? (100 * meanChange) / meanChroma : 0 }
  }
}
