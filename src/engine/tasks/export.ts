import { setTimeout as delay } from 'node:timers/promises'
import { decodedDepth } from '../pictures/cost.ts'
import { hashFile, openPicture, staysLossless, type Picture } from '../pictures/index.ts'
import { layoutOf } from '../pictures/layout.ts'
import { isLargePage } from '../pages/fullPage.ts'
import { analysisMb } from '../pages/room.ts'
import { assertFits } from '../pictures/limits.ts'
import { worksInBands, worksOnPage } from '../steps/index.ts'
import type { TaskContext } from '../workers/context.ts'
import { exportInBands } from './exportBands.ts'
import type { Export, Input } from './exportParts.ts'
import { assertScratchRoom, chooseWay } from './exportWay.ts'
import { exportWhole } from './exportWhole.ts'
import { fullOf } from './sources.ts'
import type { TaskOutput } from './task.ts'

/** How long a picture that waits for memory sleeps at a time. */
const napMs = 20

/** What is to become of a picture, from its header alone. */
export function exportOf(input: Input, task: TaskContext, picture: Picture): Export {
  const { format } = input
  const depth = input.depth === 'same' ? picture.info.depth : input.depth
  const deep = format === 'png' || format === 'tiff'
  const widened = depth === 16 && deep && decodedDepth(picture) === 8
  const layout = layoutOf({ channels: 3, hasAlpha: picture.info.hasAlpha }, { format, depth, source: picture })
  const exact = (deep || staysLossless(picture, input)) && depth === (widened ? 16 : decodedDepth(picture)) && layout.back === null
  return { input, task, picture, depth, exact, plan: { layout, format, widened, inPlace: exact && !picture.grey, measured: !exact } }
}

/**
 * The recipe at full size, into a file of the user's: whole or not at all, never over the source. The drift told is
 * that of the file as written: from the composer where the format is lossless, else from decoding it again.
 * @throws HourglassError `too-large` where the memory setting does not allow it in any way
 */
export async function exportPicture(input: Input, task: TaskContext): Promise<TaskOutput<'export'>> {
  const from = performance.now()
  const picture = await openPicture(input.source.path)
  const work = exportOf(input, task, picture)
  const { budget } = task.studio
  const isPage = worksOnPage(input.recipe)
  assertFits(input.format, picture.info, input.target)
  const way = chooseWay(picture, work.plan, worksInBands(input.recipe), budget, isPage && isLargePage(picture.info) ? analysisMb(picture.info) : 0)
  if (way.by === 'bands') await assertScratchRoom(picture, work.plan, input.target)
  const giveBack = await budget.take(way.mb, () => delay(napMs).then(() => task.pause()), isPage ? (await fullOf(task, input.source)).key : null)
  try {
    task.check()
    task.progress(0.02)
    const { size, figures, encoded, lumaDrift, ms } = way.by === 'whole' ? await exportWhole(work) : await exportInBands(work, way.bandBytes)
    const sha256 = await hashFile(input.target)
    return {
      figures: { ...figures, ...size, depth: encoded.depth, lumaDrift, notes: [...picture.info.notes, ...figures.notes, ...encoded.notes], ms: { ...ms, total: performance.now() - from } },
      output: input.target,
      kept: encoded.kept,
      bytes: encoded.bytes,
      sha256,
    }
  } finally {
    giveBack()
  }
}
