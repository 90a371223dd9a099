import { basename } from 'node:path'
import { modelCard, type ModelCard } from '../../contract/models.ts'
import { bind } from './bindings.ts'
import { fixedSizeOf, runImage } from './imageRunner.ts'
import type { Model } from './cards.ts'
import { settledRange } from './rangeProbe.ts'
import type { Session, Sessions, TensorShape } from './sessions.ts'
import { templates, type Template, type TemplateName } from './templates.ts'
import { tryOut } from './tryOut.ts'

const probeSide = 64

/** SHA-256 that publishers state. */
const knownHashes: Readonly<Record<string, TemplateName>> = {
  b4a4cecae9e84e776d665e85774815b0bb43de382813b02fb13144f8fd5d6c83: 'eccv16',
  '7db825910668ee321327d2e6b446e57cbc9c066e196e8be0e152bf76e1206eb7': 'siggraph17',
  '7df918ac3921d3daf0aae1d219776cf0dc4e4935f035af81841b40adcf74fdf2': 'lama',
  '07263f416febecce10193dd648e950b22e397cf521eedab1a114ef77b2bc9587': 'nafnet',
}

const channels = (tensor: TensorShape): number | null => tensor.dims[1] ?? null
const side = (tensor: TensorShape): number | null => tensor.dims[2] ?? null
const said = (name: string, ...words: string[]): boolean => words.some((word) => name.toLowerCase().includes(word))

/**
 * Which template fits the tensors. Where several networks share a signature (three channels in, three out) the file's
 * name decides; a name that says nothing decides nothing.
 */
export function templateFor(inputs: readonly TensorShape[], outputs: readonly TensorShape[], fileName: string): TemplateName | null {
  const planes = inputs.filter((tensor) => tensor.dims.length === 4)
  const [first] = planes
  const answer = outputs[0]
  if (!first || !answer) return null
  const given = planes.map((tensor) => channels(tensor))
  if (planes.length === 3 && given.includes(2)) return 'siggraph17-hints'
  if (inputs.length === 2 && planes.length === 2 && given.includes(1) && given.includes(3) && channels(answer) === 3) return 'lama'
  if (planes.length !== 1) return null
  if (channels(first) === 1 && channels(answer) === 2) return said(fileName, 'eccv') ? 'eccv16' : 'siggraph17'
  if (channels(first) === 3 && channels(answer) === 2) return side(first) === null ? 'ddcolor' : 'ddcolor-fixed'
  if (channels(first) !== 3 || (channels(answer) ?? 3) !== 3) return null
  if (said(fileName, 'esrgan', 'sr_', '_x2', '_x4', 'x4plus', 'x2plus')) return 'real-esrgan'
  if (said(fileName, 'scunet')) return 'scunet'
  if (said(fileName, 'nafnet')) return 'nafnet'
  if (said(fileName, 'deoldify', 'colorize', 'artistic', 'stable')) {
    if (side(first) !== null) return 'deoldify-fixed'
    return said(fileName, 'video') ? 'deoldify-video' : said(fileName, 'stable') ? 'deoldify-stable' : 'deoldify-artistic'
  }
  const [inSide, outSide] = [side(first), side(answer)]
  return inSide !== null && outSide !== null && outSide > inSide ? 'real-esrgan' : null
}

function cardFrom(template: Template, file: string, sha256: string, bytes: number): ModelCard {
  // exactOptional: an absent render factor is absent, not undefined.
  const { renderFactor, ...rest } = template
  return modelCard.parse({ ...rest, ...(renderFactor ? { renderFactor } : {}), file: basename(file), sha256, bytes })
}

/** What the session itself fixes goes into the card: names, a fixed side, and the range that a probe found. */
async function settled(session: Session, card: ModelCard): Promise<ModelCard> {
  const bindings = bind(session)
  const verdict = await settledRange(session, bindings)
  const inputs = card.inputs.map((input, i) => {
    const { name } = bindings.inputs[i]?.tensor ?? input
    return input.range === 'probe' && verdict ? { ...input, name, range: [verdict.input.range[0], verdict.input.range[1]] as [number, number], mean: [...verdict.input.mean], std: [...verdict.input.std] } : { ...input, name }
  })
  const outputs = card.outputs.map((output, i) => {
    const { name } = bindings.outputs[i]?.tensor ?? output
    if (output.scale !== 'probe' || !verdict) return { ...output, name }
    const { scale, mean, std } = verdict.output
    const plain = std.every((value) => value === 1)
    return { ...output, name, scale, ...(plain ? {} : { mean: [...mean], std: [...std] }) }
  })
  const fixed = bindings.inputs[0]?.tensor.dims[2] ?? null
  const size = fixed !== null && card.size.mode === 'fixed' ? { ...card.size, default: fixed } : card.size
  return { ...card, inputs, outputs, size }
}

/** How much larger an upscaler's answer is than its input, found out by one run; the card states the inverse. */
async function withStride(sessions: Sessions, model: Model): Promise<ModelCard> {
  const { card } = model
  if (card.task !== 'super-resolution') return card
  const session = await sessions.get(model)
  const size = fixedSizeOf(session) ?? { width: probeSide, height: probeSide }
  const answer = await runImage(session, { image: { ...size, channels: 3, data: new Float32Array(3 * size.width * size.height).map((_, i) => (i % 7) / 7) } })
  return { ...card, outputs: card.outputs.map((output) => ({ ...output, stride: size.width / answer.width })) }
}

/**
 * Recognises a network's file: by hash, else by its tensors and name. The card it gets has been tried: names, fixed
 * sizes and value range are those of the file. Null for a network that is not known; it needs a card by hand.
 * @throws HourglassError `bad-model` when the file is no network that can be loaded, or does not behave as expected
 */
export async function recognize(sessions: Sessions, file: string, sha256: string, bytes: number): Promise<ModelCard | null> {
  const any: Model = { card: cardFrom({ ...templates['deoldify-artistic'], title: basename(file) }, file.endsWith('.onnx') ? file : `${file}.onnx`, sha256, bytes), folder: '', file }
  const session = await sessions.get(any)
  const name = knownHashes[sha256] ?? templateFor(session.inputs, session.outputs, basename(file))
  if (!name) return null
  const card = cardFrom(templates[name], any.card.file, sha256, bytes)
  const model: Model = { card, folder: '', file }
  const found = await settled({ ...session, model }, card)
  await tryOut(sessions, { ...model, card: found })
  return withStride(sessions, { ...model, card: found })
}
