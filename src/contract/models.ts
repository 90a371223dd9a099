import { oc } from '@orpc/contract'
import { z } from 'zod'
import { grantId, jobId, modelId } from './ids.ts'
import { said, wording } from './texts.ts'

export const modelTask = z.enum(['colorize', 'colorize-page', 'super-resolution', 'denoise', 'deblur', 'face', 'inpaint', 'mask', 'film-look'])
export type ModelTask = z.infer<typeof modelTask>

const range = z.tuple([z.number(), z.number()])
const perChannel = z.array(z.number()).min(1).max(3)

/** One input tensor. Names are hints: the session's own names and fixed dimensions win. */
export const modelInput = z.object({
  role: z.enum(['image', 'lightness', 'hint', 'hintAb', 'hintMask', 'temperature', 'mask', 'weight', 'inside', 'statistics', 'apply']),
  name: z.string(),
  alternatives: z.array(z.string()).default([]),
  layout: z.enum(['NCHW', 'NHWC']).default('NCHW'),
  channels: z.number().int().min(1).max(1024).default(3),
  /** How the picture becomes numbers: rgb; grey repeated; grey made from L* alone; L* itself; hints as ab or as sRGB, with their mask; where the picture is; what was found over the whole picture; a number. */
  build: z.enum(['rgb', 'greyRgb', 'labGreyRgb', 'lightness', 'hintAbMask', 'hintRgbMask', 'hintAb', 'hintMask', 'mask', 'inside', 'statistics', 'scalar']),
  /** Range of the values before mean and std: [0,1], [0,255], [0,100] for L*, or "probe" where files of one name differ. */
  range: z.union([range, z.literal('probe')]).default([0, 1]),
  mean: perChannel.default([0]),
  std: perChannel.default([1]),
  dtype: z.enum(['f32', 'f16', 'f64']).default('f32'),
  default: z.number().optional(),
})
export type ModelInput = z.infer<typeof modelInput>

export const modelOutput = z.object({
  name: z.string(),
  alternatives: z.array(z.string()).default([]),
  meaning: z.enum(['ab', 'rgb', 'confidence', 'abSpread', 'logits', 'mask', 'sum', 'maximum']),
  /** Value · scale + offset gives Lab units (ab, abSpread), 0…1 (rgb, confidence, mask). "probe": follows the input's range. */
  scale: z.union([z.number(), z.literal('probe')]).default(1),
  offset: z.number().default(0),
  /** Undo of the input's normalisation, for networks that answer in it. */
  mean: perChannel.optional(),
  std: perChannel.optional(),
  activation: z.enum(['none', 'sigmoid']).default('none'),
  /** Input side ÷ output side (an upscaler of 4 has 0.25). */
  stride: z.number().positive().default(1),
})
export type ModelOutput = z.infer<typeof modelOutput>

/** `models/<id>/card.json`: all that the runner needs to know of a network. */
export const modelCard = z.object({
  id: modelId,
  title: z.string(),
  description: z.string().default(''),
  task: modelTask,
  file: z.string().regex(/^[^/\\]+\.onnx$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
  licence: z.object({ spdx: z.string(), commercial: z.boolean(), note: z.string().default(''), url: z.string().optional() }),
  source: z.string(),
  inputs: z.array(modelInput).min(1),
  outputs: z.array(modelOutput).min(1),
  size: z.object({
    mode: z.enum(['fixed', 'square', 'free']),
    multiple: z.number().int().positive().default(16),
    min: z.number().int().positive().default(32),
    max: z.number().int().positive().default(1024),
    /** Side of a fixed or square network input. */
    default: z.number().int().positive().optional(),
    fit: z.enum(['keep', 'stretch', 'pad', 'crop']).default('keep'),
  }),
  /** Absent where the input size is fixed: the slider is then off and says why. */
  renderFactor: z
    .object({
      default: z.number(),
      min: z.number().default(7),
      max: z.number().default(45),
      /** The answer at this factor leads those of higher ones; absent: each factor stands for itself. */
      base: z.number().optional(),
    })
    .optional(),
  defaults: z
    .object({
      /** Chroma is multiplied by this before the user's own strength. */
      chromaScale: z.number().positive().default(1),
      temperature: z.number().positive().default(1),
      /** 0…1: how strongly soft colour edges are repaired. */
      edgeRepair: z.number().min(0).max(1).default(1),
      clampAb: z.number().positive().default(128),
      /** Confidence (0…1) below which a place is in doubt: wrong as often as not. `node build/doubt.ts` measures it. */
      doubtBelow: z.number().min(0).max(1).optional(),
    })
    .prefault({}),
  /** For networks that run on tiles; absent: the whole picture at once. */
  tile: z.object({ size: z.number().int().positive(), overlap: z.number().int().min(0) }).optional(),
  /** Working memory of one run on the processor, bytes a pixel of the network's input; absent: not measured. */
  memory: z.object({ bytesPerPixel: z.number().positive() }).optional(),
  providers: z.object({ deny: z.array(z.string()).default([]), note: z.string().default('') }).prefault({}),
  /** Measured; each says what, on which pictures, by which command. */
  figures: z.record(z.string(), z.unknown()).default({}),
})
export type ModelCard = z.infer<typeof modelCard>

/** `models/catalogue.json`: what `models get` can fetch. The licence is shown before anything is fetched. */
export const modelCatalogue = z.object({
  version: z.literal(1),
  models: z.array(
    z.object({
      id: modelId,
      title: z.string(),
      description: z.string().default(''),
      task: modelTask,
      licence: modelCard.shape.licence,
      source: z.string(),
      url: z.url(),
      /** null where the publisher does not say. */
      bytes: z.number().int().positive().nullable(),
      sha256: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable(),
      /** Absent: the card comes from recognising the file. */
      card: modelCard.optional(),
    }),
  ),
})
export type ModelCatalogue = z.infer<typeof modelCatalogue>

export const modelState = z.enum(['installed', 'bundled', 'available', 'downloading', 'broken'])

/** A model as the Models room shows it. */
export const modelSummary = z.object({
  id: modelId,
  title: z.string(),
  description: z.string(),
  task: modelTask,
  state: modelState,
  bytes: z.number(),
  licence: modelCard.shape.licence,
  source: z.string(),
  isDefault: z.boolean(),
  /** The card's render factor; null: fixed size. */
  renderFactor: z.object({ default: z.number(), min: z.number(), max: z.number() }).nullable(),
  takesHints: z.boolean(),
  figures: z.record(z.string(), z.unknown()),
  /** Milliseconds for one run at 256 px, measured on this machine; null: not measured yet. */
  speedMs: z.number().nullable(),
  /** For what can be fetched: address, size and hash, shown before anything is downloaded. */
  download: z.object({ url: z.string(), bytes: z.number().nullable(), sha256: z.string().nullable() }).nullable(),
  /** What is wrong with an installed one; null: nothing that is known. */
  problem: said.nullable(),
})
export type ModelSummary = z.infer<typeof modelSummary>

export const modelsContract = {
  list: oc.input(z.object({ task: modelTask.optional() })).output(z.array(modelSummary)),
  /** Fetches a catalogue model after the user accepted its licence; a job that resumes. */
  get: oc.input(z.object({ id: modelId, acceptLicence: z.literal(true) })).output(z.object({ job: jobId })),
  add: oc.input(z.object({ grant: grantId, card: grantId.optional() })).output(modelSummary),
  verify: oc.input(z.object({ id: modelId.optional() })).output(z.array(z.object({ id: modelId, ok: z.boolean(), message: z.string(), wording: wording.optional() }))),
  remove: oc.input(z.object({ id: modelId })).output(z.void()),
  setDefault: oc.input(z.object({ id: modelId })).output(z.void()),
  /** Runs the model once at 256 px and remembers the time. */
  measure: oc.input(z.object({ id: modelId })).output(z.object({ ms: z.number(), provider: z.string() })),
}
