import { fault } from '../../core/texts/wording.ts'
import { runnableSteps, steps } from '../../core/steps/index.ts'
import { paramsOf } from '../../core/steps/step.ts'
import { loadModel } from '../models/cards.ts'
import { rowsOf } from '../pictures/rows.ts'
import { autoFactor } from '../steps/autoFactor.ts'
import { LowCopy } from '../steps/lowCopy.ts'
import type { TaskContext } from '../workers/context.ts'
import { viewOf } from './sources.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Box in which a picture is looked at to choose its factor: more than any network sees. */
const box = { width: 1600, height: 1600 }

/** Runs several factors, scores them and explains the choice. */
export async function suggestFactor(input: TaskInput<'suggestFactor'>, task: TaskContext): Promise<TaskOutput<'suggestFactor'>> {
  const stored = runnableSteps(input.recipe).find(({ step }) => step === 'colorize')
  if (!stored) throw fault('bad-input', 'fault.noFactorInRecipe', 'remedy.switchColourOn')
  const [model, view] = await Promise.all([loadModel(input.model), viewOf(task, input.source, box)])
  task.check()
  return autoFactor(task, await LowCopy.of(rowsOf(view.pixels)), model, paramsOf(steps.colorize, stored).params)
}
