import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { ClipInfo } from '../../contract/film.ts'
import { pictureRate, type Rational } from '../../contract/rational.ts'
import type { ClipShots } from '../../contract/shots.ts'
import { inverse, parse, rational, seconds, text } from './rational.ts'

/** Pictures carry no rate: films of pictures are run at 24 until somebody says otherwise. */
export const usualRate = rational(24)

/**
 * Reads the rate of numbered pictures as people write it, exactly: `18`, `16.667`, `50/3`.
 * @returns null for what is no rate, or none from 1 to 240
 */
export function readPictureRate(said: string): Rational | null {
  const written = said.trim()
  // With more digits the fraction would not fit into 53 bits.
  const checked = pictureRate.safeParse(written.length > 15 ? null : parse(written))
  return checked.success ? checked.data : null
}

/** A rate as it is typed: a whole number, a decimal where that is exact, else a fraction. */
export function writtenRate(rate: Rational): string {
  const decimal = String(rate.num / rate.den)
  const read = readPictureRate(decimal)
  return read && read.num === rate.num && read.den === rate.den ? decimal : text(rate)
}

/** What rate and clock of numbered pictures are, whose timestamps count numbers. */
export function timesAtRate(pts: readonly number[], rate: Rational): { timeBase: Rational; info: Pick<ClipInfo, 'rate' | 'timeBase' | 'duration'> } {
  const timeBase = inverse(rate)
  const [first = 0, last = 0] = [pts[0], pts.at(-1)]
  return { timeBase, info: { rate: text(rate), timeBase: text(timeBase), duration: text(seconds(last + 1 - first, timeBase)) } }
}

/** Numbered pictures run at another rate: the same frames at other times. */
export function atRate<Clip extends { readonly pts: readonly number[]; readonly timeBase: Rational; readonly info: ClipInfo }>(clip: Clip, rate: Rational): Clip {
  const { timeBase, info } = timesAtRate(clip.pts, rate)
  return { ...clip, timeBase, info: { ...clip.info, ...info } }
}

/** A clip by the rate that is set for its pictures, as soon as that is known. */
export const withSetRate = (truth: ClipTruth, shots: Pick<ClipShots, 'rate'> | null | undefined): ClipTruth => (truth.numbered && shots ? atRate(truth, shots.rate ?? usualRate) : truth)
