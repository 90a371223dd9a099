import { dirname } from 'node:path'
import { noted } from '../../core/texts/wording.ts'
import { composeStats, type ComposeStats, type ComposeSums } from '../kernels/compose.ts'
import { isFull, temporaryBeside } from '../pictures/atomic.ts'
import { encodeScratch } from '../pictures/encode.ts'
import { writeFailure } from '../pictures/failures.ts'
import { decodePicture, openPicture, sourceScratch, type Pixels, type SourceScratch } from '../pictures/index.ts'
import { laidOut, layoutOf, type Layout } from '../pictures/layout.ts'
import { giveBack, roomFor, type Samples } from '../pictures/samples.ts'
import { ScratchPicture } from '../pictures/scratch.ts'
import { planRecipe, worksOnPage } from '../steps/index.ts'
import { LowCopy } from '../steps/lowCopy.ts'
import type { StepPlan } from '../steps/step.ts'
import type { TaskContext } from '../workers/context.ts'
import { formatOf, writeComparison } from './comparison.ts'
import { driftOfRows } from './drift.ts'
import { fullOf } from './sources.ts'
import { comparisonSide, encodeOptions, warmUp, type Export, type Made } from './exportParts.ts'

/** Works on a band of rows at a time: what the step does to them, then how they lie in the file. */
async function composeOnto(out: ScratchPicture, source: SourceScratch, layout: Layout, plan: Pick<StepPlan, 'compose' | 'paint'>, task: TaskContext, bandBytes: number): Promise<ComposeStats | null> {
  const { color, alpha } = source
  const { width, height, depth } = color
  const most = Math.max(1, Math.min(height, Math.floor(bandBytes / ((width * 3 * depth) / 8))))
  const room = (channels: number): Samples => roomFor(depth, most * width * channels, true)
  const read = room(color.channels)
  const composed = plan.compose ? room(3) : read
  const alphaRows = alpha && room(1)
  const sums: ComposeSums[] = []
  for (let top = 0; top < height; top += most) {
    const rows = Math.min(most, height - top)
    const part = (samples: Samples, channels: number): Samples => samples.subarray(0, rows * width * channels)
    await color.readRows(top, part(read, color.channels))
    if (alpha && alphaRows) await alpha.readRows(top, part(alphaRows, 1))
    if (plan.compose) {
      const band = await task.studio.pool.composeBand(
        {
          size: { width, height },
          ...plan.compose,
          format: { channels: color.channels, depth },
          source: part(read, color.channels),
          output: part(composed, 3),
          band: { top, height: rows },
          cancel: task.cancel,
        },
        { yield: () => task.pause(), progress: () => undefined },
      )
      sums.push(...band)
    }
    const channels = plan.compose ? 3 : color.channels
    const band: Pixels = { data: part(composed, channels), width, height: rows, channels, depth, alpha: alphaRows && part(alphaRows, 1) }
    const painted = plan.paint ? await plan.paint(band, top) : null
    await out.writeRows(top, laidOut(painted ? { ...band, data: painted, channels: 3, alpha: null } : band, layout))
    if (painted) giveBack(painted)
    await task.pause()
    task.progress(0.35 + (0.25 * (top + rows)) / height)
  }
  return plan.compose ? composeStats(sums) : null
}

/** What fails while pixels go onto the disk is told as a failure to write the target they lie beside. */
async function writing<Result>(target: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    throw writeFailure(target, thrown, await isFull(dirname(target)))
  }
}

/** A view of a file for the comparison picture. */
async function smallView(path: string): Promise<Pixels> {
  return decodePicture(await openPicture(path), { box: { width: comparisonSide, height: comparisonSide }, depth: 8 })
}

/**
 * The way for pictures that the memory setting does not hold whole: decoded onto the disk beside the target, worked on in
 * bands of rows, streamed into the encoder. The file is the same, byte for byte; it takes about twice as long.
 */
export async function exportInBands(work: Export, bandBytes: number): Promise<Made> {
  const { input, task, picture, exact, plan: { widened } } = work
  const from = performance.now()
  const onBand = async (done: number): Promise<void> => {
    await task.pause()
    task.progress(0.02 + 0.28 * done)
  }
  const [source] = await Promise.all([writing(input.target, () => sourceScratch(picture, { beside: input.target, bandBytes, widened, onBand })), warmUp(work)])
  const out: ScratchPicture[] = []
  try {
    const decoded = performance.now()
    const times = { network: 0, compose: 0 }
    const copy = await LowCopy.of(source.color)
    const plan = await planRecipe(copy, input.recipe, { task, model: input.model, key: null, full: worksOnPage(input.recipe) ? { ...(await fullOf(task, input.source)), hasRoom: true } : null, inPlace: false, window: null, times })
    task.check()
    const planned = performance.now()
    const { width, height } = source.color
    const layout = layoutOf({ channels: plan.compose || plan.paint ? 3 : source.color.channels, hasAlpha: source.alpha !== null && !plan.paint }, { ...input, depth: work.depth, source: picture })
    const [filled, stats] = await writing(input.target, async () => {
      const file = await ScratchPicture.create(temporaryBeside(input.target), { width, height, channels: layout.channels, depth: layout.depth })
      out.push(file)
      return [file, await composeOnto(file, source, layout, plan, task, bandBytes)] as const
    })
    const figures = plan.figures(stats)
    const composed = performance.now()
    const options = await encodeOptions(work, { figures, trained: plan.trained })
    const encoded = await task.abortable((signal) => encodeScratch(filled, layout, { ...options, signal }))
    const written = performance.now()
    task.progress(0.9)
    // Its room on the disk is wanted for the file as decoded again.
    await filled.remove()
    const lumaDrift = exact ? figures.lumaDrift : await driftOfRows(source.color, input.target, task, bandBytes)
    if (input.compare !== null) await writeComparison(await smallView(input.source.path), await smallView(input.target), input.compare, formatOf(input.compare), input.overwrite)
    const inStrips = noted('in-strips', 'note.inStrips', { limit: task.studio.config.memoryMb })
    return { size: { width, height }, figures: { ...figures, notes: [...figures.notes, inStrips] }, encoded, lumaDrift, ms: { decode: decoded - from, network: times.network, compose: composed - planned, encode: written - composed } }
  } finally {
    await out[0]?.remove()
    await source.remove()
  }
}
