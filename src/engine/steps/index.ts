import type { Recipe, RecipeStep } from '../../contract/recipe.ts'
import type { Note, RenderFigures } from '../../contract/pictures.ts'
import { noted } from '../../core/texts/wording.ts'
import { runnableSteps, steps, type StepId } from '../../core/steps/index.ts'
import { paramsOf, type Step } from '../../core/steps/step.ts'
import type { ComposeStats } from '../kernels/compose.ts'
import type { Confidence } from '../models/confidence.ts'
import type { Pixels } from '../pictures/index.ts'
import { planColorize, runColorize } from './colorize.ts'
import { planPage, runPage } from './page.ts'
import type { LowCopy } from './lowCopy.ts'
import type { StepContext, StepFigures, StepPlan, StepResult, StepRunner } from './step.ts'

type ParamsOf<Id extends StepId> = (typeof steps)[Id] extends Step<string, infer Params> ? Params : never

/** The pixels of every step that core knows; a missing one does not compile. */
const runners: { readonly [Id in StepId]: StepRunner<ParamsOf<Id>> } = { colorize: { run: runColorize, plan: planColorize }, page: { run: runPage, plan: planPage } }

/** A stored step with its own runner: its parameters parsed, and what had to be repaired in them as notes. */
function bound<Id extends StepId>(id: Id, stored: RecipeStep): { run: (pixels: Pixels, context: StepContext) => Promise<StepResult>; plan: ((copy: LowCopy, context: StepContext) => Promise<StepPlan>) | null; notes: Note[] } {
  const step: Step<string, object> = steps[id]
  const { params: parsed, repaired } = paramsOf(step, stored)
  // The step's own `parse` made them, so that they are its parameters.
  const params = parsed as ParamsOf<Id>
  const { run, plan } = runners[id]
  return {
    run: (pixels, context) => run(pixels, params, context),
    plan: plan ? (copy, context) => plan(copy, params, context) : null,
    notes: repaired.map((name) => noted('parameter-repaired', 'note.parameterRepaired', { name, step: stored.step })),
  }
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

const withFigures = (figures: RecipeResult['figures'], notes: readonly Note[], done: StepFigures): RecipeResult['figures'] => ({ ...figures, ...done, notes: [...figures.notes, ...notes, ...(done.notes ?? [])] })

/** Runs the enabled steps of a recipe over a picture, in their order. Unknown steps are left out. */
export async function runRecipe(pixels: Pixels, recipe: Recipe, context: StepContext): Promise<RecipeResult> {
  let result: RecipeResult = { pixels, figures: untouched, confidence: null, trained: false }
  for (const stored of runnableSteps(recipe)) {
    context.task.check()
    // Only what the caller allowed may be written over, and only as long as it is still the caller's picture.
    const own = result.pixels !== pixels
    const { run, notes } = bound(stored.step, stored)
    const done = await run(result.pixels, { ...context, inPlace: context.inPlace || own, window: own ? null : context.window })
    result = {
      pixels: done.pixels,
      figures: withFigures(result.figures, notes, done.figures),
      confidence: done.confidence ?? result.confidence,
      trained: result.trained || done.trained,
    }
  }
  return result
}

/** Whether a recipe can be worked off in bands of rows: it has one step at most, and that one plans from a small copy. */
export function worksInBands(recipe: Recipe): boolean {
  const stored = runnableSteps(recipe)
  return stored.length === 0 || (stored.length === 1 && stored.every((step) => bound(step.step, step).plan !== null))
}

/** Whether a recipe colours a page, which is told apart as a whole. */
export const worksOnPage = (recipe: Recipe): boolean => runnableSteps(recipe).some(({ step }) => step === 'page')

/** What such a recipe does to every row, and its figures once all have been composed. */
export async function planRecipe(copy: LowCopy, recipe: Recipe, context: StepContext): Promise<Omit<StepPlan, 'figures'> & { figures: (stats: ComposeStats | null) => RecipeResult['figures'] }> {
  const [stored] = runnableSteps(recipe)
  const step = stored && bound(stored.step, stored)
  if (!step?.plan) return { compose: null, figures: () => untouched, confidence: null, trained: false }
  const plan = await step.plan(copy, context)
  return { ...plan, figures: (stats) => withFigures(untouched, step.notes, plan.figures(stats)) }
}
