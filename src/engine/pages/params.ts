import type { Recipe } from '../../contract/recipe.ts'
import { runnableSteps, steps } from '../../core/steps/index.ts'
import type { PageParams } from '../../core/steps/page.ts'
import { paramsOf } from '../../core/steps/step.ts'
import { fault } from '../../core/texts/wording.ts'

/** The page step of a recipe. @throws HourglassError `bad-input` where it has none */
export function pageParams(recipe: Recipe): PageParams {
  const stored = runnableSteps(recipe).find(({ step }) => step === 'page')
  if (!stored) throw fault('bad-input', 'fault.noPageStep', 'remedy.pageStep')
  return paramsOf(steps.page, stored).params
}
