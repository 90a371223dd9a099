import { Worker } from 'node:worker_threads'
import type { EngineConfig } from '../../contract/engine.ts'
import { workerEntry } from './entry.ts'
import type { WorkerRole } from './messages.ts'

export interface SessionThread {
  readonly worker: Worker
  /** [number of interactive tasks that run or wait]. */
  readonly urgent: Int32Array
}

/** In force until the owner's first `configure`. */
const initialConfig: EngineConfig = { provider: null, threads: 0, memoryMb: 2048, version: '0.0.0' }

/** Starts the thread that holds the sessions and runs the tasks. */
export function startSession(): SessionThread {
  const urgent = new SharedArrayBuffer(4)
  const role: WorkerRole = { role: 'session', config: initialConfig, urgent }
  return { worker: new Worker(workerEntry(), { workerData: role }), urgent: new Int32Array(urgent) }
}
