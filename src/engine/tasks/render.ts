import type { EngineOutput, EngineTasks } from '../../contract/engine.ts'
import type { z } from 'zod'
import { encodeForScreen } from '../pictures/index.ts'
import { runRecipe } from '../steps/index.ts'
import type { TaskContext } from '../workers/context.ts'
import { viewOf } from './sources.ts'

/** The recipe at view size: what the user looks at while moving a slider. */
export async function render(input: z.output<EngineTasks['render']['input']>, task: TaskContext): Promise<EngineOutput<'render'>> {
  const from = performance.now()
  const view = await viewOf(task, input.source, input.box)
  task.check()
  const decoded = performance.now()
  const times = { network: 0, compose: 0 }
  const result = await runRecipe(view.pixels, input.recipe, { task, model: input.model, key: view.key, inPlace: false, times })
  task.check()
  const composed = performance.now()
  const size = await encodeForScreen(result.pixels, input.out)
  const now = performance.now()
  return {
    ...size,
    figures: {
      ...result.figures,
      ...size,
      depth: 8,
      ms: { decode: decoded - from, network: times.network, compose: times.compose, encode: now - composed, total: now - from },
    },
  }
}
