/** Chapters and layered files of `hourglass page`: opened before the pages are coloured, packed afterwards. */
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, extname, join, parse, relative, resolve } from 'node:path'
import { HourglassError } from '../../contract/errors.ts'
import type { Note } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { archiveEndings, documentEndings, entryPlace, isArchive, isDocument } from '../../core/pages/files/entries.ts'
import { safeName } from '../../core/photos/naming.ts'
import { fault } from '../../core/texts/wording.ts'
import type { ColorizeFileRequest } from '../../studio/files.ts'
import { hashOf } from '../../studio/previews/keys.ts'
import { newScratch } from '../../studio/storage/scratch.ts'
import type { Around, BatchOptions } from '../colorize/batch.ts'
import { pictureEndings, type Input, type InputList } from '../colorize/inputs.ts'
import type { Target } from '../colorize/outputs.ts'
import type { TerminalStudio } from '../terminal/files.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { UsageError } from '../terminal/statuses.ts'
import { texts } from '../terminal/texts.ts'
import { openStaging, stagedPages, type Staging } from './staging.ts'

/** Options of `page` about files that hold more than one picture. */
export interface FileOptions {
  readonly palette?: string
  readonly layers?: string
}

const layerFormats = ['psd', 'ora', 'png'] as const
type LayerFormat = (typeof layerFormats)[number]
const endingOf = (path: string): string => extname(path).toLowerCase()

export interface Swatch {
  readonly name: string
  readonly color: string
  readonly group: string
}

/** The colours of `--palette`; none where it is not given. */
export async function readPaletteOption(studio: TerminalStudio, file: string | undefined): Promise<readonly Swatch[]> {
  if (file === undefined) return []
  return (await studio.engine.run('readPalette', { path: resolve(file) })).swatches
}

function formatsOf(list: string | undefined): LayerFormat[] {
  if (list === undefined) return []
  return list.split(',').map((word) => {
    const format = layerFormats.find((each) => each === word.trim().toLowerCase())
    if (!format) throw new UsageError(fault('bad-input', 'fault.layersOption', 'remedy.layersOption', { word }))
    return format
  })
}

/** Where the layers of a page go, as the engine names them. */
const layersPath = (stem: string, format: LayerFormat): string => (format === 'png' ? `${stem}-layers` : `${stem}.${format}`)

export interface Bundle extends Around {
  /** Options that stand in for those given. */
  readonly options: Partial<BatchOptions>
  /** Layers of a page beside its result, where they are asked for. */
  layers(studio: TerminalStudio, input: Input, target: Target, recipe: Recipe, palette: readonly Swatch[]): Promise<{ line: Record<string, unknown>; notes: Note[] }>
  /** Where a person finds what was written to `path`: inside the archive, or in the layered file. */
  shown(path: string): string
  /** How a page is to be written: where it lies until it is packed, it may be written over. */
  request(request: ColorizeFileRequest): ColorizeFileRequest
  /** Whether a page, and the layers that are wanted of it, are there already as this work. */
  isDone(studio: TerminalStudio, input: Input, target: Target, request: ColorizeFileRequest, stamp: string): Promise<boolean>
  /** Told of each page that is done; `network`: one gave it colours; null: it was done before. */
  done(input: Input, target: Target, stamp: string, network: boolean | null): Promise<void>
  /** Whether the archive stands already and is the same work, given the stamps of its pages. @throws HourglassError `not-writable` where it is other work */
  stands(studio: TerminalStudio, stamps: readonly string[], reporter: Reporter): Promise<boolean>
  sweep(): Promise<void>
}

/** Works out what the names of inputs and output mean. @throws UsageError */
export async function pageBundle(options: BatchOptions & FileOptions): Promise<Bundle> {
  const formats = formatsOf(options.layers)
  const output = options.output === undefined ? null : resolve(options.output)
  const packs = output !== null && isArchive(output)
  const layered = output !== null && isDocument(output)
  const scratch = await newScratch()
  const results = packs && output ? stagedPages(output) : join(scratch, 'results')
  const pages: { order: number; name: string; path: string; network: boolean }[] = []
  let staging: Staging | null = null
  let stamp: string | null = null
  let packed = false
  const originals = new Map<string, string>()
  const order = new Map<Input, number>()
  let comicInfo: string | null = null

  const openArchive = async (studio: TerminalStudio, input: Input, n: number, signal: AbortSignal): Promise<Input[]> => {
    const folder = join(scratch, `in${n}`)
    const opened = await studio.engine.run('openArchive', { path: input.path, folder }, { signal, priority: 'job' })
    comicInfo ??= opened.comicInfo
    const found: Input[] = []
    for (const [at, page] of opened.pages.entries()) {
      // A folder each, so that pages keep their names.
      const place = entryPlace(page.name)
      const path = join(folder, `p${at}`, safeName(place.name))
      await mkdir(dirname(path))
      await rename(page.path, path)
      const below = packs ? [] : [parse(input.path).name]
      found.push({ name: `${input.name}/${page.name}`, path, folder: join(input.folder, ...below, ...place.folders) })
      originals.set(path, input.path)
    }
    return found
  }

  const openDocument = async (studio: TerminalStudio, input: Input, n: number): Promise<Input> => {
    const out = join(scratch, `in${n}`, `${parse(input.path).name}.png`)
    await mkdir(dirname(out), { recursive: true })
    await studio.engine.run('pageOfLayers', { path: input.path, lines: null, out, flats: null })
    originals.set(out, originals.get(input.path) ?? input.path)
    return { ...input, path: out }
  }

  const open = async (studio: TerminalStudio, list: InputList, signal: AbortSignal): Promise<InputList> => {
    if (packs && output) staging = await openStaging(output)
    const inputs: Input[] = []
    const failures = [...list.failures]
    let n = 0
    for (const input of list.inputs) {
      try {
        const found = isArchive(input.path) ? await openArchive(studio, input, n++, signal) : [input]
        for (const page of found) inputs.push(isDocument(page.path) ? await openDocument(studio, page, n++) : page)
      } catch (thrown) {
        if (!(thrown instanceof HourglassError) || thrown.code === 'cancelled') throw thrown
        failures.push({ name: input.name, error: thrown })
      }
    }
    if (output !== null && !packs && inputs.length > 1) throw new UsageError(fault('bad-input', 'fault.oneFileForPages', 'remedy.outDirOrCbz', { count: inputs.length }))
    for (const input of inputs) order.set(input, order.size)
    return { inputs, failures }
  }

  const wanted = layered && output ? [endingOf(output).slice(1) as LayerFormat, ...formats] : formats
  const stemOf = (target: Target): string => {
    const place = packs && output ? join(dirname(output), parse(output).name, relative(results, target.path)) : layered && output ? output : target.path
    return join(dirname(place), parse(place).name)
  }

  return {
    options: packs ? { output: undefined, outDir: results } : layered ? { output: join(results, `${parse(output).name}.png`) } : {},
    endings: [...pictureEndings, ...archiveEndings, ...documentEndings],
    open,
    request: (request) => (packs ? { ...request, overwrite: true } : request),
    async isDone(studio, input, target, request, stampOfPage) {
      const page = staging ? await staging.holds(target.path, stampOfPage) : !layered && (await studio.isDone(request, stampOfPage))
      if (!page) return false
      const found = await Promise.all(wanted.map((format) => stat(layersPath(stemOf(target), format)).catch(() => null)))
      return found.every((each) => each !== null)
    },
    async layers(studio, input, target, recipe, palette) {
      if (wanted.length === 0) return { line: {}, notes: [] }
      const stem = stemOf(target)
      await mkdir(dirname(stem), { recursive: true })
      const original = originals.get(input.path) ?? input.path
      const { files, notes } = await studio.engine.run('writePageLayers', { source: { path: input.path }, recipe, model: studio.modelFor(recipe)?.folder ?? '', label: options.label ?? true, formats: wanted, stem, swatches: [...palette], overwrite: options.overwrite ?? false, original }, { priority: 'job' })
      return { line: { layers: files.map(({ path }) => path) }, notes }
    },
    shown(path) {
      if (output === null) return path
      return packs ? `${output}/${relative(results, path).replaceAll('\\', '/')}` : layered ? output : path
    },
    async done(input, target, stampOfPage, network) {
      if (!packs) return
      if (network !== null) await staging?.note(target.path, stampOfPage, network)
      pages.push({ order: order.get(input) ?? 0, name: relative(results, target.path).replaceAll('\\', '/'), path: target.path, network: network ?? staging?.usedNetwork(target.path) ?? false })
    },
    async stands(studio, stamps, reporter) {
      if (!packs || output === null) return false
      stamp = (options.label ?? true) ? hashOf([stamps, comicInfo]) : null
      if (options.overwrite || !(await stat(output).catch(() => null))) return false
      const there = stamp === null ? null : (await studio.engine.run('readStamp', { path: output })).stamp
      if (there === null || there !== stamp) throw fault('not-writable', 'fault.otherWork', 'remedy.sayOverwrite', { file: options.output ?? output })
      reporter.result({ input: '', output, pages: stamps.length, skipped: true }, texts.t('terminal.doneAlready', { input: `${stamps.length}`, output }))
      return true
    },
    async close(studio, reporter) {
      if (!packs || output === null || pages.length === 0) return
      const sorted = pages.toSorted((one, other) => one.order - other.order)
      const whole = pages.length === order.size ? stamp : null
      const original = [...originals.values()][0] ?? null
      const { bytes } = await studio.engine.run('writeArchive', { pages: sorted.map(({ name, path }) => ({ name, path })), target: output, overwrite: options.overwrite ?? false, original, comicInfo, stamp: whole }, { priority: 'job' })
      packed = true
      const networkPages = sorted.filter(({ network }) => network).map(({ name }) => name)
      reporter.result({ input: '', output, pages: sorted.length, bytes, networkPages }, texts.t('terminal.packed', { pages: sorted.length, output: options.output ?? output, network: networkPages.length }))
    },
    async sweep() {
      await staging?.close(!packed)
      await rm(scratch, { recursive: true, force: true })
    },
  }
}
