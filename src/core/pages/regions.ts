import type { PageMap } from './basins.ts'
import { isOpen, type GapRule } from './gaps.ts'
import type { Graph } from './graph.ts'
import { Sets } from './sets.ts'

/** What a click fills: basins that open passes join, numbered from 1 in reading order. */
export interface Regions {
  readonly count: number
  /** By basin, its region. */
  readonly of: Int32Array
  /** All by region; [0] is unused. Pixels of paper. */
  readonly areas: Int32Array
  /** Basin with the region's highest summit: the inscribed centre lies there. */
  readonly centres: Int32Array
}

/** Smaller pieces join the neighbour they are most open to. Pixels. */
export const crumb = 60

function eachBorder(graph: Graph, count: number, visit: (one: number, other: number, saddle: number) => void): void {
  for (let n = 1; n <= count; n++) {
    for (let k = graph.start[n] as number; k < (graph.start[n + 1] as number); k++) if ((graph.to[k] as number) > n) visit(n, graph.to[k] as number, graph.saddles[k] as number)
  }
}

/** Borders by the height of their pass, the highest first; of one height in the order of their basins. */
function bordersDown(graph: Graph, count: number): { low: Int32Array; high: Int32Array; saddles: Uint8Array } {
  const sizes = new Int32Array(257)
  eachBorder(graph, count, (_, __, saddle) => void (sizes[255 - saddle + 1] = (sizes[255 - saddle + 1] as number) + 1))
  for (let level = 0; level < 256; level++) sizes[level + 1] = (sizes[level + 1] as number) + (sizes[level] as number)
  const borders = sizes[256] as number
  const sorted = { low: new Int32Array(borders), high: new Int32Array(borders), saddles: new Uint8Array(borders) }
  eachBorder(graph, count, (one, other, saddle) => {
    const at = sizes[255 - saddle] as number
    sizes[255 - saddle] = at + 1
    sorted.low[at] = one
    sorted.high[at] = other
    sorted.saddles[at] = saddle
  })
  return sorted
}

/**
 * Joins what open passes join, the highest pass first. A pass is judged by the highest summits of all that was joined on
 * its two sides, so that a small basin in the throat of a gap joins one side only and does not bridge it.
 */
function joinThroughPasses(graph: Graph, { count, peaks }: PageMap['basins'], rule: GapRule, sets: Sets): void {
  const highest = peaks.slice()
  const { low, high, saddles } = bordersDown(graph, count)
  for (let k = 0; k < low.length; k++) {
    const [a, b] = [sets.find(low[k] as number), sets.find(high[k] as number)]
    if (a === b) continue
    const [peak, other] = [highest[a] as number, highest[b] as number]
    if (!isOpen(rule, saddles[k] as number, peak, other)) continue
    sets.join(a, b)
    highest[sets.find(a)] = peak > other ? peak : other
  }
}

/** Crumbs go to the neighbour with the highest pass, of equal ones to the larger. */
function joinCrumbs(graph: Graph, count: number, sets: Sets, areas: Int32Array): void {
  const sum = new Int32Array(count + 1)
  for (let n = 1; n <= count; n++) sum[sets.find(n)] = (sum[sets.find(n)] as number) + (areas[n] as number)
  const best = new Int32Array(count + 1)
  const height = new Int32Array(count + 1).fill(-1)
  const offer = (crumbSet: number, other: number, saddle: number): void => {
    if ((sum[crumbSet] as number) >= crumb) return
    if (saddle > (height[crumbSet] as number) || (saddle === height[crumbSet] && (sum[other] as number) > (sum[best[crumbSet] as number] as number))) {
      best[crumbSet] = other
      height[crumbSet] = saddle
    }
  }
  eachBorder(graph, count, (one, other, saddle) => {
    const [a, b] = [sets.find(one), sets.find(other)]
    if (a === b) return
    offer(a, b, saddle)
    offer(b, a, saddle)
  })
  for (let n = 1; n <= count; n++) if ((best[n] as number) > 0) sets.join(n, best[n] as number)
}

/** The inscribed centre of a region, in fractions of the page. */
export function centreOf({ relief, basins }: PageMap, { centres }: Regions, region: number): { readonly x: number; readonly y: number } {
  const p = basins.summits[centres[region] as number] as number
  return { x: ((p % relief.stride) - 0.5) / relief.width, y: (Math.floor(p / relief.stride) - 0.5) / relief.height }
}

/** The regions of the pixels of row `y` (from 0), running on under the lines: 0 where there is none. */
export function regionRow({ basins }: Pick<PageMap, 'basins'>, { of }: Regions, y: number, row: Int32Array | Uint16Array): void {
  basins.labels.eachRun(y, (from, to, basin) => void row.fill(of[basin] as number, from, to))
}

/** The regions of a page under a rule of gaps. */
export function regionsOf({ basins }: PageMap, graph: Graph, rule: GapRule): Regions {
  const { count, areas, peaks } = basins
  const sets = new Sets(count)
  joinThroughPasses(graph, basins, rule, sets)
  joinCrumbs(graph, count, sets, areas)
  const of = new Int32Array(count + 1)
  let regions = 0
  for (let n = 1; n <= count; n++) of[n] = sets.find(n) === n ? ++regions : (of[sets.find(n)] as number)
  const sums = new Int32Array(regions + 1)
  const centres = new Int32Array(regions + 1)
  for (let n = 1; n <= count; n++) {
    const region = of[n] as number
    sums[region] = (sums[region] as number) + (areas[n] as number)
    const best = centres[region] as number
    const higher = (peaks[n] as number) - (peaks[best] as number)
    if (best === 0 || higher > 0 || (higher === 0 && (areas[n] as number) > (areas[best] as number))) centres[region] = n
  }
  return { count: regions, of, areas: sums, centres }
}
