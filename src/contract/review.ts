import { oc } from '@orpc/contract'
import { z } from 'zod'
import { assetId, grantId, jobId, pictureKey } from './ids.ts'
import { size } from './pictures.ts'
import { recipePatch } from './recipe.ts'
import { wording } from './texts.ts'

/** What is shown of two films of the same frames: the difference as seen, of luma alone, or the colour alone of the second. */
export const comparison = z.enum(['difference', 'luma', 'chroma'])
export type Comparison = z.infer<typeof comparison>

/** What the luma of two frames differs by, sample by sample as stored, in steps of 8 bits. */
export const lumaFigures = z.object({ most: z.number(), mean: z.number(), /** Share of samples that differ at all, 0…1. */ share: z.number(), samples: z.number().int() })

/** How many pixels have each level, 0…255: luma as stored, the channels as shown. */
export const histogram = z.object({ luma: z.array(z.number().int()), red: z.array(z.number().int()), green: z.array(z.number().int()), blue: z.array(z.number().int()) })
export type Histogram = z.infer<typeof histogram>

/** Multiplies differences, and colour alone, to be seen. */
const gain = z.number().min(1).max(64)
/** How two frames are compared. */
export const compareOptions = { mode: comparison, gain: gain.default(1) }
const frame = z.number().int().nonnegative()
const cache = z.string().nullable()

export const reviewTasks = {
  /** The same frame of two films compared at full size, as PNG into `out`: upright, square pixels, fitted into `box`. */
  compareClips: {
    input: z.object({ path: z.string(), other: z.string(), cache, frame, ...compareOptions, box: size, out: z.string() }),
    output: z.object({ luma: lumaFigures }),
  },
  /** Instruments of a frame: waveform and vectorscope as PNG. */
  clipScopes: {
    input: z.object({ path: z.string(), cache, frame, waveform: z.string(), vectorscope: z.string() }),
    output: z.object({ histogram }),
  },
  /** Flicker of every frame, in percent of its shot's colour; `starts`: frames at which shots begin. Progress is told. */
  clipFlicker: { input: z.object({ path: z.string(), cache, starts: z.array(frame) }), output: z.object({ percent: z.array(z.number()) }) },
  /** Bytes that a proxy will have, about, from a few frames. */
  estimateProxy: { input: z.object({ path: z.string(), cache, box: size }), output: z.object({ bytes: z.number().int() }) },
  /** Every frame as a small JPEG, one after another in one file; progress is told. */
  makeProxy: { input: z.object({ path: z.string(), cache, box: size, out: z.string() }), output: z.object({ offsets: z.array(z.number().int()) }) },
} as const

export const compared = z.object({ key: pictureKey, frame, luma: lumaFigures })
export type Compared = z.infer<typeof compared>

export const scopes = z.object({
  frame,
  histogram,
  /** 256 columns of the picture's width by 256 levels of luma. */
  waveform: pictureKey,
  /** U across, V up, 256 by 256. */
  vectorscope: pictureKey,
})
export type Scopes = z.infer<typeof scopes>

/** What a reviewer has to say of a frame or a range. */
export const clipNote = z.object({
  /** Its own within the clip. */
  id: z.string().min(1).max(64),
  from: frame,
  /** Frame after the last; `from` + 1 for a single frame. */
  to: z.number().int().positive(),
  text: z.string().trim().min(1).max(4000),
  author: z.string().max(100),
  /** When it was written, ISO 8601. */
  at: z.iso.datetime(),
  state: z.enum(['open', 'done']),
})
export type ClipNote = z.infer<typeof clipNote>

/** In and out of a clip, as they are set one by one. */
const clipRange = z.object({ from: frame.nullable(), to: frame.nullable() })
export type ClipRange = z.infer<typeof clipRange>

/** What a reviewer keeps of a clip. */
export const clipReview = z.object({
  /** By frame, ascending. */
  notes: z.array(clipNote).max(20_000),
  /** The film that it is compared with; null: none. */
  against: assetId.nullable(),
  /** In and out: first and last frame; null: that end is not set. */
  range: clipRange.default({ from: null, to: null }),
})
export type ClipReview = z.infer<typeof clipReview>
export const emptyReview: ClipReview = { notes: [], against: null, range: { from: null, to: null } }

/** A file of small pictures, one a frame, for playing and for a playhead that is dragged. */
export const proxy = z.object({
  key: pictureKey,
  /** Where the picture of each frame begins in the file, and at last where the file ends. */
  offsets: z.array(z.number().int().nonnegative()).min(2),
})
export type Proxy = z.infer<typeof proxy>

/** What can be written as a table: one row a note, or a shot. */
export const csvContent = z.enum(['notes', 'shots'])
export type CsvContent = z.infer<typeof csvContent>

export const reviewContract = {
  get: oc.input(z.object({ asset: assetId })).output(clipReview),
  /** One gesture: patches of the clip's `ClipReview`, applied and saved with their inverse. */
  change: oc.input(z.object({ asset: assetId, patches: z.array(recipePatch).min(1).max(1000), label: wording })).output(clipReview),
  /** The proxy of a clip; null: none was made, or it had to make room in the cache. */
  proxy: oc.input(z.object({ asset: assetId })).output(proxy.nullable()),
  /** Bytes that it will have, about. */
  estimateProxy: oc.input(z.object({ asset: assetId })).output(z.object({ bytes: z.number().int() })),
  /** Makes it, as a job; one under way is answered instead. */
  makeProxy: oc.input(z.object({ asset: assetId })).output(z.object({ job: jobId })),
  /** Notes or shots as CSV (RFC 4180, UTF-8). Without a folder the file waits for the host to hand it over as a download. */
  csv: oc.input(z.object({ asset: assetId, of: csvContent, folder: grantId.nullable() })).output(z.object({ grant: grantId, name: z.string() })),
  /** A frame of a clip against the same frame of another one, which must have as many frames, of the same size. */
  compare: oc.input(z.object({ asset: assetId, other: assetId, frame, ...compareOptions, box: size })).output(compared),
  /** Flicker of every frame of a film, in percent of its shot's colour, measured by decoding all of it; `shotsOf`: the clip whose shots it has. */
  flicker: oc.input(z.object({ asset: assetId, shotsOf: assetId })).output(z.object({ percent: z.array(z.number()) })),
  scopes: oc.input(z.object({ asset: assetId, frame })).output(scopes),
}
