import type { Hint } from '../../contract/hints.ts'
import { kMeans, nearestCentre } from '../color/kMeans.ts'
import type { Triple } from '../color/lab.ts'
import { formatHex, labToSrgb } from '../color/srgb.ts'
import { dotRadius, leastHinted, medianLab, samplesOf, type Draft } from './autoHints.ts'
import type { PageMap } from './basins.ts'
import { noColor } from './marks.ts'
import { featureDistance, type RegionFeatures } from './regionFeatures.ts'
import { centreOf, type Regions } from './regions.ts'
import { sheetShare } from './sheet.ts'
import type { Fills } from './solve.ts'

/** A colour that a coloured page teaches: what a hint of its own would say. */
export interface TaughtColor {
  /** `#rrggbb` */
  readonly color: string
  readonly name?: string | undefined
  readonly swatch?: string | undefined
  /** A network gave the coloured page this colour. */
  readonly network?: boolean | undefined
}

/** A region of a coloured page, and which of the colours it has. */
export interface Lesson {
  readonly features: RegionFeatures
  readonly color: TaughtColor
  /** How much it counts: √ of its pixels. */
  readonly weight: number
}

/** How many colours a coloured page teaches at most. */
const taughtColors = 16
/** So many lessons nearest to a region have a say in the one colour it gets. */
const neighbours = 5
/** Distances of features at which a lesson is half as like, for confidence, and at which it has a sixteenth of the vote. */
const halfWay = 1.6
const [voteWay, votePower] = [0.3, 4]

const hexOf = (lab: Triple): string => formatHex(labToSrgb(...lab))

/** Lessons from a picture in colour: regions by the median of their colours, brought to sixteen (k-means in Lab). `network`: one gave the picture its colours. */
export function lessonsOfPicture(map: PageMap, regions: Regions, features: readonly RegionFeatures[], picture: Draft, except: Uint8Array, network: boolean): Lesson[] {
  const wanted = Uint8Array.from(regions.areas, (area, region) => (region > 0 && area >= leastHinted && except[region] !== 1 ? 1 : 0))
  const found = [...samplesOf(map, regions, picture, wanted)].sort(([one], [other]) => one - other)
  const labs = found.map(([region, colors]) => ({ region, lab: medianLab(colors), weight: Math.sqrt(regions.areas[region] as number) }))
  const centres = kMeans(labs, taughtColors)
  const colors = centres.map((lab): TaughtColor => ({ color: hexOf(lab), ...(network ? { network } : {}) }))
  return labs.flatMap(({ region, lab, weight }) => {
    const [own, color] = [features[region], colors[nearestCentre(centres, lab)]]
    return own && color ? [{ features: own, color, weight }] : []
  })
}

/** Lessons from the hints of a page: every region whose fill a hint gave, with that hint's name and swatch. */
export function lessonsOfHints(map: PageMap, regions: Regions, features: readonly RegionFeatures[], fills: Fills, hints: readonly Hint[]): Lesson[] {
  const byColor = new Map<number, TaughtColor>()
  for (const { color, name, swatch, network, empty, hidden } of hints) {
    if (empty === true || hidden === true) continue
    const key = Number.parseInt(color.slice(1), 16)
    if (!byColor.has(key)) byColor.set(key, { color: color.toLowerCase(), ...(name === undefined ? {} : { name }), ...(swatch === undefined ? {} : { swatch }), ...(network === true ? { network } : {}) })
  }
  const lessons: Lesson[] = []
  for (let region = 1; region <= regions.count; region++) {
    const area = regions.areas[region] as number
    const fill = fills.colors[regions.centres[region] as number] ?? noColor
    const [own, color] = [features[region], byColor.get(fill)]
    if (own && color && area >= leastHinted) lessons.push({ features: own, color, weight: Math.sqrt(area) })
  }
  return lessons
}

/** A colour for a region, and how sure it is: 0…1. */
export interface Proposal extends TaughtColor {
  readonly confidence: number
}

/**
 * What lessons say of a region, the surest first: a vote of the nearest ones (k nearest neighbours, weighted by likeness).
 * Confidence is a colour's share of the votes times the likeness of its best lesson.
 * @param most how many of the nearest vote: where several colours are offered, all of them, so that none is missing
 */
export function proposalsFor(features: RegionFeatures, lessons: readonly Lesson[], most = neighbours): Proposal[] {
  const near = lessons
    .map((lesson) => ({ lesson, far: featureDistance(features, lesson.features) }))
    .sort((one, other) => one.far - other.far)
    .slice(0, most)
  const votes = new Map<string, { color: TaughtColor; sum: number; best: number }>()
  let total = 0
  for (const { lesson, far } of near) {
    const likeness = 1 / (1 + far / (halfWay * halfWay))
    // Likeness counts far more than size: the nearest lesson outvotes several that are merely large.
    const vote = (1 + far / (voteWay * voteWay)) ** -votePower * Math.cbrt(lesson.weight)
    total += vote
    const key = JSON.stringify([lesson.color.color, lesson.color.name ?? '', lesson.color.swatch ?? ''])
    const known = votes.get(key)
    if (known) known.sum += vote
    else votes.set(key, { color: lesson.color, sum: vote, best: likeness })
  }
  return [...votes.values()]
    .map(({ color, sum, best }) => ({ ...color, confidence: total > 0 ? (sum / total) * best : 0 }))
    .sort((one, other) => other.confidence - one.confidence)
}

const rounded = (confidence: number): number => Math.round(1000 * confidence) / 1000

/**
 * One editable hint in the middle of each region of 200 pixels or more that lessons know a colour for.
 * @param except by region: 1 where no hint is to be placed
 * @param least confidence below which a region is left open, 0…1
 */
export function taughtHints(map: PageMap, regions: Regions, features: readonly RegionFeatures[], lessons: readonly Lesson[], except: Uint8Array, least = 0): Hint[] {
  const hints: Hint[] = []
  for (let region = 1; region <= regions.count; region++) {
    const own = features[region]
    if (!own || except[region] === 1 || (regions.areas[region] as number) < leastHinted) continue
    const [best] = proposalsFor(own, lessons)
    if (!best || best.confidence < least) continue
    const { confidence, ...color } = best
    hints.push({ kind: 'dot', ...centreOf(map, regions, region), radius: dotRadius * sheetShare(map.relief), ...color, auto: true, confidence: rounded(confidence) })
  }
  return hints
}
