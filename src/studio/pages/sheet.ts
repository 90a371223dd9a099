import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sheetLayout } from '../../core/pages/contactSheet.ts'
import { safeName } from '../../core/photos/naming.ts'
import { showsNetworkHints } from '../../core/steps/page.ts'
import type { Hint } from '../../contract/hints.ts'
import { sweepLeftovers } from '../engine-client/leftovers.ts'
import { makeFolder, placeFor, type ExportInput, type ExportParts } from '../jobs/exporting.ts'
import type { JobOutput } from '../jobs/store.ts'
import type { WorkContext } from '../jobs/work.ts'
import type { Session } from '../projects/session.ts'
import { requireFiles } from '../references/paths.ts'
import { newScratch } from '../storage/scratch.ts'

/** Of the progress: drawing the pages; laying them out is the rest. */
const drawing = 0.9

/** Pages as they look now, on one sheet; numbered as in the chapter, so that a choice of them says which. */
export async function exportSheet(session: Session, input: ExportInput & { chapter: NonNullable<ExportInput['chapter']> }, format: 'sheet-png' | 'sheet-jpeg', context: WorkContext, { engine, previews, names }: ExportParts): Promise<JobOutput | null> {
  const { folder, downloadable, options, chapter } = input
  makeFolder(folder)
  const all = session.assets.list().filter(({ kind }) => kind === 'page')
  const pages = chapter.versions.map((id) => {
    const version = session.versions.require(id)
    return { version, asset: session.assets.require(version.asset) }
  })
  const name = `${safeName(chapter.name)}-sheet.${format === 'sheet-png' ? 'png' : 'jpg'}`
  const placesOf = (path: string): string[] => [path]
  const place = placeFor(name, input, pages.map(({ asset }) => asset.path), names, placesOf)
  if (!place) return { name, path: join(folder, name), downloadable }
  const { target, replaces } = place
  const layout = sheetLayout(pages.map(({ asset }) => asset.info))
  const scratch = await newScratch()
  try {
    const models = new Map<string, { id: string; sha256: string }>()
    let network = false
    const cells = []
    for (const [n, { version, asset }] of pages.entries()) {
      context.signal.throwIfAborted()
      const { recipe, folder: model } = previews.look(session, asset, version.recipe)
      requireFiles(recipe)
      const out = join(scratch, `${n}.png`)
      const onProgress = (done: number) => context.onProgress((drawing * (n + done)) / pages.length)
      const { figures } = await engine.run('render', { source: previews.sourceOf(session, asset), recipe, model, box: layout.cell, out }, { signal: context.signal, onProgress, priority: 'job', waitForEnd: true })
      if (figures.model) models.set(figures.model.sha256, figures.model)
      network ||= figures.model !== null || recipe.steps.some(({ params }) => Array.isArray(params['hints']) && showsNetworkHints(params['hints'] as Hint[]))
      cells.push({ path: out, number: all.findIndex(({ id }) => id === asset.id) + 1, name: asset.name, state: asset.page?.state ?? ('todo' as const) })
    }
    const label = options.label && network
    await engine.run('contactSheet', { cells, layout, format: format === 'sheet-png' ? 'png' : 'jpeg', quality: options.quality, label, network, models: [...models.values()], target, overwrite: replaces, original: null }, { signal: context.signal, priority: 'job', waitForEnd: true })
    return { name: basename(target), path: target, downloadable }
  } catch (error) {
    sweepLeftovers(folder)
    throw error
  } finally {
    names.free(target)
    await rm(scratch, { recursive: true, force: true })
  }
}
