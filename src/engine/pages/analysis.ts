import { createHash } from 'node:crypto'
import type { PageParams } from '../../core/steps/page.ts'
import { mappingOf, type PageMap } from '../../core/pages/basins.ts'
import { foundByLines, type FoundByLines } from '../../core/pages/foundByLines.ts'
import { gapRule } from '../../core/pages/gaps.ts'
import { withPassages, type Graph } from '../../core/pages/graph.ts'
import { PageTones, type PageLevels, type PagePixels } from '../../core/pages/ink.ts'
import { protectionOf, withDecisions, type Protection } from '../../core/pages/protection.ts'
import { regionsOf, type Regions } from '../../core/pages/regions.ts'
import { reliefOf } from '../../core/pages/relief.ts'
import { SplitCache } from '../../core/pages/splits.ts'
import { pixelsAlong } from '../../core/pages/strokes.ts'
import type { Pixels } from '../pictures/index.ts'
import { toEightBit } from '../pictures/samples.ts'
import type { TaskContext } from '../workers/context.ts'
import type { FullPage } from './fullPage.ts'
import { roomForAnalysis } from './room.ts'

/** A page told apart: all that hints do not change. */
export interface PageAnalysis {
  readonly levels: PageLevels
  readonly map: PageMap
  /** Panels, gutters and bubbles by the lines, where the page is looked at through its tones; else null. */
  readonly found: FoundByLines | null
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

/** Works off what yields between its parts: a cancel is heard there, and more urgent work goes first. */
async function workedOff<Result>(steps: Generator<unknown, Result, void>, task: TaskContext): Promise<Result> {
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    await task.pause()
  }
}

async function mapped(page: FullPage, shape: Shape, found: FoundByLines | null, task: TaskContext): Promise<Pick<PageAnalysis, 'levels' | 'map'>> {
  const tones = new PageTones(page.width, page.height)
  await page.eachBand(async (band, top) => {
    tones.add(pagePixels(band), top)
    await task.pause()
  })
  const relief = await workedOff(reliefOf(tones, { ...shape, pieces: found?.pieces ?? null }), task)
  return { levels: tones.levels(), map: await workedOff(mappingOf(relief, { check: () => task.check() }), task) }
}

/** Blurred with the tones, letters are gone and bubbles not to be told from other white: the lines are looked at first, and their map is let go. */
async function foundBefore(page: FullPage, shape: Shape, task: TaskContext): Promise<FoundByLines> {
  const byLines = { ...shape, toneSize: 0 }
  const make = async (): Promise<FoundByLines> => foundByLines((await mapped(page, byLines, null, task)).map)
  return page.key === null ? make() : task.studio.memo.get(`${page.key}\0found\0${digest(shape.closings)}`, ({ pieces }) => pieces.bytes, make)
}

async function analyse(page: FullPage, shape: Shape, task: TaskContext): Promise<PageAnalysis> {
  const giveBack = page.hasRoom ? null : roomForAnalysis(page, task.studio)
  try {
    const found = shape.toneSize > 0 ? await foundBefore(page, shape, task) : null
    return { ...(await mapped(page, shape, found, task)), found, splits: new SplitCache() }
  } finally {
    giveBack?.()
  }
}

/** A short name for a value, to remember things by. */
export const digest = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('base64')
const bytesOf = ({ map }: PageAnalysis): number => map.relief.heights.byteLength + map.basins.labels.bytes + 16 * map.graph.to.length

/**
 * The analysis of a page, remembered where the page has a name.
 * @throws HourglassError `too-large` where the memory setting does not hold it
 */
export async function analysePage(task: TaskContext, page: FullPage, shape: Shape): Promise<PageAnalysis> {
  const make = (): Promise<PageAnalysis> => analyse(page, shape, task)
  return page.key === null ? make() : task.studio.memo.get(`${page.key}\0page\0${digest([shape.toneSize, shape.closings])}`, bytesOf, make)
}

/** Layouts made of an analysis before; they go with it. */
const layouts = new WeakMap<PageAnalysis, Map<string, PageLayout>>()
const keptLayouts = 4

/** Graph, regions and what is protected; remembered with the analysis. */
export function layoutOf(analysis: PageAnalysis, { gap, joins, protect }: Pick<PageParams, 'gap' | 'joins' | 'protect'>): PageLayout {
  const known = layouts.get(analysis) ?? new Map<string, PageLayout>()
  layouts.set(analysis, known)
  const key = digest([gap, joins, protect])
  const remembered = known.get(key)
  if (remembered) return remembered
  const { map, found } = analysis
  const graph = withPassages(map.graph, map.basins.count, joins.flatMap((stroke) => passagesAlong(map, stroke)))
  const regions = regionsOf(map, graph, gapRule(map.relief, gap))
  const layout: PageLayout = { graph, regions, protection: withDecisions(map, regions, protectionOf(map, regions, found), protect) }
  known.set(key, layout)
  const oldest = known.keys().next()
  if (known.size > keptLayouts && !oldest.done) known.delete(oldest.value)
  return layout
}

/** A joining stroke opens a passage between each two basins it comes through one after the other. */
function passagesAlong(map: PageMap, stroke: PageParams['joins'][number]): (readonly [number, number])[] {
  const basins = pixelsAlong(map.relief, stroke)
    .map((p) => map.basins.labels.at(p))
    .filter((basin, n, all) => basin > 0 && basin !== all[n - 1])
  return basins.slice(1).map((basin, n) => [basins[n] as number, basin] as const)
}
