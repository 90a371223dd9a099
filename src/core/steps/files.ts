import type { Recipe, RecipeStep } from '../../contract/recipe.ts'
import { isKnownStep, steps } from './index.ts'

/** Names of a step's parameters that hold the path of a file. */
function fileParams(step: RecipeStep): string[] {
  return isKnownStep(step.step) ? steps[step.step].parameters.flatMap(({ kind, id }) => (kind === 'file' ? [id] : [])) : []
}

/** Every file that a recipe refers to, as its steps hold them; of switched-off steps only where `all` is asked for. */
export function filesOf(recipe: Recipe, all = false): string[] {
  return recipe.steps.filter((step) => all || step.enabled).flatMap((step) => fileParams(step).flatMap((name) => (typeof step.params[name] === 'string' ? [step.params[name]] : [])))
}

/** The recipe with every path of a file changed. */
export function withFiles(recipe: Recipe, change: (path: string) => string): Recipe {
  if (filesOf(recipe, true).length === 0) return recipe
  const changed = recipe.steps.map((step) => {
    const params = { ...step.params }
    for (const name of fileParams(step)) if (typeof params[name] === 'string') params[name] = change(params[name])
    return { ...step, params }
  })
  return { ...recipe, steps: changed }
}
