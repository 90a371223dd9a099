import { writeHintsJson, writeStyle2PaintsJson } from '../../core/pages/files/hintFiles.ts'
import { openArchive as unpack, writeArchive as pack } from '../pages/archive.ts'
import { compareLayers as compare } from '../pages/changes.ts'
import { flatsOf, likelyLines, linesOf, notesOf, readDocument, writePagePng } from '../pages/documents.ts'
import { readHints as read, writeHintPng } from '../pages/hintPng.ts'
import { readPaletteFile, writePaletteFile } from '../pages/paletteFiles.ts'
import { writeAtomically, writePieces } from '../pictures/atomic.ts'
import { hashFile } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput, TaskOutput } from './task.ts'

export async function openArchive({ path, folder }: TaskInput<'openArchive'>, task: TaskContext): Promise<TaskOutput<'openArchive'>> {
  const { pages, comicInfo, skipped } = await task.abortable((signal) => unpack(path, folder, { signal, onProgress: task.progress }))
  return { pages: [...pages], comicInfo, skipped: [...skipped] }
}

export async function writeArchive({ pages, target, overwrite, original, comicInfo, stamp }: TaskInput<'writeArchive'>, task: TaskContext): Promise<TaskOutput<'writeArchive'>> {
  const { bytes } = await task.abortable((signal) => pack(pages, target, { overwrite, original, comicInfo, stamp, signal }))
  return { bytes, sha256: await hashFile(target) }
}

export async function listLayers({ path }: TaskInput<'listLayers'>): Promise<TaskOutput<'listLayers'>> {
  const document = await readDocument(path)
  const { width, height, dpi } = document
  const layers = document.layers.map(({ pixels: _pixels, group, ...about }) => ({ ...about, group: [...group] }))
  return { width, height, dpi, layers, lines: likelyLines(document), notes: notesOf(document) }
}

const again = { overwrite: true, original: null, durable: false }

export async function pageOfLayers({ path, lines, out, flats }: TaskInput<'pageOfLayers'>, task: TaskContext): Promise<TaskOutput<'pageOfLayers'>> {
  const document = await readDocument(path)
  task.check()
  const { rgba, width, height, dpi, taken } = linesOf(document, lines, path)
  await writePagePng(rgba, { width, height, dpi }, out, again)
  task.check()
  if (flats) await writePagePng(flatsOf(document, flats.layers, path), { width, height, dpi }, flats.out, again)
  return { width, height, dpi, taken: [...taken], notes: notesOf(document) }
}

export async function compareLayers({ before, after }: TaskInput<'compareLayers'>, task: TaskContext): Promise<TaskOutput<'compareLayers'>> {
  const one = await readDocument(before)
  task.check()
  return { changes: compare(one, await readDocument(after)) }
}

export async function readHints({ path, name, page }: TaskInput<'readHints'>): Promise<TaskOutput<'readHints'>> {
  const { hints, notes } = await read(path, page, name)
  return { hints: [...hints], notes: [...notes] }
}

export async function writeHints({ hints, page, format, target, overwrite, original }: TaskInput<'writeHints'>): Promise<TaskOutput<'writeHints'>> {
  const options = { overwrite, original }
  if (format === 'png') {
    await writeHintPng(hints, page, target, options)
    return { notes: [] }
  }
  const { bytes, notes } =
    format === 'json'
      ? { bytes: writeHintsJson({ version: 1, size: [page.width, page.height], hints }), notes: [] }
      : writeStyle2PaintsJson(hints, page, format === 'style2paints-3' ? '3' : '4.5')
  await writeAtomically(target, options, (temporary) => writePieces(temporary, [bytes]))
  return { notes }
}

export async function readPalette({ path, count }: TaskInput<'readPalette'>): Promise<TaskOutput<'readPalette'>> {
  const { name, swatches, skipped, isPicture } = await readPaletteFile(path, count)
  return { name, swatches: [...swatches], skipped, isPicture }
}

export async function writePalette({ name, swatches, format, target, overwrite, original }: TaskInput<'writePalette'>): Promise<TaskOutput<'writePalette'>> {
  await writePaletteFile({ name, swatches }, format, target, { overwrite, original })
  return {}
}
