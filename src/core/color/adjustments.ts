/** The user's colour adjustments. All act on a and b alone: L* is never theirs to change. */
import type { ToneWeights } from './tones.ts'

/** How a network's chroma becomes the picture's. */
export interface ComposeSettings {
  /** 0…1.5: share of the network's colour; 0 gives back the source's own samples. */
  readonly strength: number
  /** 0…2: factor on chroma; 1 leaves it. */
  readonly saturation: number
  /** −1…1: cooler (9,000 K) or warmer (4,000 K), along the line of daylight. */
  readonly warmth: number
  /** Add the source's own a and b: a sepia print stays sepia under its new colours. */
  readonly keepTone: boolean
  /** Which channels carry the picture's lightness; `lightnessTones` is true luminance. Must add up to one. */
  readonly tones: ToneWeights
  /** Extra a and b (Lab units) at the chroma planes' size, added after strength and saturation. */
  readonly corrections?: { readonly a: Float32Array; readonly b: Float32Array }
}

/**
 * What warmth w adds to (a, b) of a grey of L* 50, as α·w + β·w²: fitted to the Bradford-adapted shifts from 6,500 K to
 * 5,000 K (w 0.5) and 4,000 K (w 1), and to 7,500 K (w −0.5) and 9,000 K (w −1).
 */
const warmer = { a: [0.95, 3.58], b: [20.28, -0.28] } as const
const cooler = { a: [-0.49, 0.7], b: [-8.77, -0.78] } as const

/**
 * What a warmth of −1 (9,000 K) … 1 (4,000 K) adds to (a, b) at f(Y) = 1, in Lab units; it grows in proportion to
 * f(Y) = (L* + 16)/116, as a change of illuminant does.
 */
export function warmthShift(warmth: number): readonly [number, number] {
  const amount = Math.abs(warmth)
  const { a, b } = warmth >= 0 ? warmer : cooler
  const at = ([linear, square]: readonly [number, number]): number => ((linear * amount + square * amount * amount) * 116) / 66
  return [at(a), at(b)]
}

/** Factor on the network's chroma: strength × saturation. */
export function chromaFactor(settings: Pick<ComposeSettings, 'strength' | 'saturation'>): number {
  return settings.strength * settings.saturation
}

/** Warmth fades with strength below one, so that strength 0 is reached without a jump. */
export function effectiveWarmth(settings: Pick<ComposeSettings, 'strength' | 'warmth'>): readonly [number, number] {
  return warmthShift(settings.warmth * Math.min(1, settings.strength))
}
