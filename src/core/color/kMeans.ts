import type { Triple } from './lab.ts'

const squared = (one: Triple, other: Triple): number => (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2

export interface Weighted {
  readonly lab: Triple
  readonly weight: number
}

/** Index of the centre closest to a colour; the first of those equally close. */
export function nearestCentre(centres: readonly Triple[], lab: Triple): number {
  let best = 0
  centres.forEach((centre, n) => {
    if (squared(centre, lab) < squared(centres[best] as Triple, lab)) best = n
  })
  return best
}

function farthestFirst(colors: readonly Weighted[], count: number): Triple[] {
  const centres: Triple[] = []
  const reach = colors.map(({ weight }) => weight)
  while (centres.length < count) {
    let best = 0
    reach.forEach((value, n) => {
      if (value > (reach[best] as number)) best = n
    })
    const chosen = colors[best]
    if (!chosen || (reach[best] as number) <= 0) break
    centres.push(chosen.lab)
    colors.forEach(({ lab, weight }, n) => {
      const own = weight * squared(lab, chosen.lab)
      reach[n] = centres.length === 1 ? own : Math.min(reach[n] as number, own)
    })
  }
  return centres
}

/**
 * Weighted k-means in CIELAB (Lloyd), started from the heaviest colour and then always from the one farthest from those
 * taken: no chance is in it, so that the same colours give the same centres.
 * @returns at most `count` centres
 */
export function kMeans(colors: readonly Weighted[], count: number, rounds = 30): Triple[] {
  let centres = farthestFirst(colors, count)
  for (let round = 0; round < rounds; round++) {
    const sums = centres.map(() => [0, 0, 0, 0] as [number, number, number, number])
    for (const { lab, weight } of colors) {
      const sum = sums[nearestCentre(centres, lab)] as [number, number, number, number]
      sum[0] += weight * lab[0]
      sum[1] += weight * lab[1]
      sum[2] += weight * lab[2]
      sum[3] += weight
    }
    const next = centres.map((centre, n): Triple => {
      const [l, a, b, weight] = sums[n] as [number, number, number, number]
      return weight > 0 ? [l / weight, a / weight, b / weight] : centre
    })
    const moved = next.some((centre, n) => squared(centre, centres[n] as Triple) > 1e-6)
    centres = next
    if (!moved) break
  }
  return centres
}
