import { totalmem } from 'node:os'
import type { EngineConfig } from '../../contract/engine.ts'
import type { ProviderName, Settings } from '../../contract/settings.ts'

/** What the engine may use where nobody set a limit: half of the machine's memory, 1 to 8 GB. */
export function usualMemoryMb(total: number = totalmem()): number {
  return Math.round(Math.min(8192, Math.max(1024, total / 2 ** 21)))
}

/** The engine's part of the settings. `probed`: the best provider found usable, where that is known. */
export function engineConfig(settings: Settings, version: string, probed: ProviderName | null = null): EngineConfig {
  return {
    provider: settings.provider ?? probed,
    threads: settings.threads,
    memoryMb: settings.memoryMb ?? usualMemoryMb(),
    version,
  }
}
