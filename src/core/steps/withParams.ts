import type { Recipe } from '../../contract/recipe.ts'
import type { StepId } from './index.ts'

/** A recipe whose steps of this name have these parameters over those that they had; the recipe as it is where it has no such step. */
export const withParams = (recipe: Recipe, id: StepId, params: Readonly<Record<string, unknown>>): Recipe => ({
  ...recipe,
  steps: recipe.steps.map((step) => (step.step === id ? { ...step, params: { ...step.params, ...params } } : step)),
})
