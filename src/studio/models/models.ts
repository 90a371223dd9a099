import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { modelId, type ModelId } from '../../contract/ids.ts'
import type { ModelCard, ModelSummary, ModelTask } from '../../contract/models.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { Said } from '../../contract/texts.ts'
import { fault, phrase, valueOf, worded } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { EventBus } from '../events.ts'
import type { Grant } from '../grants/grants.ts'
import type { Log } from '../log.ts'
import type { Machine } from '../system/machine.ts'
import { modelOfRecipe } from '../previews/keys.ts'
import type { SettingsStore } from '../settings/settings.ts'
import { readCatalogue, type CatalogueEntry } from './catalogue.ts'
import { download } from './download.ts'
import { defaultModel, requireModel, scanModels, type ModelFolder } from './folders.ts'
import { cardFor, hasRightBytes, install } from './install.ts'

/** What came of checking one model. */
interface Verified extends Said {
  readonly id: ModelId
  readonly ok: boolean
}

export interface ModelsOptions {
  readonly data: string
  readonly bundled: readonly string[]
  readonly extra: readonly string[]
  readonly settings: SettingsStore
  readonly engine: EngineClient
  readonly machine: Machine
  readonly bus: EventBus
  readonly log: Log
}

/** The models that are there and those that can be had. */
export class Models {
  #options: ModelsOptions
  #found: Map<string, ModelFolder>
  #catalogue: Map<string, CatalogueEntry>
  #home: string
  #downloading = new Set<string>()

  constructor(options: ModelsOptions) {
    this.#options = options
    this.#home = join(options.data, 'models')
    this.#found = this.#scan()
    this.#catalogue = readCatalogue([...options.bundled, this.#home, ...options.extra], options.log)
  }

  #scan(): Map<string, ModelFolder> {
    const { bundled, extra } = this.#options
    return scanModels({ bundled, own: this.#home, extra })
  }

  #chosen(task: ModelTask): string | undefined {
    return this.#options.settings.current.defaultModels[task]
  }

  /** Looks into the folders again and tells of one model. */
  #changed(id: string): void {
    this.#found = this.#scan()
    this.#options.bus.emit({ type: 'model.changed', id: modelId.parse(id) })
  }

  get installed(): number {
    return [...this.#found.values()].filter((model) => model.problem === null).length
  }

  all(): ModelFolder[] {
    return [...this.#found.values()]
  }

  /** The model that a recipe runs with; null where none of its steps needs one. */
  forRecipe(recipe: Recipe): (ModelFolder & { card: ModelCard }) | null {
    const wanted = modelOfRecipe(recipe)
    return wanted ? requireModel(this.#found, wanted.task, wanted.id, this.#chosen(wanted.task)) : null
  }

  list(task?: ModelTask): ModelSummary[] {
    // A folder dropped in while the studio runs is seen the next time someone looks.
    this.#found = this.#scan()
    const here = [...this.#found.values()].flatMap((model) => this.#summary(model) ?? [])
    const ids = new Set(here.map((model) => model.id))
    const toBeHad = [...this.#catalogue.values()].filter((entry) => !ids.has(entry.id)).map((entry) => this.#available(entry))
    return [...here, ...toBeHad].filter((model) => task === undefined || model.task === task).sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  #summary(model: ModelFolder): ModelSummary | null {
    const id = modelId.safeParse(model.id)
    if (!id.success) {
      this.#options.log('models', `${model.folder} is not a name that a model can have`)
      return null
    }
    const { card } = model
    const state = model.problem !== null ? 'broken' : model.origin === 'bundled' ? 'bundled' : 'installed'
    return {
      id: id.data,
      title: card?.title ?? model.id,
      description: card?.description ?? '',
      task: card?.task ?? 'colorize',
      state,
      bytes: card?.bytes ?? 0,
      licence: card?.licence ?? { spdx: 'unknown', commercial: false, note: '' },
      source: card?.source ?? '',
      isDefault: card !== null && defaultModel(this.#found, card.task, this.#chosen(card.task))?.id === model.id,
      renderFactor: card?.renderFactor ?? null,
      takesHints: card?.inputs.some((input) => input.build.startsWith('hint')) ?? false,
      figures: card?.figures ?? {},
      speedMs: this.#options.machine.speedOf(model.id),
      download: null,
      problem: model.problem,
    }
  }

  #available(entry: CatalogueEntry): ModelSummary {
    const { id, title, description, task, licence, source, url, bytes, sha256, card } = entry
    return {
      id,
      title,
      description,
      task,
      state: this.#downloading.has(id) ? 'downloading' : 'available',
      bytes: bytes ?? 0,
      licence,
      source,
      isDefault: false,
      renderFactor: card?.renderFactor ?? null,
      takesHints: card?.inputs.some((input) => input.build.startsWith('hint')) ?? false,
      figures: card?.figures ?? {},
      speedMs: null,
      download: { url, bytes, sha256 },
      problem: null,
    }
  }

  /** What the catalogue says of a model that can be fetched. */
  entry(id: ModelId): CatalogueEntry {
    const entry = this.#catalogue.get(id)
    if (!entry) throw fault('missing-model', 'fault.noModelInCatalogue', 'remedy.listToGet', { model: id })
    return entry
  }

  /** Fetches a catalogue model and installs it; the work of a download job. */
  async fetch(id: ModelId, options: { signal?: AbortSignal; onProgress?: (done: number) => void }): Promise<void> {
    const entry = this.entry(id)
    const part = join(this.#options.data, 'downloads', `${id}.part`)
    this.#downloading.add(id)
    this.#changed(id)
    try {
      await download({
        url: entry.url,
        part,
        bytes: entry.bytes,
        sha256: entry.sha256,
        signal: options.signal,
        onProgress: (done, total) => total && options.onProgress?.(Math.min(1, done / total)),
      })
      const card = entry.card ?? { ...(await cardFor(this.#options.engine, part, entry.title, null)), id: entry.id, title: entry.title, licence: entry.licence }
      await install(this.#options.engine, this.#home, card, part, true)
    } finally {
      this.#downloading.delete(id)
      this.#changed(id)
    }
  }

  async add(file: Grant, card: Grant | null): Promise<ModelSummary> {
    const made = await cardFor(this.#options.engine, file.path, file.name, card?.path ?? null)
    if (this.#found.get(made.id)?.origin === 'bundled') {
      throw fault('bad-input', 'fault.cameWithProduct', 'remedy.otherIdInCard', { model: made.id })
    }
    await install(this.#options.engine, this.#home, made, file.path, file.ownership === 'uploaded')
    this.#changed(made.id)
    const summary = this.list().find((model) => model.id === made.id)
    if (!summary) throw fault('internal', 'fault.installedNotFound', 'remedy.restartStudio', { model: made.id })
    return summary
  }

  async verify(id?: ModelId): Promise<Verified[]> {
    this.#found = this.#scan()
    const wanted = [...this.#found.values()].filter((model) => id === undefined || model.id === id)
    if (wanted.length === 0) {
      if (id === undefined) return []
      throw fault('missing-model', 'fault.modelNotInstalled', 'remedy.listThere', { model: id })
    }
    const answers: Verified[] = []
    for (const model of wanted) {
      const parsed = modelId.safeParse(model.id)
      if (parsed.success) answers.push({ id: parsed.data, ...(await this.#verifyOne(model)) })
    }
    return answers
  }

  async #verifyOne(model: ModelFolder): Promise<Omit<Verified, 'id'>> {
    if (model.problem !== null || !model.card) return { ok: false, ...(model.problem ?? phrase('check.noCard')) }
    if (!(await hasRightBytes(model.folder, model.card))) return { ok: false, ...phrase('check.otherHash') }
    return this.#options.engine.run('verifyModel', { folder: model.folder }, { priority: 'visible' })
  }

  async remove(id: ModelId): Promise<void> {
    const model = this.#require(id)
    if (model.origin !== 'own') {
      throw model.origin === 'bundled'
        ? fault('bad-input', 'fault.modelBundled', 'remedy.onlyAddedRemoved', { model: id })
        : fault('bad-input', 'fault.modelElsewhere', 'remedy.onlyAddedRemoved', { model: id, folder: model.folder })
    }
    await rm(model.folder, { recursive: true, force: true })
    const { settings } = this.#options
    const defaults = Object.entries(settings.current.defaultModels).filter(([, chosen]) => chosen !== id)
    settings.change({ defaultModels: Object.fromEntries(defaults) })
    this.#changed(id)
  }

  #require(id: ModelId): ModelFolder {
    const model = this.#found.get(id)
    if (!model) throw fault('missing-model', 'fault.modelNotInstalled', 'remedy.listThere', { model: id })
    return model
  }

  setDefault(id: ModelId): void {
    const model = this.#require(id)
    if (!model.card || model.problem !== null) throw fault('bad-model', 'fault.modelUnusable', 'remedy.chooseOther', { model: id, problem: model.problem ? valueOf(model.problem) : worded('fault.problem.noCard') })
    const { settings } = this.#options
    settings.change({ defaultModels: { ...settings.current.defaultModels, [model.card.task]: id } })
    this.#changed(id)
  }

  async measure(id: ModelId): Promise<{ ms: number; provider: string }> {
    const model = this.#require(id)
    const measured = await this.#options.engine.run('measureModel', { folder: model.folder }, { priority: 'visible' })
    this.#options.machine.rememberSpeed(id, measured.ms)
    this.#changed(id)
    return measured
  }
}
