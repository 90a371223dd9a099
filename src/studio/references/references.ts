import { createHash } from 'node:crypto'
import { rm, stat } from 'node:fs/promises'
import { existsSync, rmSync } from 'node:fs'
import { basename } from 'node:path'
import type { VersionId } from '../../contract/ids.ts'
import type { Reference } from '../../contract/photos.ts'
import { size } from '../../contract/pictures.ts'
import type { Recipe, RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import type { Version } from '../../contract/versions.ts'
import { colorizeStep } from '../../core/steps/colorize.ts'
import { filesOf } from '../../core/steps/files.ts'
import { pageStep } from '../../core/steps/page.ts'
import { fault } from '../../core/texts/wording.ts'
import { takeIn } from '../assets/originals.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Grant } from '../grants/grants.ts'
import { keyOf, screenTypeOf, type PictureCache } from '../previews/cache.ts'
import { fileMark, hashOf } from '../previews/keys.ts'
import type { Projects } from '../projects/projects.ts'
import type { Session } from '../projects/session.ts'
import { absolutePath } from './paths.ts'

/** Longest side of the small picture of a reference, pixels. */
const smallSide = 160

export interface ReferencesOptions {
  readonly projects: Projects
  readonly engine: EngineClient
  readonly cache: PictureCache
}

/** The step and its parameter that hold a recipe's picture: the reference of a photo, the rough colouring of a page. */
const holderOf = (recipe: Recipe): { step: { id: string; version: number }; param: string } =>
  recipe.steps.some(({ step }) => step === pageStep.id) ? { step: pageStep, param: 'rough' } : { step: colorizeStep, param: 'reference' }

const stored = (recipe: Recipe): string | null => {
  const { step: holder, param } = holderOf(recipe)
  const value = recipe.steps.find(({ step }) => step === holder.id)?.params[param]
  return typeof value === 'string' ? value : null
}

/** Patches that put a reference (or none) into a recipe. */
function patchesFor(recipe: Recipe, reference: string | null): RecipePatch[] {
  const { step: holder, param } = holderOf(recipe)
  const index = recipe.steps.findIndex(({ step }) => step === holder.id)
  const step = recipe.steps[index]
  if (!step) return [{ op: 'add', path: ['steps', recipe.steps.length], value: { step: holder.id, v: holder.version, enabled: true, params: { [param]: reference } } }]
  return [{ op: Object.hasOwn(step.params, param) ? 'replace' : 'add', path: ['steps', index, 'params', param], value: reference }]
}

/**
 * Reference pictures of recipes. They come in by grants alone: a page never names a path. The user's own file stays
 * where it is; what a host received is taken into the project.
 */
export class References {
  #options: ReferencesOptions

  constructor(options: ReferencesOptions) {
    this.#options = options
  }

  /**
   * Gives a version another reference picture, or (null) none, as one gesture.
   * @throws HourglassError where the file is no picture that can be read; nothing has changed then
   */
  async set(id: VersionId, grant: Grant | null): Promise<Version> {
    const { session, path } = await this.#accept(id, grant)
    const { step, param } = holderOf(session.versions.require(id).recipe)
    const label: Wording = grant ? { key: `history.${step.id}.${param}`, values: { value: grant.name } } : { key: 'history.referenceCleared' }
    return this.#change(session, id, [id], path, label)
  }

  /** Points every version whose reference is the lost one of `id` to where it is now, as one gesture. */
  async find(id: VersionId, grant: Grant): Promise<Version> {
    const { session, path } = await this.#accept(id, grant)
    const lost = stored(session.versions.require(id).recipe)
    const others = session.versions.all().filter((version) => version.id !== id && lost !== null && stored(version.recipe) === lost)
    return this.#change(session, id, [id, ...others.map((version) => version.id)], path, { key: 'history.referenceFound', values: { value: grant.name } })
  }

  /** What a page may know of a version's reference picture: its name, its small picture, whether it is there. Null: it has none. */
  async describe(id: VersionId): Promise<Reference | null> {
    const session = this.#options.projects.require()
    const reference = stored(session.versions.require(id).recipe)
    if (reference === null) return null
    const path = absolutePath(session.project.folder, reference)
    const name = basename(path)
    if (!existsSync(path)) return { name, picture: null, missing: true }
    const { cache, engine } = this.#options
    const info = (await engine.run('inspect', { path, hash: false }, { priority: 'interactive', resend: true }).catch(() => null))?.info
    if (!info) return { name, picture: null, missing: false }
    const type = screenTypeOf({ kind: 'photo', info })
    const key = keyOf(hashOf({ reference: fileMark(path), side: smallSide }), type)
    if (size.safeParse(cache.lookUp(key)).success) return { name, picture: key, missing: false }
    const out = cache.temporary(type)
    try {
      cache.keep(key, out, await engine.run('thumbnail', { source: { path }, side: smallSide, out }, { priority: 'interactive', resend: true }))
      return { name, picture: key, missing: false }
    } catch {
      return { name, picture: null, missing: false }
    } finally {
      rmSync(out, { force: true })
    }
  }

  /** Looks at the file, and takes it into the project where nobody else will keep it. */
  async #accept(id: VersionId, grant: Grant | null): Promise<{ session: Session; path: string | null }> {
    const session = this.#options.projects.require()
    session.versions.require(id)
    if (grant === null) return { session, path: null }
    if (grant.isFolder) throw fault('bad-input', 'fault.isFolder', 'remedy.chooseInside', { file: grant.name })
    const { sha256 } = await this.#options.engine.run('inspect', { path: grant.path, hash: true }, { priority: 'interactive', resend: true })
    if (this.#options.projects.current !== session) throw fault('bad-input', 'fault.referenceClosed', 'remedy.chooseReference', { name: grant.name })
    if (grant.ownership !== 'uploaded') return { session, path: grant.path }
    // One folder a content: the same picture sent again is kept once, and under its own name.
    const folder = `references/${(sha256 ?? createHash('sha256').update(grant.path).digest('hex')).slice(0, 12)}`
    const known = `${folder}/${grant.name}`
    if (await stat(absolutePath(session.project.folder, known)).catch(() => null)) {
      await rm(grant.path, { force: true })
      return { session, path: known }
    }
    return { session, path: await takeIn(session.project, folder, grant.path, grant.name, true) }
  }

  #change(session: Session, id: VersionId, ids: readonly VersionId[], path: string | null, label: Wording): Version {
    const changes = ids.map((version) => ({ document: version as string, patches: patchesFor(session.versions.require(version).recipe, path) }))
    session.gesture(ids.length === 1 ? id : null, label, changes)
    return session.describe(session.versions.require(id))
  }
}

/**
 * Refuses a recipe that names a file which this project's own recipes do not: a page may pass on what it was given,
 * never name a file by itself.
 * @param own the recipe that is most likely to name the same
 */
export function checkFiles(session: Session, recipe: Recipe, own: Recipe | undefined): void {
  const given = new Set(own ? filesOf(own, true) : [])
  const files = filesOf(recipe, true).filter((file) => !given.has(file))
  if (files.length === 0) return
  const known = new Set(session.versions.all().flatMap((version) => filesOf(version.recipe, true)))
  const unknown = files.find((file) => !known.has(file))
  if (unknown === undefined) return
  throw fault('bad-input', 'fault.referenceNotHanded', 'remedy.chooseReference', { name: basename(unknown) })
}
