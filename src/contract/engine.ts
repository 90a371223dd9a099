import { z } from 'zod'
import { editTasks } from './edit.ts'
import type { errorData } from './errors.ts'
import { frechet, pairReport } from './evaluate.ts'
import { filmTasks } from './film.ts'
import { hint } from './hints.ts'
import { clipTasks } from './clips.ts'
import { pageFileTasks } from './pageFiles.ts'
import { colorKind, outputFormat, pictureInfo, renderFigures, size, wantedQuality } from './pictures.ts'
import { crop, factorSuggestion } from './photos.ts'
import { recipe } from './recipe.ts'
import { reviewTasks } from './review.ts'
import { takeTasks } from './takes.ts'
import { modelCard, modelTask } from './models.ts'
import { providerName, type ProviderName } from './settings.ts'
import { exemplar, suggestedColor, teaching } from './pageTeaching.ts'
import { pageReport } from './pageReport.ts'
import { providerReport } from './system.ts'
import { said, wording } from './texts.ts'

const source = z.object({ path: z.string(), sha256: z.string().optional() })
/** Folder that holds card.json and weights. The studio chooses the model, the engine loads it. */
const modelFolder = z.string()

export const engineTasks = {
  /** Header, colour kind and hash of one file. */
  inspect: {
    input: z.object({ path: z.string(), hash: z.boolean().default(true) }),
    output: z.object({ info: pictureInfo, sha256: z.string().nullable(), colorKind: colorKind.nullable() }),
  },
  /** A small picture of the original, longest side `side`; isPage: of a strip the beginning. */
  thumbnail: { input: z.object({ source, side: z.number().int(), isPage: z.boolean().optional(), out: z.string() }), output: size },
  /** The original fitted into a box, as WebP or JPEG. */
  original: { input: z.object({ source, box: size, crop: crop.optional(), out: z.string() }), output: size },
  /** The recipe at view size. Decode, network result and planes are memoised by key. */
  render: {
    input: z.object({
      source,
      recipe,
      model: modelFolder,
      box: size,
      crop: crop.optional(),
      out: z.string(),
      doubtOut: z.string().optional(),
      thumbnail: z.object({ side: z.number().int(), out: z.string() }).optional(),
    }),
    output: size.extend({ figures: renderFigures }),
  },
  /** The recipe at full size into a file of the user's. Atomic; the source is never the target. */
  export: {
    input: z.object({
      source,
      recipe,
      model: modelFolder,
      target: z.string(),
      format: outputFormat,
      quality: wantedQuality,
      depth: z.union([z.literal(8), z.literal(16), z.literal('same')]),
      label: z.boolean(),
      /** Path of a before/after picture to add. */
      compare: z.string().nullable(),
      overwrite: z.boolean(),
      /** Written with the label (`hourglass:Work`), so that the same work is known again: opaque to the engine. */
      stamp: z.string().max(200).optional(),
    }),
    output: z.object({ figures: renderFigures, output: z.string(), kept: z.array(z.string()), bytes: z.number(), sha256: z.string() }),
  },
  /** What `export` or `writeArchive` stamped into a file; null: no file, or not stamped by the studio. */
  readStamp: { input: z.object({ path: z.string() }), output: z.object({ stamp: z.string().nullable() }) },
  suggestFactor: { input: z.object({ source, recipe, model: modelFolder }), output: factorSuggestion },
  /** Regions, panels, bubbles of a page under its recipe; hints from coloured pages or from a draft, and a 16-bit label map where asked for. */
  examinePage: {
    input: z.object({ source, recipe, model: modelFolder, autoHints: z.boolean().default(false), teach: teaching.nullable().default(null), regions: z.object({ path: z.string(), overwrite: z.boolean() }).nullable().default(null) }),
    output: pageReport,
  },
  /**
   * Colours for a place of a page, the surest first: by what coloured pages teach, and by the page's own hints. Empty where
   * the place is on no region.
   */
  suggestColors: {
    input: z.object({ source, recipe, x: z.number().min(0).max(1), y: z.number().min(0).max(1), exemplars: z.array(exemplar).max(50), most: z.number().int().min(1).max(50).default(8) }),
    output: z.object({ colors: z.array(suggestedColor) }),
  },
  /** The region of each place as red × 65536 + green × 256 + blue, in a PNG that fits into a square. */
  regionMap: { input: z.object({ source, recipe, side: z.number().int().positive(), out: z.string() }), output: size },
  /** Loads a model, checks card against file and session, runs it once. */
  verifyModel: { input: z.object({ folder: modelFolder }), output: z.object({ ok: z.boolean(), message: z.string(), wording: wording.optional() }) },
  /** Median time of one run at 256 px. */
  measureModel: { input: z.object({ folder: modelFolder }), output: z.object({ ms: z.number(), provider: z.string() }) },
  /** Which known network a file is, by hash, then by its tensors; null: unknown. */
  recognizeModel: {
    input: z.object({ file: z.string() }),
    output: z.object({ card: modelCard.nullable(), sha256: z.string(), bytes: z.number(), task: modelTask.nullable() }),
  },
  /** Every provider the product knows: what is to be said of one that this system cannot carry; null: it has to be tried. */
  listProviders: { input: z.object({}), output: z.array(z.object({ name: providerName, report: providerReport.nullable() })) },
  /** Warms one provider up in the asked process. A driver can take that with it: ask an engine that is of no other use. */
  probeProvider: { input: z.object({ name: providerName }), output: providerReport },
  /** The ffmpeg that film work would use (the one asked for, else ffmpeg-static, else PATH), asked for its version. */
  probeFfmpeg: {
    input: z.object({}),
    output: z.object({ ffmpeg: z.string().nullable(), ffprobe: z.string().nullable(), version: z.string().nullable(), problem: said.nullable() }),
  },
  memory: { input: z.object({}), output: z.object({ rssMb: z.number(), sessions: z.number().int() }) },
  /** Mean a and b of one picture. */
  meanColor: { input: z.object({ path: z.string() }), output: z.object({ a: z.number(), b: z.number() }) },
  /** Every figure of one output against its truth, beside the grey copy and the truth's tones under `meanColor`. */
  compare: {
    input: z.object({
      real: z.string(),
      output: z.string(),
      meanColor: z.object({ a: z.number(), b: z.number() }),
      strengths: z.array(z.number()),
      side: z.number().int().positive().nullable(),
      hints: z.array(hint),
      /** The frame before, where flicker is asked for. */
      before: z.object({ real: z.string(), output: z.string() }).nullable(),
    }),
    output: pairReport,
  },
  /** Fréchet distances of the features that a network sees in outputs, grey copies and one-coloured ones, to the truths'. */
  frechet: {
    input: z.object({
      model: z.string(),
      range: z.tuple([z.number(), z.number()]),
      pairs: z.array(z.object({ real: z.string(), output: z.string() })).min(2),
      meanColor: z.object({ a: z.number(), b: z.number() }),
    }),
    output: frechet,
  },
  ...pageFileTasks,
  ...clipTasks,
  ...filmTasks,
  ...reviewTasks,
  ...takeTasks,
  ...editTasks,
} as const

export type EngineTasks = typeof engineTasks
export type EngineTaskName = keyof EngineTasks
export type EngineInput<Name extends EngineTaskName> = z.input<EngineTasks[Name]['input']>
export type EngineOutput<Name extends EngineTaskName> = z.output<EngineTasks[Name]['output']>

/** interactive > visible > job; a running job yields between strips. */
export const enginePriority = z.enum(['interactive', 'visible', 'job'])
export type EnginePriority = z.infer<typeof enginePriority>

/**
 * So many pictures of a batch are worth having under way: while one is decoded or written by library threads, another is
 * composed or in the network. Measured with the album of `npm run bench photo`: three leave cores idle, eight are no quicker.
 */
export const picturesAtOnce = 5

/** Everything that can be set without a new process. Given on start, changed by `configure`. */
export interface EngineConfig {
  provider: ProviderName | null
  threads: number
  memoryMb: number
  /** The ffmpeg asked for; without it, ffmpeg-static's, then the one in PATH. */
  ffmpeg?: string | null | undefined
  /** The ffprobe asked for; without it, the one beside ffmpeg, then the one in PATH. */
  ffprobe?: string | null | undefined
  /** Written into exported pictures: `Hourglass Studio <version>`. */
  version: string
}

export type ToEngine =
  | { type: 'configure'; config: EngineConfig }
  | { type: 'task'; id: number; name: EngineTaskName; input: unknown; priority: EnginePriority; lane?: string }
  | { type: 'cancel'; id: number }
  | { type: 'ping'; n: number }
  | { type: 'quit' }

export type FromEngine =
  | { type: 'ready'; pid: number }
  | { type: 'pong'; n: number }
  | { type: 'progress'; id: number; done: number }
  | { type: 'settled'; id: number; ok: true; output: unknown }
  | { type: 'settled'; id: number; ok: false; error: z.infer<typeof errorData> }
  | { type: 'provider'; active: ProviderName; note: string | null }

/** One engine process as its owner holds it; each host makes one its own way. */
export interface EngineProcess {
  post(message: ToEngine): void
  onMessage(listener: (message: FromEngine) => void): void
  /** Called once, however it ended. */
  onExit(listener: (code: number | null) => void): void
  kill(): void
  readonly pid: number | undefined
}
export type SpawnEngine = () => EngineProcess
