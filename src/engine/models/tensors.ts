import type { Tensor } from 'onnxruntime-node'
import type { HourglassError } from '../../contract/errors.ts'
import type { ModelInput, ModelOutput } from '../../contract/models.ts'
import { fault, worded } from '../../core/texts/wording.ts'
import { encodeSrgb } from '../../core/color/transfer.ts'
import { luminanceOf } from '../../core/color/lab.ts'
import { halfBits, halfValue } from './graph.ts'
import type { Onnx } from './onnx.ts'
import type { Session } from './sessions.ts'

/** Numbers of a picture for one input: planes one after another, each width × height. */
export interface Values {
  readonly width: number
  readonly height: number
  readonly channels: number
  readonly data: Float32Array
}

/** How the values of an input are scaled; what a range probe settles for cards that say "probe". */
export interface Scaling {
  readonly range: readonly [number, number]
  readonly mean: readonly number[]
  readonly std: readonly number[]
}

const at = (values: readonly number[], channel: number, otherwise: number): number => values[channel] ?? values[0] ?? otherwise

/** The scaling a card states; "probe" counts as 0…1 until the probe has spoken. */
export function statedScaling(spec: ModelInput): Scaling {
  return { range: spec.range === 'probe' ? [0, 1] : spec.range, mean: spec.mean, std: spec.std }
}

/** value 0…1 → (low + value · (high − low) − mean) ÷ std, in place. */
export function scaleIn(values: Values, scaling: Scaling): void {
  const size = values.width * values.height
  const [low, high] = scaling.range
  for (let channel = 0; channel < values.channels; channel++) {
    const std = at(scaling.std, channel, 1)
    const gain = (high - low) / std
    const offset = (low - at(scaling.mean, channel, 0)) / std
    if (gain === 1 && offset === 0) continue
    const end = (channel + 1) * size
    for (let i = channel * size; i < end; i++) values.data[i] = (values.data[i] as number) * gain + offset
  }
}

const greySteps = 4096
let greyTable: Float32Array | undefined

/** The sRGB sample (0…1) of a grey of L* 0…100. */
export function greyOf(lightness: number): number {
  greyTable ??= Float32Array.from({ length: greySteps + 1 }, (_, i) => encodeSrgb(luminanceOf((100 * i) / greySteps)))
  return greyTable[Math.round((Math.min(100, Math.max(0, lightness)) * greySteps) / 100)] as number
}

/** Wraps planes into a tensor of the layout and type that the session wants. */
export function toTensor(onnx: Onnx, spec: ModelInput, type: string, values: Values): Tensor {
  const { width, height, channels } = values
  let data = values.data
  let dims: readonly number[] = [1, channels, height, width]
  if (spec.layout === 'NHWC') {
    const size = width * height
    data = new Float32Array(values.data.length)
    for (let channel = 0; channel < channels; channel++) {
      for (let i = 0; i < size; i++) data[i * channels + channel] = values.data[channel * size + i] as number
    }
    dims = [1, height, width, channels]
  }
  return numberTensor(onnx, type, data, dims)
}

/**
 * A half-precision tensor. Where the language has a half-precision array of its own (Node 24) the runtime's JavaScript
 * insists on it and its native part cannot read it: so the bits go in as whole numbers and are renamed.
 */
function halfTensor(onnx: Onnx, data: Float32Array, dims: readonly number[]): Tensor {
  const tensor = new onnx.Tensor('uint16', Uint16Array.from(data, halfBits), dims)
  return Object.defineProperty(tensor, 'type', { value: 'float16' })
}

/** A tensor of floating-point numbers in one of the three widths networks use. */
export function numberTensor(onnx: Onnx, type: string, data: Float32Array, dims: readonly number[]): Tensor {
  switch (type) {
    case 'float16':
      return halfTensor(onnx, data, dims)
    case 'float64':
      return new onnx.Tensor('float64', Float64Array.from(data), dims)
    default:
      return new onnx.Tensor('float32', data, dims)
  }
}

/** The numbers of a tensor, whatever their width. */
export function numbersOf(tensor: Tensor): Float32Array {
  if (tensor.type === 'float32') return tensor.data as Float32Array
  if (tensor.type === 'float16') {
    const bits = tensor.data as ArrayLike<number>
    return bits instanceof Uint16Array ? Float32Array.from(bits, halfValue) : Float32Array.from(bits)
  }
  return Float32Array.from(tensor.data as ArrayLike<number>, Number)
}

/** Planes of an answer [1, C, H, W], [1, H, W, C], [1, H, W] or [H, W]. */
export function toValues(tensor: Tensor, channelsLast = false): Values {
  const data = numbersOf(tensor)
  const dims = tensor.dims.length === 4 ? tensor.dims : [1, 1, ...tensor.dims.slice(-2)]
  const [, first = 1, second = 1, third = 1] = dims
  if (!channelsLast) return { channels: first, height: second, width: third, data }
  const size = first * second
  const planes = new Float32Array(data.length)
  for (let i = 0; i < size; i++) {
    for (let channel = 0; channel < third; channel++) planes[channel * size + i] = data[i * third + channel] as number
  }
  return { channels: third, height: first, width: second, data: planes }
}

/** Undo of a card's output scaling: value · std + mean, then · scale + offset, then the activation. New planes. */
export function scaleOut(values: Values, spec: ModelOutput, settled?: { scale: number; mean?: readonly number[]; std?: readonly number[] }): Values {
  const size = values.width * values.height
  const scale = settled?.scale ?? (spec.scale === 'probe' ? 1 : spec.scale)
  const mean = settled?.mean ?? spec.mean ?? []
  const std = settled?.std ?? spec.std ?? []
  const data = new Float32Array(values.data.length)
  for (let channel = 0; channel < values.channels; channel++) {
    const gain = at(std, channel, 1) * scale
    const offset = at(mean, channel, 0) * scale + spec.offset
    const end = (channel + 1) * size
    for (let i = channel * size; i < end; i++) {
      const value = (values.data[i] as number) * gain + offset
      data[i] = spec.activation === 'sigmoid' ? 1 / (1 + Math.exp(-value)) : value
    }
  }
  return { ...values, data }
}

/** A network's answer that cannot be a picture: numbers that are not finite, or one number everywhere. */
export function faultOf(values: Values): 'not-finite' | 'constant' | null {
  const first = values.data[0] ?? 0
  let constant = values.data.length > 1
  for (let i = 0; i < values.data.length; i++) {
    const value = values.data[i] as number
    if (!Number.isFinite(value)) return 'not-finite'
    if (value !== first) constant = false
  }
  return constant ? 'constant' : null
}

/** The error for an answer that stays wrong also on the processor. */
export function brokenAnswer(session: Session, found: 'not-finite' | 'constant'): HourglassError {
  const what = worded(found === 'constant' ? 'fault.answer.constant' : 'fault.answer.notFinite')
  return fault('bad-model', 'fault.answeredWrong', 'remedy.otherModelOrFactor', { model: session.model.card.title, what })
}
