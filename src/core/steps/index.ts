import type { Asset } from '../../contract/assets.ts'
import type { Recipe, RecipeStep } from '../../contract/recipe.ts'
import { colorizeStep } from './colorize.ts'
import { pageStep } from './page.ts'
import type { Step } from './step.ts'

/** The one list of steps. The engine's list of their pixels is typed by it: a missing half does not compile. */
export const steps = { colorize: colorizeStep, page: pageStep } as const satisfies Record<string, Step<string, object>>
export type StepId = keyof typeof steps

/** True where this version knows the step; unknown ones are kept in the recipe and shown as such. */
export function isKnownStep(id: string): id is StepId {
  return Object.hasOwn(steps, id)
}

/** The steps made for assets of this kind, in the order they run. */
export function stepsFor(kind: Asset['kind']): Step<string, object>[] {
  return Object.values<Step<string, object>>(steps)
    .filter((step) => step.appliesTo.includes(kind))
    .sort((left, right) => left.order - right.order)
}

/** The recipe every new photo starts with. */
export function defaultPhotoRecipe(): Recipe {
  return { version: 1, steps: [{ step: 'colorize', v: colorizeStep.version, enabled: true, params: {} }] }
}

/** The recipe every new page starts with. */
export function defaultPageRecipe(): Recipe {
  return { version: 1, steps: [{ step: 'page', v: 1, enabled: true, params: {} }] }
}

/** The recipe that a new asset of this kind starts with. */
export function defaultRecipe(kind: Asset['kind']): Recipe {
  return kind === 'page' ? defaultPageRecipe() : defaultPhotoRecipe()
}

/** The enabled steps of a recipe in the order they run, unknown ones left out. */
export function runnableSteps(recipe: Recipe): (RecipeStep & { step: StepId })[] {
  return recipe.steps
    .filter((step): step is RecipeStep & { step: StepId } => step.enabled && isKnownStep(step.step))
    .sort((left, right) => steps[left.step].order - steps[right.step].order)
}
