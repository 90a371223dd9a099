import { oc } from '@orpc/contract'
import { z } from 'zod'
import { assetId, grantId, jobId, pictureKey, versionId } from './ids.ts'
import { outputFormat, renderFigures, size, wantedQuality } from './pictures.ts'
import { recipe } from './recipe.ts'
import { version } from './versions.ts'

/** Fractions of the upright picture: what part of it is wanted. */
export const crop = z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1), width: z.number().positive().max(1), height: z.number().positive().max(1) })
export type Crop = z.infer<typeof crop>

export const previewRequest = z.object({
  asset: assetId,
  /** The recipe as it stands under the user's hand, saved or not yet. */
  recipe,
  /** The picture is fitted into this box of device pixels, never enlarged. */
  box: size,
  crop: crop.optional(),
  /** A newer request of the same lane aborts the older: `preview:<version>`. Each window and tab has lanes of its own. */
  lane: z.string().max(200),
  /** interactive: under the user's hand; visible: on the screen; */
  priority: z.enum(['interactive', 'visible']).default('interactive'),
  /** Also make the overlay of doubt. */
  doubt: z.boolean().default(false),
})
export type PreviewRequest = z.input<typeof previewRequest>

export const preview = size.extend({ key: pictureKey, doubt: pictureKey.nullable(), figures: renderFigures, cached: z.boolean() })
export type Preview = z.infer<typeof preview>

export const factorCandidate = z.object({
  renderFactor: z.number(),
  /** Higher is better; the parts below are weighted into it. */
  score: z.number(),
  colorfulness: z.number(),
  /** Colour that lies away from edges of lightness, 0…1. */
  spread: z.number(),
  /** ΔE2000 to the median colour of all candidates. */
  disagreement: z.number(),
  gamutShare: z.number(),
})
export const factorSuggestion = z.object({
  renderFactor: z.number(),
  candidates: z.array(factorCandidate),
  /** Catalogue key of the sentence that explains the choice, with its values. */
  reason: z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }),
})
export type FactorSuggestion = z.infer<typeof factorSuggestion>

/** The reference picture of a recipe, as the page may know it: no path. */
export const reference = z.object({
  name: z.string(),
  /** Small picture; null where none could be made. */
  picture: pictureKey.nullable(),
  /** The file is not where it was. */
  missing: z.boolean(),
})
export type Reference = z.infer<typeof reference>

export const exportOptions = z.object({
  /** same: the format of each source where it can be written, else TIFF for 16 bit and PNG for 8. */
  format: z.union([outputFormat, z.literal('same')]).default('same'),
  quality: wantedQuality.default(null),
  depth: z.union([z.literal(8), z.literal(16), z.literal('same')]).default('same'),
  /** Adds a before/after picture beside each. */
  compare: z.boolean().default(false),
  /** Says in the metadata that colour was given by a network. */
  label: z.boolean().default(true),
  /** `{name}` is the source's name without extension. */
  naming: z.string().min(1).max(200).default('{name}-colour'),
  onConflict: z.enum(['number', 'skip', 'overwrite']).default('number'),
})
export type ExportOptions = z.input<typeof exportOptions>

export const photosContract = {
  preview: oc.input(previewRequest).output(preview),
  /** The untouched original at view size. */
  original: oc.input(z.object({ asset: assetId, box: size, crop: crop.optional() })).output(size.extend({ key: pictureKey })),
  /** Runs several factors, scores them, explains the choice. */
  suggestFactor: oc.input(z.object({ asset: assetId, recipe, lane: z.string() })).output(factorSuggestion),
  /** The picture whose colours a version takes over; null: none. */
  reference: oc.input(z.object({ version: versionId })).output(reference.nullable()),
  /** Gives a version a reference picture, or (null) none: one gesture. What was uploaded is taken into the project. */
  setReference: oc.input(z.object({ version: versionId, grant: grantId.nullable() })).output(version),
  /** Points every version with the same lost reference to where it is now: one gesture. */
  findReference: oc.input(z.object({ version: versionId, grant: grantId })).output(version),
  /** One job per asset, in the queue; assets whose version is already rendered are passed over unless `again`. */
  colorAll: oc.input(z.object({ assets: z.array(assetId).min(1), again: z.boolean().default(false) })).output(z.object({ jobs: z.array(jobId) })),
  /** One job per version. Without a folder the files wait for the host to hand them over as downloads. */
  export: oc.input(z.object({ versions: z.array(versionId).min(1), folder: grantId.nullable(), options: exportOptions })).output(z.object({ jobs: z.array(jobId) })),
}
