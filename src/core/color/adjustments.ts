/** The user's colour adjustments. All act on a and b alone: L* is never theirs to change. */
import { gamutReach } from './gamut.ts'
import type { ToneWeights } from './tones.ts'

/** How a network's chroma becomes the picture's. */
export interface ComposeSettings {
  /** 0…1.5: share of the network's colour; 0 gives back the source's own samples. */
  readonly strength: number
  /** 0…2: factor on chroma; 1 leaves it. */
  readonly saturation: number
  /** −1…1: cooler or warmer, along the line of daylight; ±1 is 46 mired (about 9,300 K or 5,000 K). */
  readonly warmth: number
  /** Add the source's own a and b: a sepia print stays sepia under its new colours. */
  readonly keepTone: boolean
  /** Which channels carry the picture's lightness; `lightnessTones` is true luminance. Must add up to one. */
  readonly tones: ToneWeights
  /** Extra a and b (Lab units) at the chroma planes' size, added after strength and saturation. */
  readonly corrections?: { readonly a: Float32Array; readonly b: Float32Array }
}

/**
 * What full warmth adds to (a, b) of a grey of L* 50, and full coolness: the Bradford-adapted shift of 46 mired
 * from 6,500 K (5,000 K and 9,260 K).
 */
const warmest = [1.37, 10.07] as const
const coolest = [0.23, -10.2] as const

/**
 * What a warmth of −1…1 adds to (a, b) at f(Y) = 1, in Lab units; it grows in proportion to f(Y) = (L* + 16)/116, as
 * a change of illuminant does.
 */
export function warmthShift(warmth: number): readonly [number, number] {
  const [a, b] = warmth >= 0 ? warmest : coolest
  const scale = (Math.abs(warmth) * 116) / 66
  return [a * scale, b * scale]
}

/** Factor on the network's chroma: strength × saturation. */
export function chromaFactor(settings: Pick<ComposeSettings, 'strength' | 'saturation'>): number {
  return settings.strength * settings.saturation
}

/** Warmth fades with strength below one, so that strength 0 is reached without a jump. */
export function effectiveWarmth(settings: Pick<ComposeSettings, 'strength' | 'warmth'>): readonly [number, number] {
  return warmthShift(settings.warmth * Math.min(1, settings.strength))
}

/** Skin hues, in degrees, which vividness spares by half. */
const skin = { from: 30, to: 75 } as const

/**
 * Vividness for networks without a temperature input, in place at network size: chroma × (1 + v·(1 − C/Cmax)), so that pale
 * colours gain most and none is pushed out of the gamut by it; half as much at hues of skin.
 *
 * @param vividness 0…1, 0.5 leaves the colours as they are; below it they are calmed.
 */
export function applyVividness(a: Float32Array, b: Float32Array, lightness: Float32Array, vividness: number): void {
  const amount = (vividness - 0.5) * 2
  if (amount === 0) return
  for (let i = 0; i < a.length; i++) {
    const [ai, bi] = [a[i] ?? 0, b[i] ?? 0]
    const reach = Math.abs(ai) + Math.abs(bi)
    if (reach === 0) continue
    const room = 1 - Math.min(1, reach / Math.max(reach, gamutReach(lightness[i] ?? 0, ai, bi)))
    const hue = (Math.atan2(bi, ai) * 180) / Math.PI
    const share = hue >= skin.from && hue <= skin.to ? 0.5 : 1
    const factor = 1 + amount * share * (amount > 0 ? room : 0.6)
    a[i] = ai * factor
    b[i] = bi * factor
  }
}
