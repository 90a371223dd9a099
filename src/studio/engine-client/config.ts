import { totalmem } from 'node:os'
import type { EngineConfig } from '../../contract/engine.ts'
import type { ProviderName, Settings } from '../../contract/settings.ts'

/** What the engine may use where nobody set a limit: half of the machine's memory, 1 to 8 GB. */
export function usualMemoryMb(total: number = totalmem()): number {
  return Math.round(Math.min(8192, Math.max(1024, total / 2 ** 21)))
}

/** What the engine is told beside the settings: the best provider found usable, and the ffmpeg and ffprobe asked for, where known. */
export interface Known {
  readonly probed?: ProviderName | null
  readonly ffmpeg?: string | null
  readonly ffprobe?: string | null
}

/** The engine's part of the settings. */
export function engineConfig(settings: Settings, version: string, known: Known = {}): EngineConfig {
  return {
    provider: settings.provider ?? known.probed ?? null,
    ffmpeg: known.ffmpeg ?? null,
    ffprobe: known.ffprobe ?? null,
    threads: settings.threads,
    memoryMb: settings.memoryMb ?? usualMemoryMb(),
    version,
  }
}
