// `node build/doubt.ts MODEL_FOLDER PHOTOS [--factor N] [--write]`: where a colorizer's doubt begins. PHOTOS is a folder
// of colour photographs that the model was not trained on; a few hundred are enough. --write puts it into the card.
import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { srgbToLab } from '../src/core/color/srgb.ts'
import { levelled } from '../src/core/color/levels.ts'
import { networkSizeFor } from '../src/core/color/networkSize.ts'
import { lightnessTones } from '../src/core/color/tones.ts'
import { doubtLine, type Place } from '../src/core/photos/doubt.ts'
import { loadModel, type Model } from '../src/engine/models/cards.ts'
import { colorize } from '../src/engine/models/colorizer.ts'
import { Sessions } from '../src/engine/models/sessions.ts'
import { decodePicture } from '../src/engine/pictures/index.ts'
import { rowsOf } from '../src/engine/pictures/rows.ts'
import { LowCopy, sizeWithin } from '../src/engine/steps/lowCopy.ts'
import { writeMeasured } from './models/measured.ts'
import { say } from './run.ts'

/** Long side that networks of a fixed size are fed from. */
const fixedSide = 1024

/** Every cell of a network's answer to one photograph, beside the photograph's own colour there. */
async function placesOf(sessions: Sessions, model: Model, file: string, factor: number | null): Promise<Place[]> {
  const copy = await LowCopy.of(rowsOf(await decodePicture(file, { depth: 8 })))
  if (copy.channels === 1) return []
  const { card } = model
  const size = factor === null ? sizeWithin(copy.size, fixedSide) : networkSizeFor(factor, copy.size, card.size)
  const lightness = copy.lightnessAt(size, lightnessTones)
  const answer = await colorize(sessions, model, { lightness: { ...lightness, data: levelled(lightness.data) }, size, hints: null, temperature: card.defaults.temperature })
  const { a, b, confidence } = answer
  if (!confidence) throw new Error(`${card.id} does not say how sure it is: there is nothing to measure.`)
  const [red, green, blue] = copy.planesAt({ width: a.width, height: a.height })
  return Array.from(confidence.data, (value, i) => {
    const [, trueA, trueB] = srgbToLab(red?.data[i] ?? 0, green?.data[i] ?? 0, blue?.data[i] ?? 0)
    const scaled = (plane: Float32Array): number => (plane[i] ?? 0) * card.defaults.chromaScale
    return { confidence: value, error: Math.hypot(scaled(a.data) - trueA, scaled(b.data) - trueB) }
  })
}

const { values, positionals } = parseArgs({ options: { write: { type: 'boolean', default: false }, factor: { type: 'string' } }, allowPositionals: true })
const [folder, photos] = positionals
if (folder === undefined || photos === undefined) {
  say('node build/doubt.ts MODEL_FOLDER PHOTOS [--factor N] [--write]')
  process.exit(2)
}
const model = await loadModel(folder)
const factor = values.factor === undefined ? (model.card.renderFactor?.default ?? null) : Number(values.factor)
const sessions = new Sessions({ provider: 'cpu', threads: availableParallelism(), memoryMb: 1024 })
const files = readdirSync(photos).filter((name) => /\.(jpe?g|png|webp|tiff?)$/i.test(name)).sort()
const places: Place[] = []
for (const name of files) places.push(...(await placesOf(sessions, model, join(photos, name), factor)))
await sessions.releaseAll()

const line = doubtLine(places)
if (places.length === 0) {
  say(`${photos} holds no photograph in colour.`)
  process.exit(1)
}
// Without a line even the least sure places are mostly right: nothing is in doubt then.
const below = Number((line?.below ?? 0).toFixed(2))
process.stdout.write(`${JSON.stringify({ model: model.card.id, photos: files.length, ...line, below })}\n`)
if (values.write) writeMeasured(folder, 'defaults', { doubtBelow: below })
