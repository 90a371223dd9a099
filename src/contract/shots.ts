import { oc } from '@orpc/contract'
import { z } from 'zod'
import { hint } from './hints.ts'
import { assetId } from './ids.ts'
import { givenRate } from './rational.ts'
import { recipe, recipePatch } from './recipe.ts'
import { wording } from './texts.ts'

/** A reviewer's word on the colours of a shot. */
export const verdict = z.enum(['unseen', 'approved', 'redo'])
export type Verdict = z.infer<typeof verdict>

const frameNumber = z.number().int().nonnegative()

/** Colour hints placed on one frame; their places are fractions of the upright picture. */
export const frameHints = z.object({ frame: frameNumber, hints: z.array(hint).min(1).max(10_000) })
export type FrameHints = z.infer<typeof frameHints>

/** Frames that were filmed in one go, and how they are coloured. */
export const shot = z.object({
  /** Its own within the clip; stays when the shot's ends are moved. */
  id: z.string().min(1).max(64),
  from: frameNumber,
  /** Frame after the last. */
  to: z.number().int().positive(),
  recipe,
  /** How firmly colour is held steady, 0…1. */
  steady: z.number().min(0).max(1).default(1),
  /** By frame, ascending; only frames that have hints. */
  hints: z.array(frameHints).max(10_000).default([]),
  /** The frame whose colours are right: the others follow it. null: none is named. */
  reference: frameNumber.nullable().default(null),
  verdict: verdict.default('unseen'),
  /** Rises whenever its frames or their colours change: what was made of an older version is stale. */
  version: z.number().int().positive().default(1),
})
export type Shot = z.infer<typeof shot>

/** The shots of one clip: they follow each other without a gap, from frame 0 to the last. */
export const clipShots = z.object({
  /** Of the clip, as its shots were last looked for. */
  frames: z.number().int().positive(),
  /** The engine has looked for cuts; false: one shot stands for the whole clip. */
  found: z.boolean(),
  /** The clip is in colour already: it gets new colours only where that is asked for. */
  inColor: z.boolean().default(false),
  /** Frames a second that its numbered pictures are run at; null: the usual 24, or the clip has times of its own. */
  rate: givenRate,
  shots: z.array(shot).min(1).max(50_000),
})
export type ClipShots = z.infer<typeof clipShots>

export const shotsContract = {
  get: oc.input(z.object({ asset: assetId })).output(clipShots),
  /** Decodes the clip once and cuts it where the picture changes; each new shot keeps the recipe of the one it was part of. One gesture. */
  find: oc.input(z.object({ asset: assetId })).output(clipShots),
  /** One gesture: patches of the clip's `ClipShots`, applied and saved with their inverse. */
  change: oc.input(z.object({ asset: assetId, patches: z.array(recipePatch).min(1).max(1000), label: wording })).output(clipShots),
}
