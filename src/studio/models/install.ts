import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { modelCard, type ModelCard } from '../../contract/models.ts'
import { fault } from '../../core/texts/wording.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { writeFailure } from '../storage/failures.ts'

/**
 * The card for a weights file: the one given, with hash and length put right for this very file, else the one of the
 * network that the engine recognises.
 * @throws HourglassError `bad-model`
 */
export async function cardFor(engine: EngineClient, file: string, name: string, cardPath: string | null): Promise<ModelCard> {
  if (!cardPath) {
    const known = await engine.run('recognizeModel', { file }, { priority: 'visible' })
    if (known.card) return modelCard.parse({ ...known.card, sha256: known.sha256, bytes: known.bytes })
    throw fault('bad-model', 'fault.unknownNetwork', 'remedy.addWithCard', { file: name })
  }
  // With a card nothing is guessed: whether it fits the network is seen when the engine runs it.
  const known = { sha256: await hashOfFile(file), bytes: (await stat(file)).size }
  let raw: unknown
  try {
    raw = JSON.parse(await readFile(cardPath, 'utf8'))
  } catch (error) {
    throw fault('bad-model', 'fault.cardFileNoJson', 'remedy.chooseCard', { file: basename(cardPath) }, { cause: error })
  }
  const written = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : {}
  if (typeof written['sha256'] === 'string' && written['sha256'] !== known.sha256) {
    throw fault('bad-model', 'fault.weightsOfOtherCard', 'remedy.chooseWeights', { file: name, card: basename(cardPath) })
  }
  const parsed = modelCard.safeParse({ file: 'model.onnx', ...written, sha256: known.sha256, bytes: known.bytes })
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw fault('bad-model', 'fault.noModelCard', 'remedy.correctCardContents', { file: basename(cardPath), problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? '?'}` })
}

/** Puts weights and card into `home/<id>/`, then lets the engine run it once; what does not run is not kept. */
export async function install(engine: EngineClient, home: string, card: ModelCard, weights: string, move: boolean): Promise<string> {
  const folder = join(home, card.id)
  const temporary = join(home, `.${card.id}-${randomUUID().slice(0, 8)}.tmp`)
  try {
    await mkdir(temporary, { recursive: true })
    await placeFile(weights, join(temporary, card.file), move)
    await writeFile(join(temporary, 'card.json'), `${JSON.stringify(card, null, 2)}\n`)
    const verified = await engine.run('verifyModel', { folder: temporary }, { priority: 'visible' })
    if (!verified.ok) throw fault('bad-model', 'fault.modelDoesNotRun', 'remedy.fileAgainOrCard', { model: card.id, reason: verified.message })
    await rm(folder, { recursive: true, force: true })
    await rename(temporary, folder)
    return folder
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw writeFailure(error, folder)
  }
}

async function placeFile(from: string, to: string, move: boolean): Promise<void> {
  if (!move) return copyFile(from, to)
  try {
    await rename(from, to)
  } catch {
    // Another disk.
    await copyFile(from, to)
    await rm(from, { force: true })
  }
}

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/** Whether the weights are, byte for byte, what the card says. */
export async function hasRightBytes(folder: string, card: ModelCard): Promise<boolean> {
  return (await hashOfFile(join(folder, card.file))) === card.sha256
}
