import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import type { EngineConfig, EnginePriority } from '../../contract/engine.ts'
import { CancelledError } from '../../contract/errors.ts'
import type { Sessions } from '../models/sessions.ts'
import type { Budget } from './budget.ts'
import type { Memo } from './memo.ts'
import type { StripPool } from './pool.ts'

/** What every task of one session thread shares. */
export interface Studio {
  config: EngineConfig
  readonly sessions: Sessions
  readonly pool: StripPool
  /** Decoded views, network answers and planes. */
  readonly memo: Memo
  /** Room for pictures under the memory setting. */
  readonly budget: Budget
  /** [number of interactive tasks that run or wait], written by the engine's loop. */
  readonly urgent: Int32Array
}

/** What one task may ask of its surroundings. */
export interface TaskContext {
  readonly studio: Studio
  readonly priority: EnginePriority
  /** [1 once cancelled]. */
  readonly cancel: Int32Array
  /** @throws CancelledError once the task was cancelled */
  check(): void
  /** Lets other work of this thread run, and waits while more urgent work is there. @throws CancelledError */
  pause(): Promise<void>
  /** Runs work of a library that knows abort signals; the signal fires soon after the task was cancelled. */
  abortable<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result>
  /** done 0…1. */
  progress(done: number): void
}

/** How long a background task sleeps at a time while somebody waits for a picture. */
const napMs = 5
/** How often the cancel flag is looked at while a library works. */
const watchMs = 30

export function makeContext(studio: Studio, priority: EnginePriority, cancel: Int32Array, progress: (done: number) => void): TaskContext {
  const check = (): void => {
    if (Atomics.load(cancel, 0) !== 0) throw new CancelledError()
  }
  return {
    studio,
    priority,
    cancel,
    check,
    progress,
    async abortable(work) {
      const controller = new AbortController()
      const watch = setInterval(() => {
        if (Atomics.load(cancel, 0) !== 0) controller.abort()
      }, watchMs)
      try {
        return await work(controller.signal)
      } finally {
        clearInterval(watch)
      }
    },
    async pause() {
      check()
      await nextTurn()
      while (priority !== 'interactive' && Atomics.load(studio.urgent, 0) > 0) {
        await delay(napMs)
        check()
      }
      check()
    },
  }
}
