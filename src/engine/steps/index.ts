import type { Recipe, RecipeStep } from '../../contract/recipe.ts'
import type { RenderFigures } from '../../contract/pictures.ts'
import { noted } from '../../core/texts/wording.ts'
import { runnableSteps, steps, type StepId } from '../../core/steps/index.ts'
import { paramsOf, type Step } from '../../core/steps/step.ts'
import type { Confidence } from '../models/confidence.ts'
import type { Pixels } from '../pictures/index.ts'
import { runColorize } from './colorize.ts'
import type { StepContext, StepResult, StepRunner } from './step.ts'

type ParamsOf<Id extends StepId> = (typeof steps)[Id] extends Step<string, infer Params> ? Params : never

/** The pixels of every step that core knows; a missing one does not compile. */
const runners: { readonly [Id in StepId]: StepRunner<ParamsOf<Id>> } = { colorize: { run: runColorize } }

/** Parses what the recipe holds of a step and runs it: ties each step's parameters to its own runner. */
async function runStep<Id extends StepId>(id: Id, stored: RecipeStep, pixels: Pixels, context: StepContext): Promise<{ done: StepResult; repaired: readonly string[] }> {
  const step: Step<string, object> = steps[id]
  const { params, repaired } = paramsOf(step, stored)
  // The step's own `parse` made them, so that they are its parameters.
  const done = await runners[id].run(pixels, params as ParamsOf<Id>, context)
  return { done, repaired }
}

export interface RecipeResult {
  readonly pixels: Pixels
  readonly figures: Omit<RenderFigures, 'width' | 'height' | 'depth' | 'ms'>
  readonly confidence: Confidence | null
  readonly trained: boolean
}

/** Figures of a picture that nothing has been done to. */
const untouched: RecipeResult['figures'] = {
  model: null,
  provider: 'cpu',
  providerNote: null,
  renderFactor: null,
  networkSize: null,
  lumaDrift: { mean: 0, max: 0 },
  colorfulness: 0,
  confidence: null,
  doubt: null,
  colorKind: 'grey',
  alreadyColor: false,
  gamutShare: 0,
  notes: [],
}

/** Runs the enabled steps of a recipe over a picture, in their order. Unknown steps are left out. */
export async function runRecipe(pixels: Pixels, recipe: Recipe, context: StepContext): Promise<RecipeResult> {
  let result: RecipeResult = { pixels, figures: untouched, confidence: null, trained: false }
  for (const stored of runnableSteps(recipe)) {
    context.task.check()
    // Only what the caller allowed may be written over, and only as long as it is still the caller's picture.
    const own = result.pixels !== pixels
    const { done, repaired } = await runStep(stored.step, stored, result.pixels, { ...context, inPlace: context.inPlace || own, window: own ? null : context.window })
    const repairNotes = repaired.map((name) => noted('parameter-repaired', 'note.parameterRepaired', { name, step: stored.step }))
    result = {
      pixels: done.pixels,
      figures: { ...result.figures, ...done.figures, notes: [...result.figures.notes, ...repairNotes, ...(done.figures.notes ?? [])] },
      confidence: done.confidence ?? result.confidence,
      trained: result.trained || done.trained,
    }
  }
  return result
}
