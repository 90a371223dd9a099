import { z } from 'zod'
import { hint } from './hints.ts'
import { note } from './pictures.ts'

/** A rectangle in fractions of the page. */
export const pageBox = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** What the engine finds on a page. */
export const pageReport = z.object({
  width: z.number().int().positive(),
  height: z.number().int().positive(),
  /** How many regions a click could fill. */
  regions: z.number().int().min(0),
  panels: z.array(pageBox),
  /** Bubbles and captions: proposals. */
  bubbles: z.array(pageBox),
  /** Of each bubble: whether its paper is kept. */
  bubblesKept: z.array(z.boolean()),
  /** Regions of 200 pixels or more without a hint that are not kept as paper, in reading order: their middles. */
  unhinted: z.array(z.object({ region: z.number().int(), x: z.number(), y: z.number(), area: z.number().int() })),
  /** Unhinted regions that took their colour through a gap. */
  leaks: z.number().int().min(0),
  /** Hints proposed from a draft, where they were asked for. */
  autoHints: z.array(hint),
  notes: z.array(note),
})
export type PageReport = z.infer<typeof pageReport>
