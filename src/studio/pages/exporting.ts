import { readdir, rm } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { fault } from '../../core/texts/wording.ts'
import { swatchColor, sceneOf } from '../../core/pages/palette.ts'
import { commonFolder, exportName, extensions, numbered, safeName, stem } from '../../core/photos/naming.ts'
import type { AssetRecord } from '../assets/rows.ts'
import { sweepLeftovers } from '../engine-client/leftovers.ts'
import { exportInput, exportVersion, makeFolder, pictureFormat, placeFor, writePicture, type ExportInput, type ExportParts } from '../jobs/exporting.ts'
import type { JobOutput, JobRecord } from '../jobs/store.ts'
import type { WorkContext } from '../jobs/work.ts'
import type { Session } from '../projects/session.ts'
import { requireFiles } from '../references/paths.ts'
import { newScratch } from '../storage/scratch.ts'
import { exportSheet } from './sheet.ts'

/** Formats that hold a page in layers, as the engine calls them. */
const layered = { psd: 'psd', ora: 'ora', layers: 'png' } as const
type Layered = keyof typeof layered
const isLayered = (format: ExportInput['options']['format']): format is Layered => format in layered

/** Does an export job of any kind: a picture, a page in layers, a chapter. */
export function exportWork(session: Session, job: JobRecord, context: WorkContext, parts: ExportParts): Promise<JobOutput | null> {
  const input = exportInput.parse(job.input)
  if (input.chapter && (input.options.format === 'sheet-png' || input.options.format === 'sheet-jpeg')) return exportSheet(session, { ...input, chapter: input.chapter }, input.options.format, context, parts)
  if (input.chapter) return exportChapter(session, { ...input, chapter: input.chapter }, context, parts)
  return isLayered(input.options.format) ? exportLayers(session, job, input, input.options.format, context, parts) : exportVersion(session, job, context, parts)
}

/** One page in layers: a file, or a folder of PNG that is packed where it is to be downloaded. */
async function exportLayers(session: Session, job: JobRecord, input: ExportInput, format: Layered, context: WorkContext, { engine, previews, names }: ExportParts): Promise<JobOutput | null> {
  const { folder, downloadable, options } = input
  if (!job.version) throw fault('internal', 'fault.exportWithoutVersion', 'remedy.exportAgain')
  const version = session.versions.require(job.version)
  const asset = session.assets.require(version.asset)
  const packs = format === 'layers' && downloadable
  const ending = packs ? '-layers.zip' : format === 'layers' ? '-layers' : `.${format}`
  const placesOf = (path: string) => [path + ending]
  makeFolder(folder)
  const name = safeName(options.naming.replaceAll('{name}', stem(asset.name)))
  const place = placeFor(name, input, [asset.path], names, placesOf)
  if (!place) return { name: name + ending, path: join(folder, name + ending), downloadable }
  const scratch = packs ? await newScratch() : null
  const path = place.target + ending
  try {
    const scene = version.recipe.steps.map(({ params }) => sceneOf(params)).find((each) => each !== null) ?? null
    const swatches = session.palette.get().swatches.map((swatch) => ({ name: swatch.name, group: swatch.group, color: swatchColor(swatch, scene) }))
    const source = previews.sourceOf(session, asset)
    const { recipe, folder: model } = previews.look(session, asset, version.recipe)
    requireFiles(recipe)
    const written = scratch === null ? place.target : join(scratch, 'page')
    await engine.run(
      'writePageLayers',
      { source, recipe, model, label: options.label, formats: [layered[format]], stem: written, swatches, overwrite: place.replaces, original: asset.path },
      { ...context, priority: 'job', waitForEnd: true },
    )
    if (scratch !== null) {
      const made = `${written}-layers`
      const files = (await readdir(made)).filter((file) => extname(file) === '.png').sort()
      const pages = files.map((file) => ({ name: file, path: join(made, file) }))
      await engine.run('writeArchive', { pages, target: path, overwrite: place.replaces, original: asset.path, comicInfo: null }, { signal: context.signal, priority: 'job' })
    }
    return { name: basename(path), path, downloadable }
  } catch (error) {
    sweepLeftovers(folder)
    throw error
  } finally {
    names.free(path)
    if (scratch !== null) await rm(scratch, { recursive: true, force: true })
  }
}

/** Names of pages inside a chapter: their own, below what their folders do not share; two of one name are told apart. */
export function chapterNames(pages: readonly { readonly name: string; readonly folder: string; readonly ending: string }[]): string[] {
  const shared = commonFolder(pages.map(({ folder }) => folder)).length
  const taken = new Set<string>()
  return pages.map(({ name, folder, ending }) => {
    const wanted = [...folder.slice(shared).split('/').filter((part) => part !== '').map(safeName), `${safeName(stem(name))}.${ending}`].join('/')
    let free = wanted
    for (let n = 2; taken.has(free.normalize('NFC').toLowerCase()); n++) free = numbered(wanted, n)
    taken.add(free.normalize('NFC').toLowerCase())
    return free
  })
}

/** What the archive that pages came from said of itself; null where only some of its pages leave, of which it would say too much. */
function comicInfoFor(session: Session, pages: readonly AssetRecord[]): string | null {
  const info = session.chapters.comicInfoOf(commonFolder(pages.map(({ folder }) => folder)))
  if (!info) return null
  const all = session.assets.list().filter(({ kind, folder }) => kind === 'page' && (folder === info.folder || folder.startsWith(`${info.folder}/`)))
  return all.length === pages.length ? info.text : null
}

/** Every page at full size, packed in the order of the chapter; the pages themselves take no room beside it for long. */
async function exportChapter(session: Session, input: ExportInput & { chapter: NonNullable<ExportInput['chapter']> }, context: WorkContext, parts: ExportParts): Promise<JobOutput | null> {
  const { folder, downloadable, options, chapter } = input
  makeFolder(folder)
  const name = `${safeName(chapter.name)}.cbz`
  const assets = chapter.versions.map((id) => session.assets.require(session.versions.require(id).asset))
  const placesOf = (path: string) => [path]
  const place = placeFor(name, input, assets.map(({ path }) => path), parts.names, placesOf)
  if (!place) return { name, path: join(folder, name), downloadable }
  const { target, replaces } = place
  const picture = { ...options, format: 'same' as const }
  const names = chapterNames(assets.map((asset) => ({ name: asset.name, folder: asset.folder, ending: extensions[pictureFormat(picture, asset)] })))
  const scratch = await newScratch()
  try {
    const pages: { name: string; path: string }[] = []
    for (const [n, id] of chapter.versions.entries()) {
      context.signal.throwIfAborted()
      const asset = assets[n]
      if (!asset) continue
      const path = join(scratch, `${n}-${exportName('page', asset.name, pictureFormat(picture, asset))}`)
      const onProgress = (done: number) => context.onProgress((n + done) / (chapter.versions.length + 1))
      pages.push({ name: names[n] ?? '', path: await writePicture(session, id, { path, replaces: false, compare: false }, picture, { ...context, onProgress }, parts) })
    }
    await parts.engine.run('writeArchive', { pages, target, overwrite: replaces, original: null, comicInfo: comicInfoFor(session, assets) }, { signal: context.signal, priority: 'job', waitForEnd: true })
    return { name: basename(target), path: target, downloadable }
  } catch (error) {
    sweepLeftovers(folder)
    throw error
  } finally {
    parts.names.free(target)
    await rm(scratch, { recursive: true, force: true })
  }
}
