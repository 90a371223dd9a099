/** Memory that pages take, and whether the memory setting allows it. */
import type { Size } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import { engineMb } from '../workers/budget.ts'
import type { TaskContext } from '../workers/context.ts'
import { isLargePage } from './fullPage.ts'

const mb = 2 ** 20

/** Bytes a pixel of a page told apart: a height, and its share of the runs of labels and of the graph (measured 1.1 to 1.6). */
const analysisBytes = 1.6
/** What the windows that are flooded take beside it, bytes (basins.ts: 9 a pixel of a window, and what waits). */
const windowBytes = 160_000_000

const rounded = (value: number): number => Math.ceil(value / 10) * 10

/** MB that telling a page apart takes at its worst moment. */
export const analysisMb = ({ width, height }: Size): number => Math.ceil((analysisBytes * width * height + Math.min(windowBytes, 14 * width * height)) / mb)

/** Bytes a pixel that a page takes in layers at the worst moment: its planes, those of its lines and tones, the whole laid together, and the file. */
const layersBytes = 44

/** @throws HourglassError `too-large` where the memory setting does not allow a page in layers */
export function assertRoomForLayers({ width, height }: Size, path: string, { budget }: TaskContext['studio']): void {
  const needed = engineMb + (layersBytes * width * height) / mb
  if (isLargePage({ width, height }) && needed > budget.limitMb) throw fault('too-large', 'fault.layersNeedMemory', 'remedy.moreMemoryOrPicture', { file: named(path), width, height, needed: rounded(needed), limit: budget.limitMb })
}

/**
 * Takes room for telling a large page apart. It does not wait: whoever holds the room may be waiting for this very analysis.
 * @returns gives the room back; of a small page null
 * @throws HourglassError `too-large` where the memory setting does not allow it
 */
export function roomForAnalysis(page: Size, { budget }: TaskContext['studio']): (() => void) | null {
  if (!isLargePage(page)) return null
  const needed = analysisMb(page)
  if (needed > budget.roomMb) {
    const { width, height } = page
    throw fault('too-large', 'fault.pageNeedsMemory', 'remedy.moreMemory', { width, height, needed: rounded(engineMb + needed), limit: budget.limitMb })
  }
  return budget.claim(needed)
}
