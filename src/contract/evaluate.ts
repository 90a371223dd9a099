import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { errorData } from './errors.ts'
import { grantId } from './ids.ts'
import { size } from './pictures.ts'
import { said } from './texts.ts'

/** What one picture shows by itself. Variances in squared Lab units; colourfulness after Hasler and Süsstrunk. */
export const colorMeasures = z.object({
  colorfulness: z.number(),
  varianceA: z.number(),
  varianceB: z.number(),
  /** Of a and b together, about their means in 16 bins of L*: what no tint that follows the tones can give. */
  varianceBeyondTone: z.number(),
  /** null for a picture with hardly any difference of colour. */
  spread: z.number().nullable(),
})
export type ColorMeasures = z.infer<typeof colorMeasures>

/** One candidate against the truth; null where the picture cannot tell (too small, no edge of colour). */
export const pairMeasures = colorMeasures.extend({
  /** Mean squared error of R, G and B, 0…65,025. */
  mse: z.number(),
  ssim: z.number().nullable(),
  deltaE: z.number(),
  /** Mean of (Δa² + Δb²) ÷ 2. */
  abSquares: z.number(),
  driftMean: z.number(),
  driftMax: z.number(),
  /** Mean ‖Δab‖ beside the truth's edges of colour, and elsewhere. */
  bandError: z.number().nullable(),
  elsewhereError: z.number().nullable(),
})
export type PairMeasures = z.infer<typeof pairMeasures>

export const hintMeasures = z.object({
  /** Places judged. */
  count: z.number().int(),
  /** Mean ‖Δab‖ at the hints' places. */
  error: z.number(),
  /** Share of places within 5 Lab units. */
  obeyed: z.number(),
  /** How far the hint's colour goes on around its place, as a fraction of the longer side: in the output, in the truth. */
  reach: z.number(),
  trueReach: z.number(),
})
export type HintMeasures = z.infer<typeof hintMeasures>

export const flickerMeasures = z.object({
  /** Mean ‖Δab‖ between a frame and the one before, followed along the truth's motion. */
  output: z.number(),
  truth: z.number(),
  /** Mean chroma of the output's frame. */
  chroma: z.number(),
  /** Share of pixels that could be followed. */
  share: z.number(),
})
export type FlickerMeasures = z.infer<typeof flickerMeasures>

/** What the engine finds out about one pair of pictures. */
export const pairReport = z.object({
  /** The size at which all was compared. */
  size,
  /** The output's own size, where it was not the truth's. */
  resizedFrom: size.nullable(),
  /** The truth's own size, where it was compared smaller. */
  reducedFrom: size.nullable(),
  truth: colorMeasures,
  output: pairMeasures,
  grey: pairMeasures,
  meanColor: pairMeasures,
  strengths: z.array(pairMeasures),
  hints: hintMeasures.nullable(),
  /** null: no frame before this one, or a cut between them. */
  flicker: flickerMeasures.nullable(),
})
export type PairReport = z.infer<typeof pairReport>

/** docs/evaluate.md says what each is, and what fools it. */
export const figureNames = [
  'psnr',
  'psnrSameSize',
  'psnrPooled',
  'psnrOverGrey',
  'ssim',
  'deltaE',
  'deltaEOverGrey',
  'abError',
  'colorfulness',
  'sigmaA',
  'sigmaB',
  'sigmaBeyondTone',
  'driftMean',
  'driftMax',
  'bleedBand',
  'bleedElsewhere',
  'spread',
  'hintError',
  'hintsObeyed',
  'hintReach',
  'flicker',
  'flickerOfTruth',
  'flickerPercent',
] as const
export type FigureName = (typeof figureNames)[number]

/** Figures of one picture; null where it cannot tell. */
export const pictureFigures = z.record(z.enum(figureNames), z.number().nullable())
export type PictureFigures = z.infer<typeof pictureFigures>

/** A figure over many pictures with its 95 % interval; without one for a single picture and for greatest values. */
export const figure = z.object({ value: z.number().nullable(), low: z.number().nullable(), high: z.number().nullable() })
export type Figure = z.infer<typeof figure>
export const setFigures = z.record(z.enum(figureNames), figure)
export type SetFigures = z.infer<typeof setFigures>

const candidates = <Figures extends z.ZodType>(figures: Figures) => ({
  output: figures,
  /** The truth without its colour. */
  grey: figures,
  /** The truth's tones under one colour: the mean of all truths. */
  meanColor: figures,
  /** The output's colour times a strength over the truth's tones, where strengths were asked for. */
  strengths: z.array(z.object({ strength: z.number(), figures })),
})

export const evaluatedPicture = z.object({
  /** The truth's path below its folder, with `/`. */
  name: z.string(),
  output: z.string(),
  category: z.string(),
  groups: z.array(z.string()),
  size: z.tuple([z.number(), z.number()]),
  resizedFrom: z.tuple([z.number(), z.number()]).nullable(),
  reducedFrom: z.tuple([z.number(), z.number()]).nullable(),
  figures: z.object(candidates(pictureFigures)),
})
export type EvaluatedPicture = z.infer<typeof evaluatedPicture>

const set = z.object({ pictures: z.number().int(), ...candidates(setFigures) })
export type EvaluatedSet = z.infer<typeof set>

export const frechet = z.object({
  output: z.number(),
  grey: z.number(),
  meanColor: z.number(),
  pictures: z.number().int(),
  dimensions: z.number().int(),
})
export type Frechet = z.infer<typeof frechet>

export const evaluationSummary = z.object({
  pictures: z.number().int(),
  failed: z.number().int(),
  /** Mean a and b of all truths: the colour of the baseline. */
  meanColor: z.tuple([z.number(), z.number()]),
  unmatched: z.object({ real: z.array(z.string()), output: z.array(z.string()) }),
  resized: z.array(z.string()),
  reduced: z.array(z.string()),
  all: set,
  categories: z.record(z.string(), set),
  groups: z.record(z.string(), set),
  fid: frechet.nullable(),
  /** What a reader of the figures should know. */
  notes: z.array(said),
})
export type EvaluationSummary = z.infer<typeof evaluationSummary>

export const evaluationEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), total: z.number().int() }),
  z.object({ type: z.literal('progress'), done: z.number(), name: z.string() }),
  z.object({ type: z.literal('picture'), done: z.number().int(), picture: evaluatedPicture }),
  z.object({ type: z.literal('failed'), done: z.number().int(), name: z.string(), error: errorData }),
  z.object({ type: z.literal('summary'), summary: evaluationSummary }),
])
export type EvaluationEvent = z.infer<typeof evaluationEvent>

export const evaluationRequest = z.object({
  real: grantId,
  output: grantId,
  /** Folder with a `.hints.json` for each picture that was given hints. */
  hints: grantId.optional(),
  /** CSV of name and group. */
  groups: grantId.optional(),
  /** The folders hold numbered frames: flicker is measured. */
  frames: z.boolean().default(false),
  /** Chroma factors at which the output is measured too. */
  strengths: z.array(z.number().min(0).max(4)).max(20).default([0.6, 0.8, 1, 1.2, 1.4]),
  /** Longest side at which pictures are compared; null: the truth's own. */
  side: z.number().int().min(16).nullable().default(null),
  /** A network of features (.onnx) for the Fréchet distance, and the range of the values it takes. */
  inception: z.object({ file: grantId, range: z.tuple([z.number(), z.number()]).default([0, 1]) }).optional(),
})
export type EvaluationRequest = z.output<typeof evaluationRequest>

export const evaluateContract = {
  /** Figures for two folders of pictures, matched by name: each picture's, then those of all. */
  folders: oc.input(evaluationRequest).output(eventIterator(evaluationEvent)),
}
