import type { z } from 'zod'
import type { exemplar } from '../../contract/pageTeaching.ts'
import type { Size } from '../../contract/pictures.ts'
import { levelled } from '../../core/pages/ink.ts'
import { FeatureGatherer, type RegionFeatures } from '../../core/pages/regionFeatures.ts'
import { lessonsOfHints, lessonsOfPicture, type Lesson } from '../../core/pages/teaching.ts'
import { pageStep } from '../../core/steps/page.ts'
import { readStamp, type Pixels } from '../pictures/index.ts'
import { fullOf, sourceKey } from '../tasks/sources.ts'
import type { TaskContext } from '../workers/context.ts'
import { analysePage, layoutOf, pagePixels, type PageAnalysis, type PageLayout } from './analysis.ts'
import { readDraft } from './draft.ts'
import type { FullPage } from './fullPage.ts'
import { solvePage } from './solving.ts'

export type Exemplar = z.output<typeof exemplar>

/** Longer side at which the colours of a coloured page are looked at. */
const colorsSide = 1024
/** In a coloured page only what is darker than this in every channel is ink: fills may be dark. */
const inkBelow = 48

const known = new WeakMap<PageLayout, Promise<RegionFeatures[]>>()

/** Features of a page's regions, remembered with its layout. @param tones whether the page's greys are its own */
export function featuresFor({ map, levels }: PageAnalysis, layout: PageLayout, page: FullPage, tones = true): Promise<RegionFeatures[]> {
  const make = async (): Promise<RegionFeatures[]> => {
    const gatherer = new FeatureGatherer(map, layout.regions)
    const { width, height } = page
    if (!tones) for (let y = 0; y < height; y++) gatherer.addRow(null)
    else {
      await page.eachBand(async (band) => {
        const grey = levelled(pagePixels(band), levels)
        for (let y = 0; y < band.height; y++) gatherer.addRow(grey.subarray(y * width, (y + 1) * width))
      })
    }
    return gatherer.features()
  }
  const found = known.get(layout) ?? make()
  known.set(layout, found)
  // One that was cancelled is made anew by the next who asks.
  found.catch(() => known.delete(layout))
  return found
}

/** A coloured page as if it had not been coloured: black lines on white. */
function linesOfColors(pixels: Pixels): Pixels {
  const { data, channels, width, height } = pagePixels(pixels)
  const lines = new Uint8Array(width * height)
  for (let i = 0; i < lines.length; i++) {
    let most = 0
    for (let channel = 0; channel < channels; channel++) most = Math.max(most, data[i * channels + channel] as number)
    lines[i] = most < inkBelow ? 0 : 255
  }
  return { ...pixels, data: lines, channels: 1, depth: 8, alpha: null }
}

async function lessonsOfOne(task: TaskContext, { lines, colors, hints }: Exemplar, toneSize: number): Promise<Lesson[]> {
  const { memo } = task.studio
  const path = lines ?? colors ?? ''
  const full = await fullOf(task, { path })
  const fromColors = lines === null
  const page: FullPage = fromColors ? { ...full, key: `${full.key}\0lines`, eachBand: (visit) => full.eachBand((band, top) => visit(linesOfColors(band), top)) } : full
  const shape = { toneSize: fromColors ? 0 : toneSize, closings: [] }
  const analysis = await analysePage(task, page, shape)
  task.check()
  const layout = layoutOf(analysis, { gap: null, joins: [], protect: [] })
  const features = await featuresFor(analysis, layout, page, !fromColors)
  const { map } = analysis
  if (colors === null) {
    const { fills } = solvePage(analysis, layout, { ...pageStep.defaults, hints })
    return lessonsOfHints(map, layout.regions, features, fills, hints)
  }
  const box: Size = { width: colorsSide, height: colorsSide }
  const picture = await memo.get(`${await sourceKey({ path: colors })}\0taught`, ({ rgb }) => rgb.byteLength, () => readDraft(colors, box))
  const network = ((await readStamp(colors))?.models.length ?? 0) > 0
  return lessonsOfPicture(map, layout.regions, features, picture, layout.protection.regions, network)
}

/** What coloured pages teach, one after the other. @throws HourglassError where one cannot be read */
export async function lessonsFrom(task: TaskContext, exemplars: readonly Exemplar[], toneSize: number): Promise<Lesson[]> {
  const lessons: Lesson[] = []
  for (const each of exemplars) {
    lessons.push(...(await lessonsOfOne(task, each, toneSize)))
    await task.pause()
  }
  return lessons
}
