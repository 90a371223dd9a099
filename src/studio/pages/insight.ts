import { rmSync } from 'node:fs'
import type { AssetId, PictureKey, VersionId } from '../../contract/ids.ts'
import type { Hint } from '../../contract/hints.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import { size, type Size } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { fault } from '../../core/texts/wording.ts'
import type { AssetRecord } from '../assets/rows.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { hashOf, normalisedRecipe } from '../previews/keys.ts'
import type { Previews } from '../previews/previews.ts'
import type { Projects } from '../projects/projects.ts'
import type { Session } from '../projects/session.ts'
import { checkFiles } from '../references/references.ts'
import { requireFiles } from '../references/paths.ts'

/** Longer side of the map of regions, pixels: finer than a page is seen, small enough to be read at once. */
const mapSide = 1200

/** The page's recipe as it would be if it asked a model, unless it has a rough picture. */
export function askingModel(recipe: Recipe): Recipe {
  return { ...recipe, steps: recipe.steps.map((step) => (step.step === 'page' && typeof step.params['rough'] !== 'string' ? { ...step, params: { ...step.params, mode: 'model' } } : step)) }
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
}
