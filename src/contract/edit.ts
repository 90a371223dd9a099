import { oc } from '@orpc/contract'
import { z } from 'zod'
import { filmOptions, preflight } from './coloring.ts'
import { clipResult, filePreset } from './clips.ts'
import { assetId, grantId, jobId } from './ids.ts'
import { givenRate } from './rational.ts'
import { recipePatch } from './recipe.ts'
import { wording } from './texts.ts'

/** Frames of one clip that stand in the edit. */
export const editPart = z.object({
  /** Its own within the edit; stays when the part is trimmed or moved. */
  id: z.uuid(),
  asset: assetId,
  from: z.number().int().nonnegative(),
  /** Frame after the last. */
  to: z.number().int().positive(),
})
export type EditPart = z.infer<typeof editPart>

/** Parts of the project's clips, one after another: what becomes one film. */
export const edit = z.object({ parts: z.array(editPart).max(5000) })
export type Edit = z.infer<typeof edit>
export const emptyEdit: Edit = { parts: [] }

export const editState = edit.extend({ canUndo: z.boolean(), canRedo: z.boolean() })
export type EditState = z.infer<typeof editState>

/** An edit is written as one file. */
export const editOptions = filmOptions.extend({ preset: filePreset.default('visual') })

/** Which frames of the edit are written, and how. */
const range = {
  from: z.number().int().nonnegative().default(0),
  /** Frame after the last; null: the end. */
  to: z.number().int().positive().nullable().default(null),
  options: editOptions,
  folder: grantId.nullable(),
}

/** The project's edit. */
export const editContract = {
  get: oc.output(editState),
  /** One gesture: patches of the `Edit`, applied and saved with their inverse. */
  change: oc.input(z.object({ patches: z.array(recipePatch).min(1).max(1000), label: wording })).output(editState),
  /** What the film of the edit will need and keep; parts that differ from the first are brought to its size and rate, which is told. */
  preflight: oc.input(z.object(range)).output(preflight),
  /** One job that colours the parts, each by the shots of its clip, and joins them. Without a folder the film waits to be downloaded. */
  start: oc.input(z.object(range)).output(z.object({ jobs: z.array(jobId) })),
}

/** A film of one part, and the frames of the source it was made of. */
const joinedPart = z.object({
  film: z.string(),
  source: z.string(),
  from: z.number().int().nonnegative(),
  to: z.number().int().positive(),
  rate: givenRate,
  /** Name of its chapter. */
  title: z.string(),
})

const cache = z.string().nullable()

export const editTasks = {
  /**
   * What an edit needs. `conforming`: places of parts that differ from the first one in what a film has but once (size, rate,
   * tags); `ranges`: the range of luma of each part where its file does not say it. Refuses what the work would refuse.
   */
  editPreflight: {
    input: z.object({ parts: z.array(z.object({ path: z.string(), from: z.number().int(), to: z.number().int(), rate: givenRate })).min(1), cache, target: z.string(), preset: filePreset }),
    output: preflight.omit({ name: true }).extend({ conforming: z.array(z.number().int()), ranges: z.array(z.enum(['tv', 'pc']).nullable()) }),
  },
  /** Brings a coloured film of a part to size, rate and tags of the edit's first clip (`like`, `range` where it does not say that, `rate` where it is numbered pictures), in the encoding of the edit. */
  conformFilm: {
    input: z.object({ path: z.string(), like: z.string(), range: z.enum(['tv', 'pc']).nullable(), rate: givenRate, target: z.string(), preset: filePreset, cache }),
    output: z.object({ frames: z.number().int() }),
  },
  /** Films of parts in one file, frames untouched; sound from the sources, cut to the sample; a chapter a part. Progress is told. */
  joinFilms: {
    input: z.object({ parts: z.array(joinedPart).min(1), target: z.string(), preset: filePreset, overwrite: z.boolean(), cache }),
    output: clipResult.pick({ frames: true, encoding: true, kept: true, lumaIdentical: true, notes: true, bytes: true }),
  },
} as const
