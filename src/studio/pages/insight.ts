import { rmSync } from 'node:fs'
import type { AssetId, PictureKey, VersionId } from '../../contract/ids.ts'
import type { Hint } from '../../contract/hints.ts'
import type { EngineOutput } from '../../contract/engine.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import { size, type Size } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { inkedBy } from '../../core/pages/inking.ts'
import { colourRecipe, sceneOf, swatchColor } from '../../core/pages/palette.ts'
import { withParams } from '../../core/steps/withParams.ts'
import { fault } from '../../core/texts/wording.ts'
import type { AssetRecord } from '../assets/rows.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Grant } from '../grants/grants.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { fileMark, hashOf, normalisedRecipe } from '../previews/keys.ts'
import type { Previews } from '../previews/previews.ts'
import type { Projects } from '../projects/projects.ts'
import type { Session } from '../projects/session.ts'
import { checkFiles } from '../references/references.ts'
import { requireFiles, withAbsolutePaths } from '../references/paths.ts'

/** Longer side of the map of regions, pixels: finer than a page is seen, small enough to be read at once. */
const mapSide = 1200
/** Longer side of a picture that colours are taken from, pixels. */
const referenceSide = 1600
/** How many coloured pages, the nearest in the chapter, have a say in the colours of a place: each has to be told apart once. */
const exemplarPages = 4
/** How many colours are offered for a place: one a digit key. */
const offered = 9

/** The page's recipe as it would be if it asked a model, unless it has a rough picture. */
export function askingModel(recipe: Recipe): Recipe {
  const hasRough = recipe.steps.some(({ step, params }) => step === 'page' && typeof params['rough'] === 'string')
  return hasRough ? recipe : withParams(recipe, 'page', { mode: 'model' })
}

interface InsightOptions {
  readonly projects: Projects
  readonly previews: Previews
  readonly engine: EngineClient
  readonly cache: PictureCache
}

/** What the studio can tell of a page beside its picture. */
export class PageInsight {
  #options: InsightOptions

  constructor(options: InsightOptions) {
    this.#options = options
  }

  #page(id: AssetId, recipe: Recipe): { session: Session; asset: AssetRecord } {
    const session = this.#options.projects.require()
    const asset = session.assets.require(id)
    if (asset.kind !== 'page') throw fault('bad-input', 'fault.notAPage', 'remedy.markPagesOnly', { name: asset.name })
    checkFiles(session, recipe, session.versions.find(asset.currentVersion)?.recipe)
    return { session, asset }
  }

  /** Regions, panels, bubbles, and what has no hint. @throws HourglassError */
  async report(id: AssetId, wanted: Recipe, lane: string, signal?: AbortSignal): Promise<PageReport> {
    const { session, asset } = this.#page(id, wanted)
    const { engine, previews } = this.#options
    const { recipe, folder } = previews.look(session, asset, wanted)
    return engine.run('examinePage', { source: previews.sourceOf(session, asset), recipe, model: folder, autoHints: false, regions: null }, { priority: 'visible', lane, signal, resend: true })
  }

  /** The map of regions, kept as long as nothing that tells regions apart is changed. @throws HourglassError */
  async regionMap(id: AssetId, wanted: Recipe, signal?: AbortSignal): Promise<Size & { key: PictureKey }> {
    const { session, asset } = this.#page(id, wanted)
    const { engine, previews, cache } = this.#options
    const params = normalisedRecipe(wanted).find(({ step }) => step === 'page')?.params as Record<string, unknown> | undefined
    const shape = ['toneSize', 'closings', 'gap', 'joins'].map((name) => params?.[name])
    const key = keyOf(hashOf({ regions: asset.sha256, shape, mapSide }), 'png')
    const found = size.safeParse(cache.lookUp(key))
    if (found.success) return { ...found.data, key }
    const out = cache.temporary('png')
    try {
      const made = await engine.run('regionMap', { source: previews.sourceOf(session, asset), recipe: wanted, side: mapSide, out }, { priority: 'visible', signal, resend: true })
      cache.keep(key, out, made)
      return { ...made, key }
    } finally {
      rmSync(out, { force: true })
    }
  }

  /** Hints from the rough picture of a version, else from the page model. @throws HourglassError `missing-model` where there is neither */
  async suggest(id: VersionId, signal?: AbortSignal): Promise<Hint[]> {
    const session = this.#options.projects.require()
    const version = session.versions.require(id)
    const { asset } = this.#page(version.asset, version.recipe)
    const { engine, previews } = this.#options
    const { folder } = previews.look(session, asset, askingModel(version.recipe))
    const { recipe } = previews.look(session, asset, version.recipe)
    requireFiles(recipe)
    const report = await engine.run('examinePage', { source: previews.sourceOf(session, asset), recipe, model: folder, autoHints: true, regions: null }, { priority: 'interactive', signal, resend: true })
    return report.autoHints
  }

  /** A page's own hints as it shows them, with names and links; those that are hidden or only keep paper teach nothing. */
  #handHints(session: Session, asset: AssetRecord): Hint[] {
    const stored = session.versions.require(asset.currentVersion).recipe
    const hints = colourRecipe(stored, session.palette.get()).steps.find(({ step }) => step === 'page')?.params['hints']
    return (Array.isArray(hints) ? (hints as Hint[]) : []).filter(({ hidden, empty }) => hidden !== true && empty !== true)
  }

  /** Colours that a place may have, by pages of the project that have hints and by the page's own. @throws HourglassError */
  async colorsAt(question: { asset: AssetId; recipe: Recipe; x: number; y: number; lane: string }, signal?: AbortSignal): Promise<EngineOutput<'suggestColors'>> {
    const { session, asset } = this.#page(question.asset, question.recipe)
    const { engine, previews } = this.#options
    const pages = session.assets.list().filter(({ kind }) => kind === 'page')
    const at = pages.findIndex(({ id }) => id === asset.id)
    const exemplars = pages
      .map((page, n) => ({ page, far: Math.abs(n - at), hints: n === at || page.missing ? [] : this.#handHints(session, page) }))
      .filter(({ hints }) => hints.length > 0)
      .sort((one, other) => one.far - other.far)
      .slice(0, exemplarPages)
      .map(({ page, hints }) => ({ lines: page.path, colors: null, hints }))
    const recipe = withAbsolutePaths(session.project.folder, colourRecipe(question.recipe, session.palette.get()))
    const { x, y, lane } = question
    return engine.run('suggestColors', { source: previews.sourceOf(session, asset), recipe, x, y, exemplars, most: offered }, { priority: 'interactive', lane, signal, resend: true })
  }

  /**
   * Hints for the regions of a page that have none, as the hints of another page teach them.
   * @param toPalette they take the nearest swatch of the palette, in the page's scene
   * @throws HourglassError `bad-input` where the other page has no hints
   */
  async proposals(id: AssetId, from: AssetId, toPalette: boolean, signal?: AbortSignal): Promise<Hint[]> {
    const { recipe: stored } = this.#versionOf(id)
    const { session, asset } = this.#page(id, stored)
    const teacher = session.assets.require(from)
    const hints = this.#handHints(session, teacher)
    if (hints.length === 0) throw fault('bad-input', 'fault.teachesNothing', 'remedy.placeHintsFirst', { name: teacher.name })
    const { engine, previews } = this.#options
    const { recipe, folder } = previews.look(session, asset, stored)
    const teach = { exemplars: [{ lines: previews.sourceOf(session, teacher).path, colors: null, hints }], least: 0 }
    const report = await engine.run('examinePage', { source: previews.sourceOf(session, asset), recipe, model: folder, teach }, { priority: 'visible', signal, resend: true })
    if (!toPalette) return report.autoHints
    const scene = stored.steps.map(({ params }) => sceneOf(params)).find((each) => each !== null) ?? null
    return inkedBy(session.palette.get().swatches.map((swatch) => ({ id: swatch.id, name: swatch.name, color: swatchColor(swatch, scene) })), report.autoHints)
  }

  #versionOf(id: AssetId): { recipe: Recipe } {
    const session = this.#options.projects.require()
    return session.versions.require(session.assets.require(id).currentVersion)
  }

  /** A picture of the user's, to take colours from: kept without loss. @throws HourglassError where it is no picture */
  async reference(grant: Grant, signal?: AbortSignal): Promise<Size & { key: PictureKey; name: string }> {
    if (grant.isFolder) throw fault('bad-input', 'fault.isFolder', 'remedy.chooseInside', { file: grant.name })
    const { cache, engine } = this.#options
    const key = keyOf(hashOf({ colorsOf: fileMark(grant.path), referenceSide }), 'png')
    const found = size.safeParse(cache.lookUp(key))
    if (found.success) return { ...found.data, key, name: grant.name }
    const out = cache.temporary('png')
    try {
      const made = await engine.run('original', { source: { path: grant.path }, box: { width: referenceSide, height: referenceSide }, out }, { priority: 'interactive', signal, resend: true })
      cache.keep(key, out, made)
      return { ...made, key, name: grant.name }
    } finally {
      rmSync(out, { force: true })
    }
  }
}
