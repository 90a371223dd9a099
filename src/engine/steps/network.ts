import type { Size } from '../../contract/pictures.ts'
import { levelled } from '../../core/color/levels.ts'
import { networkSizeFor } from '../../core/color/networkSize.ts'
import type { ToneWeights } from '../../core/color/tones.ts'
import type { ColorizeParams } from '../../core/steps/colorize.ts'
import { colorize, takesHints, type ColorizeAnswer } from '../models/colorizer.ts'
import { checkWeights, type Model } from '../models/cards.ts'
import type { TaskContext } from '../workers/context.ts'
import { baseOf, ledBy } from './baseFactor.ts'
import { allowedFactor, factorFor, withLoweredFactor } from './factor.ts'
import { paintHints, spotsOf } from './hints.ts'
import { sizeWithin, type LowCopy } from './lowCopy.ts'

/** Long side of the lightness that networks of fixed size are fed from. */
const fixedSide = 1024

/**
 * How vividness reaches a picture: as gain on chroma, 0 → 0.6, 0.4 → 1, 1 → 1.6 times the card's own scale. A network
 * with a temperature keeps its card's: measured on photographs, a colder one makes some pictures livelier, and turns
 * others grey whose likeliest colour is none.
 */
export function vividnessOf(model: Model, vividness: number): { temperature: number | null; gain: number } {
  const { inputs, defaults } = model.card
  const takesTemperature = inputs.some(({ role }) => role === 'temperature')
  return { temperature: takesTemperature ? defaults.temperature : null, gain: defaults.chromaScale * (0.6 + vividness) }
}

/** Beside hints the plain mean, which is nearest on the whole: measured with ten true hints on 240 photographs (training/README.md, Hints in the product). */
const hintedTemperature = 1

export interface NetworkRun extends ColorizeAnswer {
  readonly factor: number | null
  readonly notes: readonly { readonly code: string; readonly message: string }[]
}

export interface NetworkQuestion {
  readonly copy: LowCopy
  readonly model: Model
  readonly tones: ToneWeights
  readonly params: Pick<ColorizeParams, 'vividness' | 'hints'>
  readonly factor: number | null
}

/**
 * Runs a colorizer on a picture; the answer's planes cover the whole picture.
 * @param askBase the answer at the base that the card names for higher factors; to be given where it is remembered
 */
export async function askNetwork(
  task: TaskContext,
  question: NetworkQuestion,
  askBase = (factor: number): Promise<NetworkRun> => askNetwork(task, { ...question, factor }),
): Promise<NetworkRun> {
  const { copy, model } = question
  const base = baseOf(model.card, factorFor(model.card, question.factor), copy.size)
  const broad = base === null ? null : await askBase(base)
  const run = await askOnce(task, question)
  return broad && (run.factor ?? 0) > (broad.factor ?? 0) ? ledBy(broad, run) : run
}

async function askOnce(task: TaskContext, question: NetworkQuestion): Promise<NetworkRun> {
  const { copy, model, tones, params } = question
  const { temperature, gain } = vividnessOf(model, params.vividness)
  await checkWeights(model)
  const run = async (factor: number | null): Promise<ColorizeAnswer> => {
    task.check()
    const size: Size = factor === null ? sizeWithin(copy.size, fixedSide) : networkSizeFor(factor, copy.size, model.card.size)
    const plane = copy.lightnessAt(size, tones)
    const spots = takesHints(model) ? spotsOf(params.hints, size) : []
    return colorize(task.studio.sessions, model, {
      // Old scans are flat, networks are used to full contrast.
      lightness: { ...plane, data: levelled(plane.data) },
      size,
      hints: spots.length > 0 ? (input, rect) => paintHints(spots, input, rect, gain) : null,
      temperature: temperature !== null && spots.length > 0 ? Math.max(temperature, hintedTemperature) : temperature,
      leaveCore: task.priority === 'job',
    })
  }
  const pixelsAt = (factor: number): number => {
    const { width, height } = networkSizeFor(factor, copy.size, model.card.size)
    return width * height
  }
  const allowed = allowedFactor(model.card, factorFor(model.card, question.factor), pixelsAt, task.studio.budget)
  const { answer, factor, notes } = await withLoweredFactor(model.card, allowed.factor, run)
  return { ...answer, factor, notes: [...allowed.notes, ...notes] }
}
