/**
 * Dissolves (cross fades) in small luma. Within a dissolve from a picture A to a picture B a frame is (1 − α)A + αB, α rising
 * evenly from 0 to 1 (the edit model; Lienhart, "Reliable transition detection in videos", 2001, reviews what follows from it).
 * Windows of several lengths are held against that: A and B differ, frames go from one to the other on a straight line, contrast
 * dips between them, and the middle shows the edges of both. A pan goes no straight line and has no dip; light, a title, or
 * a change of focus leaves the edges of A in B; a thing that crosses changes a part of the picture only.
 */
import type { FrameSize } from './motion.ts'

/** Frames from the first to the last of a window. A window somewhat shorter than a dissolve fits it too: 6 to about 72 frames are covered. */
const windows = [6, 8, 11, 15, 20, 28, 38, 52] as const
const longest = Math.max(...windows)
const slots = longest + 1
/** Luma steps² added where a share of the variance is asked for: what noise makes of a blank frame. */
const noise = 4
/** Squared luma gradient up to which an edge counts for less than one. */
const faint = 16
/** Least luma variance of a picture at either end. */
const leastVariance = 54

/** Windows beyond these limits are no dissolve whatever else they show: hardly any window within a true one is. */
const limits = { alike: 0.75, straight: 0.5, dip: 0.1, weight: 1.05, spread: 0.5, jump: 0.25, staying: 0.6, edges: 0.45 } as const

/**
 * Log odds of a dissolve from what a window shows: a logistic regression within the limits, fitted to dissolves made of films
 * and moving stills against films, pans, zooms, shaking, crossing things, light, focus and titles without any. The constant is lower by 1.2
 * than was fitted: a dissolve that is missed costs less than a shot that is torn apart.
 */
const odds = { constant: -16.7, alike: -7.9, straightInHalves: 5.5, straightInQuarters: 8.1, dip: 3.6, weight: -3.15, spread: 11, staying: -1.9, edgesOfMiddle: 10, length: 0.9 } as const

/** A window that shows a dissolve: the frame before it, still all of the old picture, the first all of the new, and how sure that is. */
export interface Dissolve {
  readonly from: number
  readonly to: number
  /** Log odds, above 0. */
  readonly score: number
}

/** Mean product of two planes of one size; their correlation, where they have no mean and a variance of 1. */
export function meanProduct(one: Float32Array, other: Float32Array): number {
  let sum = 0
  for (let i = 0; i < one.length; i++) sum += (one[i] as number) * (other[i] as number)
  return sum / one.length
}

/** How evenly a change is spread over the picture: squared mean over mean square of its amounts; 2/π where it is Gaussian, little where a thing came or went. */
function spreadOf(changes: Float32Array): number {
  let [sum, squares] = [0, 0]
  for (const change of changes) {
    sum += change
    squares += change * change
  }
  return (sum * sum) / (changes.length * squares + noise)
}

/** Takes frames one after another. Holds as many as the longest window has, at half size, and what was found. */
export class DissolveFinder {
  readonly found: Dissolve[] = []
  readonly #size: FrameSize
  /** Luma at half size, mean-free, of the last frames. */
  readonly #planes: Float32Array[]
  /** Their gradients over the strength of these, so that one bright edge does not count for all. */
  readonly #edges: Float32Array[]
  /** Mean products of any two of the planes held. */
  readonly #products = new Float64Array(slots * slots)
  #count = 0

  /** @param size of the luma that will come, even numbers */
  constructor(size: FrameSize) {
    this.#size = size
    this.#planes = Array.from({ length: slots }, () => new Float32Array((size.width * size.height) / 4))
    this.#edges = Array.from({ length: slots }, () => new Float32Array(2 * (size.width - 1) * (size.height - 1)))
  }

  /** @param luma 8-bit luma, rows from the top */
  push(luma: Uint8Array): void {
    const last = this.#count++
    const plane = this.#planes[last % slots] as Float32Array
    this.#halve(luma, plane)
    this.#trace(luma, this.#edges[last % slots] as Float32Array)
    for (let other = Math.max(0, last - longest); other <= last; other++) {
      const product = meanProduct(plane, this.#planes[other % slots] as Float32Array)
      this.#products[(last % slots) * slots + (other % slots)] = product
      this.#products[(other % slots) * slots + (last % slots)] = product
    }
    for (const length of windows) {
      const score = length <= last ? this.#scoreOf(last - length, last) : Number.NEGATIVE_INFINITY
      if (score > 0) this.found.push({ from: last - length, to: last, score })
    }
  }

  /** Means of 2×2, less the mean of all. */
  #halve(luma: Uint8Array, plane: Float32Array): void {
    const { width, height } = this.#size
    let sum = 0
    for (let y = 0, i = 0; y < height; y += 2) {
      for (let x = 0; x < width; x += 2, i++) {
        const at = y * width + x
        plane[i] = ((luma[at] as number) + (luma[at + 1] as number) + (luma[at + width] as number) + (luma[at + width + 1] as number)) / 4
        sum += plane[i] as number
      }
    }
    const mean = sum / plane.length
    for (let i = 0; i < plane.length; i++) plane[i] = (plane[i] as number) - mean
  }

  /** Gradients over their strength, steps to the right and down in turn. */
  #trace(luma: Uint8Array, edges: Float32Array): void {
    const { width, height } = this.#size
    for (let y = 0, i = 0; y < height - 1; y++) {
      for (let x = 0; x < width - 1; x++, i += 2) {
        const at = y * width + x
        const [dx, dy] = [(luma[at + 1] as number) - (luma[at] as number), (luma[at + width] as number) - (luma[at] as number)]
        const strength = Math.sqrt(dx * dx + dy * dy + faint)
        edges[i] = dx / strength
        edges[i + 1] = dy / strength
      }
    }
  }

  /** Mean product of two frames held. */
  #product(one: number, other: number): number {
    return this.#products[(one % slots) * slots + (other % slots)] as number
  }

  /** Mean squared difference of two frames held. */
  #distance(one: number, other: number): number {
    return this.#product(one, one) + this.#product(other, other) - 2 * this.#product(one, other)
  }

  /** 1 where frames go evenly from one end to the other on a straight line, 1/parts on a random walk. */
  #straightness(from: number, to: number, parts: number): number {
    const length = to - from
    const steps = Math.min(parts, length >> 1)
    let sum = 0
    for (let part = 0, at = from; part < steps; part++) {
      const next = from + Math.round((length * (part + 1)) / steps)
      sum += this.#distance(at, next) / (next - at)
      at = next
    }
    return this.#distance(from, to) / (sum * length + noise)
  }

  /** Amount of change of every place from one frame to another, mean luma taken out. */
  #changes(from: number, to: number): Float32Array {
    const [a, b] = [this.#planes[from % slots] as Float32Array, this.#planes[to % slots] as Float32Array]
    return a.map((value, i) => Math.abs((b[i] as number) - value))
  }

  /**
   * Correlation of the gradients of two frames over the half of the picture that changes least: high where the same picture stays
   * behind a title, a shadow or a thing that comes.
   */
  #staying(from: number, to: number, changes: Float32Array): number {
    const [a, b] = [this.#planes[from % slots] as Float32Array, this.#planes[to % slots] as Float32Array]
    const most = changes.toSorted()[changes.length >> 1] as number
    const width = this.#size.width / 2
    let [aa, bb, both] = [noise, noise, 0]
    for (let i = 0; i < a.length - width; i++) {
      if ((changes[i] as number) > most || (i + 1) % width === 0) continue
      for (const step of [1, width]) {
        const [inA, inB] = [(a[i + step] as number) - (a[i] as number), (b[i + step] as number) - (b[i] as number)]
        aa += inA * inA
        bb += inB * inB
        both += inA * inB
      }
    }
    return both / Math.sqrt(aa * bb)
  }

  /** Whether much of the way is gone in one frame, as at a cut. */
  #jumps(from: number, to: number): boolean {
    const most = limits.jump * this.#distance(from, to)
    for (let frame = from; frame < to; frame++) if (this.#distance(frame, frame + 1) > most) return true
    return false
  }

  /** Correlation of edges, −1…1. */
  #edgesAlike(one: number, other: number): number {
    const [a, b] = [this.#edges[one % slots] as Float32Array, this.#edges[other % slots] as Float32Array]
    return meanProduct(a, b) / Math.sqrt(meanProduct(a, a) * meanProduct(b, b) + 1e-9)
  }

  /** Log odds that a window is a dissolve; −∞ beyond the limits. */
  #scoreOf(from: number, to: number): number {
    const length = to - from
    const [a, b, both] = [this.#product(from, from), this.#product(to, to), this.#product(from, to)]
    if (Math.min(a, b) < leastVariance) return Number.NEGATIVE_INFINITY
    const alike = both / Math.sqrt((a + noise) * (b + noise))
    const straight = this.#straightness(from, to, 2)
    if (alike > limits.alike || straight < limits.straight) return Number.NEGATIVE_INFINITY
    const [dip, weight] = [this.#dipOf(from, to), this.#weightOf(from, to)]
    if (dip < limits.dip || weight > limits.weight) return Number.NEGATIVE_INFINITY
    const changes = this.#changes(from, to)
    const spread = spreadOf(changes)
    if (spread < limits.spread || this.#jumps(from, to)) return Number.NEGATIVE_INFINITY
    const staying = this.#staying(from, to, changes)
    if (staying > limits.staying || this.#edgesAlike(from, to) > limits.edges) return Number.NEGATIVE_INFINITY
    const middle = from + (length >> 1)
    const edgesOfMiddle = (this.#edgesAlike(from, middle) + this.#edgesAlike(middle, to)) / 2
    return odds.constant + odds.alike * Math.max(0, alike) + odds.straightInHalves * Math.min(1, straight) + odds.straightInQuarters * Math.min(1, this.#straightness(from, to, 4)) +
      odds.dip * Math.min(1, dip) + odds.weight * Math.max(0, weight) + odds.spread * spread + odds.staying * Math.max(0, staying) + odds.edgesOfMiddle * edgesOfMiddle + odds.length * Math.max(0, Math.log(length / 20))
  }

  /**
   * Least sum of the weights with which the two ends, fitted by least squares, make up a frame of the middle third: 1, less where
   * things move or the dissolve goes by way of white or black, up to √2 in a pan.
   */
  #weightOf(from: number, to: number): number {
    const length = to - from
    const [a, b, both] = [this.#product(from, from), this.#product(to, to), this.#product(from, to)]
    const determinant = Math.max(a * b - both * both, 1e-3 * a * b)
    let weight = Number.POSITIVE_INFINITY
    for (let frame = from + Math.round(length * 0.33); frame <= from + Math.round(length * 0.67); frame++) {
      weight = Math.min(weight, (this.#product(frame, from) * (b - both) + this.#product(frame, to) * (a - both)) / determinant)
    }
    return weight
  }

  /**
   * How far variance falls within a window from the line between the ends' towards that of the mixed ends: 1 for a dissolve, 0
   * for motion. The slope of a regression over all frames, less three times its standard error, as exposure that pumps makes dips too.
   */
  #dipOf(from: number, to: number): number {
    const length = to - from
    const [a, b, both] = [this.#product(from, from), this.#product(to, to), this.#product(from, to)]
    let [x, y, xx, xy, yy] = [0, 0, 0, 0, 0]
    for (let i = 0; i <= length; i++) {
      const share = i / length
      const line = (1 - share) * a + share * b + noise
      const expected = (share * (1 - share) * (a + b - 2 * both)) / line
      const seen = this.#product(from + i, from + i) / line
      x += expected
      y += seen
      xx += expected * expected
      xy += expected * seen
      yy += seen * seen
    }
    const count = length + 1
    const spread = xx - (x * x) / count
    const slope = (xy - (x * y) / count) / spread
    const level = (y - slope * x) / count
    const rest = Math.max(0, yy - (y * y) / count - slope * slope * spread)
    return (-slope - 3 * Math.sqrt(rest / (count - 2) / spread)) / Math.max(level, 0.1)
  }
}
