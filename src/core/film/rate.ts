import type { Rational } from '../../contract/rational.ts'
import { compare, inverse, rational, times } from './rational.ts'

export interface RateFinding {
  /** Frames a second: of the grid where there is one, else the mean. */
  readonly rate: Rational
  readonly variable: boolean
  /** Places of a regular grid that hold no frame (skipped frames); 0 without a grid. */
  readonly skipped: number
}

/** Rates that films are made at, for containers whose clock is too coarse to tell (1 ms in Matroska). */
const usualRates: readonly Rational[] = [
  ...[8, 10, 12, 15, 16, 18, 20, 24, 25, 30, 48, 50, 60, 100, 120].map((rate) => rational(rate)),
  ...[24, 30, 48, 60, 120].map((rate) => rational(rate * 1000, 1001)),
]

/** The usual rate that a header's means: clocks of milliseconds make 983/41 of 23.976, and the nearest two usual ones are a thousandth apart. */
function meant(rate: Rational): Rational[] {
  const usual = usualRates.find(({ num, den }) => Math.abs((num * rate.den) / (den * rate.num) - 1) < 0.0004)
  return usual ? [usual, rate] : [rate]
}

/**
 * The place of each timestamp on a grid of this rate, if each lies within one tick of its place and no two share
 * one; null otherwise. A tick is what rounding to the container's clock may cost on both ends.
 */
function skippedOnGrid(pts: readonly number[], timeBase: Rational, rate: Rational): number | null {
  const step = inverse(times(rate, timeBase))
  const ticks = step.num / step.den
  // With steps of few ticks anything would lie on some place.
  if (ticks < 1) return null
  const tolerance = step.den === 1 ? 0 : 1
  let last = -1
  for (const each of pts) {
    const ahead = each - (pts[0] as number)
    const place = Math.round(ahead / ticks)
    if (place <= last || Math.abs((place * step.num) / step.den - ahead) > tolerance) return null
    last = place
  }
  return last + 1 - pts.length
}

/**
 * The rate that timestamps follow. Headers are only asked for candidates: a rate counts when every single
 * timestamp lies on its grid.
 * @param pts ascending ticks
 * @param said rates of the header, most trusted first
 * @param end tick at which the last frame ends
 */
export function rateOf(pts: readonly number[], timeBase: Rational, said: readonly Rational[], end: number): RateFinding {
  const [first = 0] = pts
  const span = end - first
  const mean = span > 0 ? inverse(times(rational(span, pts.length), timeBase)) : null
  const fallback = mean ?? said[0] ?? rational(25)
  if (pts.length < 2) return { rate: said[0] ?? fallback, variable: false, skipped: 0 }
  const steps = new Set(pts.slice(1).map((each, i) => each - (pts[i] as number)))
  const [step = 0] = steps
  const measured = steps.size === 1 && step > 0 ? [inverse(times(rational(step), timeBase))] : []
  // A coarse clock can make one step of a rate that is none of its own (33 ms for 29.97): the header's comes first.
  const candidates = [...said.flatMap(meant), ...usualRates, ...measured]
  let gappy: RateFinding | null = null
  for (const rate of candidates) {
    const skipped = skippedOnGrid(pts, timeBase, rate)
    if (skipped === 0) return { rate, variable: false, skipped: 0 }
    // A fine grid catches anything: one that is mostly empty says nothing.
    if (skipped !== null && skipped <= pts.length && said.some((each) => compare(each, rate) === 0)) gappy ??= { rate, variable: true, skipped }
  }
  return gappy ?? { rate: fallback, variable: true, skipped: 0 }
}
