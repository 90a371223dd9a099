import { z } from 'zod'
import { wording } from './texts.ts'

export const size = z.object({ width: z.number().int().positive(), height: z.number().int().positive() })
export type Size = z.infer<typeof size>

export const outputFormat = z.enum(['jpeg', 'png', 'tiff', 'webp', 'avif'])
export type OutputFormat = z.infer<typeof outputFormat>

/** The quality of JPEG, WebP and AVIF where none is asked for. A lossless WebP then stays lossless as WebP. */
export const defaultQuality = 95
/** 1…100; null: none is asked for. */
export const wantedQuality = z.number().int().min(1).max(100).nullable()

/** grey: no colour at all; toned: one tint that follows lightness (sepia, faded, stained); color: a colour picture. */
export const colorKind = z.enum(['grey', 'toned', 'color'])
export type ColorKind = z.infer<typeof colorKind>

/** Something worth knowing of a picture; `wording` says it in any language. */
export const note = z.object({ code: z.string(), message: z.string(), wording: wording.optional() })
export type Note = z.infer<typeof note>

/** What is known of a picture file without decoding all of it. Sizes are of the upright picture. */
export const pictureInfo = size.extend({
  format: z.string(),
  bytes: z.number().int().nonnegative(),
  depth: z.union([z.literal(8), z.literal(16)]),
  channels: z.number().int().min(1).max(5),
  hasAlpha: z.boolean(),
  orientation: z.number().int().min(1).max(8),
  /** Dots per inch, where the file says so. */
  density: z.number().nullable(),
  /** Description of the colour profile, null where there is none. */
  profile: z.string().nullable(),
  pages: z.number().int().positive(),
  /** Metadata blocks present: exif, iptc, xmp, icc. */
  metadata: z.array(z.enum(['exif', 'iptc', 'xmp', 'icc'])),
  /** When the picture was taken, as its metadata says (ISO 8601), if it does. */
  takenAt: z.string().nullable(),
  notes: z.array(note),
})
export type PictureInfo = z.infer<typeof pictureInfo>

export const lumaDrift = z.object({ mean: z.number(), max: z.number() })
export type LumaDrift = z.infer<typeof lumaDrift>

export const stageTimes = z.object({ decode: z.number(), network: z.number(), compose: z.number(), encode: z.number(), total: z.number() })
export type StageTimes = z.infer<typeof stageTimes>

/** Figures of one rendering, at view size or full size. */
export const renderFigures = size.extend({
  depth: z.union([z.literal(8), z.literal(16)]),
  model: z.object({ id: z.string(), sha256: z.string() }).nullable(),
  provider: z.string(),
  /** Why this provider and not a faster one, when that is worth saying. */
  providerNote: z.string().nullable(),
  /** The same as a text of the catalogue. */
  providerWording: wording.optional(),
  renderFactor: z.number().nullable(),
  /** [width, height] the network ran at. */
  networkSize: z.tuple([z.number(), z.number()]).nullable(),
  /** Of L*, source as decoded against result. */
  lumaDrift: lumaDrift,
  /** Hasler and Süsstrunk 2003. */
  colorfulness: z.number(),
  /** Mean over the picture, 0…1; null where the model does not say. */
  confidence: z.number().nullable(),
  /** Share of the picture where the model's confidence lies below its own line of doubt, 0…1; null where it does not say. */
  doubt: z.number().nullable().default(null),
  colorKind,
  /** The picture was in colour already and was left alone. */
  alreadyColor: z.boolean(),
  /** Share of pixels whose colour had to be reined in, 0…1. */
  gamutShare: z.number(),
  notes: z.array(note),
  ms: stageTimes,
})
export type RenderFigures = z.infer<typeof renderFigures>
