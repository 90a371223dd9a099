import type { PageMap } from './basins.ts'
import { bubblesOf, type Bubble } from './bubbles.ts'
import { keepPaperColor, type Mark } from './marks.ts'
import { panelsOf, type PageBox } from './panels.ts'
import { crumb, type Regions } from './regions.ts'
import { regionsWithin, type FoundByLines } from './foundByLines.ts'
import { pixelAt } from './strokes.ts'

/** What of a page is not to be coloured unless somebody says so. */
export interface Protection {
  readonly panels: readonly PageBox[]
  readonly bubbles: readonly Bubble[]
  /** By region: 1 where it is gutter, margin, bubble or caption. */
  readonly regions: Uint8Array
}

/**
 * Panels, bubbles and what of the regions they protect.
 * @param found of a page that is looked at through its tones: what its lines told before
 */
export function protectionOf(map: PageMap, regions: Regions, found: FoundByLines | null = null): Protection {
  if (found) {
    const within = regionsWithin(found, map, regions)
    const kept = Uint8Array.from(within, (piece) => (piece > 0 ? 1 : 0))
    const bubbles = found.bubbles.map(({ piece, box }): Bubble => ({ box, regions: [...within.keys()].filter((region) => within[region] === piece).sort((one, other) => (regions.areas[other] as number) - (regions.areas[one] as number)) }))
    return { panels: found.panels, bubbles, regions: kept }
  }
  const { boxes, gutters } = panelsOf(map, regions)
  const bubbles = bubblesOf(map, regions, gutters)
  const kept = gutters.slice()
  for (const bubble of bubbles) for (const region of bubble.regions) kept[region] = 1
  return { panels: boxes, bubbles, regions: kept }
}

/** A place whose bubble, or else region, is kept as paper or not. Fractions of the page. */
export interface ProtectedPlace {
  readonly x: number
  readonly y: number
  readonly keep: boolean
}

const isIn = ({ x, y }: ProtectedPlace, box: PageBox): boolean => x >= box.x && y >= box.y && x <= box.x + box.width && y <= box.y + box.height

/** The protection with what was decided by hand; a later word on the same place counts. */
export function withDecisions({ relief, basins }: PageMap, regions: Regions, protection: Protection, places: readonly ProtectedPlace[]): Protection {
  if (places.length === 0) return protection
  const kept = protection.regions.slice()
  for (const place of places) {
    const bubbles = protection.bubbles.filter(({ box }) => isIn(place, box))
    const label = basins.labels.at(pixelAt(relief, place.x, place.y))
    const meant = bubbles.length > 0 ? bubbles.flatMap((bubble) => bubble.regions) : [regions.of[label] as number]
    for (const region of meant) if (region > 0) kept[region] = place.keep ? 1 : 0
  }
  return { ...protection, regions: kept }
}

/** Regions in which a hint stands, 1 by region. */
export function hintedRegions({ of, count }: Regions, marks: readonly Mark[]): Uint8Array {
  const hinted = new Uint8Array(count + 1)
  for (const { basin } of marks) hinted[of[basin] as number] = 1
  return hinted
}

/** On a toned page, a hint so far below the summit stands on a line beside the paper, not on it. Levels of grey. */
const onLine = 60

function isInBody({ basins, relief }: PageMap, { basin, pixel }: Mark): boolean {
  if ((basins.areas[basin] as number) < crumb) return false
  return relief.kind === 'lines' || (basins.peaks[basin] as number) - (relief.heights[pixel] as number) <= onLine
}

/** What keeps its paper: seeds of whole basins, and marks where a hint stands at the edge of one. */
export interface Kept {
  readonly seeds: ReadonlyMap<number, number>
  readonly marks: readonly Mark[]
}

/**
 * Every basin of a protected region keeps its paper, unless a hint stands in that region: in its body, not in a crumb
 * that merely joined it (a hint in a corner between two lines does not colour the gutter beside them). With the body of a
 * bubble goes what lies among its letters.
 */
export function keptPaper(map: PageMap, { of, count }: Regions, protection: Protection, marks: readonly Mark[]): Kept {
  const { basins } = map
  const released = new Uint8Array(count + 1)
  const marked = new Uint8Array(basins.count + 1)
  for (const mark of marks) {
    marked[mark.basin] = 1
    if (isInBody(map, mark)) released[of[mark.basin] as number] = 1
  }
  for (const { regions: [body = 0, ...others] } of protection.bubbles) if (released[body] === 1) for (const region of others) released[region] = 1
  const seeds = new Map<number, number>()
  const more: Mark[] = []
  for (let basin = 1; basin < of.length; basin++) {
    const region = of[basin] as number
    if (protection.regions[region] !== 1 || released[region] === 1) continue
    if (marked[basin] !== 1) seeds.set(basin, keepPaperColor)
    else if ((basins.areas[basin] as number) >= crumb) more.push({ basin, pixel: basins.summits[basin] as number, color: keepPaperColor })
  }
  return { seeds, marks: more }
}
