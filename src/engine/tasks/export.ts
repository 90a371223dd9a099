import { basename, extname } from 'node:path'
import type { OutputFormat } from '../../contract/pictures.ts'
import { withFiles } from '../../core/steps/files.ts'
import { runnableSteps } from '../../core/steps/index.ts'
import { decodePicture, encodePicture, hashFile, openPicture, staysLossless, type Encoded, type Picture, type PictureLabel, type Pixels } from '../pictures/index.ts'
import { giveBack, toEightBit, toSixteenBit } from '../pictures/samples.ts'
import { warmUpColorize } from '../steps/colorize.ts'
import { runRecipe, type RecipeResult } from '../steps/index.ts'
import type { TaskContext } from '../workers/context.ts'
import { writeComparison } from './comparison.ts'
import { driftOfFile } from './drift.ts'
import type { TaskInput, TaskOutput } from './task.ts'
import { shrunk } from './views.ts'

type Input = TaskInput<'export'>

/** Long side of each half of a comparison picture, at most. */
const comparisonSide = 2048

/** Whether the file will hold the composed samples bit for bit, so that the composer's own figures are the file's. */
function keepsSamples(picture: Picture, input: Input, depth: 8 | 16, pixels: Pixels): boolean {
  const convertsBack = picture.profile?.kind === 'rgb-matrix' && !picture.grey && !picture.cmyk
  const lossless = input.format === 'png' || input.format === 'tiff' || staysLossless(picture, input)
  return lossless && depth === pixels.depth && !convertsBack
}

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

async function labelOf(input: Input, task: TaskContext, result: RecipeResult): Promise<PictureLabel | null> {
  if (!input.label) return null
  return {
    creatorTool: `Hourglass Studio ${task.studio.config.version}`,
    trained: result.trained,
    // Where the user keeps a file is nobody's business who gets the picture.
    recipe: withFiles(input.recipe, (path) => basename(path)),
    models: result.figures.model ? [result.figures.model] : [],
    source: input.source.sha256 ?? (await hashFile(input.source.path)),
    work: input.stamp ?? '',
  }
}

async function decodeAndWarmUp(input: Input, task: TaskContext, picture: Picture): Promise<Pixels> {
  // Started first: the library's own threads decode while this one loads the network.
  const decoding = decodePicture(picture, { shared: true })
  const colors = runnableSteps(input.recipe).some(({ step }) => step === 'colorize')
  // What is wrong with the model is told by the step itself, should it come to need it.
  const warming = colors ? warmUpColorize(task, input.model, picture.info.width * picture.info.height).catch(() => undefined) : undefined
  const [pixels] = await Promise.all([decoding, warming])
  return pixels
}

/**
 * The recipe at full size, into a file of the user's: whole or not at all, never over the source. The drift told is
 * that of the file as written: from the composer where the format is lossless, else from decoding it again.
 */
export async function exportPicture(input: Input, task: TaskContext): Promise<TaskOutput<'export'>> {
  const from = performance.now()
  const picture = await openPicture(input.source.path)
  task.check()
  task.progress(0.02)
  const wantedDepth = input.depth === 'same' ? picture.info.depth : input.depth
  const read = await decodeAndWarmUp(input, task, picture)
  const pixels = wantedDepth === 16 && (input.format === 'png' || input.format === 'tiff') ? widened(read) : read
  task.check()
  const decoded = performance.now()
  task.progress(0.25)
  const exact = keepsSamples(picture, input, wantedDepth, pixels)
  const before = input.compare === null ? null : await beforePicture(pixels)
  const times = { network: 0, compose: 0 }
  const result = await runRecipe(pixels, input.recipe, { task, model: input.model, key: null, inPlace: exact, window: null, times })
  task.check()
  const composed = performance.now()
  task.progress(0.8)
  const label = await labelOf(input, task, result)
  const encoded: Encoded = await task.abortable((signal) =>
    encodePicture(result.pixels, { path: input.target, format: input.format, quality: input.quality, depth: wantedDepth, source: picture, label, overwrite: input.overwrite, signal }),
  )
  const written = performance.now()
  // Used again at once, for the file as decoded from the disk.
  if (!exact && input.compare === null && result.pixels.data.buffer !== pixels.data.buffer) giveBack(result.pixels.data)
  task.progress(0.95)
  const [lumaDrift, sha256] = await Promise.all([
    exact ? result.figures.lumaDrift : driftOfFile(pixels, input.target, task),
    hashFile(input.target),
    input.compare !== null && before ? writeComparison(before, result.pixels, input.compare, formatOf(input.compare), input.overwrite) : undefined,
  ])
  const { width, height } = result.pixels
  giveBack(pixels.data, pixels.alpha)
  return {
    figures: {
      ...result.figures,
      width,
      height,
      depth: encoded.depth,
      lumaDrift,
      notes: [...picture.info.notes, ...result.figures.notes, ...encoded.notes],
      ms: { decode: decoded - from, network: times.network, compose: times.compose, encode: written - composed, total: performance.now() - from },
    },
    output: input.target,
    kept: encoded.kept,
    bytes: encoded.bytes,
    sha256,
  }
}

const formats: Readonly<Record<string, OutputFormat>> = { '.jpg': 'jpeg', '.jpeg': 'jpeg', '.png': 'png', '.tif': 'tiff', '.tiff': 'tiff', '.webp': 'webp', '.avif': 'avif' }

function formatOf(path: string): OutputFormat {
  return formats[extname(path).toLowerCase()] ?? 'jpeg'
}
