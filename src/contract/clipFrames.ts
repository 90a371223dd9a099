import { oc } from '@orpc/contract'
import { z } from 'zod'
import { clipInfo } from './film.ts'
import { assetId, pictureKey } from './ids.ts'
import { size } from './pictures.ts'
import { rational } from './rational.ts'

/** What a page must know of a clip to name, find and time its frames. Ticks are in `timeBase`, as the file has them. */
export const clipTruth = z.object({
  info: clipInfo,
  timeBase: rational,
  /** Presentation timestamp of each frame, ticks; its place is the frame's number. */
  pts: z.array(z.number().int()),
  /** Frame numbers that can be decoded by themselves, ascending. */
  keys: z.array(z.number().int()),
  /** Frame numbers whose timestamp is missing, doubled or out of order. */
  doubtful: z.array(z.number().int()),
  /** Numbered pictures: they have no times but those of the rate that they are run at. */
  numbered: z.boolean(),
})
export type ClipTruth = z.infer<typeof clipTruth>

export const still = z.object({
  key: pictureKey,
  /** The number asked for: a neighbour is never given instead. */
  frame: z.number().int(),
})
export type Still = z.infer<typeof still>

export const filmContract = {
  /** What packets tell of a clip, at once; what a decode told, where there was one. */
  open: oc.input(z.object({ asset: assetId })).output(clipTruth),
  /** Decodes every frame of a clip once, from start to end: the frame check. Takes as long as that takes; aborting keeps nothing. */
  check: oc.input(z.object({ asset: assetId })).output(clipTruth),
  /** Exactly this frame, fitted into `box` device pixels. `ahead`: those near it are read beforehand, so that a step is quick. */
  still: oc.input(z.object({ asset: assetId, frame: z.number().int().nonnegative(), box: size, ahead: z.boolean().default(true) })).output(still),
}
