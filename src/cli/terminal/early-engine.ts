import type { SpawnEngine } from '../../contract/engine.ts'
import { forkEngine, startEarly, type EngineWork } from '../../studio/hosting/fork-engine.ts'
import { locate } from '../../studio/hosting/locations.ts'

export interface EarlyEngine {
  readonly spawn: SpawnEngine
  /** Process ids of all engines of this run. */
  readonly pids: ReadonlySet<number>
  /** Ends the engine where no work has taken it. */
  discard(): void
}

let started: EarlyEngine | null = null

/** Starts an engine before it is known what for. Imports next to nothing, so that nothing comes before it. */
export function startEngine(verbose: boolean, work: EngineWork = 'photos'): EarlyEngine {
  const pids = new Set<number>()
  const fork = forkEngine({ entry: locate().engine, onLog: (text) => void (verbose && process.stderr.write(text)), work })
  const early = startEarly(() => {
    const engine = fork()
    if (engine.pid !== undefined) pids.add(engine.pid)
    return engine
  })
  started = { ...early, pids }
  return started
}

/** The engine that was started, or a new one. */
export function takeEngine(verbose: boolean, work: EngineWork): EarlyEngine {
  return started ?? startEngine(verbose, work)
}

/** Ends an engine that nobody took: the command line was wrong. */
export function discardEngine(): void {
  started?.discard()
}
