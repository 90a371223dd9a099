import type { Size } from '../../contract/pictures.ts'
import { levelled } from '../../core/color/levels.ts'
import { networkSizeFor } from '../../core/color/networkSize.ts'
import type { ToneWeights } from '../../core/color/tones.ts'
import type { ColorizeParams } from '../../core/steps/colorize.ts'
import { colorize, type ColorizeAnswer } from '../models/colorizer.ts'
import { checkWeights, type Model } from '../models/cards.ts'
import type { TaskContext } from '../workers/context.ts'
import { factorFor, withLoweredFactor } from './factor.ts'
import { paintHints, spotsOf } from './hints.ts'
import { sizeWithin, type LowCopy } from './lowCopy.ts'

/** Long side of the lightness that networks of fixed size are fed from. */
const fixedSide = 1024

/** How vividness reaches a network: through its temperature where that has a useful range, else as gain on chroma. */
export function vividnessOf(model: Model, vividness: number): { temperature: number | null; gain: number } {
  const { card } = model
  const input = card.inputs.find((candidate) => candidate.role === 'temperature' && candidate.range !== 'probe')
  const normal = card.defaults.temperature
  const [coldest, hottest] = input && input.range !== 'probe' ? input.range : [normal, normal]
  // Only where the usual temperature lies inside the range does moving it either way mean something: a network
  // whose range ends at the usual one only gets greyer by it.
  if (coldest < normal && normal < hottest) {
    const temperature = vividness <= 0.4 ? hottest + (normal - hottest) * (vividness / 0.4) : normal + (coldest - normal) * ((vividness - 0.4) / 0.6)
    return { temperature, gain: card.defaults.chromaScale }
  }
  // 0 → 0.6, 0.4 → 1, 1 → 1.6 times the card's own scale.
  return { temperature: input ? normal : null, gain: card.defaults.chromaScale * (0.6 + vividness) }
}

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

/** Runs a colorizer on a picture; the answer's planes cover the whole picture. */
export async function askNetwork(task: TaskContext, question: NetworkQuestion): Promise<NetworkRun> {
  const { copy, model, tones, params } = question
  const { temperature, gain } = vividnessOf(model, params.vividness)
  const takesHints = model.card.inputs.some(({ build }) => build === 'hintAb' || build === 'hintAbMask')
  await checkWeights(model)
  const run = async (factor: number | null): Promise<ColorizeAnswer> => {
    task.check()
    const size: Size = factor === null ? sizeWithin(copy.size, fixedSide) : networkSizeFor(factor, copy.size, model.card.size)
    const plane = copy.lightnessAt(size, tones)
    const spots = takesHints ? spotsOf(params.hints, size) : []
    return colorize(task.studio.sessions, model, {
      // Old scans are flat, networks are used to full contrast.
      lightness: { ...plane, data: levelled(plane.data) },
      size,
      hints: spots.length > 0 ? (input, rect) => paintHints(spots, input, rect, gain) : null,
      temperature,
      leaveCore: task.priority === 'job',
    })
  }
  const { answer, factor, notes } = await withLoweredFactor(model.card, factorFor(model.card, question.factor), run)
  return { ...answer, factor, notes }
}
