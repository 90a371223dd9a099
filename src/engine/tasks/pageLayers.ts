import { fault } from '../../core/texts/wording.ts'
import { runnableSteps, steps } from '../../core/steps/index.ts'
import { paramsOf } from '../../core/steps/step.ts'
import { analysePage, layoutOf } from '../pages/analysis.ts'
import { writeLayers } from '../pages/documents.ts'
import { planesOf } from '../pages/pageLayers.ts'
import { layersOfPage } from '../pages/planes.ts'
import { openPicture } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'
import { fullOf } from './sources.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** The page of a recipe in layers: what hints fill, hard-edged, with the page's own lines and tones over it. */
export async function writePageLayers(input: TaskInput<'writePageLayers'>, task: TaskContext): Promise<TaskOutput<'writePageLayers'>> {
  const stored = runnableSteps(input.recipe).find(({ step }) => step === 'page')
  if (!stored) throw fault('bad-input', 'fault.noPageStep', 'remedy.pageRecipe')
  const { params } = paramsOf(steps.page, stored)
  const full = await fullOf(task, input.source)
  const [analysis, { info, profile }] = await Promise.all([analysePage(task.studio.memo, full.key, full.pixels, params), openPicture(input.source.path)])
  task.check()
  const planes = planesOf(await full.pixels(), analysis, layoutOf(analysis, params), params, info.density, input.swatches)
  await task.pause()
  const page = layersOfPage(planes, { grow: params.grow ?? undefined })
  const { stem, overwrite, original } = input
  const written = await task.abortable((signal) => writeLayers(page, input.formats, stem, { overwrite: overwrite || 'same', original, signal, converted: profile !== null && profile.kind !== 'srgb' }))
  return { files: written.map(({ format, path }) => ({ format, path })), layers: page.layers.length, notes: [...(written[0]?.notes ?? [])] }
}
