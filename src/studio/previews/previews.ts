import { existsSync, rmSync, statSync } from 'node:fs'
import type { z } from 'zod'
import { HourglassError } from '../../contract/errors.ts'
import type { EnginePriority } from '../../contract/engine.ts'
import type { AssetId, PictureKey, VersionId } from '../../contract/ids.ts'
import { preview as previewSchema, type Crop, type FactorSuggestion, type Preview, type previewRequest } from '../../contract/photos.ts'
import { renderFigures, size, type RenderFigures, type Size } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { fault } from '../../core/texts/wording.ts'
import type { AssetRecord } from '../assets/rows.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Log } from '../log.ts'
import type { Models } from '../models/models.ts'
import type { Projects } from '../projects/projects.ts'
import type { Session } from '../projects/session.ts'
import { requireFiles, withAbsolutePaths } from '../references/paths.ts'
import { checkFiles } from '../references/references.ts'
import { resolvePalette } from '../../core/pages/palette.ts'
import { firstSheet } from '../../core/pages/sheet.ts'
import { keyOf, screenTypeOf, type PictureCache } from './cache.ts'
import { hashOf, lookKey } from './keys.ts'
import { hasSmallPicture, recordResult, thumbnailKey, thumbnailSide } from './results.ts'

/** The size in which results of the queue are made, pixels. */
const resultBox: Size = { width: 1600, height: 1600 }

const facts = size.extend({ figures: renderFigures })
const originalFacts = size

export interface PreviewsOptions {
  readonly projects: Projects
  readonly models: Models
  readonly engine: EngineClient
  readonly cache: PictureCache
  /** The memory setting, MB. */
  readonly memoryMb: () => number
  readonly log: Log
}

interface RenderRequest {
  readonly asset: AssetRecord
  readonly recipe: Recipe
  readonly box: Size
  readonly crop?: Crop
  readonly doubt: boolean
  /** The version to record as rendered, where the recipe is the saved one. */
  readonly record: VersionId | null
}

interface RenderOptions {
  readonly priority: EnginePriority
  readonly lane?: string
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
  /** A job has its own keeper and counts its crashes. */
  readonly resend: boolean
}

/** Pictures of recipes at view size: looked up by key, else rendered once and kept. */
export class Previews {
  #options: PreviewsOptions
  /** The whole picture that was shown last of each asset. */
  #seen = new Map<AssetId, { readonly look: string; readonly request: RenderRequest; readonly figures: RenderFigures }>()

  constructor(options: PreviewsOptions) {
    this.#options = options
  }

  /** The original where it is; marks it missing where it is not. */
  sourceOf(session: Session, asset: AssetRecord): { path: string; sha256: string } {
    const missing = statSync(asset.path, { throwIfNoEntry: false }) === undefined
    if (missing !== asset.missing) {
      session.edit(() => session.assets.setMissing(asset.id, missing))
      session.announceAssets(asset.id)
    }
    if (missing) {
      throw fault('bad-input', 'fault.originalMissing', 'remedy.findOriginal', { name: asset.name })
    }
    return { path: asset.path, sha256: asset.sha256 }
  }

  /** What a recipe makes of an asset: the model it needs, the key of the look, and the recipe as the engine takes it. */
  look(session: Session, asset: AssetRecord, stored: Recipe): { folder: string; look: string; recipe: Recipe } {
    const coloured = asset.kind === 'page' ? resolvePalette(stored, session.palette.get()) : stored
    const recipe = withAbsolutePaths(session.project.folder, coloured)
    const model = this.#options.models.forRecipe(recipe)
    return { folder: model?.folder ?? '', look: lookKey(asset.sha256, recipe, model?.card ?? null), recipe }
  }

  async preview(request: z.output<typeof previewRequest>, signal?: AbortSignal): Promise<Preview> {
    const session = this.#options.projects.require()
    const asset = session.assets.require(request.asset)
    const version = session.versions.find(asset.currentVersion)
    checkFiles(session, request.recipe, version?.recipe)
    const { look } = this.look(session, asset, request.recipe)
    const isSaved = version !== null && !request.crop && this.look(session, asset, version.recipe).look === look
    const record = isSaved && version.result?.look !== look ? version.id : null
    const wanted: RenderRequest = { asset, recipe: request.recipe, box: request.box, crop: request.crop, doubt: request.doubt, record }
    const made = await this.#render(session, wanted, { priority: request.priority, lane: request.lane, signal, resend: true })
    if (!request.crop) this.#seen.set(asset.id, { look, request: wanted, figures: made.figures })
    if (record === null) this.followSaved(asset.currentVersion)
    return made
  }

  /** A look that was shown before it was saved (a drag, a hint just placed) becomes the version's result once it is. */
  followSaved(id: VersionId): void {
    const session = this.#options.projects.current
    const version = session?.versions.find(id)
    const seen = version && this.#seen.get(version.asset)
    const asset = version && session?.assets.find(version.asset)
    if (!session || !seen || !asset || asset.currentVersion !== id || version.result?.look === seen.look) return
    try {
      const { recipe, folder, look } = this.look(session, asset, version.recipe)
      if (look === seen.look) void this.#recordCached(session, id, look, seen.figures, { ...seen.request, asset, recipe }, folder)
    } catch (error) {
      // A model that is not there: whoever opens the picture is told.
      if (!(error instanceof HourglassError)) throw error
    }
  }

  /** The saved recipe of a version as the queue renders it, recorded as its result. */
  renderResult(session: Session, id: VersionId, options: Omit<RenderOptions, 'priority' | 'resend'>): Promise<Preview> {
    const version = session.versions.require(id)
    const asset = session.assets.require(version.asset)
    return this.#render(session, { asset, recipe: version.recipe, box: resultBox, doubt: false, record: id }, { ...options, priority: 'job', resend: false })
  }

  /** True where a version's saved recipe is what its recorded result shows. */
  isRendered(session: Session, id: VersionId): boolean {
    const version = session.versions.require(id)
    const key = version.result?.thumbnail
    if (!version.result || !key || !hasSmallPicture(session, key)) return false
    return version.result.look === this.look(session, session.assets.require(version.asset), version.recipe).look
  }

  /** What of a picture is shown; and the memory setting, which bounds the network's size and how fine a part can be. */
  #part(crop: Crop | undefined): { crop: Crop | null; memoryMb: number } {
    return { crop: crop ?? null, memoryMb: this.#options.memoryMb() }
  }

  async #render(session: Session, request: RenderRequest, options: RenderOptions): Promise<Preview> {
    const { cache, engine } = this.#options
    const { asset, box, crop } = request
    const { folder, look, recipe } = this.look(session, asset, request.recipe)
    const type = screenTypeOf(asset)
    const part = this.#part(crop)
    const key = keyOf(hashOf({ look, box, ...part }), type)
    const doubtKey = keyOf(hashOf({ look, box, ...part, doubt: true }), 'png')
    const found = facts.safeParse(cache.lookUp(key))
    if (found.success && (!request.doubt || cache.lookUp(doubtKey) !== null)) {
      if (options.lane) engine.supersede(options.lane)
      const doubt = request.doubt && cache.path(doubtKey) ? doubtKey : null
      if (request.record) {
        const recorded = this.#recordCached(session, request.record, look, found.data.figures, { ...request, recipe }, folder)
        // A person waits for the picture alone, a job for its record.
        if (options.priority === 'job') await recorded
      }
      return previewSchema.parse({ ...found.data, key, doubt, cached: true })
    }

    const source = this.sourceOf(session, asset)
    requireFiles(recipe)
    const out = cache.temporary(type)
    const doubtOut = request.doubt ? cache.temporary('png') : undefined
    const small = request.record ? cache.temporary(type) : null
    try {
      const made = await engine.run(
        'render',
        { source, recipe, model: folder, box, crop, out, doubtOut, thumbnail: small ? { side: thumbnailSide, out: small } : undefined },
        { priority: options.priority, lane: options.lane, signal: options.signal, onProgress: options.onProgress, resend: options.resend },
      )
      cache.keep(key, out, made)
      let doubt: PictureKey | null = null
      if (doubtOut && existsSync(doubtOut)) {
        cache.keep(doubtKey, doubtOut, {})
        doubt = doubtKey
      }
      if (request.record) this.#record(session, request.record, look, made.figures, small)
      return previewSchema.parse({ ...made, key, doubt, cached: false })
    } finally {
      for (const file of [out, doubtOut, small]) if (file) rmSync(file, { force: true })
    }
  }

  #record(session: Session, id: VersionId, look: string, figures: RenderFigures, small: string | null): void {
    // The project may have been closed, or the picture removed, while the engine worked.
    if (this.#options.projects.current !== session || !session.versions.find(id)) return
    recordResult(session, id, look, figures, small)
  }

  /** The picture is in the cache from a drag, the small one may not be: made apart. Never rejects. */
  async #recordCached(session: Session, id: VersionId, look: string, figures: RenderFigures, request: RenderRequest, folder: string): Promise<void> {
    if (hasSmallPicture(session, thumbnailKey(look, screenTypeOf(request.asset)))) {
      this.#record(session, id, look, figures, null)
      return
    }
    let small: string | null = null
    const side = { width: thumbnailSide, height: thumbnailSide }
    try {
      small = this.#options.cache.temporary(screenTypeOf(request.asset))
      const source = this.sourceOf(session, request.asset)
      await this.#options.engine.run('render', { source, recipe: request.recipe, model: folder, box: side, crop: (request.asset.kind === 'page' && firstSheet(request.asset.info)) || undefined, out: small }, { priority: 'visible', lane: `small:${id}`, resend: true })
      this.#record(session, id, look, figures, small)
    } catch (error) {
      this.#options.log('previews', `no small picture of ${request.asset.name}: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      if (small) rmSync(small, { force: true })
    }
  }

  /** The untouched original at view size. */
  async original(id: AssetId, box: Size, crop: Crop | undefined, signal?: AbortSignal): Promise<Size & { key: PictureKey }> {
    const { cache, engine, projects } = this.#options
    const session = projects.require()
    const asset = session.assets.require(id)
    const type = screenTypeOf(asset)
    const key = keyOf(hashOf({ original: asset.sha256, box, ...this.#part(crop) }), type)
    const found = originalFacts.safeParse(cache.lookUp(key))
    if (found.success) return { ...found.data, key }
    const out = cache.temporary(type)
    try {
      const made = await engine.run('original', { source: this.sourceOf(session, asset), box, crop, out }, { priority: 'interactive', signal, resend: true })
      cache.keep(key, out, made)
      return { ...made, key }
    } finally {
      rmSync(out, { force: true })
    }
  }

  async suggestFactor(id: AssetId, wanted: Recipe, lane: string, signal?: AbortSignal): Promise<FactorSuggestion> {
    const session = this.#options.projects.require()
    const asset = session.assets.require(id)
    checkFiles(session, wanted, session.versions.find(asset.currentVersion)?.recipe)
    const { folder, recipe } = this.look(session, asset, wanted)
    requireFiles(recipe)
    return this.#options.engine.run('suggestFactor', { source: this.sourceOf(session, asset), recipe, model: folder }, { priority: 'interactive', lane, signal, resend: true })
  }
}
