import type { Recipe, RecipeStep } from '../../contract/recipe.ts'
import { isKnownStep, steps } from './index.ts'

/** Names of a step's parameters that hold the path of a file. */
function fileParams(step: RecipeStep): string[] {
  return isKnownStep(step.step) ? steps[step.step].parameters.flatMap(({ kind, id }) => (kind === 'file' ? [id] : [])) : []
}

type Params = RecipeStep['params']
const isParams = (value: unknown): value is Params => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A step's parameters, changed; those that its locked panels keep as well. */
function changedParams(params: Params, change: (params: Params) => Params): Params {
  const own = change(params)
  const { locks } = own
  if (!Array.isArray(locks)) return own
  return { ...own, locks: locks.map((lock: unknown) => (isParams(lock) && isParams(lock['params']) ? { ...lock, params: change(lock['params']) } : lock)) }
}

/** Every file that a recipe refers to, as its steps hold them; of switched-off steps only where `all` is asked for. */
export function filesOf(recipe: Recipe, all = false): string[] {
  const files: string[] = []
  for (const step of recipe.steps.filter(({ enabled }) => all || enabled)) {
    const names = fileParams(step)
    changedParams(step.params, (params) => {
      for (const name of names) if (typeof params[name] === 'string') files.push(params[name])
      return params
    })
  }
  return files
}

/** The recipe with every path of a file changed. */
export function withFiles(recipe: Recipe, change: (path: string) => string): Recipe {
  if (filesOf(recipe, true).length === 0) return recipe
  const changed = recipe.steps.map((step) => {
    const names = fileParams(step)
    const params = changedParams(step.params, (held) => {
      const own = { ...held }
      for (const name of names) if (typeof own[name] === 'string') own[name] = change(own[name])
      return own
    })
    return { ...step, params }
  })
  return { ...recipe, steps: changed }
}
