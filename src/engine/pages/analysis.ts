import { createHash } from 'node:crypto'
import type { PageParams } from '../../core/steps/page.ts'
import { mapPage, type PageMap } from '../../core/pages/basins.ts'
import { gapRule } from '../../core/pages/gaps.ts'
import { withPassages, type Graph } from '../../core/pages/graph.ts'
import { inkOf, levelled, levelsOf, type PageLevels, type PagePixels } from '../../core/pages/ink.ts'
import { protectionOf, withDecisions, type Protection } from '../../core/pages/protection.ts'
import { regionsOf, type Regions } from '../../core/pages/regions.ts'
import { reliefOfLines, reliefOfTones } from '../../core/pages/relief.ts'
import type { SplitCache } from '../../core/pages/splits.ts'
import { drawWalls, pixelsAlong } from '../../core/pages/strokes.ts'
import type { Pixels } from '../pictures/index.ts'
import { toEightBit } from '../pictures/samples.ts'
import type { Memo } from '../workers/memo.ts'

/** A page told apart: all that hints do not change. */
export interface PageAnalysis {
  readonly levels: PageLevels
  readonly map: PageMap
  /** Basins that hints of several colours share, told apart before. */
  readonly splits: SplitCache
}

/** The page under a rule of gaps and with its joining strokes. */
export interface PageLayout {
  readonly graph: Graph
  readonly regions: Regions
  readonly protection: Protection
}

/** What of the parameters changes the analysis. */
type Shape = Pick<PageParams, 'toneSize' | 'closings'>

/** 8-bit pixels on white paper. */
export function pagePixels(pixels: Pixels): PagePixels {
  const flat = flattened(pixels)
  const data = flat.data instanceof Uint8Array ? flat.data : toEightBit(flat.data)
  return { data, width: flat.width, height: flat.height, channels: flat.channels }
}

/** Transparent pages lie on white paper. */
export function flattened(pixels: Pixels): Pixels {
  const { alpha, data, channels } = pixels
  if (!alpha) return pixels
  const max = pixels.depth === 8 ? 255 : 65535
  const out = data.slice()
  for (let i = 0, at = 0; i < alpha.length; i++) {
    const cover = (alpha[i] as number) / max
    for (let channel = 0; channel < channels; channel++, at++) out[at] = Math.round((data[at] as number) * cover + max * (1 - cover))
  }
  return { ...pixels, data: out, alpha: null }
}

function analyse(pixels: Pixels, { toneSize, closings }: Shape): PageAnalysis {
  const page = pagePixels(pixels)
  const { width, height } = page
  const levels = levelsOf(page)
  const grey = levelled(page, levels)
  const size = { width, height, stride: width + 2 }
  if (toneSize > 0) {
    const walls = closings.length > 0 ? new Uint8Array(size.stride * (height + 2)) : null
    if (walls) drawWalls(size, closings, walls)
    return { levels, map: mapPage(reliefOfTones(grey, width, height, toneSize, walls)), splits: new Map() }
  }
  const ink = inkOf(grey, width, height)
  drawWalls(size, closings, ink)
  return { levels, map: mapPage(reliefOfLines(ink, width, height)), splits: new Map() }
}

/** A short name for a value, to remember things by. */
export const digest = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('base64')
const bytesOf = ({ map }: PageAnalysis): number => map.relief.heights.byteLength + map.basins.labels.byteLength + 16 * map.graph.to.length

/**
 * The analysis of a page, remembered.
 * @param key names the page's pixels at full size; null: nothing is remembered
 */
export async function analysePage(memo: Memo, key: string | null, full: () => Promise<Pixels>, shape: Shape): Promise<PageAnalysis> {
  const make = async (): Promise<PageAnalysis> => analyse(await full(), shape)
  return key === null ? make() : memo.get(`${key}\0page\0${digest([shape.toneSize, shape.closings])}`, bytesOf, make)
}

/** Layouts made of an analysis before; they go with it. */
const layouts = new WeakMap<PageAnalysis, Map<string, PageLayout>>()
const keptLayouts = 4

/** Graph, regions and what is protected; remembered with the analysis. */
export function layoutOf(analysis: PageAnalysis, { gap, joins, protect }: Pick<PageParams, 'gap' | 'joins' | 'protect'>): PageLayout {
  const known = layouts.get(analysis) ?? new Map<string, PageLayout>()
  layouts.set(analysis, known)
  const key = digest([gap, joins, protect])
  const found = known.get(key)
  if (found) return found
  const { map } = analysis
  const graph = withPassages(map.graph, map.basins.count, joins.flatMap((stroke) => passagesAlong(map, stroke)))
  const regions = regionsOf(map, graph, gapRule(map.relief, gap))
  const layout: PageLayout = { graph, regions, protection: withDecisions(map, regions, protectionOf(map, regions), protect) }
  known.set(key, layout)
  const oldest = known.keys().next()
  if (known.size > keptLayouts && !oldest.done) known.delete(oldest.value)
  return layout
}

/** A joining stroke opens a passage between each two basins it comes through one after the other. */
function passagesAlong(map: PageMap, stroke: PageParams['joins'][number]): (readonly [number, number])[] {
  const basins = pixelsAlong(map.relief, stroke)
    .map((p) => map.basins.labels[p] as number)
    .filter((basin, n, all) => basin > 0 && basin !== all[n - 1])
  return basins.slice(1).map((basin, n) => [basins[n] as number, basin] as const)
}
