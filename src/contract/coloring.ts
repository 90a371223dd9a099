import { oc } from '@orpc/contract'
import { z } from 'zod'
import { still } from './clipFrames.ts'
import { clipPreset, clipResult } from './clips.ts'
import { assetId, filmId, grantId, jobId } from './ids.ts'
import { note, size } from './pictures.ts'
import { recipe } from './recipe.ts'

export const colorStillRequest = z.object({
  asset: assetId,
  frame: z.number().int().nonnegative(),
  /** The recipe of the frame's shot as it stands under the user's hand, with the hints of this frame. */
  recipe,
  box: size,
  /** A newer request of the same lane aborts the older. Each window and tab has lanes of its own. */
  lane: z.string().max(200),
  /** interactive: under the user's hand; visible: on the screen. */
  priority: z.enum(['interactive', 'visible']).default('interactive'),
})
export type ColorStillRequest = z.input<typeof colorStillRequest>

/** Containers that films are written into, and formats of numbered pictures. */
export const filmEnding = z.enum(['mp4', 'mov', 'mkv', 'png', 'tif'])
export type FilmEnding = z.infer<typeof filmEnding>

export const filmOptions = z.object({
  preset: clipPreset.default('visual'),
  /** null: the source's where it holds preset and sound, else the one that does. Of numbered pictures their own. */
  ending: filmEnding.nullable().default(null),
  /** `{name}` is the source's name without extension. */
  naming: z.string().min(1).max(200).default('{name}-colour'),
  onConflict: z.enum(['number', 'overwrite']).default('number'),
})
export type FilmOptions = z.input<typeof filmOptions>

const range = {
  asset: assetId,
  from: z.number().int().nonnegative().default(0),
  /** Frame after the last; null: the end. */
  to: z.number().int().positive().nullable().default(null),
  options: filmOptions,
}

/** What is known before the first frame is coloured. */
export const preflight = z.object({
  name: z.string(),
  frames: z.number().int(),
  encoding: z.string(),
  /** Megabytes that chunks and film need together, about; and those that are free where they go (null: not known). */
  neededMb: z.number(),
  freeMb: z.number().nullable(),
  notes: z.array(note),
})
export type Preflight = z.infer<typeof preflight>

/** A film that was written, with the proof of what it kept. */
export const film = z.object({
  id: filmId,
  /** null: a film of the edit. */
  asset: assetId.nullable(),
  at: z.string(),
  name: z.string(),
  preset: clipPreset,
  /** Ending of its pictures; null: it is one file. */
  pictures: z.string().nullable().default(null),
  from: z.number().int(),
  to: z.number().int(),
  /** Shots as they were coloured. */
  shots: z.array(z.object({ id: z.string(), version: z.number().int() })),
  /** Of the edit: the parts it was made of. */
  parts: z.array(z.object({ asset: assetId, from: z.number().int(), to: z.number().int() })).default([]),
  result: clipResult,
  /** The file; null where it is not there any more. */
  file: grantId.nullable(),
  downloadable: z.boolean(),
})
export type Film = z.infer<typeof film>

/** Clips in colour. */
export const coloringContract = {
  /** Exactly this frame in colour, its luma untouched. The colour is the model's for the frame alone, before it is held steady along the shot. */
  still: oc.input(colorStillRequest).output(still),
  /** Exactly this frame as a PNG at full size: by a recipe in colour, or (null) as it is. Without a folder the file waits for the host to hand it over as a download. */
  saveFrame: oc.input(z.object({ asset: assetId, frame: z.number().int().nonnegative(), recipe: recipe.nullable(), folder: grantId.nullable() })).output(z.object({ grant: grantId, name: z.string() })),
  /** What a film will need and keep; what cannot be written is refused here as it would be later. */
  preflight: oc.input(z.object({ ...range, folder: grantId.nullable() })).output(preflight),
  /** One job that colours frames of a clip, shot by shot. Without a folder the film waits for the host to hand it over as a download. */
  start: oc.input(z.object({ ...range, folder: grantId.nullable() })).output(z.object({ jobs: z.array(jobId) })),
  /** Films written of a clip, or (null) of the edit, newest first. */
  films: oc.input(z.object({ asset: assetId.nullable() })).output(z.array(film)),
  /** The same film once more, to the same place, by the shots as they are now: what did not change is not coloured again. */
  again: oc.input(z.object({ film: filmId })).output(z.object({ jobs: z.array(jobId) })),
}
