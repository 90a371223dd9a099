/** Colours for a picker at one place of the picture: what its lightness can carry, and what is likely there. */
import { diamondVector, fitIntoGamut, gamutFactor, gamutReach } from './gamut.ts'
import type { Triple } from './lab.ts'

/** A colour given by a and b alone; the lightness is the picture's. */
export type Ab = readonly [a: number, b: number]

/** Outline of all (a, b) that sRGB can show at an L* (0…100): `points` of them, once round. */
export function reachableOutline(lightness: number, points = 128): Ab[] {
  return Array.from({ length: points }, (_, n) => {
    const [a, b] = diamondVector((n * 4) / points)
    const reach = gamutReach(lightness, a, b)
    const factor = gamutFactor(lightness, a * reach, b * reach)
    return [a * reach * factor, b * reach * factor]
  })
}

/** A wanted colour at the picture's own L*: hue kept, chroma as much as fits. Keep the wanted colour too: the place may move. */
export function atLightness(wanted: Triple, lightness: number): Triple {
  return [lightness, ...fitIntoGamut(lightness, wanted[1], wanted[2])]
}

/** A colour met near the place or believed by a model, with its weight. */
export interface LikelyColor {
  readonly a: number
  readonly b: number
  readonly weight: number
}

/**
 * The `count` most likely different colours, likeliest first: weighted k-means (Lloyd, 12 rounds) started from the heaviest
 * colour and then always from the one farthest from those taken. The same input gives the same answer.
 */
export function suggestColors(likely: readonly LikelyColor[], lightness: number, count = 8): Ab[] {
  let centres = farthestFirst(likely, count)
  let weights: number[] = []
  for (let round = 0; round < 12; round++) {
    const sums = centres.map(() => ({ a: 0, b: 0, weight: 0 }))
    for (const color of likely) {
      const sum = sums[nearestOf(centres, color)]
      if (!sum) continue
      sum.a += color.a * color.weight
      sum.b += color.b * color.weight
      sum.weight += color.weight
    }
    centres = centres.map((centre, n) => {
      const sum = sums[n]
      return sum && sum.weight > 0 ? [sum.a / sum.weight, sum.b / sum.weight] : centre
    })
    weights = sums.map(({ weight }) => weight)
  }
  return centres
    .map((centre, n) => ({ centre, weight: weights[n] ?? 0 }))
    .sort((first, second) => second.weight - first.weight)
    .map(({ centre }) => fitIntoGamut(lightness, centre[0], centre[1]))
}

function squaredDistance([a, b]: Ab, color: { readonly a: number; readonly b: number }): number {
  return (a - color.a) ** 2 + (b - color.b) ** 2
}

function nearestOf(centres: readonly Ab[], color: LikelyColor): number {
  let best = 0
  centres.forEach((centre, n) => {
    const chosen = centres[best]
    if (chosen && squaredDistance(centre, color) < squaredDistance(chosen, color)) best = n
  })
  return best
}

function farthestFirst(likely: readonly LikelyColor[], count: number): Ab[] {
  const centres: Ab[] = []
  while (centres.length < count) {
    let best: LikelyColor | undefined
    let bestReach = 0
    for (const color of likely) {
      const reach = color.weight * (centres.length === 0 ? 1 : Math.min(...centres.map((centre) => squaredDistance(centre, color))))
      if (reach > bestReach) [best, bestReach] = [color, reach]
    }
    if (!best) break
    centres.push([best.a, best.b])
  }
  return centres
}
