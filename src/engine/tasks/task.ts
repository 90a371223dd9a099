import type { z } from 'zod'
import type { EngineOutput, EngineTaskName, EngineTasks } from '../../contract/engine.ts'
import type { TaskContext } from '../workers/context.ts'

/** What a task is given: checked by the engine's loop, defaults filled in. */
export type TaskInput<Name extends EngineTaskName> = z.output<EngineTasks[Name]['input']>
export type TaskOutput<Name extends EngineTaskName> = EngineOutput<Name>
export type TaskRunner<Name extends EngineTaskName> = (input: TaskInput<Name>, task: TaskContext) => Promise<TaskOutput<Name>>
