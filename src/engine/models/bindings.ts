import type { HourglassError } from '../../contract/errors.ts'
import type { ModelInput, ModelOutput } from '../../contract/models.ts'
import type { Wording } from '../../contract/texts.ts'
import { fault, worded } from '../../core/texts/wording.ts'
import type { Session, TensorShape } from './sessions.ts'

export interface BoundInput {
  readonly spec: ModelInput
  readonly tensor: TensorShape
}
export interface BoundOutput {
  readonly spec: ModelOutput
  readonly tensor: TensorShape
}
/** A card's tensors found again in the session. */
export interface Bindings {
  readonly inputs: readonly BoundInput[]
  readonly outputs: readonly BoundOutput[]
}

const channelAxis = (spec: { layout?: 'NCHW' | 'NHWC' }): number => (spec.layout === 'NHWC' ? 3 : 1)

/** Whether a session's input can be this one: a scalar has at most two dimensions, a plane four and the right channels. */
function fits(spec: ModelInput, tensor: TensorShape): boolean {
  if (spec.build === 'scalar') return tensor.dims.length <= 2
  if (tensor.dims.length !== 4) return tensor.dims.length === 0
  const channels = tensor.dims[channelAxis(spec)]
  return channels === null || channels === undefined || channels === spec.channels
}

function bad(session: Session, problem: Wording): HourglassError {
  return fault('bad-model', 'fault.cardDoesNotFit', 'remedy.correctCardOrInstall', { model: session.model.card.title, problem })
}

/**
 * Finds the card's inputs and outputs in a session: by name, by alternative name, else the first free one of the
 * right kind. Names and dimensions of the session win over the card's.
 * @throws HourglassError `bad-model` when one is missing, or the session wants one that the card does not know
 */
export function bind(session: Session): Bindings {
  const { card } = session.model
  const freeInputs = new Set(session.inputs)
  const namedInput = (spec: ModelInput): TensorShape | undefined => [spec.name, ...spec.alternatives].map((name) => session.inputs.find((tensor) => tensor.name === name)).find((tensor) => tensor !== undefined)
  for (const spec of card.inputs) {
    const tensor = namedInput(spec)
    if (tensor) freeInputs.delete(tensor)
  }
  const inputs = card.inputs.map((spec) => {
    const tensor = namedInput(spec) ?? [...freeInputs].find((candidate) => fits(spec, candidate))
    if (!tensor) throw bad(session, worded('fault.problem.noInput', { name: spec.name }))
    freeInputs.delete(tensor)
    if (!fits(spec, tensor)) throw bad(session, worded('fault.problem.inputShape', { name: tensor.name, shape: tensor.dims.map((side) => side ?? '?').join('×'), channels: spec.channels }))
    return { spec, tensor }
  })
  const extra = [...freeInputs][0]
  if (extra) throw bad(session, worded('fault.problem.moreInput', { name: extra.name }))
  const freeOutputs = new Set(session.outputs)
  const outputs = card.outputs.map((spec) => {
    const byName = [spec.name, ...spec.alternatives].map((name) => session.outputs.find((tensor) => tensor.name === name)).find((tensor) => tensor !== undefined)
    const tensor = byName ?? [...freeOutputs][0]
    if (!tensor) throw bad(session, worded('fault.problem.noOutput', { name: spec.name }))
    freeOutputs.delete(tensor)
    return { spec, tensor }
  })
  return { inputs, outputs }
}

/** Height and width that the network itself fixes, where it does. */
export function fixedSize(bindings: Bindings): { width: number; height: number } | null {
  for (const { spec, tensor } of bindings.inputs) {
    if (spec.build === 'scalar' || spec.build === 'statistics' || tensor.dims.length !== 4) continue
    const [height, width] = spec.layout === 'NHWC' ? [tensor.dims[1], tensor.dims[2]] : [tensor.dims[2], tensor.dims[3]]
    if (height && width) return { width, height }
  }
  return null
}
