import { fault } from '../../core/texts/wording.ts'
import { networkSide } from './fitting.ts'
import { fixedSize, type Bindings } from './bindings.ts'
import type { Session } from './sessions.ts'
import { numberTensor, scaleIn, scaleOut, toTensor, toValues, type Scaling, type Values } from './tensors.ts'

/** What a probe found out about a network whose files differ under one name. */
export interface RangeVerdict {
  readonly name: '0–1' | '0–255' | 'ImageNet'
  readonly input: Scaling
  readonly output: { readonly scale: number; readonly mean: readonly number[]; readonly std: readonly number[] }
}

const imageNet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] }
const plainOutput = { mean: [0], std: [1] }

/** In the order of their likelihood for files that do not say. */
const candidates: readonly RangeVerdict[] = [
  { name: '0–1', input: { range: [0, 1], mean: [0], std: [1] }, output: { scale: 1, ...plainOutput } },
  { name: '0–255', input: { range: [0, 255], mean: [0], std: [1] }, output: { scale: 1 / 255, ...plainOutput } },
  { name: 'ImageNet', input: { range: [0, 1], ...imageNet }, output: { scale: 1, ...imageNet } },
]

const rampSteps = 16
/** Beyond it no colorizer's a or b is believable on a grey ramp. */
const mostAb = 130

const verdicts = new Map<string, Promise<RangeVerdict>>()

function ramp(width: number, height: number, channels: number): Values {
  const data = new Float32Array(width * height * channels)
  for (let i = 0; i < data.length; i++) data[i] = Math.floor(((i % width) * rampSteps) / width) / (rampSteps - 1)
  return { width, height, channels, data }
}

function luminanceFit(rgb: Values): { correlation: number; gain: number; error: number } {
  const { width, height, data } = rgb
  const size = width * height
  let [sx, sy, sxx, syy, sxy, error] = [0, 0, 0, 0, 0, 0]
  for (let i = 0; i < size; i++) {
    const x = Math.floor(((i % width) * rampSteps) / width) / (rampSteps - 1)
    const y = 0.299 * (data[i] as number) + 0.587 * (data[size + i] as number) + 0.114 * (data[2 * size + i] as number)
    sx += x
    sy += y
    sxx += x * x
    syy += y * y
    sxy += x * y
    error += Math.abs(y - x)
  }
  const covariance = sxy / size - (sx / size) * (sy / size)
  const varX = sxx / size - (sx / size) ** 2
  const varY = syy / size - (sy / size) ** 2
  return { correlation: covariance / Math.sqrt(varX * varY), gain: covariance / varX, error: error / size }
}

/** The score of an answer that is out of the question. */
const refused = Number.NEGATIVE_INFINITY

/** How well an answer fits a candidate: higher is better. */
function scoreOf(meaning: 'rgb' | 'ab', values: Values): number {
  if (values.data.some((value) => !Number.isFinite(value))) return refused
  if (meaning === 'ab') {
    const most = values.data.reduce((found, value) => Math.max(found, Math.abs(value)), 0)
    const constant = values.data.every((value) => value === values.data[0])
    return constant || most > mostAb ? refused : 1
  }
  const { correlation, gain, error } = luminanceFit(values)
  const believable = correlation > 0.9 && gain > 0.5 && gain < 2 && error < 0.3
  return believable ? correlation - Math.abs(Math.log(gain)) - 2 * error : refused
}

async function probe(session: Session, bindings: Bindings): Promise<RangeVerdict> {
  const { card } = session.model
  const size = networkSide(card, { width: 256, height: 256 }, fixedSize(bindings))
  const answer = bindings.outputs.find(({ spec }) => spec.meaning === 'rgb' || spec.meaning === 'ab')
  const scored: { candidate: RangeVerdict; score: number }[] = []
  for (const candidate of candidates) {
    const feeds = Object.fromEntries(
      bindings.inputs.map(({ spec, tensor }) => {
        if (spec.build === 'scalar') return [tensor.name, numberTensor(session.onnx, tensor.type, Float32Array.of(spec.default ?? 1), tensor.dims.map(() => 1))]
        const values = spec.range === 'probe' ? ramp(size.width, size.height, spec.channels) : { ...size, channels: spec.channels, data: new Float32Array(size.width * size.height * spec.channels) }
        if (spec.range === 'probe') scaleIn(values, candidate.input)
        return [tensor.name, toTensor(session.onnx, spec, tensor.type, values)]
      }),
    )
    const result = answer && (await session.run(feeds))[answer.tensor.name]
    if (!answer || !result) break
    const values = scaleOut(toValues(result, bindings.inputs[0]?.spec.layout === 'NHWC'), answer.spec, answer.spec.meaning === 'rgb' ? candidate.output : undefined)
    scored.push({ candidate, score: scoreOf(answer.spec.meaning === 'rgb' ? 'rgb' : 'ab', values) })
  }
  const best = scored.reduce<{ candidate: RangeVerdict; score: number } | null>((found, item) => (item.score > (found?.score ?? Number.NEGATIVE_INFINITY) ? item : found), null)
  if (!best) {
    throw fault('bad-model', 'fault.rangeNotFound', 'remedy.checkCardOrOther', { model: card.title })
  }
  return best.candidate
}

/**
 * The value range of a network whose card says "probe": a 16-step grey ramp is run in each range in use, and the one
 * whose answer keeps the ramp wins. Remembered by the hash of the weights. Null where the card knows its range.
 * @throws HourglassError `bad-model` when no range gives a believable picture
 */
export async function settledRange(session: Session, bindings: Bindings): Promise<RangeVerdict | null> {
  const asks = bindings.inputs.some(({ spec }) => spec.range === 'probe') || bindings.outputs.some(({ spec }) => spec.scale === 'probe')
  if (!asks) return null
  const key = session.model.card.sha256
  let verdict = verdicts.get(key)
  if (!verdict) {
    verdict = probe(session, bindings)
    verdicts.set(key, verdict)
    verdict.catch(() => verdicts.delete(key))
  }
  return verdict
}
