/** Chapters and layered files of `hourglass page`: opened before the pages are coloured, packed afterwards. */
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, extname, join, parse, relative, resolve } from 'node:path'
import { HourglassError } from '../../contract/errors.ts'
import type { Hint } from '../../contract/hints.ts'
import type { Note } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { hexToLab } from '../../core/color/srgb.ts'
import { ciede2000 } from '../../core/color/deltaE.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Around, BatchOptions } from '../colorize/batch.ts'
import { pictureEndings, type Input, type InputList } from '../colorize/inputs.ts'
import type { Target } from '../colorize/outputs.ts'
import type { TerminalStudio } from '../terminal/files.ts'
import { UsageError } from '../terminal/statuses.ts'

/** Options of `page` about files that hold more than one picture. */
export interface FileOptions {
  readonly palette?: string
  readonly layers?: string
}

const layerFormats = ['psd', 'ora', 'png'] as const
type LayerFormat = (typeof layerFormats)[number]
const archives = ['.cbz', '.zip']
const documents = ['.psd', '.ora']
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

/** Hints whose name is that of a swatch take its colour; automatic ones take the nearest. */
export function inkedBy(palette: readonly Swatch[], hints: readonly Hint[]): Hint[] {
  if (palette.length === 0) return [...hints]
  const byName = new Map(palette.filter(({ name }) => name !== '').map((swatch) => [swatch.name, swatch]))
  const labs = palette.map((swatch) => ({ swatch, lab: hexToLab(swatch.color) }))
  return hints.map((hint) => {
    const named = hint.name === undefined ? undefined : byName.get(hint.name)
    if (named) return { ...hint, color: named.color }
    if (hint.auto !== true) return hint
    const lab = hexToLab(hint.color)
    const [nearest] = labs.map((each) => ({ ...each, away: ciede2000(lab, each.lab) })).sort((one, other) => one.away - other.away)
    return nearest ? { ...hint, color: nearest.swatch.color, ...(nearest.swatch.name === '' ? {} : { name: nearest.swatch.name }) } : hint
  })
}

function formatsOf(list: string | undefined): LayerFormat[] {
  if (list === undefined) return []
  return list.split(',').map((word) => {
    const format = layerFormats.find((each) => each === word.trim().toLowerCase())
    if (!format) throw new UsageError(fault('bad-input', 'fault.layersOption', 'remedy.layersOption', { word }))
    return format
  })
}

/** File names that any system takes. */
const safe = (name: string): string => name.replace(/[<>:"|?*\\\u0000-\u001f]/g, '_')

export interface Bundle extends Around {
  /** Options that stand in for those given. */
  readonly options: Partial<BatchOptions>
  /** Layers of a page beside its result, where they are asked for. */
  layers(studio: TerminalStudio, input: Input, target: Target, recipe: Recipe, palette: readonly Swatch[]): Promise<{ line: Record<string, unknown>; notes: Note[] }>
  /** Where a person finds what was written to `path`: inside the archive, or in the layered file. */
  shown(path: string): string
  /** Told of each page that is done. */
  done(input: Input, target: Target): void
  sweep(): Promise<void>
}

/** Works out what the names of inputs and output mean. @throws UsageError */
export async function pageBundle(options: BatchOptions & FileOptions): Promise<Bundle> {
  const formats = formatsOf(options.layers)
  const output = options.output === undefined ? null : resolve(options.output)
  const packs = output !== null && archives.includes(endingOf(output))
  const layered = output !== null && documents.includes(endingOf(output))
  const scratch = await mkdtemp(join(tmpdir(), 'hourglass-pages-'))
  const results = join(scratch, 'results')
  const pages: { order: number; name: string; path: string }[] = []
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
      const path = join(folder, `p${at}`, safe(basename(page.name)))
      await mkdir(dirname(path))
      await rename(page.path, path)
      const inside = safe(dirname(page.name.replaceAll('\\', '/'))).split('/').filter((part) => part !== '.' && part !== '')
      const below = packs ? [] : [parse(input.path).name]
      found.push({ name: `${input.name}/${page.name}`, path, folder: join(input.folder, ...below, ...inside) })
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
    const inputs: Input[] = []
    const failures = [...list.failures]
    let n = 0
    for (const input of list.inputs) {
      try {
        const found = archives.includes(endingOf(input.path)) ? await openArchive(studio, input, n++, signal) : [input]
        for (const page of found) inputs.push(documents.includes(endingOf(page.path)) ? await openDocument(studio, page, n++) : page)
      } catch (thrown) {
        if (!(thrown instanceof HourglassError) || thrown.code === 'cancelled') throw thrown
        failures.push({ name: input.name, error: thrown })
      }
    }
    if (output !== null && !packs && inputs.length > 1) throw new UsageError(fault('bad-input', 'fault.oneFileForPages', 'remedy.outDirOrCbz', { count: inputs.length }))
    for (const input of inputs) order.set(input, order.size)
    return { inputs, failures }
  }

  return {
    options: packs ? { output: undefined, outDir: results } : layered ? { output: join(results, `${parse(output).name}.png`) } : {},
    endings: [...pictureEndings, ...archives, ...documents],
    open,
    async layers(studio, input, target, recipe, palette) {
      const wanted = layered && output ? [endingOf(output).slice(1) as LayerFormat, ...formats] : formats
      if (wanted.length === 0) return { line: {}, notes: [] }
      const place = packs && output ? join(dirname(output), parse(output).name, relative(results, target.path)) : layered && output ? output : target.path
      await mkdir(dirname(place), { recursive: true })
      const stem = join(dirname(place), parse(place).name)
      const original = originals.get(input.path) ?? input.path
      const { files, notes } = await studio.engine.run('writePageLayers', { source: { path: input.path }, recipe, formats: wanted, stem, swatches: [...palette], overwrite: options.overwrite ?? false, original }, { priority: 'job' })
      return { line: { layers: files.map(({ path }) => path) }, notes }
    },
    shown(path) {
      if (output === null) return path
      return packs ? `${output}/${relative(results, path).replaceAll('\\', '/')}` : layered ? output : path
    },
    done(input, target) {
      if (packs) pages.push({ order: order.get(input) ?? 0, name: relative(results, target.path).replaceAll('\\', '/'), path: target.path })
    },
    async close(studio, reporter) {
      if (!packs || output === null || pages.length === 0) return
      const sorted = pages.toSorted((one, other) => one.order - other.order).map(({ name, path }) => ({ name, path }))
      const original = [...originals.values()][0] ?? null
      const { bytes } = await studio.engine.run('writeArchive', { pages: sorted, target: output, overwrite: options.overwrite ?? false, original, comicInfo }, { priority: 'job' })
      reporter.result({ input: '', output, pages: sorted.length, bytes }, `${sorted.length} pages → ${options.output ?? output}`)
    },
    sweep: () => rm(scratch, { recursive: true, force: true }),
  }
}
