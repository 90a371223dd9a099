import { randomUUID } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import type { Still } from '../../contract/clipFrames.ts'
import type { colorStillRequest, Film as FilmOfClip, filmOptions, Preflight } from '../../contract/coloring.ts'
import { filePreset } from '../../contract/clips.ts'
import type { EditPart } from '../../contract/edit.ts'
import type { AssetId, FilmId, GrantId, JobId } from '../../contract/ids.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { Span } from '../../core/film/chunks.ts'
import { filmWork, shotsIn } from '../../core/film/filmWork.ts'
import { usualPictureName } from '../../core/film/pictureNames.ts'
import { isToBeColored } from '../../core/film/shotList.ts'
import { endingFor } from '../../core/film/presets.ts'
import { fault } from '../../core/texts/wording.ts'
import { stem } from '../../core/photos/naming.ts'
import type { AssetRecord } from '../assets/rows.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Grant, Grants } from '../grants/grants.ts'
import { makeFolder, type TargetNames } from '../jobs/exporting.ts'
import type { Queueing } from '../jobs/queueing.ts'
import type { Models } from '../models/models.ts'
import { modelForFilm } from '../models/film.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { hashOf, lookKey } from '../previews/keys.ts'
import type { Projects } from '../projects/projects.ts'
import { checkFiles } from '../references/references.ts'
import type { EditInput } from './edit-exporting.ts'
import type { ClipWork } from './exporting.ts'
import type { Film } from './film.ts'
import { chooseTarget, diskOf, filmName } from './targets.ts'
import type { Shots } from './shots.ts'

interface ColoringOptions {
  readonly projects: Projects
  readonly engine: EngineClient
  readonly models: Pick<Models, 'forRecipe'>
  readonly cache: PictureCache
  /** Knows clips and where they lie. */
  readonly film: Pick<Film, 'clip' | 'open' | 'pathOf'>
  readonly shots: Pick<Shots, 'find' | 'get'>
  readonly grants: Grants
  readonly queueing: Pick<Queueing, 'film' | 'edit' | 'filmTargets'>
  readonly names: TargetNames
  /** Where indexes of clips are kept. */
  readonly indexes: string
  /** Where films that are to be downloaded are written. */
  readonly exportsFolder: string
  /** The memory setting, MB: it bounds what `auto` tries. */
  readonly memoryMb: () => number
}

/** A range of a clip, and how it is to be written. */
interface Wanted {
  readonly asset: AssetId
  readonly from: number
  readonly to: number | null
  readonly options: z.output<typeof filmOptions>
}

/** Where a film goes. */
interface Place {
  /** Of a file, or of a folder of pictures. */
  readonly name: string
  /** Ending of the pictures; null: one film is written. */
  readonly pictures: string | null
  /** Of the clip. */
  readonly frames: number
}

/** Size of the picture of a frame whose colours the others follow: a film's colours are finer nowhere. */
const referenceBox = { width: 640, height: 640 } as const

/** Clips of the open project in colour. */
export class Coloring {
  readonly #options: ColoringOptions

  constructor(options: ColoringOptions) {
    this.#options = options
  }

  #modelFor(recipe: Recipe): ReturnType<Models['forRecipe']> {
    return modelForFilm(recipe, (each) => this.#options.models.forRecipe(each))
  }

  /** Exactly this frame in colour, from the cache or the engine. @throws HourglassError */
  async still({ asset: id, frame, recipe, box, lane, priority }: z.output<typeof colorStillRequest>, signal?: AbortSignal): Promise<Still> {
    const { cache, engine, film, indexes, memoryMb, projects } = this.#options
    const clip = film.clip(id)
    checkFiles(projects.require(), recipe, undefined)
    const model = this.#modelFor(recipe)
    const key = keyOf(hashOf({ coloured: lookKey(clip.sha256, recipe, model?.card ?? null), frame, box, memoryMb: memoryMb() }), 'jpg')
    if (cache.lookUp(key) !== null) {
      engine.supersede(lane)
      return { key, frame }
    }
    const out = cache.temporary('jpg')
    try {
      const { pts } = await engine.run('clipColorStill', { path: film.pathOf(clip), cache: indexes, frame, box, recipe, model: model?.folder ?? '', out }, { priority, lane, signal, resend: true })
      cache.keep(key, out, { pts })
      return { key, frame }
    } finally {
      rmSync(out, { force: true })
    }
  }

  /** Writes exactly this frame beside nothing of the same name. @throws HourglassError `not-writable`, `no-space` */
  async saveFrame({ asset: id, frame, recipe }: { readonly asset: AssetId; readonly frame: number; readonly recipe: Recipe | null }, folder: Grant | null, signal?: AbortSignal): Promise<{ grant: GrantId; name: string }> {
    const { engine, exportsFolder, film, grants, indexes, names, projects } = this.#options
    const clip = film.clip(id)
    const place = folder?.path ?? join(exportsFolder, randomUUID())
    makeFolder(place)
    const path = names.reserve(place, `${stem(clip.name)}-${String(frame).padStart(6, '0')}${recipe ? '-colour' : ''}.png`)
    const asked = { path: film.pathOf(clip), cache: indexes, frame, target: { path, overwrite: false } }
    try {
      if (recipe === null) await engine.run('clipFrame', { ...asked, verify: false }, { priority: 'visible', signal })
      else {
        checkFiles(projects.require(), recipe, undefined)
        await engine.run('clipColorFrame', { ...asked, recipe, model: this.#modelFor(recipe)?.folder ?? '' }, { priority: 'visible', signal })
      }
    } finally {
      names.free(path)
    }
    return { grant: grants.give(path, { name: basename(path) }).grant, name: basename(path) }
  }

  /** Where a coloured still lies, large enough for all of a film's colours. */
  async stillFile(asset: AssetId, frame: number, recipe: Recipe, signal: AbortSignal): Promise<string> {
    const { key } = await this.still({ asset, frame, recipe, box: referenceBox, lane: `right:${asset}:${frame}`, priority: 'visible' }, signal)
    const path = this.#options.cache.path(key)
    if (path === null) throw fault('internal', 'fault.stillNotMade', 'remedy.tryThenReport')
    return path
  }

  /** Name and container of a film, or of the folder of its pictures. @throws HourglassError where the clip cannot be read */
  async #placeOf(clip: AssetRecord, options: z.output<typeof filmOptions>, isDownload: boolean, signal?: AbortSignal): Promise<Place> {
    const { info } = await this.#options.film.open(clip.id, signal)
    const ending = options.ending ?? endingFor(options.preset, clip.path, info.audio.map(({ codec }) => codec))
    const name = filmName(options.naming, stem(clip.name))
    if (options.preset !== 'sequence') return { name: `${name}.${ending}`, pictures: null, frames: info.frames }
    return { name: isDownload ? `${name}.zip` : name, pictures: ending, frames: info.frames }
  }

  /** What a film will need and keep. @throws HourglassError as the work would */
  async preflight(wanted: Wanted, folder: Grant | null, signal?: AbortSignal): Promise<Preflight> {
    const { engine, film, indexes, exportsFolder, projects } = this.#options
    const clip = film.clip(wanted.asset)
    const { name, pictures } = await this.#placeOf(clip, wanted.options, folder === null, signal)
    this.checkColor(clip)
    this.checkModel(clip.id, { from: wanted.from, to: wanted.to ?? clip.info.pages })
    const file = join(diskOf(folder, exportsFolder, projects.require().project.folder), name)
    const { preset } = wanted.options
    const target = pictures === null ? file : join(file, `${usualPictureName}.${pictures}`)
    const told = await engine.run('clipPreflight', { path: film.pathOf(clip), cache: indexes, target, preset, from: wanted.from, to: wanted.to }, { priority: 'visible', signal, resend: true })
    // Packed for a download, the pictures are there twice for a while.
    const neededMb = pictures !== null && folder === null ? Math.ceil(1.5 * told.neededMb) : told.neededMb
    return { name, ...told, neededMb }
  }

  /** Puts the work of colouring a range into the queue, by the shots as they are now. */
  async start({ asset, from, to, options }: Wanted, folder: Grant | null, signal?: AbortSignal): Promise<JobId[]> {
    const { exportsFolder, film, queueing } = this.#options
    const clip = film.clip(asset)
    await this.findShots([asset], signal)
    this.checkColor(clip)
    const { name, pictures, frames } = await this.#placeOf(clip, options, folder === null, signal)
    const isFolder = pictures !== null && folder !== null
    const place = chooseTarget(folder?.path ?? join(exportsFolder, randomUUID()), name, { overwrite: options.onConflict === 'overwrite', originals: [clip.path], taken: queueing.filmTargets(), isFolder })
    return queueing.film(asset, { ...place, downloadable: folder === null, preset: options.preset, pictures, ...this.workOf(asset, { from, to: to ?? frames }) })
  }

  /** Looks for the shots of clips whose shots nobody has looked for: colour is never carried over a cut. @throws HourglassError where a clip cannot be read */
  async findShots(clips: readonly AssetId[], signal?: AbortSignal): Promise<void> {
    const { shots } = this.#options
    for (const id of new Set(clips)) if (!shots.get(id).found) await shots.find(id, signal)
  }

  /** @throws HourglassError `bad-input` where a clip is in colour already and nobody insists */
  checkColor({ id, name }: AssetRecord): void {
    const shots = this.#options.shots.get(id)
    if (!shots.shots.some((shot) => isToBeColored(shots, shot))) throw fault('bad-input', 'fault.clipInColor', 'remedy.filmInColor', { file: name })
  }

  /** How a range of a clip is coloured by the shots as they are now. */
  workOf(asset: AssetId, span: Span): ClipWork {
    const shots = this.#options.shots.get(asset)
    return { from: span.from, to: span.to, rate: shots.rate, ...filmWork(shots, span), versions: shotsIn(shots, span).map(({ id, version }) => ({ id, version })) }
  }

  /** The model of the work on a range. @throws HourglassError `missing-model` */
  checkModel(asset: AssetId, span: Span): void {
    this.#modelFor(filmWork(this.#options.shots.get(asset), span).recipe)
  }

  /** Films written of a clip, or (null) of the edit, newest first. */
  films(asset: AssetId | null): FilmOfClip[] {
    const { film, grants, projects } = this.#options
    const session = projects.require()
    return session.films.listOf(asset && film.clip(asset).id).map(({ path, ...known }) => ({ ...known, file: existsSync(path) ? grants.give(path, { name: known.name }).grant : null }))
  }

  /** A film once more, to the place where it lies; one of the edit with the parts that the edit has now. */
  async again(id: FilmId, signal?: AbortSignal): Promise<JobId[]> {
    const { projects, queueing } = this.#options
    const { asset, path, downloadable, preset, pictures, from, to } = projects.require().films.require(id)
    const place = { target: path, overwrite: true, downloadable }
    await this.findShots(asset ? [asset] : projects.require().editing.get().parts.map((part) => part.asset), signal)
    if (asset !== null) return queueing.film(asset, { ...place, preset, pictures, ...this.workOf(asset, { from, to }) })
    return queueing.edit({ ...place, preset: filePreset.parse(preset), parts: this.workOfParts(projects.require().editing.get().parts) })
  }

  /** How parts of the edit are coloured by the shots as they are now. @throws HourglassError `bad-input` where there are none, or a clip is gone */
  workOfParts(parts: readonly EditPart[]): EditInput['parts'] {
    if (parts.length === 0) throw fault('bad-input', 'fault.editEmpty', 'remedy.addToEdit')
    for (const { asset } of parts) this.checkColor(this.#options.film.clip(asset))
    return parts.map((part) => ({ ...part, ...this.workOf(part.asset, part) }))
  }
}
