import type { z } from 'zod'
import type { EngineOutput, EngineTaskName, EngineTasks } from '../../contract/engine.ts'
import { HourglassError } from '../../contract/errors.ts'
import type { TaskContext } from '../workers/context.ts'
import { exportPicture } from './export.ts'
import { render } from './render.ts'

export type TaskInput<Name extends EngineTaskName> = z.output<EngineTasks[Name]['input']>
type TaskRunner<Name extends EngineTaskName> = (input: TaskInput<Name>, task: TaskContext) => Promise<EngineOutput<Name>>

const runners: { [Name in EngineTaskName]?: TaskRunner<Name> } = {
  render,
  export: exportPicture,
}

/** Runs one task; its input was checked by the engine's loop. */
export async function runTask(name: EngineTaskName, input: unknown, task: TaskContext): Promise<unknown> {
  const run = runners[name] as TaskRunner<EngineTaskName> | undefined
  if (!run) throw new HourglassError('internal', `no task ${name}`, '')
  return run(input as never, task)
}
