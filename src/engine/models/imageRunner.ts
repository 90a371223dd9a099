import { fault } from '../../core/texts/wording.ts'
import { bind, fixedSize, type Bindings } from './bindings.ts'
import { settledRange } from './rangeProbe.ts'
import type { Session } from './sessions.ts'
import { brokenAnswer, faultOf, numberTensor, scaleIn, scaleOut, statedScaling, toTensor, toValues, type Values } from './tensors.ts'

/** What a network that turns pictures into pictures is given: planes in sRGB 0…1, and more where its card asks for it. */
export interface ImageRequest {
  /** Three planes, or one for networks that see grey; at the exact size of the network's input. */
  readonly image: Values
  /** 0…1, 1 where something is to be filled in. */
  readonly mask?: Values
  /** Values of scalar inputs, by role; what is missing is the card's default. */
  readonly scalars?: Readonly<Partial<Record<'weight' | 'temperature', number>>>
}

const copied = (values: Values): Values => ({ ...values, data: Float32Array.from(values.data) })

function inputValues(bindings: Bindings['inputs'][number], request: ImageRequest): Values {
  const { spec } = bindings
  const source = spec.build === 'mask' ? request.mask : request.image
  if (!source) throw fault('internal', 'fault.nothingToWorkOn', 'remedy.report', { name: spec.name })
  if (source.channels === spec.channels) return copied(source)
  // A network of three channels is given a grey picture three times; one of one channel the mean of three.
  const count = source.width * source.height
  const data = new Float32Array(count * spec.channels)
  for (let i = 0; i < count; i++) {
    let sum = 0
    for (let channel = 0; channel < source.channels; channel++) sum += source.data[channel * count + i] as number
    for (let channel = 0; channel < spec.channels; channel++) data[channel * count + i] = sum / source.channels
  }
  return { width: source.width, height: source.height, channels: spec.channels, data }
}

/**
 * Runs a network on one picture or tile of exactly its input size and gives its first picture-like answer, undone to
 * 0…1 (not clipped).
 * @throws HourglassError `bad-model` for answers that are no pictures
 */
export async function runImage(session: Session, request: ImageRequest): Promise<Values> {
  const bindings = bind(session)
  const verdict = await settledRange(session, bindings)
  const feeds = Object.fromEntries(
    bindings.inputs.map((input) => {
      const { spec, tensor } = input
      if (spec.build === 'scalar') {
        const wanted = spec.role === 'weight' || spec.role === 'temperature' ? request.scalars?.[spec.role] : undefined
        const dims = tensor.dims.map(() => 1)
        return [tensor.name, numberTensor(session.onnx, tensor.type, Float32Array.of(wanted ?? spec.default ?? 1), dims)]
      }
      const values = inputValues(input, request)
      scaleIn(values, spec.range === 'probe' && verdict ? verdict.input : statedScaling(spec))
      return [tensor.name, toTensor(session.onnx, spec, tensor.type, values)]
    }),
  )
  const results = await session.run(feeds)
  const output = bindings.outputs[0]
  const tensor = output && results[output.tensor.name]
  if (!tensor) throw fault('bad-model', 'fault.noAnswer', 'remedy.checkCard', { model: session.model.card.title })
  const values = scaleOut(toValues(tensor, bindings.inputs[0]?.spec.layout === 'NHWC'), output.spec, output.spec.meaning === 'rgb' ? verdict?.output : undefined)
  for (const result of Object.values(results)) result.dispose()
  const wrong = faultOf(values)
  if (wrong === 'not-finite') throw brokenAnswer(session, wrong)
  return values
}

/** Width and height that a session fixes, or null where they are free. */
export function fixedSizeOf(session: Session): { width: number; height: number } | null {
  return fixedSize(bind(session))
}
