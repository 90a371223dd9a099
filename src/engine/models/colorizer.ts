import type { ModelInput } from '../../contract/models.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Wording } from '../../contract/texts.ts'
import { fault } from '../../core/texts/wording.ts'
import { decodeSrgb } from '../../core/color/transfer.ts'
import { linearToLab } from '../../core/color/lab.ts'
import { labToSrgb } from '../../core/color/srgb.ts'
import { bind, fixedSize, type Bindings, type BoundInput } from './bindings.ts'
import type { Model } from './cards.ts'
import { confidenceOf, type Confidence } from './confidence.ts'
import { fitInto, networkSide, pictureIn, type Fit } from './fitting.ts'
import { settledRange, type RangeVerdict } from './rangeProbe.ts'
import { resample, type Plane, type Rect } from './resample.ts'
import type { Session, Sessions } from './sessions.ts'
import { brokenAnswer, faultOf, greyOf, numberTensor, scaleIn, scaleOut, statedScaling, toTensor, toValues, type Values } from './tensors.ts'

/** Hints as a network takes them: L*, a, b in Lab units where the mask is 1. Drawn by the caller at the size it is given. */
export interface HintPlanes {
  readonly lightness: Float32Array
  readonly a: Float32Array
  readonly b: Float32Array
  readonly mask: Float32Array
}

export interface ColorizeRequest {
  /** L* 0…100 of the whole picture, levelled as networks like it; any size, best near the network's. */
  readonly lightness: Plane
  /** Size the network should run at; fixed sizes and the card's multiple win. */
  readonly size: Size
  /** Draws the hints for an input of the given size that shows `rect` (in pixels of `lightness`); null: no hints. */
  readonly hints: ((size: Size, rect: Rect) => HintPlanes) | null
  /** Null: the card's own. */
  readonly temperature: number | null
  /** Other pictures are worked on beside this one (see `Sessions.get`). */
  readonly leaveCore?: boolean
}

export interface ColorizeAnswer {
  /** At the size of the network's answer, covering the whole picture. Lab units, clamped as the card says. */
  readonly a: Plane
  readonly b: Plane
  /** Three planes of sRGB 0…1 (not clipped), for networks that answer so; null for those that give a and b. */
  readonly rgb: Values | null
  /** Null where the network does not say. */
  readonly confidence: Confidence | null
  /** [width, height] of the input the network ran at. */
  readonly networkSize: readonly [number, number]
  readonly provider: Session['provider']
  /** Why this provider and not the one asked for. */
  readonly providerNote: string | null
  readonly providerWording: Wording | undefined
}

/** Whether a network can be guided by hints. */
export const takesHints = ({ card }: Model): boolean => card.inputs.some(({ build }) => build.startsWith('hint'))

function repeated(plane: Plane, channels: number, value: (lightness: number) => number): Values {
  const size = plane.width * plane.height
  const data = new Float32Array(size * channels)
  for (let i = 0; i < size; i++) data[i] = value(plane.data[i] as number)
  for (let channel = 1; channel < channels; channel++) data.copyWithin(channel * size, 0, size)
  return { width: plane.width, height: plane.height, channels, data }
}

/** ab from −128…128 into the input's range; no hints are zeros everywhere, scaled like any others. */
function hintChannels(hints: HintPlanes | null, size: Size, planes: readonly ('a' | 'b' | 'mask')[], spec: ModelInput): Values {
  const count = size.width * size.height
  const { range, mean, std } = statedScaling(spec)
  const data = new Float32Array(count * planes.length)
  planes.forEach((name, channel) => {
    const plane = hints?.[name]
    const isMask = name === 'mask'
    const [low, high] = isMask && spec.build === 'hintAbMask' ? [0, 1] : range
    const shift = isMask && spec.build === 'hintAbMask' ? 0 : (mean[channel] ?? mean[0] ?? 0)
    const scale = isMask && spec.build === 'hintAbMask' ? 1 : (std[channel] ?? std[0] ?? 1)
    const scaled = (value: number): number => (low + (isMask ? value : (value + 128) / 256) * (high - low) - shift) / scale
    const base = channel * count
    data.fill(scaled(0), base, base + count)
    for (let i = 0; plane && i < count; i++) data[base + i] = scaled(plane[i] as number)
  })
  return { ...size, channels: planes.length, data }
}

/** sRGB 0…1 of the hints in the input's range, then the mask 0 or 1; what no hint covers is 0, unscaled. */
function rgbHintChannels(hints: HintPlanes | null, size: Size, spec: ModelInput): Values {
  const count = size.width * size.height
  const data = new Float32Array(4 * count)
  const { range, mean, std } = statedScaling(spec)
  for (let i = 0; hints && i < count; i++) {
    if ((hints.mask[i] as number) === 0) continue
    labToSrgb(hints.lightness[i] as number, hints.a[i] as number, hints.b[i] as number).forEach((value, channel) => {
      data[channel * count + i] = (range[0] + value * (range[1] - range[0]) - (mean[channel] ?? mean[0] ?? 0)) / (std[channel] ?? std[0] ?? 1)
    })
    data[3 * count + i] = 1
  }
  return { ...size, channels: 4, data }
}

function valuesFor({ spec }: BoundInput, lightness: Plane, hints: HintPlanes | null, verdict: RangeVerdict | null): Values {
  const size: Size = { width: lightness.width, height: lightness.height }
  switch (spec.build) {
    case 'hintAbMask':
      return hintChannels(hints, size, ['a', 'b', 'mask'], spec)
    case 'hintRgbMask':
      return rgbHintChannels(hints, size, spec)
    case 'hintAb':
      return hintChannels(hints, size, ['a', 'b'], spec)
    case 'hintMask':
      return hintChannels(hints, size, ['mask'], spec)
    default: {
      // Every colorizer sees a grey picture: L* itself, or the grey whose L* it is, in one or three channels.
      const values = spec.build === 'lightness' ? repeated(lightness, spec.channels, (value) => value / 100) : repeated(lightness, spec.channels, greyOf)
      scaleIn(values, verdict?.input ?? statedScaling(spec))
      return values
    }
  }
}

async function answerOf(session: Session, bindings: Bindings, request: ColorizeRequest, fit: Fit): Promise<Map<string, Values>> {
  const verdict = await settledRange(session, bindings)
  const lightness = resample(request.lightness, fit.size.width, fit.size.height, fit.rect)
  const hints = request.hints?.(fit.size, fit.rect) ?? null
  const feeds = Object.fromEntries(
    bindings.inputs.map((input) => {
      const { spec, tensor } = input
      if (spec.build === 'scalar') {
        const value = spec.role === 'temperature' ? (request.temperature ?? spec.default ?? 1) : (spec.default ?? 0)
        return [tensor.name, numberTensor(session.onnx, tensor.type, Float32Array.of(value), tensor.dims.length === 0 ? [] : tensor.dims.map(() => 1))]
      }
      return [tensor.name, toTensor(session.onnx, spec, tensor.type, valuesFor(input, lightness, hints, verdict))]
    }),
  )
  const results = await session.run(feeds)
  const answers = new Map<string, Values>()
  for (const { spec, tensor } of bindings.outputs) {
    const result = results[tensor.name]
    if (!result) continue
    const channelsLast = bindings.inputs[0]?.spec.layout === 'NHWC'
    answers.set(spec.meaning, scaleOut(toValues(result, channelsLast), spec, spec.meaning === 'rgb' ? verdict?.output : undefined))
    result.dispose()
  }
  return answers
}

/** a and b of an RGB answer (0…1), clamped into the cube first. */
function abOfRgb(rgb: Values): { a: Plane; b: Plane } {
  const size = rgb.width * rgb.height
  const a = new Float32Array(size)
  const b = new Float32Array(size)
  const sample = (i: number): number => decodeSrgb(Math.min(1, Math.max(0, rgb.data[i] as number)))
  for (let i = 0; i < size; i++) {
    const [, ai, bi] = linearToLab(sample(i), sample(size + i), sample(2 * size + i))
    a[i] = ai
    b[i] = bi
  }
  return { a: { width: rgb.width, height: rgb.height, data: a }, b: { width: rgb.width, height: rgb.height, data: b } }
}

function abOf(answers: Map<string, Values>, clamp: number): { a: Plane; b: Plane } | null {
  const ab = answers.get('ab')
  const rgb = answers.get('rgb')
  if (!ab) return rgb ? abOfRgb(rgb) : null
  const size = ab.width * ab.height
  const data = ab.data.map((value) => Math.min(clamp, Math.max(-clamp, value)))
  const plane = (channel: number): Plane => ({ width: ab.width, height: ab.height, data: data.subarray(channel * size, (channel + 1) * size) })
  return { a: plane(0), b: plane(1) }
}

async function runOnce(session: Session, request: ColorizeRequest): Promise<ColorizeAnswer> {
  const bindings = bind(session)
  const { card } = session.model
  const picture: Size = { width: request.lightness.width, height: request.lightness.height }
  const fit = fitInto(picture, networkSide(card, request.size, fixedSize(bindings)), card.size.fit)
  const answers = await answerOf(session, bindings, request, fit)
  for (const meaning of ['ab', 'rgb']) {
    const values = answers.get(meaning)
    const wrong = values ? faultOf(values) : null
    // One number everywhere is an honest answer to a picture that is one grey.
    if (wrong && !(wrong === 'constant' && isFlat(request.lightness))) throw brokenAnswer(session, wrong)
  }
  const colors = abOf(answers, card.defaults.clampAb)
  if (!colors) throw fault('bad-model', 'fault.noColorOutput', 'remedy.correctCard', { model: card.title })
  const confidence = confidenceOf(answers, card)
  const whole = (plane: Plane): Plane => {
    const rect = pictureIn(fit, picture, plane)
    return resample(plane, Math.max(1, Math.round(rect.width)), Math.max(1, Math.round(rect.height)), rect)
  }
  return {
    a: whole(colors.a),
    b: whole(colors.b),
    rgb: rgbOf(answers, whole),
    confidence: confidence && { ...confidence, ...whole(confidence) },
    networkSize: [fit.size.width, fit.size.height],
    provider: session.provider,
    providerNote: session.note?.message ?? null,
    providerWording: session.note?.wording,
  }
}

/** The RGB answer, cut to the picture as every plane is. */
function rgbOf(answers: Map<string, Values>, whole: (plane: Plane) => Plane): Values | null {
  const rgb = answers.get('rgb')
  if (!rgb || answers.has('ab')) return null
  const size = rgb.width * rgb.height
  const planes = [0, 1, 2].map((channel) => whole({ width: rgb.width, height: rgb.height, data: rgb.data.subarray(channel * size, (channel + 1) * size) }))
  const [{ width, height, data }] = planes as [Plane, Plane, Plane]
  const all = new Float32Array(3 * data.length)
  planes.forEach((plane, channel) => all.set(plane.data, channel * data.length))
  return { width, height, channels: 3, data: all }
}

function isFlat(plane: Plane): boolean {
  const first = plane.data[0] ?? 0
  return plane.data.every((value) => Math.abs(value - first) < 1e-3)
}

/**
 * Runs a colorizer by its card alone. What fails on a graphics card is tried once more on the processor.
 * @throws HourglassError `bad-model` when card and network do not fit, or the answer is no picture
 */
export async function colorize(sessions: Sessions, model: Model, request: ColorizeRequest): Promise<ColorizeAnswer> {
  const shape = networkSide(model.card, request.size, null)
  const session = await sessions.get(model, shape, request.leaveCore)
  try {
    return await runOnce(session, request)
  } catch (thrown) {
    if (session.provider === 'cpu') throw thrown
    sessions.failOver(model, thrown)
    return runOnce(await sessions.get(model, shape, request.leaveCore), request)
  }
}
