import { z } from 'zod'

/** `#rrggbb`, sRGB. */
export const hexColor = z.string().regex(/^#[0-9a-f]{6}$/i)
const fraction = z.number().min(0).max(1)

const named = {
  color: hexColor,
  name: z.string().max(200).optional(),
  hidden: z.boolean().optional(),
  /** Linked to a swatch of the project's palette, whose colour counts as long as it is there. */
  swatch: z.string().max(64).optional(),
  /** Pages: keeps the paper as it is instead of colouring it. */
  empty: z.boolean().optional(),
  /** Placed by the studio, not by hand. */
  auto: z.boolean().optional(),
  /** Its colour was proposed by a network. */
  network: z.boolean().optional(),
  /** How sure the studio is of a hint that it placed. */
  confidence: fraction.optional(),
  /** Films: the frame it was placed on, counted from 0; its colour is carried on through the shot. */
  frame: z.number().int().nonnegative().optional(),
}

/** x, y: fractions of the upright picture's width and height; radius: fraction of its longer side. */
export const dotHint = z.object({ kind: z.literal('dot'), x: fraction, y: fraction, radius: z.number().positive().max(0.5).default(0.006), ...named })
/** points: [x, y, pressure 0…1]. */
export const strokeHint = z.object({
  kind: z.literal('stroke'),
  points: z.array(z.tuple([fraction, fraction, fraction])).min(1).max(20_000),
  radius: z.number().positive().max(0.5).default(0.004),
  ...named,
})
export const hint = z.discriminatedUnion('kind', [dotHint, strokeHint])
export type Hint = z.infer<typeof hint>

/** The `.hints.json` file. `size` is the size in pixels of the picture the hints were placed on. */
export const hintsFile = z.object({
  version: z.literal(1),
  size: z.tuple([z.number().int().positive(), z.number().int().positive()]),
  hints: z.array(hint).max(100_000),
})
export type HintsFile = z.infer<typeof hintsFile>
