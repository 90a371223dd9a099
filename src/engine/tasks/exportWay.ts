import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { HourglassError } from '../../contract/errors.ts'
import { inBands, scratchBytes, wholeMb, type Plan } from '../pictures/cost.ts'
import { streamedFormats } from '../pictures/encode.ts'
import { named } from '../pictures/failures.ts'
import type { Picture } from '../pictures/index.ts'
import { engineMb, type Budget } from '../workers/budget.ts'

/** How a picture is worked on: all in memory, or in bands with its pixels on the disk. */
export type Way = { readonly by: 'whole'; readonly mb: number } | { readonly by: 'bands'; readonly mb: number; readonly bandBytes: number }

const rounded = (mb: number): string => (Math.ceil(mb / 10) * 10).toLocaleString('en')

/**
 * The way that the memory setting allows, the quicker one first. The pixels are the same either way.
 * @param canBand the recipe can be worked off in bands
 * @throws HourglassError `too-large` where neither fits, before anything is decoded
 */
export function chooseWay(picture: Picture, plan: Plan, canBand: boolean, budget: Pick<Budget, 'roomMb' | 'limitMb'>): Way {
  const whole = wholeMb(picture, plan)
  const { roomMb, limitMb } = budget
  if (whole <= roomMb) return { by: 'whole', mb: whole }
  const banded = canBand ? inBands(picture, plan, roomMb) : null
  if (banded && banded.mb <= roomMb) return { by: 'bands', ...banded }
  const needed = engineMb + Math.min(whole, banded?.mb ?? whole)
  const { width, height, depth } = picture.info
  const streams = streamedFormats.has(plan.format)
  throw new HourglassError(
    'too-large',
    `${named(picture.path)} (${width} × ${height} pixels, ${depth} bit) needs about ${rounded(needed)} MB of memory${streams ? '' : ` as ${plan.format === 'webp' ? 'WebP' : 'AVIF'}`}; the memory setting allows ${limitMb.toLocaleString('en')} MB.`,
    `Allow ${rounded(needed)} MB in Settings or with HOURGLASS_MEMORY_MB, ${!streams && canBand ? 'export it as TIFF, PNG or JPEG, which need less, ' : ''}or make the picture smaller.`,
  )
}

/** @throws HourglassError `no-space` where the disk of the target has no room for the pixels and the file */
export async function assertScratchRoom(picture: Picture, plan: Plan, target: string): Promise<void> {
  const bytes = scratchBytes(picture, plan)
  const disk = await statfs(dirname(resolve(target))).catch(() => null)
  // What cannot be asked will be told by the writing itself.
  if (!disk || disk.bavail * disk.bsize > bytes) return
  throw new HourglassError(
    'no-space',
    `${named(target)} was not written: ${named(picture.path)} is larger than the memory setting allows, and the disk has no ${rounded(bytes / 2 ** 20)} MB free for its pixels.`,
    'Free some space, choose a folder on another disk, or allow more memory in Settings or with HOURGLASS_MEMORY_MB.',
  )
}
