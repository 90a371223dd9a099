import { z } from 'zod'
import { note } from './pictures.ts'
import { recipe } from './recipe.ts'

/** How a film is written: exact (FFV1, or lossless H.264 in mp4), visual (H.264), H.265, ProRes, pictures. */
export const clipPreset = z.enum(['exact', 'visual', 'h265', 'prores'])
export type ClipPreset = z.infer<typeof clipPreset>

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
  /** One chunk alone; null: all. */
  chunk: z.number().int().nonnegative().nullable().default(null),
  /** Only joins chunks that are there. */
  join: z.boolean().default(false),
  /** Chunks of an earlier run are taken over. */
  resume: z.boolean().default(true),
  overwrite: z.boolean().default(false),
  cache: z.string().nullable().default(null),
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
  notes: z.array(note),
  bytes: z.number(),
})
export type ClipResult = z.infer<typeof clipResult>

export const clipTasks = {
  /** Colours a film from file to file, chunk by chunk; goes on with what an earlier run left. */
  colorClip: { input: clipJob, output: clipResult },
} as const
