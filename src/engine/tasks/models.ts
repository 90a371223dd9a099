import { asHourglassError, CancelledError } from '../../contract/errors.ts'
import type { TextValue } from '../../contract/texts.ts'
import { phrase } from '../../core/texts/wording.ts'
import { checkWeights, fileSha256, readModel, type Model } from '../models/cards.ts'
import { tryOut } from '../models/tryOut.ts'
import { recognize } from '../models/signatures.ts'
import type { TaskContext } from '../workers/context.ts'
import { stat } from 'node:fs/promises'
import type { TaskInput, TaskOutput } from './task.ts'

/** Loads a model, checks its card against file and network, runs it once. */
export async function verifyModel(input: TaskInput<'verifyModel'>, task: TaskContext): Promise<TaskOutput<'verifyModel'>> {
  let model: Model | null = null
  try {
    model = await readModel(input.folder)
    await checkWeights(model)
    const { ms, provider } = await tryOut(task.studio.sessions, model)
    return { ok: true, ...phrase('check.modelFine', { model: model.card.title, provider, ms: Math.round(ms) }) }
  } catch (thrown) {
    if (thrown instanceof CancelledError) throw thrown
    const { message, remedy, wording } = asHourglassError(thrown)
    const value = (text: string, key: string | undefined): TextValue => (key === undefined ? text : { key, values: wording?.values })
    return { ok: false, ...phrase('check.errorAndRemedy', { message: value(message, wording?.message), remedy: value(remedy, wording?.remedy) }) }
  }
}

const runs = 5

/** Median time of one run at 256 px, after one run to warm up. */
export async function measureModel(input: TaskInput<'measureModel'>, task: TaskContext): Promise<TaskOutput<'measureModel'>> {
  const model = await readModel(input.folder)
  await checkWeights(model)
  let { provider } = await tryOut(task.studio.sessions, model)
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    await task.pause()
    const tried = await tryOut(task.studio.sessions, model)
    times.push(tried.ms)
    provider = tried.provider
  }
  return { ms: times.sort((a, b) => a - b)[Math.floor(runs / 2)] ?? 0, provider }
}

/** Which known network a file is; its card, ready to be written, with the value range already found out. */
export async function recognizeModel(input: TaskInput<'recognizeModel'>, task: TaskContext): Promise<TaskOutput<'recognizeModel'>> {
  const [sha256, { size: bytes }] = await Promise.all([fileSha256(input.file), stat(input.file)])
  task.check()
  const card = await recognize(task.studio.sessions, input.file, sha256, bytes)
  return { card, sha256, bytes, task: card?.task ?? null }
}
