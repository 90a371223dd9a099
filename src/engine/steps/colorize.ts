import { createHash } from 'node:crypto'
import { noted } from '../../core/texts/wording.ts'
import { gamutTable } from '../../core/color/gamut.ts'
import { resizeCubic } from '../../core/color/bicubic.ts'
import { doubtShare } from '../../core/photos/doubt.ts'
import type { ColorizeParams } from '../../core/steps/colorize.ts'
import { prepareChroma, type ChromaPlanes, type NetworkChroma, type ComposeSettings, type ComposeStats } from '../kernels/compose.ts'
import { loadModel, type Model } from '../models/cards.ts'
import { takesHints } from '../models/colorizer.ts'
import type { Plane } from '../models/resample.ts'
import type { Pixels } from '../pictures/index.ts'
import { rowsOf } from '../pictures/rows.ts'
import { roomLike } from '../pictures/samples.ts'
import type { TaskContext } from '../workers/context.ts'
import { autoFactor } from './autoFactor.ts'
import type { GuidedColor } from './geodesic.ts'
import { spotsOf } from './hints.ts'
import { hintCorrections, hintInfluence } from './hintSpread.ts'
import { pixelAt, spreadByLikeness } from './likeness.ts'
import { LowCopy } from './lowCopy.ts'
import { askNetwork, vividnessOf, type NetworkRun } from './network.ts'
import { referenceColors, referenceMark } from './reference.ts'
import type { StepContext, StepFigures, StepPlan, StepResult } from './step.ts'
import { colorKindOfCopy, tonesFor } from './tones.ts'
import { around, cutOut } from './window.ts'

/** About what the levels of one copy take, beside the pixels, which are remembered anyway. */
const copyBytes = 8 * 2 ** 20

const bytesOf = (...planes: readonly (Plane | null)[]): number => planes.reduce((sum, plane) => sum + (plane?.data.byteLength ?? 0), 0)
const digest = (value: unknown): string => createHash('sha1').update(JSON.stringify(value)).digest('base64')

/** A result of this key is remembered where the picture has a name. */
function remembered<Value>(context: StepContext, what: string, sizeOf: (value: Value) => number, make: () => Promise<Value>): Promise<Value> {
  return context.key === null ? make() : context.task.studio.memo.get(`${context.key}\0${what}`, sizeOf, make)
}

/** The small copy of a picture, and what can be told from it. */
function copyOf(pixels: Pixels, context: StepContext): Promise<LowCopy> {
  return remembered(context, 'low', () => copyBytes, () => LowCopy.of(rowsOf(pixels)))
}

interface Prepared {
  readonly planes: ChromaPlanes
  readonly run: NetworkRun
}

function networkKey(model: Model, params: ColorizeParams, factor: number | null): string {
  const { temperature } = vividnessOf(model, params.vividness)
  // Vividness as a gain changes the network's input only through hints, which go in divided by it.
  const gain = params.hints.length > 0 ? params.vividness : null
  return digest([model.card.sha256, factor, params.tones, temperature, gain, params.hints])
}

/** The network's answer, remembered. */
function answer(copy: LowCopy, model: Model, params: ColorizeParams, factor: number | null, context: StepContext): Promise<NetworkRun> {
  return remembered(
    context,
    `network\0${networkKey(model, params, factor)}`,
    (run) => bytesOf(run.a, run.b, run.confidence),
    async () => {
      const from = performance.now()
      const before = context.times.network
      const run = await askNetwork(context.task, { copy, model, tones: tonesFor(copy, params.tones), params, factor }, (base) => answer(copy, model, params, base, context))
      // What the base took lies inside.
      context.times.network = before + performance.now() - from
      return run
    },
  )
}

/**
 * A place's look is the network's answer: where it comes near to a hint's colour, it means the same thing; a hint of a colour that
 * is foreign to the picture stays on its object. Measured on 240 photographs of known colours with ten true hints each
 * (training/README.md, Hints in the product).
 */
const unlike = { lightness: 14, way: 0.3, look: 20, own: 0.3 }

/** a and b at the size they are worked on; where hints are far, as the network says without them. */
async function networkColors(copy: LowCopy, model: Model, params: ColorizeParams, run: NetworkRun, context: StepContext): Promise<NetworkChroma> {
  const [width, height] = planeSize(copy, run)
  const lightness = copy.lightnessAt({ width, height }, tonesFor(copy, params.tones)).data
  const lifted = ({ a, b }: NetworkRun): NetworkChroma => ({ width, height, lightness, a: resizeCubic(a.data, a.width, a.height, width, height), b: resizeCubic(b.data, b.width, b.height, width, height) })
  const hinted = lifted(run)
  const spots = takesHints(model) ? spotsOf(params.hints, hinted) : []
  if (spots.length === 0) return hinted
  const bare = lifted(await answer(copy, model, { ...params, hints: [] }, run.factor, context))
  const influence = hintInfluence(bare, spots)
  const mixed = (near: Float32Array, far: Float32Array): Float32Array => far.map((value, i) => value + (influence[i] as number) * ((near[i] as number) - value))
  const colors = { ...bare, a: mixed(hinted.a, bare.a), b: mixed(hinted.b, bare.b) }
  const { gain } = vividnessOf(model, params.vividness)
  const likened = spots.map(({ x, y, a, b }) => ({ x, y, values: [a / gain, b / gain], lightness: lightness[pixelAt({ x, y }, colors)] as number, lookA: a / gain, lookB: b / gain }))
  spreadByLikeness([colors.a, colors.b], { width, height, data: lightness }, [colors.a, colors.b], likened, unlike, null)
  return colors
}

async function prepare(copy: LowCopy, model: Model, params: ColorizeParams, factor: number | null, context: StepContext): Promise<Prepared> {
  const run = await answer(copy, model, params, factor, context)
  const edgeRepair = params.edgeRepair * model.card.defaults.edgeRepair
  const planes = await remembered(
    context,
    `planes\0${networkKey(model, params, factor)}\0${edgeRepair}\0${referenceMark(params.reference)}`,
    (made) => 7 * made.a.byteLength,
    async () => {
      const network = await networkColors(copy, model, params, run, context)
      const colors = params.reference === null ? network : await referenceColors(network, params.reference)
      return prepareChroma({ ...network, a: colors.a, b: colors.b }, { edgeRepair })
    },
  )
  return { planes, run }
}

/** Planes are worked on at the network's size in the picture's own shape, however the network was fed. */
function planeSize(copy: LowCopy, run: NetworkRun): readonly [number, number] {
  const [networkWidth, networkHeight] = run.networkSize
  const scale = Math.min(1, Math.sqrt((networkWidth * networkHeight) / (copy.size.width * copy.size.height)))
  return [Math.max(1, Math.round(copy.size.width * scale)), Math.max(1, Math.round(copy.size.height * scale))]
}

async function settingsOf(prepared: Prepared, model: Model, params: ColorizeParams, copy: LowCopy, context: StepContext): Promise<{ planes: ChromaPlanes; settings: ComposeSettings }> {
  const { gain } = vividnessOf(model, params.vividness)
  const times = (plane: Float32Array): Float32Array => {
    const out = new Float32Array(new SharedArrayBuffer(plane.byteLength))
    for (let i = 0; i < out.length; i++) out[i] = (plane[i] as number) * gain
    return out
  }
  const { planes } = prepared
  const scaled: ChromaPlanes = { ...planes, a: times(planes.a), b: times(planes.b), slopeA: times(planes.slopeA), slopeB: times(planes.slopeB) }
  const settings: ComposeSettings = {
    strength: params.strength,
    saturation: params.saturation,
    warmth: params.warmth,
    keepTone: params.keepTone,
    tones: tonesFor(copy, params.tones),
  }
  const spots = spotsOf(params.hints, planes)
  if (spots.length === 0) return { planes: scaled, settings }
  const shown = params.strength * params.saturation
  const as = (share: number, from: ChromaPlanes): GuidedColor => ({ ...from, a: from.a.map((value) => value * share), b: from.b.map((value) => value * share) })
  const present = as(shown, scaled)
  const before = takesHints(model) ? as(shown * gain, (await prepare(copy, model, { ...params, hints: [] }, prepared.run.factor, context)).planes) : present
  const found = hintCorrections(present, before, spots)
  // A hint's colour is exact at full strength and fades with it below.
  const share = Math.min(1, params.strength)
  // Where a hint's colour stands as it is, it does not change with the tone of every pixel either.
  const calmed = (slopes: Float32Array): Float32Array => slopes.map((slope, i) => slope * (1 - (found.plain[i] as number)))
  const hinted: ChromaPlanes = { ...scaled, slopeA: calmed(scaled.slopeA), slopeB: calmed(scaled.slopeB) }
  return { planes: hinted, settings: { ...settings, corrections: { a: found.a.map((value) => value * share), b: found.b.map((value) => value * share) } } }
}

/** Room for the result: the picture's own memory where it may be written over and has the right layout. */
function roomFor(pixels: Pixels, inPlace: boolean): Pixels['data'] {
  return inPlace && pixels.channels === 3 ? pixels.data : roomLike(pixels.data, pixels.width * pixels.height * 3, true)
}

function meanOf(plane: Plane | null): number | null {
  return plane && plane.data.reduce((sum, value) => sum + value, 0) / plane.data.length
}

async function factorOf(copy: LowCopy, model: Model, params: ColorizeParams, context: StepContext): Promise<number | null> {
  if (params.renderFactor !== 'auto') return params.renderFactor
  const key = `auto\0${networkKey(model, params, null)}`
  const suggestion = await remembered(context, key, () => 1000, () => autoFactor(context.task, copy, model, params))
  return suggestion.renderFactor
}

/** Threads, weights and session are made ready while the picture, of so many pixels, is still being decoded. */
export async function warmUpColorize(task: TaskContext, folder: string, pixels: number): Promise<void> {
  task.studio.pool.warmUp(pixels)
  await task.studio.sessions.get(await loadModel(folder), undefined, task.priority === 'job')
  gamutTable()
}

/** Composes the picture, or the wanted part of it alone. */
async function composed(pixels: Pixels, planes: ChromaPlanes, settings: ComposeSettings, context: StepContext): Promise<{ result: Pixels; stats: ComposeStats }> {
  const { task, window } = context
  const part = window && around(window, pixels, planes, settings.corrections)
  const source = part ? cutOut(pixels, part.outer) : pixels
  const output = roomFor(source, context.inPlace && !part)
  const stats = await task.studio.pool.compose(
    {
      size: { width: source.width, height: source.height },
      planes: part?.planes ?? planes,
      settings: part ? { ...settings, corrections: part.corrections } : settings,
      format: { channels: pixels.channels, depth: pixels.depth },
      source: source.data,
      output,
      cancel: task.cancel,
    },
    { yield: () => task.pause(), progress: (done) => task.progress(0.3 + 0.5 * done) },
  )
  const whole: Pixels = { ...source, data: output, channels: 3 }
  if (!part || !window) return { result: whole, stats }
  return { result: cutOut(whole, { ...window, left: window.left - part.outer.left, top: window.top - part.outer.top }), stats }
}

/** What is to be done to each pixel, from a small copy of the picture. */
export async function planColorize(copy: LowCopy, params: ColorizeParams, context: StepContext): Promise<StepPlan> {
  const colorKind = await remembered(context, 'kind', () => 100, async () => colorKindOfCopy(copy))
  const alreadyColor = colorKind === 'color' && !params.forceColor
  const kept = (figures: StepFigures): StepPlan => ({ compose: null, figures: () => ({ colorKind, alreadyColor, ...figures }), confidence: null, trained: false })
  if (alreadyColor) return kept({ notes: [noted('already-color', 'note.alreadyColor')] })
  if (params.strength === 0) return kept({})

  const model = await loadModel(context.model)
  const factor = await factorOf(copy, model, params, context)
  const prepared = await prepare(copy, model, params, factor, context)
  const { run } = prepared
  return {
    compose: await settingsOf(prepared, model, params, copy, context),
    figures: (stats) => ({
      model: { id: model.card.id, sha256: model.card.sha256 },
      provider: run.provider,
      providerNote: run.providerNote,
      providerWording: run.providerWording,
      renderFactor: run.factor,
      networkSize: [...run.networkSize],
      ...(stats && { lumaDrift: { ...stats.lumaDrift }, colorfulness: stats.colorfulness, gamutShare: stats.gamutShare }),
      confidence: meanOf(run.confidence),
      doubt: run.confidence && doubtShare(run.confidence.data, run.confidence.doubtBelow),
      colorKind,
      alreadyColor: false,
      notes: [...run.notes],
    }),
    confidence: run.confidence,
    trained: true,
  }
}

/**
 * Gives a picture its colours. The result is RGB of the source's depth; at strength 0, and for a picture that is in
 * colour already, the source's own pixels.
 */
export async function runColorize(pixels: Pixels, params: ColorizeParams, context: StepContext): Promise<StepResult> {
  const copy = await copyOf(pixels, context)
  const plan = await planColorize(copy, params, context)
  // A copy without a name is remembered by nobody.
  if (context.key === null) copy.free()
  const { confidence, trained } = plan
  if (!plan.compose) return { pixels, figures: plan.figures(null), confidence, trained }
  const from = performance.now()
  const { result, stats } = await composed(pixels, plan.compose.planes, plan.compose.settings, context)
  context.times.compose += performance.now() - from
  return { pixels: result, figures: plan.figures(stats), confidence, trained }
}
