import type { Size } from '../../contract/pictures.ts'
import type { ColorizeParams } from '../../core/steps/colorize.ts'
import { colorize, type ColorizeAnswer } from '../models/colorizer.ts'
import { checkWeights, type Model } from '../models/cards.ts'
import type { Plane } from '../models/resample.ts'
import type { TaskContext } from '../workers/context.ts'
import { factorWithin, withLoweredFactor } from './factor.ts'
import { paintHints, spotsOf } from './hints.ts'
import { levelled, lightnessPlane, planesAt, sizeWithin, type LowCopy } from './lowCopy.ts'
import { networkSizeFor } from './networkSize.ts'
import type { ToneWeights } from '../../core/color/tones.ts'

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
  /** Looks at the picture in a mirror; for judging how steady an answer is. */
  readonly mirrored?: boolean
}

const mirrored = (plane: Plane): Plane => {
  const data = new Float32Array(plane.data.length)
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < plane.width; x++) data[y * plane.width + x] = plane.data[(y + 1) * plane.width - 1 - x] as number
  }
  return { ...plane, data }
}

/** Runs a colorizer on a picture; the answer's planes cover the whole picture. */
export async function askNetwork(task: TaskContext, question: NetworkQuestion): Promise<NetworkRun> {
  const { copy, model, tones, params } = question
  const { temperature, gain } = vividnessOf(model, params.vividness)
  const takesHints = model.card.inputs.some(({ build }) => build === 'hintAb' || build === 'hintAbMask')
  await checkWeights(model)
  const run = async (factor: number | null): Promise<ColorizeAnswer> => {
    task.check()
    const size: Size = factor === null ? sizeWithin(copy.size, fixedSide) : networkSizeFor(copy.size, factor, model.card.size)
    const flat = levelled(lightnessPlane(planesAt(copy, size), tones))
    const lightness = question.mirrored ? mirrored(flat) : flat
    const spots = takesHints && !question.mirrored ? spotsOf(params.hints, size) : []
    const answer = await colorize(task.studio.sessions, model, {
      lightness,
      size,
      hints: spots.length > 0 ? (input, rect) => paintHints(spots, input, rect, gain) : null,
      temperature,
    })
    if (!question.mirrored) return answer
    return { ...answer, a: mirrored(answer.a), b: mirrored(answer.b), confidence: answer.confidence && mirrored(answer.confidence) }
  }
  const { answer, factor, notes } = await withLoweredFactor(model.card, factorWithin(model.card, question.factor), run)
  return { ...answer, factor, notes }
}
