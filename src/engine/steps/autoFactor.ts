import type { FactorSuggestion } from '../../contract/photos.ts'
import { colorfulnessOf, colorMoments } from '../../core/color/colorfulness.ts'
import { chooseFactor, disagreement, medianColors, type FactorMeasures } from '../../core/color/factorScore.ts'
import { fitIntoGamut, gamutFactor } from '../../core/color/gamut.ts'
import { colorSpread } from '../../core/color/spread.ts'
import { labToSrgb } from '../../core/color/srgb.ts'
import type { ColorizeParams } from '../../core/steps/colorize.ts'
import type { ModelCard } from '../../contract/models.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Model } from '../models/cards.ts'
import { resample } from '../models/resample.ts'
import type { TaskContext } from '../workers/context.ts'
import { sizeWithin, type LowCopy } from './lowCopy.ts'
import { askNetwork, vividnessOf, type NetworkRun } from './network.ts'
import { tonesFor } from './tones.ts'

/** Factors tried, as multiples of the card's own, in the order of preference; those too alike are passed over. */
const multiples = [1, 0.8, 1.25, 0.6, 1.6, 0.45, 2, 0.35] as const
const tries = 5
const leastStep = 1.08
/** Common size at which the answers are compared. */
const comparedSide = 256

/** Up to five factors around the card's default, inside its range, in rising order. */
export function factorsToTry(card: ModelCard): number[] {
  const range = card.renderFactor
  if (!range) return []
  const chosen: number[] = []
  for (const multiple of multiples) {
    const factor = Math.min(range.max, Math.max(range.min, Math.round(range.default * multiple)))
    const isNew = chosen.every((other) => Math.max(other, factor) / Math.min(other, factor) >= leastStep)
    if (isNew && chosen.length < tries) chosen.push(factor)
  }
  return chosen.sort((a, b) => a - b)
}

interface Compared {
  readonly width: number
  readonly height: number
  readonly lightness: Float32Array
}

function measured(run: NetworkRun, gain: number, at: Compared): { a: Float32Array; b: Float32Array; colorfulness: number; spread: number; gamutShare: number } {
  const { width, height, lightness } = at
  const a = resample(run.a, width, height).data.map((value) => value * gain)
  const b = resample(run.b, width, height).data.map((value) => value * gain)
  const rgb = new Uint8Array(3 * a.length)
  let reined = 0
  for (let i = 0; i < a.length; i++) {
    const [l, ai, bi] = [lightness[i] as number, a[i] as number, b[i] as number]
    if (gamutFactor(l, ai, bi) < 1) reined++
    labToSrgb(l, ...fitIntoGamut(l, ai, bi)).forEach((value, channel) => (rgb[3 * i + channel] = Math.round(255 * Math.min(1, Math.max(0, value)))))
  }
  return { a, b, colorfulness: colorfulnessOf(colorMoments(rgb)), spread: colorSpread(lightness, a, b, width, height), gamutShare: reined / a.length }
}

/**
 * Runs several factors, scores colourfulness against bleeding, disagreement and colours outside sRGB, and says why the
 * best one won. A model of fixed size has nothing to choose from, which is said as well.
 * @throws HourglassError when the model runs at none of them
 */
export async function autoFactor(task: TaskContext, copy: LowCopy, model: Model, params: ColorizeParams): Promise<FactorSuggestion> {
  const factors = factorsToTry(model.card)
  const tones = tonesFor(copy, params.tones)
  const size = sizeWithin(copy.size, comparedSide)
  const compared: Compared = { ...size, lightness: copy.lightnessAt(size, tones).data }
  const { gain } = vividnessOf(model, params.vividness)
  const tried: { factor: number; answer: ReturnType<typeof measured> }[] = []
  const runs = new Map<number, NetworkRun>()
  const ask = async (factor: number): Promise<NetworkRun> => {
    const run = runs.get(factor) ?? (await askNetwork(task, { copy, model, tones, params, factor }, ask))
    runs.set(factor, run)
    return run
  }
  let failure: unknown
  for (const [index, factor] of factors.entries()) {
    await task.pause()
    try {
      const run = await ask(factor)
      // Lowered for lack of memory: that factor is among the candidates already.
      if (run.factor === factor) tried.push({ factor, answer: measured(run, gain, compared) })
    } catch (thrown) {
      task.check()
      failure = thrown
    }
    task.progress((index + 1) / factors.length)
  }
  if (factors.length > 0 && tried.length === 0) throw failure ?? fault('too-large', 'fault.noFactorRan', 'remedy.smallerModel', { model: model.card.title })
  const median = medianColors(tried.map(({ answer }) => answer))
  const measures: FactorMeasures[] = tried.map(({ factor, answer }) => ({
    renderFactor: factor,
    colorfulness: answer.colorfulness,
    spread: answer.spread,
    disagreement: disagreement(compared.lightness, answer, median),
    gamutShare: answer.gamutShare,
  }))
  const choice = chooseFactor(measures)
  if (!choice) return { renderFactor: model.card.renderFactor?.default ?? 0, candidates: [], reason: { key: 'inspector.factorReason.fixed', values: { model: model.card.title } } }
  return {
    renderFactor: choice.best.renderFactor,
    candidates: [...choice.scored],
    reason: { key: `inspector.factorReason.${choice.reason}`, values: { factor: choice.best.renderFactor, tried: factors.join(', ') } },
  }
}
