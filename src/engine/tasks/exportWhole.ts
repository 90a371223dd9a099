import { decodePicture, encodePicture, type Encoded, type Pixels } from '../pictures/index.ts'
import { giveBack, toEightBit, toSixteenBit } from '../pictures/samples.ts'
import { runRecipe } from '../steps/index.ts'
import { fullOf } from './sources.ts'
import { formatOf, writeComparison } from './comparison.ts'
import { driftOfFile } from './drift.ts'
import { comparisonSide, encodeOptions, warmUp, type Export, type Made } from './exportParts.ts'
import { shrunk } from './views.ts'

/** Colours of a 16-bit file are worked out in 16 bits, whatever the tones came in. */
function widened(pixels: Pixels): Pixels {
  if (!(pixels.data instanceof Uint8Array)) return pixels
  const alpha = pixels.alpha instanceof Uint8Array ? toSixteenBit(pixels.alpha, true) : pixels.alpha
  return { ...pixels, depth: 16, data: toSixteenBit(pixels.data, true), alpha }
}

/** A small 8-bit copy for the comparison, made before the pixels are written over. */
function beforePicture(pixels: Pixels): Promise<Pixels> {
  const eight: Pixels = pixels.depth === 8 ? pixels : { ...pixels, depth: 8, data: toEightBit(pixels.data as Uint16Array), alpha: pixels.alpha && toEightBit(pixels.alpha as Uint16Array) }
  return shrunk(eight, { width: comparisonSide, height: comparisonSide })
}

/** The quicker way: all pixels in memory. */
export async function exportWhole(work: Export): Promise<Made> {
  const { input, task, picture, plan, exact } = work
  const from = performance.now()
  // Started first: the library's own threads decode while this one loads the network.
  const [read] = await Promise.all([decodePicture(picture, { shared: true }), warmUp(work)])
  const pixels = plan.widened ? widened(read) : read
  task.check()
  const decoded = performance.now()
  task.progress(0.25)
  const before = input.compare === null ? null : await beforePicture(pixels)
  const times = { network: 0, compose: 0 }
  const result = await runRecipe(pixels, input.recipe, { task, model: input.model, key: null, full: { ...(await fullOf(task, input.source)), hasRoom: true }, inPlace: exact, window: null, times })
  task.check()
  const composed = performance.now()
  task.progress(0.8)
  const options = await encodeOptions(work, result)
  const encoded: Encoded = await task.abortable((signal) => encodePicture(result.pixels, { ...options, signal }))
  const written = performance.now()
  // Used again at once, for the file as decoded from the disk.
  if (!exact && input.compare === null && result.pixels.data.buffer !== pixels.data.buffer) giveBack(result.pixels.data)
  task.progress(0.95)
  const [lumaDrift] = await Promise.all([
    exact ? result.figures.lumaDrift : driftOfFile(pixels, input.target, task),
    input.compare !== null && before ? writeComparison(before, result.pixels, input.compare, formatOf(input.compare), input.overwrite) : undefined,
  ])
  giveBack(pixels.data, pixels.alpha)
  const { width, height } = result.pixels
  return { size: { width, height }, figures: result.figures, encoded, lumaDrift, ms: { decode: decoded - from, ...times, encode: written - composed } }
}
