import { createHash } from 'node:crypto'
import { createReadStream, statSync, type Stats } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { EngineInput, EngineOutput, SpawnEngine } from '../contract/engine.ts'
import type { Hint } from '../contract/hints.ts'
import type { Note, OutputFormat } from '../contract/pictures.ts'
import type { Recipe } from '../contract/recipe.ts'
import type { Said } from '../contract/texts.ts'
import { fault } from '../core/texts/wording.ts'
import type { PageReport } from '../contract/pageReport.ts'
import type { Teaching } from '../contract/pageTeaching.ts'
import { EngineClient } from './engine-client/client.ts'
import { engineConfig } from './engine-client/config.ts'
import { sweepLeftovers } from './engine-client/leftovers.ts'
import type { Log } from './log.ts'
import { modelForFilm } from './models/film.ts'
import { requireModel, scanModels, type ModelFolder } from './models/folders.ts'
import { askingModel } from './pages/insight.ts'
import { hashOf, lookKey, modelOfRecipe, workKey } from './previews/keys.ts'
import { emptyEnvironment, type Environment } from './settings/environment.ts'
import { repairSettings } from './settings/settings.ts'
import { readJson } from './storage/json-file.ts'
import { writeFailure } from './storage/failures.ts'
import { Machine } from './system/machine.ts'

export interface FileStudioOptions {
  readonly paths: { readonly data: string; readonly bundledModels: readonly string[]; readonly extraModels: readonly string[] }
  readonly spawnEngine: SpawnEngine
  readonly version: string
  /** What `readEnvironment` found; nothing by default. */
  readonly environment?: Environment
  readonly log?: Log
}

export interface ColorizeFileRequest {
  readonly input: string
  readonly target: string
  readonly recipe: Recipe
  readonly format: OutputFormat
  /** 1…100, for lossy formats; null: none is asked for. */
  readonly quality: number | null
  readonly depth: 8 | 16 | 'same'
  readonly label: boolean
  /** Adds `<target>-compare.<ext>` with before and after side by side. */
  readonly compare: boolean
  readonly overwrite: boolean
  /** Stands for the recipe in the stamp, where the work was named before its recipe was worked out (`pageStamp`). */
  readonly stamp?: string
}

/** A page's work as it is asked for, before hints are proposed. */
export interface AskedPage {
  readonly recipe: Recipe
  readonly autoHints: boolean
  /** What else changes the result: palettes, layers. */
  readonly beside: unknown
}

/** The `result` line of the command line, as promised in docs/cli.md. */
export interface ColorizeFileResult {
  readonly input: string
  readonly output: string
  readonly width: number
  readonly height: number
  readonly depth: 8 | 16
  readonly model: { id: string; sha256: string } | null
  readonly provider: string
  /** Why this provider and not a faster one. */
  readonly providerNote: Said | null
  readonly renderFactor: number | null
  readonly networkSize: readonly [number, number] | null
  readonly lumaDrift: { mean: number; max: number }
  readonly colorfulness: number
  readonly confidence: number | null
  readonly doubt: number | null
  readonly alreadyColor: boolean
  readonly kept: readonly string[]
  readonly notes: readonly Note[]
  readonly ms: { decode: number; network: number; compose: number; encode: number; total: number }
  readonly sha256: string
  readonly bytes: number
}

/** A file that stands already and is the very same work. */
export interface SkippedFile {
  readonly input: string
  readonly output: string
  readonly skipped: true
}

export interface ExaminePageRequest {
  readonly input: string
  readonly recipe: Recipe
  /** Hints are proposed: from the recipe's rough picture, else from the page model. */
  readonly autoHints: boolean
  /** Hints are proposed from coloured pages instead. */
  readonly teach?: Teaching | null
  /** Where a 16-bit label map goes. */
  readonly regions: string | null
  readonly overwrite: boolean
}

export interface FileRunOptions {
  readonly signal?: AbortSignal
  /** 0…1 of this file. */
  readonly onProgress?: (done: number) => void
}

export interface FileStudio {
  /**
   * One picture from file to file.
   * @throws HourglassError; `not-writable` where the target stands, is other work, and `overwrite` was not said.
   */
  colorizeFile(request: ColorizeFileRequest, options?: FileRunOptions): Promise<ColorizeFileResult | SkippedFile>
  /** Names a page's work by what is asked for: equal where the same input and the same wishes give the same bytes. */
  pageStamp(request: ColorizeFileRequest, asked: AskedPage): Promise<string>
  /** Whether the target, and the comparison where one is wanted, stand already and are this work. */
  isDone(request: ColorizeFileRequest, stamp: string): Promise<boolean>
  /** What a page holds and what its hints leave open. @throws HourglassError */
  examinePage(request: ExaminePageRequest, options?: FileRunOptions): Promise<PageReport>
  /** Hints for a page from a file of any kind. */
  readPageHints(page: string, file: string): Promise<{ hints: Hint[]; notes: Note[] }>
  /** The model that a recipe will use; throws where there is none, before any file is touched. */
  modelFor(recipe: Recipe): ModelFolder | null
  /** The same for a film: the model that its recipe names, else the quick one, else the one set for photographs. */
  filmModelFor(recipe: Recipe): ModelFolder | null
  readonly engine: EngineClient
  close(): Promise<void>
}

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256')
  for await (const part of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(part as Buffer)
  return hash.digest('hex')
}

/** Where the before/after picture of an output goes: `a.png` → `a-compare.png`. */
export function comparePath(target: string): string {
  const extension = extname(target)
  return join(dirname(target), `${basename(target, extension)}-compare${extension}`)
}

function readable(input: string): void {
  const stat = statSync(input, { throwIfNoEntry: false })
  if (!stat) throw fault('bad-input', 'fault.notThere', 'remedy.checkName', { file: input })
  if (stat.isDirectory()) throw fault('bad-input', 'fault.isFolder', 'remedy.nameItsPictures', { file: input })
  if (stat.size === 0) throw fault('bad-input', 'fault.empty', 'remedy.getAgain', { file: input })
}

/** What stands in a place for results, if anything. */
function standing(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    throw writeFailure(error, path)
  }
}

/** Refuses, before any work, a target that could never be written. */
function writable(request: ColorizeFileRequest, input: string, target: string): void {
  const there = standing(target)
  if (!there) return
  if (there.isDirectory()) throw fault('not-writable', 'fault.targetIsFolder', 'remedy.chooseFileName', { file: request.target })
  const original = statSync(input)
  if (there.ino === original.ino && there.dev === original.dev) {
    throw fault('not-writable', 'fault.isOriginal', 'remedy.otherNameOrFolder', { file: request.target })
  }
}

/**
 * The studio for single files, for the terminal: the engine, the models and the settings, and nothing else, so
 * that it starts at once. Several files may be under way together; the engine orders them.
 */
export function createFileStudio(options: FileStudioOptions): FileStudio {
  const log: Log = options.log ?? (() => undefined)
  const environment = options.environment ?? emptyEnvironment
  const chosen = repairSettings(readJson(join(options.paths.data, 'settings.json'))).settings
  const settings = { ...chosen, ...environment.settings }
  const machine = new Machine(join(options.paths.data, 'machine.json'), options.version, log)
  let models: Map<string, ModelFolder> | null = null
  const engine = new EngineClient({
    spawn: options.spawnEngine,
    log,
    // What the window's or the doctor's probe found: the terminal itself has no time to try drivers.
    config: () => engineConfig(settings, options.version, { probed: machine.bestProvider, ffmpeg: environment.ffmpeg, ffprobe: environment.ffprobe }),
  })

  const modelFor = (recipe: Recipe) => {
    const wanted = modelOfRecipe(recipe)
    if (!wanted) return null
    models ??= scanModels({ bundled: options.paths.bundledModels, own: join(options.paths.data, 'models'), extra: options.paths.extraModels })
    return requireModel(models, wanted.task, wanted.id, settings.defaultModels[wanted.task])
  }

  const filmModelFor = (recipe: Recipe) => modelForFilm(recipe, modelFor)

  const exportFile = async (input: EngineInput<'export'>, run: FileRunOptions): Promise<EngineOutput<'export'>> => {
    try {
      return await engine.run('export', input, { signal: run.signal, onProgress: run.onProgress, priority: 'job', waitForEnd: true })
    } catch (error) {
      sweepLeftovers(dirname(input.target))
      throw error
    }
  }

  async function colorizeFile(request: ColorizeFileRequest, run: FileRunOptions = {}): Promise<ColorizeFileResult | SkippedFile> {
    const input = resolve(request.input)
    const target = resolve(request.target)
    readable(input)
    writable(request, input, target)
    const model = modelFor(request.recipe)
    engine.warm()
    const sha256 = await sha256Of(input)
    const stamp = request.stamp ?? workKey(lookKey(sha256, request.recipe, model?.card ?? null), request)

    const companion = request.compare ? comparePath(target) : null
    const companionStands = companion !== null && standing(companion) !== undefined
    let sameWork = false
    if (!request.overwrite && standing(target)) {
      const there = await engine.run('readStamp', { path: target }, { signal: run.signal })
      sameWork = request.label && there.stamp === stamp
      if (sameWork && (companion === null || companionStands)) return { input: request.input, output: request.target, skipped: true }
      if (!sameWork) throw fault('not-writable', 'fault.otherWork', 'remedy.sayOverwrite', { file: request.target })
    }
    if (companionStands && !request.overwrite) {
      throw fault('not-writable', 'fault.exists', 'remedy.sayOverwrite', { file: comparePath(request.target) })
    }
    const answer = await exportFile({
      source: { path: input, sha256 },
      recipe: request.recipe,
      model: model?.folder ?? '',
      target,
      format: request.format,
      quality: request.quality,
      depth: request.depth,
      label: request.label,
      compare: companion,
      // The same work again, for the comparison that it lacks.
      overwrite: request.overwrite || sameWork,
      stamp,
    }, run)
    return resultOf(request, answer)
  }

  async function pageStamp(request: ColorizeFileRequest, { recipe, autoHints, beside }: AskedPage): Promise<string> {
    const input = resolve(request.input)
    readable(input)
    const model = modelFor(autoHints ? askingModel(recipe) : recipe)
    return workKey(hashOf([lookKey(await sha256Of(input), recipe, model?.card ?? null), autoHints, beside]), request)
  }

  async function isDone(request: ColorizeFileRequest, stamp: string): Promise<boolean> {
    const target = resolve(request.target)
    if (request.overwrite || !request.label || !standing(target)?.isFile()) return false
    if (request.compare && standing(comparePath(target)) === undefined) return false
    return (await engine.run('readStamp', { path: target })).stamp === stamp
  }

  async function examinePage(request: ExaminePageRequest, run: FileRunOptions = {}): Promise<PageReport> {
    const input = resolve(request.input)
    readable(input)
    const { regions, autoHints, overwrite, recipe, teach = null } = request
    const model = modelFor(autoHints && !teach ? askingModel(recipe) : recipe)
    const task = { source: { path: input }, recipe, model: model?.folder ?? '', autoHints, teach, regions: regions === null ? null : { path: regions, overwrite } }
    return engine.run('examinePage', task, { signal: run.signal, priority: 'job' })
  }

  const readPageHints = async (page: string, file: string): Promise<{ hints: Hint[]; notes: Note[] }> => {
    const { info } = await engine.run('inspect', { path: page, hash: false })
    return engine.run('readHints', { path: file, name: basename(file), page: { width: info.width, height: info.height } })
  }

  return { colorizeFile, pageStamp, isDone, examinePage, readPageHints, modelFor, filmModelFor, engine, close: () => engine.close() }
}

function resultOf(request: ColorizeFileRequest, answer: EngineOutput<'export'>): ColorizeFileResult {
  const { figures } = answer
  return {
    input: request.input,
    output: answer.output === resolve(request.target) ? request.target : answer.output,
    width: figures.width,
    height: figures.height,
    depth: figures.depth,
    model: figures.model,
    provider: figures.provider,
    providerNote: figures.providerNote === null ? null : { message: figures.providerNote, wording: figures.providerWording },
    renderFactor: figures.renderFactor,
    networkSize: figures.networkSize,
    lumaDrift: figures.lumaDrift,
    colorfulness: figures.colorfulness,
    confidence: figures.confidence,
    doubt: figures.doubt,
    alreadyColor: figures.alreadyColor,
    kept: answer.kept,
    notes: figures.notes,
    ms: figures.ms,
    sha256: answer.sha256,
    bytes: answer.bytes,
  }
}
