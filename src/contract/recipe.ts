import { z } from 'zod'

/**
 * One step of a recipe. `params` is checked by the step's own description (core/steps), not here: a step
 * that this version does not know is kept as it is and shown as unknown.
 */
export const recipeStep = z.object({
  step: z.string().min(1).max(64),
  /** Version of the step's parameters; absent means 1. */
  v: z.number().int().positive().optional(),
  enabled: z.boolean().default(true),
  params: z.record(z.string(), z.unknown()).default({}),
})
export type RecipeStep = z.infer<typeof recipeStep>

/** The `.recipe.json` file, and what a Version holds. */
export const recipe = z.object({ version: z.literal(1), steps: z.array(recipeStep).max(64) })
export type Recipe = z.infer<typeof recipe>

/** One change of a recipe: set the value at a path (missing `value` removes it). Paths as in JSON Patch, split. */
export const recipePatch = z.object({
  op: z.enum(['add', 'replace', 'remove']),
  path: z.array(z.union([z.string(), z.number().int().min(0)])).max(8),
  value: z.unknown().optional(),
})
export type RecipePatch = z.infer<typeof recipePatch>

