/** A palette from a reference picture: k-means in CIELAB, seeded, so that the same picture gives the same colours. */
import type { Triple } from '../../color/lab.ts'
import { labToSrgb, srgbToLab } from '../../color/srgb.ts'
import { hexOf, type FileSwatch } from './swatches.ts'

interface Bin {
  readonly lab: Triple
  readonly weight: number
}

/** Marsaglia's xorshift, 32 bits: numbers in [0, 1). */
function random(seed: number): () => number {
  let state = seed >>> 0 || 1
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

/** Pixels gathered by five bits a channel: a picture of any size becomes at most 32,768 weighted colours. */
function binsOf(rgb: Uint8Array): Bin[] {
  const sums = new Float64Array(4 * 32 * 32 * 32)
  for (let i = 0; i + 2 < rgb.length; i += 3) {
    const [red, green, blue] = [rgb[i] as number, rgb[i + 1] as number, rgb[i + 2] as number]
    const at = 4 * (((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3))
    sums[at] = (sums[at] as number) + red
    sums[at + 1] = (sums[at + 1] as number) + green
    sums[at + 2] = (sums[at + 2] as number) + blue
    sums[at + 3] = (sums[at + 3] as number) + 1
  }
  const bins: Bin[] = []
  for (let at = 0; at < sums.length; at += 4) {
    const weight = sums[at + 3] as number
    if (weight > 0) bins.push({ weight, lab: srgbToLab((sums[at] as number) / weight / 255, (sums[at + 1] as number) / weight / 255, (sums[at + 2] as number) / weight / 255) })
  }
  return bins
}

const distance = (a: Triple, b: Triple): number => (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2

/** k-means++ (Arthur & Vassilvitskii 2007): each next centre by chance, in proportion to its squared distance from those taken. */
function firstCentres(bins: readonly Bin[], count: number, chance: () => number): Triple[] {
  const centres: Triple[] = []
  const reach = bins.map(({ weight }) => weight)
  while (centres.length < count) {
    const total = reach.reduce((sum, value) => sum + value, 0)
    if (total <= 1e-9) break
    let left = chance() * total
    let chosen = reach.findIndex((value) => value > 0 && (left -= value) < 0)
    if (chosen < 0) chosen = reach.findLastIndex((value) => value > 0)
    const centre = (bins[chosen] as Bin).lab
    bins.forEach(({ lab, weight }, n) => {
      const own = weight * distance(lab, centre)
      reach[n] = centres.length === 0 ? own : Math.min(reach[n] as number, own)
    })
    centres.push(centre)
  }
  return centres
}

export interface PictureColorsOptions {
  /** How many colours at most; 12 unless said. */
  readonly count?: number
  readonly seed?: number
}

/**
 * The main colours of a picture, the most frequent first.
 * @param rgb sRGB pixels, three bytes each
 */
export function colorsOfPicture(rgb: Uint8Array, { count = 12, seed = 1 }: PictureColorsOptions = {}): FileSwatch[] {
  const bins = binsOf(rgb)
  let centres = firstCentres(bins, count, random(seed))
  let weights: number[] = []
  for (let round = 0; round < 30; round++) {
    const sums = centres.map(() => [0, 0, 0, 0] as [number, number, number, number])
    for (const { lab, weight } of bins) {
      let best = 0
      centres.forEach((centre, n) => {
        if (distance(lab, centre) < distance(lab, centres[best] as Triple)) best = n
      })
      const sum = sums[best] as [number, number, number, number]
      for (let n = 0; n < 3; n++) sum[n] = (sum[n] as number) + weight * (lab[n] as number)
      sum[3] += weight
    }
    weights = sums.map((sum) => sum[3])
    const next = centres.map((centre, n): Triple => {
      const [l, a, b, weight] = sums[n] as [number, number, number, number]
      return weight > 0 ? [l / weight, a / weight, b / weight] : centre
    })
    const moved = next.some((centre, n) => distance(centre, centres[n] as Triple) > 1e-6)
    centres = next
    if (!moved) break
  }
  return centres
    .map((lab, n) => ({ lab, weight: weights[n] ?? 0 }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ lab }) => ({ name: '', color: hexOf(...labToSrgb(...lab)), group: '' }))
}
