/** Scores for choosing a render factor by itself: several factors are tried, the best is explained. */
import { ciede2000 } from './deltaE.ts'

/** What was measured of one factor's answer. */
export interface FactorMeasures {
  readonly renderFactor: number
  /** Hasler and Süsstrunk. */
  readonly colorfulness: number
  /** `colorSpread`, 0…1. */
  readonly spread: number
  /** Mean ΔE2000 to the median colour of all answers. */
  readonly disagreement: number
  /** Share of pixels outside sRGB, 0…1. */
  readonly gamutShare: number
}

export interface ScoredFactor extends FactorMeasures {
  /** Higher is better; 0 is flawless. */
  readonly score: number
}

/** Why the chosen factor won: what separates it most from the runner-up. */
export type FactorReason = 'colorfulness' | 'spread' | 'agreement' | 'gamut'

/** Colourfulness of nearly all photographs lies inside (5–95 % of 200 photographs: 10–75). */
const usualColorfulness = { from: 15, to: 60 } as const

/** What each flaw costs. One ΔE2000 of disagreement weighs like 5 % of spread or of pixels outside the gamut. */
function costs(measures: FactorMeasures): Record<FactorReason, number> {
  const { from, to } = usualColorfulness
  return {
    colorfulness: Math.max(0, (from - measures.colorfulness) / from, (measures.colorfulness - to) / to),
    spread: measures.spread,
    agreement: measures.disagreement / 20,
    gamut: measures.gamutShare,
  }
}

/** Scores and picks. Among equals the lower factor wins: it is faster and steadier. */
export function chooseFactor(candidates: readonly FactorMeasures[]): { scored: ScoredFactor[]; best: ScoredFactor; reason: FactorReason } | null {
  const scored = candidates.map((measures) => ({ ...measures, score: -Object.values(costs(measures)).reduce((sum, cost) => sum + cost, 0) }))
  const ranked = scored.toSorted((first, second) => second.score - first.score || first.renderFactor - second.renderFactor)
  const [best, second] = ranked
  if (!best) return null
  const own = costs(best)
  const other = second ? costs(second) : { colorfulness: 0, spread: 0, agreement: Number.POSITIVE_INFINITY, gamut: 0 }
  const reasons: readonly FactorReason[] = ['agreement', 'spread', 'colorfulness', 'gamut']
  const reason = reasons.reduce((most, next) => (other[next] - own[next] > other[most] - own[most] ? next : most))
  return { scored, best, reason }
}

/** a and b of one answer; all answers at one common size. */
export interface AbPlanes {
  readonly a: Float32Array
  readonly b: Float32Array
}

/** The median colour of several answers, pixel by pixel and channel by channel. */
export function medianColors(answers: readonly AbPlanes[]): AbPlanes {
  const median = (planes: readonly Float32Array[]): Float32Array =>
    Float32Array.from(planes[0] ?? [], (_, i) => {
      const values = planes.map((plane) => plane[i] ?? 0).sort((x, y) => x - y)
      const middle = (values.length - 1) / 2
      return ((values[Math.floor(middle)] ?? 0) + (values[Math.ceil(middle)] ?? 0)) / 2
    })
  return { a: median(answers.map(({ a }) => a)), b: median(answers.map(({ b }) => b)) }
}

/** Mean ΔE2000 of two answers on the same L*. */
export function disagreement(lightness: Float32Array, first: AbPlanes, second: AbPlanes): number {
  let sum = 0
  for (let i = 0; i < lightness.length; i++) {
    const l = lightness[i] ?? 0
    sum += ciede2000([l, first.a[i] ?? 0, first.b[i] ?? 0], [l, second.a[i] ?? 0, second.b[i] ?? 0])
  }
  return lightness.length > 0 ? sum / lightness.length : 0
}
