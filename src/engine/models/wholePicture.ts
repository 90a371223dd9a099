import type { Tensor } from 'onnxruntime-node'
import { HourglassError } from '../../contract/errors.ts'
import type { ModelCard, ModelInput, ModelOutput } from '../../contract/models.ts'
import { bind, type BoundInput, type BoundOutput } from './bindings.ts'
import type { Session } from './sessions.ts'
import { brokenAnswer, faultOf, numbersOf, numberTensor, scaleIn, scaleOut, statedScaling, toTensor, toValues, type Values } from './tensors.ts'
import type { TileHooks } from './tiler.ts'

/**
 * Networks whose answer at a pixel depends on its neighbours and on a few numbers of the whole picture (docs/models.md,
 * "Statistics of the whole picture"): run over all tiles twice, once to measure and once to paint, they give what they
 * would give for the whole picture at once. Pixels of nothing around each tile:
 */
const margins = { measure: 2, paint: 1 }
const usualTile = 256

/** Whether a card's network wants what was found over the whole picture. */
export function wantsStatistics(card: ModelCard): boolean {
  return card.inputs.some((input) => input.build === 'statistics')
}

interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function tilesOf(image: Values, size: number): Region[] {
  const tiles: Region[] = []
  for (let y = 0; y < image.height; y += size) {
    for (let x = 0; x < image.width; x += size) tiles.push({ x, y, width: Math.min(size, image.width - x), height: Math.min(size, image.height - y) })
  }
  return tiles
}

/** A region with a margin around it, zero where there is no picture; and a plane that is 1 where there is. */
function cut(image: Values, region: Region, margin: number): { picture: Values; inside: Values } {
  const [width, height] = [region.width + 2 * margin, region.height + 2 * margin]
  const picture = new Float32Array(width * height * image.channels)
  const inside = new Float32Array(width * height)
  const [left, top] = [region.x - margin, region.y - margin]
  const [from, to] = [Math.max(0, left), Math.min(image.width, left + width)]
  for (let row = Math.max(0, top); row < Math.min(image.height, top + height); row++) {
    const at = (row - top) * width + from - left
    inside.fill(1, at, at + to - from)
    for (let channel = 0; channel < image.channels; channel++) {
      const start = (channel * image.height + row) * image.width
      picture.set(image.data.subarray(start + from, start + to), channel * width * height + at)
    }
  }
  return { picture: { width, height, channels: image.channels, data: picture }, inside: { width, height, channels: 1, data: inside } }
}

interface Parts {
  readonly image: BoundInput
  readonly inside: BoundInput
  readonly statistics: BoundInput
  readonly apply: BoundInput
  readonly rgb: BoundOutput
  readonly sum: BoundOutput
  readonly maximum: BoundOutput
}

function partsOf(session: Session): Parts {
  const { inputs, outputs } = bind(session)
  const missing = (what: string): HourglassError => new HourglassError('bad-model', `The card of the model “${session.model.card.title}” names no ${what}.`, 'Correct the card (docs/models.md describes it).')
  const input = (role: ModelInput['role']): BoundInput => {
    const found = inputs.find(({ spec }) => spec.role === role)
    if (!found) throw missing(`input “${role}”`)
    return found
  }
  const output = (meaning: ModelOutput['meaning']): BoundOutput => {
    const found = outputs.find(({ spec }) => spec.meaning === meaning)
    if (!found) throw missing(`output “${meaning}”`)
    return found
  }
  return { image: input('image'), inside: input('inside'), statistics: input('statistics'), apply: input('apply'), rgb: output('rgb'), sum: output('sum'), maximum: output('maximum') }
}

async function runTile(session: Session, parts: Parts, image: Values, region: Region, statistics: Float32Array | null): Promise<Record<string, Tensor>> {
  const { picture, inside } = cut(image, region, statistics ? margins.paint : margins.measure)
  scaleIn(picture, statedScaling(parts.image.spec))
  const channels = parts.statistics.spec.channels
  return session.run({
    [parts.image.tensor.name]: toTensor(session.onnx, parts.image.spec, parts.image.tensor.type, picture),
    [parts.inside.tensor.name]: toTensor(session.onnx, parts.inside.spec, parts.inside.tensor.type, inside),
    [parts.statistics.tensor.name]: numberTensor(session.onnx, parts.statistics.tensor.type, statistics ?? new Float32Array(channels), [1, channels, 1, 1]),
    [parts.apply.tensor.name]: numberTensor(session.onnx, parts.apply.tensor.type, Float32Array.of(statistics ? 1 : 0), [1]),
  })
}

/** Means, then maxima, over the whole picture. */
async function measured(session: Session, parts: Parts, image: Values, tiles: readonly Region[], hooks: TileHooks): Promise<Float32Array> {
  const half = parts.statistics.spec.channels / 2
  // Sums of millions of numbers: kept in double precision.
  const sums = new Float64Array(half)
  const maxima = new Float32Array(half).fill(Number.NEGATIVE_INFINITY)
  for (const [index, tile] of tiles.entries()) {
    await hooks.pause()
    const results = await runTile(session, parts, image, tile, null)
    const [sum, maximum] = [parts.sum, parts.maximum].map(({ tensor }) => results[tensor.name])
    if (!sum || !maximum || sum.size !== half || maximum.size !== half) {
      throw new HourglassError('bad-model', `The model “${session.model.card.title}” does not measure what its card says.`, 'Check its card.')
    }
    numbersOf(sum).forEach((value, i) => (sums[i] = (sums[i] as number) + value))
    numbersOf(maximum).forEach((value, i) => (maxima[i] = Math.max(maxima[i] as number, value)))
    for (const result of Object.values(results)) result.dispose()
    hooks.progress((index + 1) / (2 * tiles.length))
  }
  const count = image.width * image.height
  return Float32Array.from([...sums].map((sum) => sum / count).concat(...maxima))
}

/**
 * Runs such a network over a picture of any size: what comes out does not depend on the tiles.
 * @param image planes in sRGB 0…1
 * @returns planes of the same size, clipped to 0…1
 * @throws HourglassError `bad-model` where card and network do not fit, or the answer is no picture
 */
export async function runWithStatistics(session: Session, image: Values, hooks: TileHooks): Promise<Values> {
  const parts = partsOf(session)
  const tiles = tilesOf(image, session.model.card.tile?.size ?? usualTile)
  const statistics = await measured(session, parts, image, tiles, hooks)
  const data = new Float32Array(image.data.length)
  for (const [index, tile] of tiles.entries()) {
    await hooks.pause()
    const results = await runTile(session, parts, image, tile, statistics)
    const result = results[parts.rgb.tensor.name]
    const answer = result && scaleOut(toValues(result), parts.rgb.spec)
    if (!answer || answer.width !== tile.width || answer.height !== tile.height || answer.channels !== image.channels) {
      throw new HourglassError('bad-model', `The model “${session.model.card.title}” answered with a picture of another size.`, 'Check its card.')
    }
    if (faultOf(answer) === 'not-finite') throw brokenAnswer(session, 'not-finite')
    for (let channel = 0; channel < image.channels; channel++) {
      for (let row = 0; row < tile.height; row++) {
        const from = (channel * tile.height + row) * tile.width
        const to = (channel * image.height + tile.y + row) * image.width + tile.x
        for (let i = 0; i < tile.width; i++) data[to + i] = Math.min(1, Math.max(0, answer.data[from + i] as number))
      }
    }
    for (const each of Object.values(results)) each.dispose()
    hooks.progress(0.5 + (index + 1) / (2 * tiles.length))
  }
  return { ...image, data }
}
