import type { Hint } from '../../contract/hints.ts'
import { fault } from '../../core/texts/wording.ts'
import type { PageParams } from '../../core/steps/page.ts'
import { autoHints } from '../../core/pages/autoHints.ts'
import { taughtHints } from '../../core/pages/teaching.ts'
import { regionRow } from '../../core/pages/regions.ts'
import { leaksOf, unhintedRegions } from '../../core/pages/report.ts'
import { analysePage, layoutOf, type PageAnalysis, type PageLayout } from '../pages/analysis.ts'
import { colorKindOfPage, onColor } from '../pages/coloring.ts'
import { draftOf } from '../pages/draft.ts'
import { pageParams } from '../pages/params.ts'
import { featuresFor, lessonsFrom } from '../pages/teaching.ts'
import { solvePage, type Solved } from '../pages/solving.ts'
import { temporaryBeside, writeAtomically } from '../pictures/atomic.ts'
import { ScratchPicture } from '../pictures/scratch.ts'
import type { TaskContext } from '../workers/context.ts'
import { fullOf } from './sources.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Pixels of the region map that are in memory at a time. */
const regionBand = 1 << 22

/** Region of each pixel as a 16-bit PNG, whole or not at all; the same one may stand there already. */
async function writeRegions(file: { path: string; overwrite: boolean }, { map }: PageAnalysis, { regions }: PageLayout, original: string, task: TaskContext): Promise<void> {
  if (regions.count > 65_535) throw fault('too-large', 'fault.tooManyRegions', 'remedy.setToneSize', { count: regions.count })
  const { width, height } = map.relief
  await writeAtomically(file.path, { overwrite: file.overwrite || 'same', original }, async (temporary) => {
    const scratch = await ScratchPicture.create(temporaryBeside(temporary), { width, height, channels: 1, depth: 16 })
    try {
      const most = Math.max(1, Math.min(height, Math.floor(regionBand / width)))
      for (let top = 0; top < height; top += most) {
        const band = new Uint16Array(Math.min(most, height - top) * width)
        for (let y = 0; y < band.length / width; y++) regionRow(map, regions, top + y, band.subarray(y * width, (y + 1) * width))
        await scratch.writeRows(top, band)
        await task.pause()
      }
      await scratch.chain().toColourspace('grey16').png({ compressionLevel: 6 }).toFile(temporary)
    } finally {
      await scratch.remove()
    }
  })
}

/** Hints from coloured pages, where they are given, else from the rough picture, where one is given, else from the model's draft; hints that stand are left alone. */
async function proposed(input: TaskInput<'examinePage'>, params: PageParams, analysis: PageAnalysis, layout: PageLayout, { hinted, fills }: Solved, task: TaskContext): Promise<Hint[]> {
  const full = await fullOf(task, input.source)
  const except = layout.protection.regions.map((kept, region) => kept | (hinted[region] as number))
  if (input.teach) {
    const lessons = await lessonsFrom(task, input.teach.exemplars, params.toneSize)
    return taughtHints(analysis.map, layout.regions, await featuresFor(analysis, layout, full), lessons, except, input.teach.least)
  }
  const mode = params.rough === null ? 'model' : 'both'
  const found = await draftOf(full, analysis, fills, input.model, { ...params, mode, linesOnly: false }, task)
  task.check()
  if (!found) return []
  const hints = autoHints(analysis.map, layout.regions, found.draft, { except })
  return found.network ? hints.map((hint) => ({ ...hint, network: true })) : hints
}

/** Regions, panels and bubbles of a page, what its hints leave open, and hints that a draft proposes. */
export async function examinePage(input: TaskInput<'examinePage'>, task: TaskContext): Promise<TaskOutput<'examinePage'>> {
  const params = pageParams(input.recipe)
  const full = await fullOf(task, input.source)
  const analysis = await analysePage(task, full, params)
  task.check()
  const layout = layoutOf(analysis, params)
  const before = solvePage(analysis, layout, params, () => task.check())
  const kept = onColor(await colorKindOfPage(task.studio.memo, full), params) !== 'page'
  const added = (input.autoHints || input.teach) && !kept ? await proposed(input, params, analysis, layout, before, task) : []
  const solved = added.length > 0 ? solvePage(analysis, layout, { ...params, hints: [...params.hints, ...added] }, () => task.check()) : before
  if (input.regions) await writeRegions(input.regions, analysis, layout, input.source.path, task)
  const { map } = analysis
  const { regions, protection } = layout
  const protectedRegions = params.keepPaper ? protection.regions : new Uint8Array(regions.count + 1)
  const unhinted = unhintedRegions(map, regions, solved.hinted, protectedRegions)
  return {
    width: map.relief.width,
    height: map.relief.height,
    regions: regions.count,
    panels: [...protection.panels],
    bubbles: protection.bubbles.map(({ box }) => box),
    bubblesKept: protection.bubbles.map((bubble) => protectedRegions[bubble.regions[0] ?? 0] === 1),
    unhinted,
    leaks: leaksOf(regions, solved.fills, unhinted),
    autoHints: added,
    notes: [],
  }
}
