import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { modelCard, type ModelCard, type ModelTask } from '../../contract/models.ts'
import type { Said } from '../../contract/texts.ts'
import { fault, phrase, valueOf, worded } from '../../core/texts/wording.ts'

/** bundled: came with the product; own: in the studio's data folder; extra: in a folder of HOURGLASS_MODELS. */
export type ModelOrigin = 'bundled' | 'own' | 'extra'

export interface ModelFolder {
  readonly id: string
  readonly folder: string
  readonly origin: ModelOrigin
  /** null where the card cannot be read; `problem` then says why. */
  readonly card: ModelCard | null
  readonly problem: Said | null
}

export interface ModelPlaces {
  readonly bundled: readonly string[]
  readonly own: string
  readonly extra: readonly string[]
}

/** Reads one model's folder: the card is parsed, the weights must be there with the size the card says. */
export function readModelFolder(folder: string, origin: ModelOrigin): ModelFolder {
  const name = folder.split(/[/\\]/).at(-1) ?? folder
  const broken = (problem: Said, card: ModelCard | null = null): ModelFolder => ({ id: card?.id ?? name, folder, origin, card, problem })
  let raw: unknown
  try {
    raw = JSON.parse(readFileSync(join(folder, 'card.json'), 'utf8'))
  } catch {
    return broken(phrase('check.cardUnreadable'))
  }
  const parsed = modelCard.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return broken(phrase('check.cardWrong', { place: issue?.path.join('.') || '/', problem: issue?.message ?? '?' }))
  }
  const card = parsed.data
  const weights = statSync(join(folder, card.file), { throwIfNoEntry: false })
  if (!weights) return broken(phrase('check.weightsGone', { file: card.file }), card)
  if (weights.size !== card.bytes) return broken(phrase('check.weightsSize', { file: card.file, bytes: weights.size, expected: card.bytes }), card)
  return { id: card.id, folder, origin, card, problem: null }
}

/** A folder that is a model, or that holds models. */
function readPlace(place: string, origin: ModelOrigin): ModelFolder[] {
  if (existsSync(join(place, 'card.json'))) return [readModelFolder(place, origin)]
  let names: string[]
  try {
    names = readdirSync(place)
  } catch {
    return []
  }
  return names
    .sort()
    .map((name) => join(place, name))
    .filter((folder) => existsSync(join(folder, 'card.json')))
    .map((folder) => readModelFolder(folder, origin))
}

/** Every model that is there, by id. Of two with one id the user's wins: extra folders, then own, then bundled. */
export function scanModels(places: ModelPlaces): Map<string, ModelFolder> {
  const found = new Map<string, ModelFolder>()
  const all = [
    ...places.bundled.flatMap((place) => readPlace(place, 'bundled')),
    ...readPlace(places.own, 'own'),
    ...places.extra.flatMap((place) => readPlace(place, 'extra')),
  ]
  for (const model of all) {
    // A broken copy does not hide a whole one.
    if (model.problem && found.get(model.id)?.problem === null) continue
    found.set(model.id, model)
  }
  return found
}

/** Mean colour error the card was measured with, where it says so; lower is better. */
function measuredError(model: ModelFolder): number {
  const value = model.card?.figures['ciede2000']
  return typeof value === 'number' ? value : Infinity
}

const rank: Record<ModelOrigin, number> = { bundled: 0, own: 1, extra: 2 }

/**
 * The model a task uses where the recipe names none: the user's choice; else the bundled one with the smallest
 * measured error (by id where they are equal); else whatever is there.
 */
export function defaultModel(models: ReadonlyMap<string, ModelFolder>, task: ModelTask, chosen: string | undefined): ModelFolder | null {
  const usable = [...models.values()].filter((model) => model.card?.task === task && model.problem === null)
  const wanted = usable.find((model) => model.id === chosen)
  if (wanted) return wanted
  usable.sort((a, b) => rank[a.origin] - rank[b.origin] || measuredError(a) - measuredError(b) || (a.id < b.id ? -1 : 1))
  return usable[0] ?? null
}

/**
 * The model a recipe asks for, or the task's default.
 * @throws HourglassError `missing-model` where it is not there, `bad-model` where it is broken.
 */
export function requireModel(models: ReadonlyMap<string, ModelFolder>, task: ModelTask, id: string | null, chosen?: string): ModelFolder & { card: ModelCard } {
  const model = id === null ? defaultModel(models, task, chosen) : models.get(id)
  if (!model) {
    throw id === null
      ? fault('missing-model', 'fault.noModelForTask', task === 'colorize-page' ? 'remedy.addPageModel' : 'remedy.addModel', { task })
      : fault('missing-model', 'fault.modelNotInstalled', 'remedy.getModel', { model: id })
  }
  if (model.problem !== null || !model.card) {
    throw fault('bad-model', 'fault.modelUnusable', 'remedy.addAgainOrOther', { model: model.id, problem: model.problem ? valueOf(model.problem) : worded('fault.problem.noCard') })
  }
  if (model.card.task !== task) {
    throw fault('bad-model', 'fault.modelForOtherTask', 'remedy.chooseOtherModel', { model: model.id, task: model.card.task, wanted: task })
  }
  return { ...model, card: model.card }
}
