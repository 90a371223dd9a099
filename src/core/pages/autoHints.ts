import type { Hint } from '../../contract/hints.ts'
import { kMeans, nearestCentre } from '../color/kMeans.ts'
import type { Triple } from '../color/lab.ts'
import { formatHex, labToSrgb, srgbToLab } from '../color/srgb.ts'
import type { PageMap } from './basins.ts'
import { sheetShare } from './sheet.ts'
import { centreOf, regionRow, type Regions } from './regions.ts'

/** A picture of the page's colours, at any size: interleaved sRGB. */
export interface Draft {
  readonly width: number
  readonly height: number
  readonly rgb: Uint8Array
}

export interface AutoHintOptions {
  /** By region: 1 where no hint is to be placed (bubbles, gutters, regions with a hint of their own). */
  readonly except: Uint8Array
  /** Saturation (HSV) by which the draft is multiplied; drafts are dull. */
  readonly saturation?: number
  /** How many colours there are at most. */
  readonly colors?: number
}

/** Smaller regions get no hint. Pixels. */
export const leastHinted = 200
/** Pixels of a region that are looked at, about; and how far they lie from ink: 3 units are a pixel. */
const samples = 500
const leastDepth = 6
/** A share of the longer side of a page, of a strip of a sheet. */
export const dotRadius = 0.006
/** Draft colours as light and grey as this mean white paper. L* and chroma. */
const [whiteFrom, whiteChroma] = [95, 4]

function median(values: number[]): number {
  values.sort((one, other) => one - other)
  return values[values.length >> 1] as number
}

/** Draft colours well inside each region, as lists of sRGB numbers 0xrrggbb. */
export function samplesOf({ relief, basins }: PageMap, regions: Regions, draft: Draft, wanted: Uint8Array): Map<number, number[]> {
  const found = new Map<number, number[]>()
  const steps = Int32Array.from(regions.areas, (area) => Math.max(1, Math.floor(Math.sqrt(area / samples))))
  const { width, height, stride, heights } = relief
  const least = relief.kind === 'lines' ? leastDepth : 0
  const row = new Int32Array(width)
  for (let y = 0; y < height; y++) {
    regionRow({ basins }, regions, y, row)
    const draftRow = Math.min(draft.height - 1, Math.floor(((y + 0.5) * draft.height) / height)) * draft.width
    for (let x = 0; x < width; x++) {
      const p = (y + 1) * stride + x + 1
      const region = row[x] as number
      if (wanted[region] !== 1 || (heights[p] as number) <= least) continue
      const step = steps[region] as number
      if (x % step !== 0 || y % step !== 0) continue
      const at = 3 * (draftRow + Math.min(draft.width - 1, Math.floor(((x + 0.5) * draft.width) / width)))
      const color = ((draft.rgb[at] as number) << 16) | ((draft.rgb[at + 1] as number) << 8) | (draft.rgb[at + 2] as number)
      const list = found.get(region)
      if (list) list.push(color)
      else found.set(region, [color])
    }
  }
  return found
}

/** Median in Lab, channel by channel: a line or a highlight in the draft does not move it. */
export function medianLab(colors: readonly number[]): Triple {
  const labs = colors.map((color) => srgbToLab((color >> 16) / 255, ((color >> 8) & 255) / 255, (color & 255) / 255))
  return [median(labs.map(([l]) => l)), median(labs.map(([, a]) => a)), median(labs.map(([, , b]) => b))]
}

/** HSV saturation times a factor; value and hue stay. */
function saturated(lab: Triple, factor: number): Triple {
  const rgb = labToSrgb(...lab)
  const [high, low] = [Math.max(...rgb), Math.min(...rgb)]
  if (high === low) return lab
  const share = Math.min(high / (high - low), factor)
  const [red, green, blue] = rgb.map((value) => high - (high - value) * share) as [number, number, number]
  return srgbToLab(red, green, blue)
}

/**
 * One editable hint in the middle of each region of 200 pixels or more, from a draft of the page's colours: median of
 * the draft well inside the region, livelier by a fifth, all brought to twelve colours (k-means in Lab, weights √area).
 */
export function autoHints(map: PageMap, regions: Regions, draft: Draft, { except, saturation = 1.2, colors = 12 }: AutoHintOptions): Hint[] {
  const wanted = Uint8Array.from(regions.areas, (area, region) => (region > 0 && area >= leastHinted && except[region] !== 1 ? 1 : 0))
  const found = [...samplesOf(map, regions, draft, wanted)].sort(([one], [other]) => one - other)
  const means = found.map(([region, list]) => ({ region, lab: saturated(medianLab(list), saturation), weight: Math.sqrt(regions.areas[region] as number) }))
  const isWhite = ([l, a, b]: Triple): boolean => l >= whiteFrom && Math.hypot(a, b) <= whiteChroma
  const centres = kMeans(means.filter(({ lab }) => !isWhite(lab)), colors)
  return means.map(({ region, lab }): Hint => {
    const color = isWhite(lab) ? '#ffffff' : formatHex(labToSrgb(...(centres[nearestCentre(centres, lab)] as Triple)))
    return { kind: 'dot', ...centreOf(map, regions, region), radius: dotRadius * sheetShare(map.relief), color, auto: true }
  })
}
