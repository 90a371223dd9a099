import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { modelCard } from '../../contract/models.ts'
import { fault } from '../../core/texts/wording.ts'
import { frechetOfFeatures } from '../../core/evaluate/frechet.ts'
import { oneColor, recolored, type Rgb } from '../../core/evaluate/picture.ts'
import { resizedSamples } from '../../core/evaluate/resize.ts'
import type { Model } from '../models/cards.ts'
import type { Session } from '../models/sessions.ts'
import { numbersOf, numberTensor } from '../models/tensors.ts'
import type { TaskContext } from '../workers/context.ts'
import { inTurns, rgbOf } from './evaluate.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Side of InceptionV3's input, where the network leaves it free. */
const usualSide = 299

/** A network of the user's that has no card: all that is needed of it is in its session. */
function strangerOf(file: string, bytes: number): Model {
  const card = modelCard.parse({
    id: 'evaluate-features',
    title: basename(file),
    // No task fits a network that answers features; sessions do not look at it.
    task: 'mask',
    file: 'features.onnx',
    sha256: '0'.repeat(64),
    bytes,
    licence: { spdx: 'unknown', commercial: false },
    source: file,
    inputs: [{ role: 'image', name: 'input', build: 'rgb' }],
    outputs: [{ name: 'output', meaning: 'logits' }],
    size: { mode: 'free' },
  })
  return { card, folder: '', file }
}

interface FeatureNetwork {
  readonly session: Session
  readonly input: Session['inputs'][number]
  readonly channelsLast: boolean
  readonly width: number
  readonly height: number
}

async function openNetwork(task: TaskContext, file: string): Promise<FeatureNetwork> {
  const found = await stat(file).catch(() => null)
  if (!found?.isFile()) throw fault('missing-model', 'fault.networkNotThere', 'remedy.pathOfOnnx', { file })
  const session = await task.studio.sessions.get(strangerOf(file, Math.max(1, found.size)))
  const [input] = session.inputs
  const dims = input?.dims ?? []
  const channelsLast = dims[3] === 3 && dims[1] !== 3
  if (!input || session.inputs.length !== 1 || dims.length !== 4 || !(channelsLast || dims[1] === 3 || dims[1] === null)) {
    throw fault('bad-model', 'fault.networkInput', 'remedy.inceptionInput', { file: basename(file) })
  }
  const [height, width] = channelsLast ? [dims[1], dims[2]] : [dims[2], dims[3]]
  return { session, input, channelsLast, width: width ?? usualSide, height: height ?? usualSide }
}

/** Features of one picture: the network's last answer of most numbers, planes of several pixels averaged. */
async function featuresOf(task: TaskContext, network: FeatureNetwork, rgb: Rgb, [low, high]: readonly [number, number]): Promise<Float32Array> {
  const { session, input, channelsLast, width, height } = network
  const samples = await inTurns(task, resizedSamples(rgb, { width, height }))
  const pixels = width * height
  const data = new Float32Array(samples.length)
  for (let i = 0; i < samples.length; i++) {
    const to = channelsLast ? i : (i % 3) * pixels + Math.floor(i / 3)
    data[to] = low + (Math.min(255, Math.max(0, samples[i] as number)) / 255) * (high - low)
  }
  const feed = numberTensor(session.onnx, input.type, data, channelsLast ? [1, height, width, 3] : [1, 3, height, width])
  const answers = Object.values(await session.run({ [input.name]: feed })).filter(({ dims }) => dims.length === 2 || dims.length === 4)
  const widths = answers.map(({ dims }) => (channelsLast ? dims.at(-1) : dims[1]) ?? 0)
  const best = answers[widths.indexOf(Math.max(...widths))]
  if (!best) throw fault('bad-model', 'fault.networkNoFeatures', 'remedy.inceptionOutput', { file: session.model.card.title })
  const dimensions = Math.max(...widths)
  const numbers = numbersOf(best)
  const places = numbers.length / dimensions
  const features = new Float32Array(dimensions)
  for (let i = 0; i < numbers.length; i++) {
    const dimension = channelsLast ? i % dimensions : Math.floor(i / places)
    features[dimension] = (features[dimension] as number) + (numbers[i] as number) / places
  }
  if (!features.every(Number.isFinite)) throw fault('bad-model', 'fault.networkNotFinite', 'remedy.inceptionRange', { file: session.model.card.title })
  return features
}

/**
 * Fréchet distances of a network's features. Every picture is brought to the network's size, whatever its shape, by
 * the same cubic filter.
 * @throws HourglassError `missing-model`, `bad-model`
 */
export async function frechet(input: TaskInput<'frechet'>, task: TaskContext): Promise<TaskOutput<'frechet'>> {
  const network = await openNetwork(task, input.model)
  const sets: Record<'real' | 'output' | 'grey' | 'meanColor', Float32Array[]> = { real: [], output: [], grey: [], meanColor: [] }
  for (const [done, pair] of input.pairs.entries()) {
    const truth = await rgbOf(pair.real)
    const pictures = {
      real: truth,
      output: await rgbOf(pair.output),
      grey: await inTurns(task, recolored(truth, oneColor(0, 0))),
      meanColor: await inTurns(task, recolored(truth, oneColor(input.meanColor.a, input.meanColor.b))),
    }
    for (const name of Object.keys(sets) as (keyof typeof sets)[]) {
      sets[name].push(await featuresOf(task, network, pictures[name], input.range))
      await task.pause()
    }
    task.progress((done + 1) / (input.pairs.length + 1))
  }
  const [output = 0, grey = 0, meanColor = 0] = frechetOfFeatures(sets.real, sets.output, sets.grey, sets.meanColor)
  return { output, grey, meanColor, pictures: input.pairs.length, dimensions: sets.real[0]?.length ?? 0 }
}
