import { oc } from '@orpc/contract'
import { z } from 'zod'
import { still } from './clipFrames.ts'
import { assetId } from './ids.ts'
import { size } from './pictures.ts'
import { recipe } from './recipe.ts'

export const colorStillRequest = z.object({
  asset: assetId,
  frame: z.number().int().nonnegative(),
  /** The recipe of the frame's shot as it stands under the user's hand, with the hints of this frame. */
  recipe,
  box: size,
  /** A newer request of the same lane aborts the older. Each window and tab has lanes of its own. */
  lane: z.string().max(200),
  /** interactive: under the user's hand; visible: on the screen. */
  priority: z.enum(['interactive', 'visible']).default('interactive'),
})
export type ColorStillRequest = z.input<typeof colorStillRequest>

/** Clips in colour. */
export const coloringContract = {
  /** Exactly this frame in colour, its luma untouched. The colour is the model's for the frame alone, before it is held steady along the shot. */
  still: oc.input(colorStillRequest).output(still),
}
