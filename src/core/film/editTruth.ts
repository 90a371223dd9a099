import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { EditPart } from '../../contract/edit.ts'
import type { Rational } from '../../contract/rational.ts'
import type { AssetId } from '../../contract/ids.ts'
import { lengthOf } from './edit.ts'
import { compare, inverse, minus, parse, plus, rational, seconds, text, times } from './rational.ts'

/** Frames a second of a clip whose frames are not known: it is gone, or has not been read yet. */
const assumedRate = '25/1'
/** Ticks of the edit's clock: microseconds where the clips' own clocks have no common one that counts safely. */
const finest = 2 ** 31

const greatest = (a: number, b: number): number => (b === 0 ? a : greatest(b, a % b))

/**
 * Seconds from the start of frame `from` of a clip to the start of frame `to`, which may be the end of the film. Where the rate
 * is constant, and no picture is missing, it is by that: a clock that rounds (Matroska's counts milliseconds) would add up its
 * errors, part by part.
 */
export function timeBetween({ pts, timeBase, info }: Pick<ClipTruth, 'pts' | 'timeBase'> & { readonly info: Pick<ClipTruth['info'], 'duration' | 'rate' | 'variableRate'> }, from: number, to: number): Rational {
  const rate = info.variableRate ? null : parse(info.rate)
  const at = (n: number): Rational => seconds((pts[n] as number) - (pts[0] as number), timeBase)
  const end = to < pts.length ? at(to) : (parse(info.duration) ?? at(pts.length - 1))
  const told = minus(end, at(from))
  if (!rate || rate.num <= 0) return told
  const regular = times(rational(to - from), inverse(rate))
  const framesApart = ((told.num / told.den - regular.num / regular.den) * rate.num) / rate.den
  return Math.abs(framesApart) < 0.5 ? regular : told
}

/** The clock in which every frame of all clips has a whole tick. */
function commonClock(bases: readonly Rational[]): number {
  const common = bases.reduce((clock, { den }) => (clock / greatest(clock, den)) * den, 1)
  return common <= finest ? common : 1_000_000
}

/**
 * The frames of an edit as if it were one clip: number, time and label of each. It has one rate where all its clips have the
 * same; a timecode of its own it has not. null: no part has frames.
 * @param truths of the clips; one that is not there is taken to run at 25 frames a second
 */
export function editTruth(parts: readonly EditPart[], truths: ReadonlyMap<AssetId, ClipTruth>): ClipTruth | null {
  const known = parts.flatMap(({ asset }) => truths.get(asset) ?? [])
  const first = known[0]
  if (!first || parts.length === 0) return null
  const den = commonClock([...known.map(({ timeBase }) => timeBase), rational(1, 25)])
  const pts: number[] = []
  const doubtful: number[] = []
  let start = rational(0)
  for (const part of parts) {
    const truth = truths.get(part.asset)
    const begin = (start.num / start.den) * den
    const perTick = truth ? (truth.timeBase.num / truth.timeBase.den) * den : den / 25
    const ticksOf = (n: number): number => (truth ? (truth.pts[n] ?? truth.pts.at(-1) ?? 0) : n)
    const suspects = new Set(truth?.doubtful)
    for (let n = part.from; n < part.to; n++) {
      if (suspects.has(n)) doubtful.push(pts.length)
      pts.push(Math.round(begin + (ticksOf(n) - ticksOf(part.from)) * perTick))
    }
    start = plus(start, truth ? timeBetween(truth, part.from, part.to) : rational(lengthOf(part), 25))
  }
  const rates = new Set(parts.map(({ asset }) => truths.get(asset)?.info.rate ?? assumedRate))
  const steady = rates.size === 1 && known.every(({ info }) => !info.variableRate)
  const mean = compare(start, rational(0)) > 0 ? text(rational(pts.length * start.den, start.num)) : first.info.rate
  const info = { ...first.info, frames: pts.length, packets: pts.length, rate: steady ? first.info.rate : mean, variableRate: !steady, timecode: null, duration: text(start), timeBase: `1/${den}`, warnings: [], verified: known.every((truth) => truth.info.verified) }
  return { info, timeBase: rational(1, den), pts, keys: [], doubtful, numbered: false }
}
