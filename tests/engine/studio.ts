import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineConfig, EngineInput, EngineOutput, EngineTaskName, EngineTasks } from '../../src/contract/engine.ts'
import { engineTasks } from '../../src/contract/engine.ts'
import { Sessions } from '../../src/engine/models/sessions.ts'
import { runTask } from '../../src/engine/tasks/index.ts'
import { Budget } from '../../src/engine/workers/budget.ts'
import { makeContext, type Studio, type TaskContext } from '../../src/engine/workers/context.ts'
import { Memo } from '../../src/engine/workers/memo.ts'
import { StripPool } from '../../src/engine/workers/pool.ts'

export const bundledModel = join(import.meta.dirname, '../../models/colorize-photo-bootstrap')
export const engineEntry = join(import.meta.dirname, '../../src/engine/process.ts')

const usual: EngineConfig = { provider: 'cpu', threads: 1, memoryMb: 1024, version: '0.0.0-test' }

/** What a session thread holds, in this thread. */
/** @param memoryMb the memory setting */
export function makeStudio(memoryMb = usual.memoryMb): Studio {
  const config = { ...usual, memoryMb }
  const memo = new Memo(64 * 2 ** 20)
  return {
    config,
    sessions: new Sessions(config),
    pool: new StripPool(1),
    memo,
    budget: new Budget(memoryMb, memo),
    urgent: new Int32Array(new SharedArrayBuffer(4)),
  }
}

export function makeTask(studio: Studio, cancel = new Int32Array(new SharedArrayBuffer(4))): TaskContext {
  return makeContext(studio, 'job', cancel, () => undefined)
}

/** Runs a task in this thread, its input and output checked as the engine's loop does. */
export async function run<Name extends EngineTaskName>(studio: Studio, name: Name, input: EngineInput<Name>): Promise<EngineOutput<Name>> {
  const task: EngineTasks[Name] = engineTasks[name]
  return task.output.parse(await runTask(name, task.input.parse(input), makeTask(studio))) as EngineOutput<Name>
}

/** A folder that is gone when the test is. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'hourglass-test-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}
