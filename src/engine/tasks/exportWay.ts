import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { fault } from '../../core/texts/wording.ts'
import { inBands, scratchBytes, wholeMb, type Plan } from '../pictures/cost.ts'
import { streamedFormats } from '../pictures/encode.ts'
import { named } from '../pictures/failures.ts'
import type { Picture } from '../pictures/index.ts'
import { engineMb, type Budget } from '../workers/budget.ts'

/** How a picture is worked on: all in memory, or in bands with its pixels on the disk. */
export type Way = { readonly by: 'whole'; readonly mb: number } | { readonly by: 'bands'; readonly mb: number; readonly bandBytes: number }

const rounded = (mb: number): number => Math.ceil(mb / 10) * 10

/**
 * The way that the memory setting allows, the quicker one first. The pixels are the same either way.
 * @param canBand the recipe can be worked off in bands
 * @param besideMb what the recipe takes beside the pixels
 * @throws HourglassError `too-large` where neither fits, before anything is decoded
 */
export function chooseWay(picture: Picture, plan: Plan, canBand: boolean, budget: Pick<Budget, 'roomMb' | 'limitMb'>, besideMb = 0): Way {
  const whole = wholeMb(picture, plan) + besideMb
  const { roomMb, limitMb } = budget
  if (whole <= roomMb) return { by: 'whole', mb: whole }
  const bands = canBand ? inBands(picture, plan, roomMb - besideMb) : null
  const banded = bands && { ...bands, mb: bands.mb + besideMb }
  if (banded && banded.mb <= roomMb) return { by: 'bands', ...banded }
  const { width, height, depth } = picture.info
  const values = { file: named(picture.path), width, height, depth, needed: rounded(engineMb + Math.min(whole, banded?.mb ?? whole)), limit: limitMb }
  if (streamedFormats.has(plan.format)) throw fault('too-large', 'fault.needsMemory', 'remedy.moreMemory', values)
  const format = plan.format === 'webp' ? 'WebP' : 'AVIF'
  throw canBand ? fault('too-large', 'fault.needsMemoryAs', 'remedy.moreMemoryOrFormat', { ...values, format }) : fault('too-large', 'fault.needsMemoryAs', 'remedy.moreMemory', { ...values, format })
}

/** @throws HourglassError `no-space` where the disk of the target has no room for the pixels and the file */
export async function assertScratchRoom(picture: Picture, plan: Plan, target: string): Promise<void> {
  const bytes = scratchBytes(picture, plan)
  const disk = await statfs(dirname(resolve(target))).catch(() => null)
  // What cannot be asked will be told by the writing itself.
  if (!disk || disk.bavail * disk.bsize > bytes) return
  throw fault('no-space', 'fault.noScratchSpace', 'remedy.spaceOrMemory', { target: named(target), file: named(picture.path), needed: rounded(bytes / 2 ** 20) })
}
