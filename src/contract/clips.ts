import { z } from 'zod'
import { note } from './pictures.ts'
import { givenRate } from './rational.ts'
import { recipe } from './recipe.ts'

/** How a film is written: exact (FFV1, or lossless H.264 in mp4), visual (H.264), H.265, ProRes, pictures. */
export const clipPreset = z.enum(['exact', 'visual', 'h265', 'prores', 'sequence'])
export type ClipPreset = z.infer<typeof clipPreset>
/** Those that write one file. */
export const filePreset = clipPreset.exclude(['sequence'])

/** One line of the table of what a film keeps: as the source says it and as the written file says it. */
export const keptRow = z.object({ name: z.string(), before: z.string(), after: z.string(), same: z.boolean() })
export type KeptRow = z.infer<typeof keptRow>

export const shotReport = z.object({
  from: z.number().int(),
  /** Frame after the last. */
  to: z.number().int(),
  /** Change of colour where the picture stands still, in percent of its colour; null: no colour was made for it here. */
  flicker: z.number().nullable(),
})

/**
 * A shot as a person settled it: frames [from, to) that belong together, and what is otherwise in them than in the film.
 * Hints of recipes name their frame.
 */
export const clipShot = z.object({
  from: z.number().int().nonnegative(),
  /** Frame after the last. */
  to: z.number().int().positive(),
  /** Its step `colorize`: parameters that it names are the shot's, others (and the model) the film's. null: as the film. */
  recipe: recipe.nullable().default(null),
  /** 0…1; null: as the film. */
  steady: z.number().min(0).max(1).nullable().default(null),
})
export type ClipShot = z.infer<typeof clipShot>

/** The `.shots.json` file: shots that follow one another without a gap, from the film's first frame to its last. */
export const shotsFile = z.object({ version: z.literal(1), shots: z.array(clipShot).min(1).max(100_000) })

/** A frame that is right as this picture shows it: its colours are carried both ways through the shot. */
export const clipReference = z.object({ frame: z.number().int().nonnegative(), path: z.string() })
export type ClipReference = z.infer<typeof clipReference>

export const clipJob = z.object({
  path: z.string(),
  target: z.string(),
  preset: clipPreset,
  /** Frame numbers; `to` is the frame after the last, null: the end. */
  from: z.number().int().nonnegative().default(0),
  to: z.number().int().positive().nullable().default(null),
  recipe,
  model: z.string(),
  /** 0…1. */
  steady: z.number().min(0).max(1).default(1),
  /** Every shot of the range, in order; null: they are found. */
  shots: z.array(clipShot).nullable().default(null),
  references: z.array(clipReference).default([]),
  /** One chunk alone; null: all. */
  chunk: z.number().int().nonnegative().nullable().default(null),
  /** Only joins chunks that are there. */
  join: z.boolean().default(false),
  /** Chunks of an earlier run are taken over. */
  resume: z.boolean().default(true),
  overwrite: z.boolean().default(false),
  /** Folder in which chunks wait; null: one beside the target. */
  work: z.string().nullable().default(null),
  /** Chunks, one a shot then, stay once the film is written: the next film of the same clip takes over those that are the same. */
  keep: z.boolean().default(false),
  /** Of each shot whose chunks stay and are replaced, so many earlier takes stay with them. */
  takes: z.number().int().nonnegative().default(0),
  /** Pictures alone, the first at 0: no sound, subtitles, chapters or title. For films that are parts of another. */
  bare: z.boolean().default(false),
  /** Range of luma where the film does not say it; null: what its values are. Parts of one clip have to agree. */
  range: z.enum(['tv', 'pc']).nullable().default(null),
  cache: z.string().nullable().default(null),
  rate: givenRate,
})

export type ShotReport = z.infer<typeof shotReport>

export const clipResult = z.object({
  frames: z.number().int(),
  chunks: z.number().int(),
  /** Chunks that an earlier run had finished. */
  reused: z.number().int(),
  /** The chunk that alone was asked for; null: the film was written. */
  chunk: z.number().int().nullable(),
  shots: z.array(shotReport),
  model: z.object({ id: z.string(), sha256: z.string() }).nullable(),
  encoding: z.string(),
  kept: z.array(keptRow),
  /** true or false by the written file; else why it cannot be, in words. */
  lumaIdentical: z.union([z.boolean(), z.string()]),
  /** Of numbered pictures, which are RGB: the greatest difference of luma from the film's, in steps of 8 bits. */
  lumaOff: z.number().optional(),
  notes: z.array(note),
  bytes: z.number(),
})
export type ClipResult = z.infer<typeof clipResult>

export const clipTasks = {
  /** Colours a film from file to file, chunk by chunk; goes on with what an earlier run left. */
  colorClip: { input: clipJob, output: clipResult },
  /** Shots of a film, as `colorClip` finds them: from one decode at thumbnail size; progress is told. `target`: a `.shots.json` to be written. */
  clipShots: {
    input: z.object({ path: z.string(), cache: z.string().nullable(), target: z.object({ path: z.string(), overwrite: z.boolean() }).nullable() }),
    output: z.object({ shots: z.array(z.object({ from: z.number().int(), to: z.number().int() })), /** The film is in colour already. */ inColor: z.boolean() }),
  },
} as const
