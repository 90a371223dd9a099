import { leastHinted } from './autoHints.ts'
import type { PageMap } from './basins.ts'
import { centreOf, type Regions } from './regions.ts'
import type { Fills } from './solve.ts'

/** A region nobody has given a colour. */
export interface UnhintedRegion {
  readonly region: number
  /** Its middle, in fractions of the page. */
  readonly x: number
  readonly y: number
  /** Pixels of paper. */
  readonly area: number
}

/** Regions large enough to be seen that have no hint of their own and are not protected, in reading order. */
export function unhintedRegions(map: PageMap, regions: Regions, hinted: Uint8Array, kept: Uint8Array): UnhintedRegion[] {
  const list: UnhintedRegion[] = []
  for (let region = 1; region <= regions.count; region++) {
    const area = regions.areas[region] as number
    if (area < leastHinted || hinted[region] === 1 || kept[region] === 1) continue
    list.push({ region, area, ...centreOf(map, regions, region) })
  }
  return list
}

/** How many of some regions took their colour through a pass that counts as closed. */
export function leaksOf(regions: Regions, fills: Fills, unhinted: readonly UnhintedRegion[]): number {
  const leaky = new Uint8Array(regions.count + 1)
  for (let basin = 1; basin < regions.of.length; basin++) {
    if (fills.reached[basin] === 0 && (fills.colors[basin] as number) >= 0) leaky[regions.of[basin] as number] = 1
  }
  return unhinted.reduce((sum, { region }) => sum + (leaky[region] as number), 0)
}
