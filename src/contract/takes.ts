import { oc } from '@orpc/contract'
import { z } from 'zod'
import { still } from './clipFrames.ts'
import { clipShot } from './clips.ts'
import { assetId, takeId } from './ids.ts'
import { size } from './pictures.ts'
import { compared, compareOptions, lumaFigures } from './review.ts'
import { clipShots } from './shots.ts'

const frame = z.number().int().nonnegative()
/** Frames [from, to) of a clip. */
const span = { from: frame, to: z.number().int().positive() }

/** The colours of a shot as one film had them: chunks that stay beside those of the film as it is now. */
export const keptTake = z.object({
  id: takeId,
  /** From 1 on; each other look of the shot has the next one, and keeps it for ever. */
  number: z.number().int().positive(),
  ...span,
  /** When it was made, ISO 8601. */
  at: z.iso.datetime(),
  /** The look it was made by. */
  look: clipShot,
  /** Frames of it whose colours, as a still has them, were carried through the shot. */
  right: z.array(frame),
  model: z.object({ id: z.string(), sha256: z.string() }),
  /** Files of its frames beside this record, in order. */
  chunks: z.array(z.object({ file: z.string().regex(/^chunk-[0-9a-f]{24}\.mov$/), ...span, bytes: z.number() })).min(1),
})
export type KeptTake = z.infer<typeof keptTake>

/** `takes.json` beside the chunks of a clip. */
export const takesFile = z.object({
  version: z.literal(1),
  /** Those that the film has now, by frame; no two of them share one. */
  current: z.array(keptTake),
  /** Those that were replaced, the last one first. */
  earlier: z.array(keptTake),
})
export type TakesFile = z.infer<typeof takesFile>
export const takesName = 'takes.json'
export const noTakes: TakesFile = { version: 1, current: [], earlier: [] }

/** Frames [from, to) of a clip in a file of their own; its frame 0 is the clip's frame `from`. */
export const clipPart = z.object({ path: z.string(), ...span })
export type ClipPart = z.infer<typeof clipPart>

const where = { /** The clip that they are frames of. */ clip: z.string(), cache: z.string().nullable(), frame, box: size, out: z.string() }

export const takeTasks = {
  /** Exactly this frame of a clip as JPEG into `out`, from a part of it: upright as the clip is, square pixels, fitted into `box`. */
  takeStill: { input: z.object({ ...where, part: clipPart }), output: z.object({ pts: z.number().int(), bytes: z.number().int() }) },
  /** The same frame of two parts compared at full size, as PNG into `out`; `one` null: the clip itself. */
  compareTakes: { input: z.object({ ...where, ...compareOptions, one: clipPart.nullable(), other: clipPart }), output: z.object({ luma: lumaFigures }) },
} as const

/** A take of a shot as pages know it. */
export const take = keptTake.pick({ id: true, number: true, from: true, to: true, at: true }).extend({ /** The film has it now. */ isCurrent: z.boolean(), bytes: z.number() })
export type Take = z.infer<typeof take>

/** Earlier colours of shots, kept when a film of their clip was brought up to date. */
export const takesContract = {
  /** Of a clip; those of its film first. */
  list: oc.input(z.object({ asset: assetId })).output(z.array(take)),
  /** Exactly this frame of a take; a frame that it does not have is refused. */
  still: oc.input(z.object({ asset: assetId, take: takeId, frame, box: size })).output(still),
  /** A frame of a take against the same frame of another one; `one` null: of the clip itself. */
  compare: oc.input(z.object({ asset: assetId, one: takeId.nullable(), other: takeId, frame, ...compareOptions, box: size })).output(compared),
  /** Gives the shot that holds a frame the look of a take again, as one gesture; the model stays the film's. */
  use: oc.input(z.object({ asset: assetId, take: takeId, frame })).output(clipShots),
}
