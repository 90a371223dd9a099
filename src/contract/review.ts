import { oc } from '@orpc/contract'
import { z } from 'zod'
import { assetId, pictureKey } from './ids.ts'
import { size } from './pictures.ts'

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
const frame = z.number().int().nonnegative()
const cache = z.string().nullable()

export const reviewTasks = {
  /** The same frame of two films compared at full size, as PNG into `out`: upright, square pixels, fitted into `box`. */
  compareClips: {
    input: z.object({ path: z.string(), other: z.string(), cache, frame, mode: comparison, gain, box: size, out: z.string() }),
    output: z.object({ luma: lumaFigures }),
  },
  /** Instruments of a frame: waveform and vectorscope as PNG. */
  clipScopes: {
    input: z.object({ path: z.string(), cache, frame, waveform: z.string(), vectorscope: z.string() }),
    output: z.object({ histogram }),
  },
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

export const reviewContract = {
  /** A frame of a clip against the same frame of another one, which must have as many frames, of the same size. */
  compare: oc.input(z.object({ asset: assetId, other: assetId, frame, mode: comparison, gain: gain.default(1), box: size })).output(compared),
  scopes: oc.input(z.object({ asset: assetId, frame })).output(scopes),
}
