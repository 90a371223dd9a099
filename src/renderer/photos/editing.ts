import type { Recipe, RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import type { Step } from '../../core/steps/step.ts'

/** A recipe changed under the hand, and the patches that save the change as one gesture. */
export interface Edit {
  readonly recipe: Recipe
  readonly patches: RecipePatch[]
  readonly label: Wording
}

const indexOf = (recipe: Recipe, step: string) => recipe.steps.findIndex((each) => each.step === step)

/** Sets one parameter of a step; adds the step where the recipe lacks it. A value equal to the default is stored too: it was chosen. */
export function setParam(recipe: Recipe, step: Step<string, object>, param: string, value: unknown): Edit {
  const index = indexOf(recipe, step.id)
  const label: Wording = { key: `history.${step.id}.${param}`, values: valuesFor(value) }
  const stored = recipe.steps[index]
  if (!stored) {
    const added = { step: step.id, v: step.version, enabled: true, params: { [param]: value } }
    return { recipe: { ...recipe, steps: [...recipe.steps, added] }, patches: [{ op: 'add', path: ['steps', recipe.steps.length], value: added }], label }
  }
  const op = Object.hasOwn(stored.params, param) ? 'replace' : 'add'
  const changed = { ...stored, params: { ...stored.params, [param]: value } }
  return { recipe: withStep(recipe, index, changed), patches: [{ op, path: ['steps', index, 'params', param], value }], label }
}

/** Switches a step on or off. */
export function setEnabled(recipe: Recipe, step: Step<string, object>, enabled: boolean): Edit {
  const index = indexOf(recipe, step.id)
  const stored = recipe.steps[index]
  const label: Wording = { key: enabled ? 'history.stepOn' : 'history.stepOff', values: { step: step.id } }
  if (!stored) {
    const added = { step: step.id, v: step.version, enabled, params: {} }
    return { recipe: { ...recipe, steps: [...recipe.steps, added] }, patches: [{ op: 'add', path: ['steps', recipe.steps.length], value: added }], label }
  }
  return { recipe: withStep(recipe, index, { ...stored, enabled }), patches: [{ op: 'replace', path: ['steps', index, 'enabled'], value: enabled }], label }
}

function withStep(recipe: Recipe, index: number, step: Recipe['steps'][number]): Recipe {
  return { ...recipe, steps: recipe.steps.map((each, at) => (at === index ? step : each)) }
}

function valuesFor(value: unknown): Record<string, string | number> {
  if (typeof value === 'number' || typeof value === 'string') return { value }
  if (typeof value === 'boolean') return { value: value ? 'on' : 'off' }
  return { value: '' }
}
