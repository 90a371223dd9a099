import sharp from 'sharp'
import { placesOf } from '../../core/pages/composing.ts'
import { regionRow } from '../../core/pages/regions.ts'
import { sizeBySheet } from '../../core/pages/sheet.ts'
import { analysePage, layoutOf } from '../pages/analysis.ts'
import { pageParams } from '../pages/params.ts'
import { writeAtomically, writePieces } from '../pictures/atomic.ts'
import type { TaskContext } from '../workers/context.ts'
import { fullOf } from './sources.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** A map has so many pixels at most: a strip is seen sheet by sheet. */
const mostPixels = 8_000_000

/** The regions of a page as a picture that a window can read: one colour a region, nothing smoothed. */
export async function regionMap({ source, recipe, side, out }: TaskInput<'regionMap'>, task: TaskContext): Promise<TaskOutput<'regionMap'>> {
  const params = pageParams(recipe)
  const full = await fullOf(task, source)
  const analysis = await analysePage(task, full, params)
  task.check()
  const { map } = analysis
  const { regions } = layoutOf(analysis, params)
  const { width, height } = sizeBySheet(map.relief, side, mostPixels)
  const places = placesOf(map, { width, height, part: { left: 0, top: 0, width, height } })
  const rgb = new Uint8Array(3 * places.length)
  const row = new Int32Array(map.relief.width)
  for (let n = 0; n < places.length; n++) {
    const [y, x] = [Math.floor((places[n] as number) / map.relief.stride) - 1, ((places[n] as number) % map.relief.stride) - 1]
    if (n % width === 0) regionRow(map, regions, y, row)
    const region = row[x] as number
    rgb[3 * n] = region >> 16
    rgb[3 * n + 1] = (region >> 8) & 255
    rgb[3 * n + 2] = region & 255
  }
  const png = await sharp(rgb, { raw: { width, height, channels: 3 } }).png({ compressionLevel: 3 }).toBuffer()
  await writeAtomically(out, { overwrite: true, original: source.path, durable: false }, (temporary) => writePieces(temporary, [png]))
  return { width, height }
}
