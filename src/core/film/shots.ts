/**
 * Where one shot ends and the next begins, from small luma. Frames are compared by the correlation of their luma,
 * brightness and contrast taken out: an exposure that pumps, as old film's does, is no cut. Dissolves are another matter: dissolves.ts.
 */

import { type Dissolve, DissolveFinder, meanProduct } from './dissolves.ts'
import { mean } from './steady.ts'

/** Size at which cuts are looked for. */
export const shotSize = { width: 64, height: 36 } as const

/** Change (1 − likeness) of a cut; between 0.25 and 0.35 the same cuts were found on real film. */
const leastChange = 0.3
/** A cut also changes this many times more than four fifths of the changes around it: grain and fast motion do not. */
const aboveNeighbours = 2.2
const neighbours = 6
const share = 0.8
const leastShot = 6
/** Frames that resemble each other this much across a candidate make it a flash. */
const resembles = 0.8
const flashFrames = 4
/** Standard deviation (8-bit luma) of a frame that shows nothing, and how many of them are a fade. */
const blankDeviation = 4
const blankFrames = 4
/** Variance that two frames are taken to share: the noise of nearly blank frames is no picture, and dark frames that stay the same are alike. */
const shared = 16

interface Seen {
  /** Likeness to the frame 1, 2, 3, 4 before; NaN before the start. */
  readonly like: readonly number[]
  readonly blank: boolean
}

/** Luma less its mean, and its standard deviation. */
interface Centred {
  readonly plane: Float32Array
  readonly deviation: number
}

function centred(luma: Uint8Array): Centred {
  const level = mean(luma)
  const plane = Float32Array.from(luma, (value) => value - level)
  return { plane, deviation: Math.sqrt(meanProduct(plane, plane)) }
}

/** Correlation of two frames, −1…1, with a variance that both share: the structure term of SSIM (Wang et al., 2004). */
const likeness = (one: Centred, other: Centred): number => (meanProduct(one.plane, other.plane) + shared) / (one.deviation * other.deviation + shared)

/** Takes frames one after another and remembers a few numbers of each. */
export class ShotFinder {
  readonly #seen: Seen[] = []
  readonly #before: Centred[] = []
  readonly #dissolves = new DissolveFinder(shotSize)

  /** @param luma 8-bit luma at `shotSize`, rows from the top */
  push(luma: Uint8Array): void {
    const now = centred(luma)
    const like = Array.from({ length: flashFrames }, (_, back) => {
      const other = this.#before[back]
      return other ? likeness(now, other) : Number.NaN
    })
    this.#seen.push({ like, blank: now.deviation < blankDeviation })
    this.#before.unshift(now)
    this.#before.length = Math.min(this.#before.length, flashFrames)
    this.#dissolves.push(luma)
  }

  get frames(): number {
    return this.#seen.length
  }

  /** Frame numbers at which shots begin, ascending, the first frame's among them. */
  starts(): number[] {
    if (this.#seen.length === 0) return []
    const fades = this.#fades()
    const starts = [0]
    for (let i = 1; i < this.#seen.length; i++) {
      const last = starts.at(-1) as number
      const fade = fades.get(i)
      if (fade !== undefined && i > last) starts.push(i)
      else if (i - last >= leastShot && this.#isCut(i)) starts.push(i)
    }
    return [...starts, ...this.#middlesOfDissolves(starts)].sort((a, b) => a - b)
  }

  /** The middles of dissolves: where windows overlap, of all in the surest, the surer the more; none in which a shot begins anyway. */
  #middlesOfDissolves(starts: readonly number[]): number[] {
    const surest: Dissolve[] = []
    const middles: number[] = []
    const free = this.#dissolves.found.filter(({ from, to }) => !starts.some((start) => start > from && start <= to)).sort((a, b) => b.score - a.score)
    for (const one of free) {
      if (surest.some(({ from, to }) => one.to > from && one.from < to)) continue
      surest.push(one)
      let [sum, weights] = [0, 0]
      for (const { from, to, score } of free) {
        const middle = (from + to) / 2
        if (middle <= one.from || middle >= one.to) continue
        sum += score * middle
        weights += score
      }
      const middle = Math.ceil(sum / weights)
      if (starts.every((start) => Math.abs(start - middle) >= leastShot)) middles.push(middle)
    }
    return middles
  }

  /** The change from the frame before to frame i, 0…2. */
  #change(i: number): number {
    return 1 - (this.#seen[i]?.like[0] ?? Number.NaN)
  }

  #isCut(i: number): boolean {
    const change = this.#change(i)
    if (change < leastChange || this.#seen[i]?.blank || this.#seen[i - 1]?.blank) return false
    const around: number[] = []
    for (let j = Math.max(1, i - neighbours); j <= Math.min(this.#seen.length - 1, i + neighbours); j++) around.push(this.#change(j))
    around.sort((a, b) => a - b)
    const at = (around.length - 1) * share
    const low = around[Math.floor(at)] as number
    const high = around[Math.ceil(at)] as number
    // Of a handful of frames, four fifths are nearly all: the cut must not be measured by itself.
    const typical = around.length > neighbours ? low + (high - low) * (at - Math.floor(at)) : (around[around.length >> 1] as number)
    return (change >= aboveNeighbours * typical || around.length < 3) && !this.#isFlash(i)
  }

  /** Whether the picture of before comes back soon, or this one was there just before. */
  #isFlash(i: number): boolean {
    for (let later = 0; later < flashFrames; later++) if ((this.#seen[i + later]?.like[later] ?? 0) > resembles) return true
    for (let back = 1; back < flashFrames; back++) if ((this.#seen[i]?.like[back] ?? 0) > resembles) return true
    return false
  }

  /** The middles of runs of blank frames that have pictures on both sides. */
  #fades(): Map<number, number> {
    const found = new Map<number, number>()
    for (let i = 0; i < this.#seen.length; i++) {
      if (!this.#seen[i]?.blank) continue
      let end = i
      while (this.#seen[end]?.blank) end++
      if (end - i >= blankFrames && i > 0 && end < this.#seen.length) found.set((i + end) >> 1, end - i)
      i = end
    }
    return found
  }
}
