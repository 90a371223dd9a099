import { z } from 'zod'
import { hexColor, hint } from './hints.ts'

/** A page whose colours others are to follow: by its hints, or by a picture of it in colour. */
export const exemplar = z
  .object({
    /** The page without its colours; null: only the picture in colour is at hand, whose black lines are taken. */
    lines: z.string().nullable(),
    /** A picture of it in colour, of any size; null: its hints say the colours. */
    colors: z.string().nullable(),
    hints: z.array(hint).max(100_000),
  })
  .refine(({ lines, colors }) => lines !== null || colors !== null)

/** @param least confidence below which a region is left open */
export const teaching = z.object({ exemplars: z.array(exemplar).min(1).max(50), least: z.number().min(0).max(1) })
export type Teaching = z.infer<typeof teaching>

/** A colour for a place, and how sure it is. */
export const suggestedColor = z.object({
  color: hexColor,
  name: z.string().optional(),
  swatch: z.string().optional(),
  /** 0…1 */
  confidence: z.number().min(0).max(1),
})
