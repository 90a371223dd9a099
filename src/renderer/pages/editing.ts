import type { Hint } from '../../contract/hints.ts'
import type { Recipe, RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import { applyPatches } from '../../core/history/patches.ts'
import { pageStep, type PageParams } from '../../core/steps/page.ts'
import { paramsOf } from '../../core/steps/step.ts'
import type { Edit } from '../photos/editing.ts'
import { noMarks, type MarkEdit, type Marks } from '../stage/tools/marks.ts'

const indexOf = (recipe: Recipe) => recipe.steps.findIndex(({ step }) => step === pageStep.id)

/** The parameters of a recipe's page step, defaults where it has none. */
export function pageParams(recipe: Recipe): PageParams {
  const stored = recipe.steps[indexOf(recipe)]
  return stored ? paramsOf(pageStep, stored).params : pageStep.defaults
}

/** What a recipe holds of marks. The lists are the recipe's own, so that their places are those of its patches. */
export function marksOf(recipe: Recipe | null): Marks {
  if (!recipe) return noMarks
  const { hints, closings, joins } = pageParams(recipe)
  return { hints, closings, joins }
}

/** Edits of marks as one change of the recipe: only what changed is sent, whatever else the page holds. */
export function editMarks(recipe: Recipe, edits: readonly MarkEdit[], label: Wording): Edit {
  const index = indexOf(recipe)
  const stored = recipe.steps[index]
  const at = stored ? index : recipe.steps.length
  const lengths = Object.fromEntries(Object.entries(marksOf(recipe)).map(([list, items]) => [list, items.length])) as Record<keyof Marks, number>
  const patches: RecipePatch[] = stored ? [] : [{ op: 'add', path: ['steps', at], value: { step: pageStep.id, v: pageStep.version, enabled: true, params: {} } }]
  for (const list of new Set(edits.map((edit) => edit.list))) {
    if (!Array.isArray(stored?.params[list])) patches.push({ op: 'add', path: ['steps', at, 'params', list], value: [] })
  }
  for (const edit of edits) {
    const path = ['steps', at, 'params', edit.list]
    if (edit.op === 'add') patches.push({ op: 'add', path: [...path, lengths[edit.list]++], value: edit.value })
    else if (edit.op === 'replace') patches.push({ op: 'replace', path: [...path, edit.at], value: edit.value })
    else {
      patches.push({ op: 'remove', path: [...path, edit.at] })
      lengths[edit.list]--
    }
  }
  return { recipe: applyPatches(recipe, patches).document, patches, label }
}

/** A hint changed in place. */
export const changeHint = (recipe: Recipe, at: number, change: Partial<Hint>, label: Wording): Edit => {
  const hint = marksOf(recipe).hints[at]
  if (!hint) return editMarks(recipe, [], label)
  // A name or a link that is taken away leaves no trace in the file.
  const value = Object.fromEntries(Object.entries({ ...hint, ...change }).filter(([, each]) => each !== undefined)) as Hint
  return editMarks(recipe, [{ list: 'hints', op: 'replace', at, value }], label)
}
