import { guideOf, waysFrom, type GuidedColor } from './geodesic.ts'
import type { HintSpot } from './hints.ts'

/** Colours placed earlier than this many last ones are only painted where they lie, not spread. */
const mostSearches = 24

interface Group {
  readonly pixels: number[]
  readonly wanted: { readonly a: number; readonly b: number }
}

/** The pixels of every wanted colour. */
function groupsOf(spots: readonly HintSpot[], width: number, height: number): Group[] {
  const groups = new Map<string, Group>()
  for (const spot of spots) {
    const key = `${spot.a},${spot.b}`
    const group = groups.get(key) ?? { pixels: [], wanted: spot }
    groups.set(key, group)
    const radius = Math.max(0.5, spot.radius)
    for (let y = Math.max(0, Math.floor(spot.y - radius)); y <= Math.min(height - 1, Math.floor(spot.y + radius)); y++) {
      for (let x = Math.max(0, Math.floor(spot.x - radius)); x <= Math.min(width - 1, Math.floor(spot.x + radius)); x++) {
        if (Math.hypot(x + 0.5 - spot.x, y + 0.5 - spot.y) <= radius + 0.5) group.pixels.push(y * width + x)
      }
    }
  }
  return [...groups.values()].filter((group) => group.pixels.length > 0)
}

/** Way cost at which a network's answer to hints still counts by a half, and how softly it fades. */
const answerReach = 1.1
const answerSoftness = 0.2

/**
 * Where a network's answer to hints should be taken instead of its answer without: 1 around the hints and across one
 * outline, 0 far away. A hint shifts the whole picture a little; its user meant one object.
 */
export function hintInfluence(color: GuidedColor, spots: readonly HintSpot[]): Float32Array {
  const pixels = groupsOf(spots, color.width, color.height).flatMap((group) => group.pixels)
  const { cost } = waysFrom(guideOf(color), pixels, answerReach + 6 * answerSoftness)
  return Float32Array.from(cost, (way) => (way === Number.POSITIVE_INFINITY ? 0 : 1 / (1 + Math.exp((way - answerReach) / answerSoftness))))
}

/**
 * Way cost up to which a hint has full force, and at which it has faded to nothing; cost of a tone other than the hint's, and way cost at which the hint's
 * colour as it is has given way, to 1/e, to the object's own differences. Measured on photographs of known colours
 * with one and three true hints each (docs/color.md): reach 0.4 … 0.8 and a third of the last change little.
 */
const fullReach = 0.1
const reach = 0.5
const toneCost = 0.24
const plainReach = 0.6

/** Rounds of smoothing over the hinted part, the step of L* that it hardly crosses, and how soon it is in full force. */
const smoothRounds = 4
const smoothLightness = 3
const smoothForce = 8

export interface HintCorrections {
  /** To be added to a and b, Lab units. */
  readonly a: Float32Array
  readonly b: Float32Array
  /** 0…1: how far a hint's colour stands as it is, and the object's own differences are gone. */
  readonly plain: Float32Array
}

/**
 * What must be added to a and b so that every hint's colour really appears where it was placed, and spreads over
 * its object: by the cost of the way from the hint across steps of lightness and of the colour before any hint, whose
 * own outline is the best guide. At the hint its colour stands as it is; farther away the object keeps its own
 * differences of colour, moved as a whole. Both pass into each other and fade along the object, so that no disc is seen.
 * @param present the colours that the corrections will be added to, of the same size
 * @param before the colours without any hint: of a network that sees hints the answer without, else `present`
 */
export function hintCorrections(present: GuidedColor, before: GuidedColor, spots: readonly HintSpot[]): HintCorrections {
  const { width, height } = before
  const count = width * height
  const guide = guideOf(before)
  const groups = groupsOf(spots, width, height)
  const wanted = { a: new Float32Array(count), b: new Float32Array(count) }
  const sums = new Float64Array(count)
  const force = new Float32Array(count)
  const plain = new Float32Array(count)
  for (const group of groups.slice(-mostSearches)) {
    const ways = waysFrom(guide, group.pixels, reach, toneCost)
    for (let i = 0; i < count; i++) {
      const begin = ways.from[i] as number
      if (begin < 0) continue
      const way = ways.cost[i] as number
      const part = Math.max(0, (way - fullReach) / (reach - fullReach))
      const weight = 1 - part * part * (3 - 2 * part)
      const asItIs = Math.exp(-((way / plainReach) ** 2))
      // By the inverse of the way: at each hint its own colour alone counts, between two both do.
      const share = weight / Math.max(1e-9, way)
      for (const plane of ['a', 'b'] as const) {
        const own = (before[plane][i] as number) - (guide[plane][begin] as number)
        wanted[plane][i] = (wanted[plane][i] as number) + share * (group.wanted[plane] + (1 - asItIs) * own)
      }
      sums[i] = (sums[i] as number) + share
      force[i] = Math.max(force[i] as number, weight)
      plain[i] = Math.max(plain[i] as number, weight * asItIs)
    }
  }
  const fixed = new Uint8Array(count)
  for (const plane of ['a', 'b'] as const) {
    for (let i = 0; i < count; i++) {
      const here = present[plane][i] as number
      const sum = sums[i] as number
      wanted[plane][i] = sum > 0 ? here + (force[i] as number) * ((wanted[plane][i] as number) / sum - here) : here
    }
  }
  for (const group of groups) {
    for (const pixel of group.pixels) {
      wanted.a[pixel] = group.wanted.a
      wanted.b[pixel] = group.wanted.b
      fixed[pixel] = 1
      plain[pixel] = 1
    }
  }
  smooth(wanted, before, force, fixed)
  const correction = (plane: 'a' | 'b'): Float32Array => wanted[plane].map((value, i) => value - (present[plane][i] as number))
  return { a: correction('a'), b: correction('b'), plain }
}

/** Smooths a and b without crossing steps of lightness, as far as `force` (0…1) says, but for fixed pixels. */
function smooth(planes: { a: Float32Array; b: Float32Array }, { width, height, lightness }: GuidedColor, force: Float32Array, fixed: Uint8Array): void {
  for (let round = 0; round < smoothRounds; round++) {
    const [a, b] = [planes.a, planes.b]
    const next = { a: a.slice(), b: b.slice() }
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        if (force[i] === 0 || fixed[i] === 1) continue
        const here = lightness[i] as number
        let [sumA, sumB, weights] = [0, 0, 0]
        for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
          for (let j = v * width + Math.max(0, x - 1), end = v * width + Math.min(width - 1, x + 1); j <= end; j++) {
            const step = ((lightness[j] as number) - here) / smoothLightness
            const weight = 1 / (1 + step * step * step * step)
            sumA += weight * (a[j] as number)
            sumB += weight * (b[j] as number)
            weights += weight
          }
        }
        const strength = Math.min(1, smoothForce * (force[i] as number))
        next.a[i] = (a[i] as number) + strength * (sumA / weights - (a[i] as number))
        next.b[i] = (b[i] as number) + strength * (sumB / weights - (b[i] as number))
      }
    }
    planes.a = next.a
    planes.b = next.b
  }
}
