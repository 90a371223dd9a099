/** A palette from a reference picture: k-means in CIELAB; the same picture gives the same colours. */
import { kMeans, nearestCentre, type Weighted } from '../../color/kMeans.ts'
import { labToSrgb, srgbToLab } from '../../color/srgb.ts'
import { hexOf, type FileSwatch } from './swatches.ts'

/** Pixels gathered by five bits a channel: a picture of any size becomes at most 32,768 weighted colours. */
function binsOf(rgb: Uint8Array): Weighted[] {
  const sums = new Float64Array(4 * 32 * 32 * 32)
  for (let i = 0; i + 2 < rgb.length; i += 3) {
    const [red, green, blue] = [rgb[i] as number, rgb[i + 1] as number, rgb[i + 2] as number]
    const at = 4 * (((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3))
    sums[at] = (sums[at] as number) + red
    sums[at + 1] = (sums[at + 1] as number) + green
    sums[at + 2] = (sums[at + 2] as number) + blue
    sums[at + 3] = (sums[at + 3] as number) + 1
  }
  const bins: Weighted[] = []
  for (let at = 0; at < sums.length; at += 4) {
    const weight = sums[at + 3] as number
    if (weight > 0) bins.push({ weight, lab: srgbToLab((sums[at] as number) / weight / 255, (sums[at + 1] as number) / weight / 255, (sums[at + 2] as number) / weight / 255) })
  }
  return bins
}

/**
 * The main colours of a picture, the most frequent first.
 * @param rgb sRGB pixels, three bytes each
 * @param options.count how many at most; 12 unless said
 */
export function colorsOfPicture(rgb: Uint8Array, { count = 12 }: { readonly count?: number } = {}): FileSwatch[] {
  const bins = binsOf(rgb)
  const found = kMeans(bins, count).map((lab) => ({ lab, weight: 0 }))
  const centres = found.map(({ lab }) => lab)
  for (const { lab, weight } of bins) {
    const cluster = found[nearestCentre(centres, lab)]
    if (cluster) cluster.weight += weight
  }
  return found
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ lab }) => ({ name: '', color: hexOf(...labToSrgb(...lab)), group: '' }))
}
