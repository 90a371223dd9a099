import sharp from 'sharp'
import type { Crop } from '../../contract/photos.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Confidence } from '../models/confidence.ts'
import { resample, type Plane, type Rect } from '../models/resample.ts'
import { encodeForScreen, writeForScreen } from '../pictures/index.ts'
import { runnableSteps } from '../../core/steps/index.ts'
import { warmUpColorize } from '../steps/colorize.ts'
import { runRecipe, worksOnPage } from '../steps/index.ts'
import type { StepContext } from '../steps/step.ts'
import type { TaskContext } from '../workers/context.ts'
import { cutOut } from '../steps/window.ts'
import { closeView, cropRect, fullOf, viewOf, type View } from './sources.ts'
import type { TaskInput, TaskOutput } from './task.ts'
import { beginningOf, shrunk } from './views.ts'

/** Confidence between wholly and not at all in doubt: a soft rim of the mask, not a second opinion. */
const doubtRim = 0.01
/** Steps of the mask per unit of confidence before it is enlarged: ±0.1 around the line fits into a byte. */
const maskScale = 1270

/**
 * A mask as large as the view: opaque where the network is in doubt, so that its area is the share that is told. The
 * page draws the hatching through it.
 */
async function writeDoubt(confidence: Confidence | null, part: Rect | null, size: Size, out: string): Promise<void> {
  const small = confidence ?? { width: 1, height: 1, data: Float32Array.of(1), doubtBelow: 0 }
  const shown = part ? resample(small, Math.min(size.width, small.width), Math.min(size.height, small.height), part) : small
  const rgba = new Uint8Array(4 * shown.data.length)
  shown.data.forEach((value, i) => {
    rgba[4 * i + 3] = Math.round(Math.min(255, Math.max(0, 127.5 + (small.doubtBelow - value) * maskScale)))
  })
  // Confidence is enlarged, then cut at the line: smooth outlines, where an enlarged mask would show the network's cells.
  const steepness = 255 / (doubtRim * maskScale)
  const png = await sharp(rgba, { raw: { width: shown.width, height: shown.height, channels: 4 } })
    .resize(size.width, size.height, { fit: 'fill', kernel: 'cubic' })
    .linear([1, 1, 1, steepness], [0, 0, 0, 127.5 * (1 - steepness)])
    .png({ compressionLevel: 3 })
    .toBuffer()
  await writeForScreen(out, png)
}

/** The view a recipe is run on: the whole picture in the box, or at the size in which a part of it fills the box. */
function sourceView(task: TaskContext, input: TaskInput<'render'>): Promise<View> {
  return input.crop ? closeView(task, input.source, input.box, input.crop, worksOnPage(input.recipe)) : viewOf(task, input.source, input.box)
}

/** The part of a plane that covers the whole picture which shows the crop. */
function partOf(plane: Plane, crop: Crop): Rect {
  return { x: crop.x * plane.width, y: crop.y * plane.height, width: crop.width * plane.width, height: crop.height * plane.height }
}

/** The recipe at view size: what the user looks at while moving a slider. */
export async function render(input: TaskInput<'render'>, task: TaskContext): Promise<TaskOutput<'render'>> {
  const from = performance.now()
  // Started first: the library's own threads decode while this one loads the network, if it has not yet.
  const viewing = sourceView(task, input)
  const colors = runnableSteps(input.recipe).some(({ step }) => step === 'colorize')
  const [view] = await Promise.all([viewing, colors ? warmUpColorize(task, input.model, input.box.width * input.box.height).catch(() => undefined) : undefined])
  task.check()
  const decoded = performance.now()
  const times = { network: 0, compose: 0 }
  const window = input.crop ? cropRect(input.crop, view.whole ?? view.pixels) : null
  const context: StepContext = { task, model: input.model, key: view.key, full: await fullOf(task, input.source), inPlace: false, whole: view.whole ?? null, window, times }
  const result = await runRecipe(view.pixels, input.recipe, context)
  task.check()
  const composed = performance.now()
  const whole = result.pixels.width === view.pixels.width && result.pixels.height === view.pixels.height
  const part = window && whole && !view.whole ? cutOut(result.pixels, window) : result.pixels
  const pixels = window ? await shrunk(part, input.box) : part
  const { confidence } = result
  const [size] = await Promise.all([
    encodeForScreen(pixels, input.out),
    input.doubtOut && writeDoubt(confidence, input.crop && confidence ? partOf(confidence, input.crop) : null, pixels, input.doubtOut),
    input.thumbnail && shrunk(worksOnPage(input.recipe) ? beginningOf(pixels) : pixels, { width: input.thumbnail.side, height: input.thumbnail.side }).then((small) => encodeForScreen(small, input.thumbnail?.out ?? '')),
  ])
  const now = performance.now()
  return {
    ...size,
    figures: {
      ...result.figures,
      ...size,
      depth: 8,
      notes: [...view.picture.info.notes, ...view.notes, ...result.figures.notes],
      ms: { decode: decoded - from, network: times.network, compose: times.compose, encode: now - composed, total: now - from },
    },
  }
}
