import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { modelCard, type ModelCard } from '../../contract/models.ts'
import { fault, worded } from '../../core/texts/wording.ts'

/** A model as it lies on disk: its card, and where its weights are. */
export interface Model {
  readonly card: ModelCard
  readonly folder: string
  readonly file: string
}

const named = (path: string): string => `“${basename(path)}”`

async function statOf(path: string): Promise<{ size: number; mtimeMs: number } | null> {
  return stat(path).catch(() => null)
}

/**
 * Reads and checks `card.json` in a model's folder; the weights are looked for but not read.
 * @throws HourglassError `missing-model` (no folder, card or weights), `bad-model` (a card that says nothing usable)
 */
export async function readModel(folder: string): Promise<Model> {
  const path = join(folder, 'card.json')
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw fault('missing-model', 'fault.cardNotThere', 'remedy.otherModelOrInstall', { model: named(folder) }, { cause })
  })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw fault('bad-model', 'fault.cardNoJson', 'remedy.installAgain', { model: named(folder) }, { cause })
  }
  const parsed = modelCard.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw fault('bad-model', 'fault.cardWrong', 'remedy.correctCardOrInstall', { model: named(folder), place: issue?.path.join('.') || '/', problem: issue?.message ?? '?' }, { cause: parsed.error })
  }
  const file = join(folder, parsed.data.file)
  if (!(await statOf(file))) {
    throw fault('missing-model', 'fault.weightsMissing', 'remedy.installAgainInModels', { file: named(file), model: parsed.data.title })
  }
  return { card: parsed.data, folder, file }
}

const hashes = new Map<string, Promise<string>>()

/** SHA-256 of a file, remembered for as long as its size and time of change stay the same. */
export async function fileSha256(path: string): Promise<string> {
  const found = await stat(path)
  const key = `${path}\0${found.size}\0${found.mtimeMs}`
  let hash = hashes.get(key)
  if (!hash) {
    const hasher = createHash('sha256')
    hash = pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hasher).then(() => hasher.digest('hex'))
    hashes.set(key, hash)
    hash.catch(() => hashes.delete(key))
  }
  return hash
}

/**
 * Compares size and SHA-256 of the weights with the card.
 * @throws HourglassError `bad-model` when they are not the card's
 */
export async function checkWeights(model: Model): Promise<void> {
  const found = await statOf(model.file)
  const problem =
    found?.size === model.card.bytes
      ? (await fileSha256(model.file)) === model.card.sha256
        ? null
        : worded('fault.problem.otherContents')
      : worded('fault.problem.otherBytes', { bytes: found?.size ?? 0, expected: model.card.bytes })
  if (problem) {
    throw fault('bad-model', 'fault.weightsDistrusted', 'remedy.installAgainInModels', { file: named(model.file), model: model.card.title, problem })
  }
}

const checked = new Map<string, Promise<Model>>()

/** `readModel`, remembered while card and weights do not change on disk. */
export async function loadModel(folder: string): Promise<Model> {
  const card = await statOf(join(folder, 'card.json'))
  const key = `${folder}\0${card?.size}\0${card?.mtimeMs}`
  let model = checked.get(key)
  if (!model) {
    model = readModel(folder)
    checked.set(key, model)
    model.catch(() => checked.delete(key))
  }
  return model
}
