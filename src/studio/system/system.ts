import { statfsSync } from 'node:fs'
import type { SpawnEngine } from '../../contract/engine.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { engineConfig } from '../engine-client/config.ts'
import type { EventBus } from '../events.ts'
import type { Log } from '../log.ts'
import type { Models } from '../models/models.ts'
import type { PictureCache } from '../previews/cache.ts'
import type { SettingsStore } from '../settings/settings.ts'
import type { ProviderName } from '../../contract/settings.ts'
import type { ProviderReport, SystemInfo } from '../../contract/system.ts'
import type { Machine } from './machine.ts'
import { probeProviders } from './probing.ts'

export interface SystemOptions {
  readonly version: string
  readonly data: string
  readonly engine: EngineClient
  readonly spawnEngine: SpawnEngine
  readonly models: Models
  readonly cache: PictureCache
  readonly settings: SettingsStore
  readonly machine: Machine
  readonly bus: EventBus
  readonly log: Log
}

/** How long the engine must have been free before it is put to the test. */
const idleMs = 10_000
const tellingMs = 250

/** Free space for the file system of a folder, MB; 0 where it cannot be asked. */
export function freeMegabytes(folder: string): number {
  try {
    const disk = statfsSync(folder)
    return Math.round((disk.bavail * disk.bsize) / 2 ** 20)
  } catch {
    return 0
  }
}

/** Memory is asked for at most this often, ms. */
const memoryPauseMs = 2000

/** What the studio knows of the machine and of itself. */
export class System {
  #options: SystemOptions
  #active: ProviderName | null = null
  #usedMb = 0
  #measuredAt = Number.NEGATIVE_INFINITY
  #wantsProbe: ReturnType<typeof setTimeout> | null = null
  #wantsTelling: ReturnType<typeof setTimeout> | null = null
  #probing: Promise<ProviderReport[]> | null = null

  constructor(options: SystemOptions) {
    this.#options = options
  }

  /** The engine said what it runs on. */
  providerChanged(active: ProviderName, note: string | null): void {
    this.#active = active
    if (note) this.#options.log('engine', note)
    this.tell()
  }

  /** Tells how things stand, soon: the engine turns busy and ready many times while a slider moves. */
  tell(): void {
    this.#wantsTelling ??= setTimeout(() => {
      this.#wantsTelling = null
      void this.info().then((info) => this.#options.bus.emit({ type: 'system.changed', info }))
    }, tellingMs).unref()
  }

  #describe(): SystemInfo {
    const { version, data, engine, models, cache, settings, machine } = this.#options
    const config = engineConfig(settings.current, version, { probed: machine.bestProvider })
    return {
      version,
      engine: engine.state,
      provider: this.#active ?? config.provider ?? 'cpu',
      providers: machine.providers,
      memory: { usedMb: this.#usedMb, limitMb: config.memoryMb },
      disk: { dataFolder: data, freeMb: freeMegabytes(data), cacheMb: cache.megabytes },
      modelsInstalled: models.installed,
      environment: [...settings.environment.findings],
    }
  }

  async info(): Promise<SystemInfo> {
    const { engine } = this.#options
    // Asking makes the engine busy for a moment, which is told again: without a pause the two would go round for ever.
    if (engine.isRunning && performance.now() - this.#measuredAt > memoryPauseMs) {
      this.#measuredAt = performance.now()
      const memory = await engine.run('memory', {}, { priority: 'visible' }).catch(() => null)
      if (memory) this.#usedMb = Math.round(memory.rssMb)
    }
    return this.#describe()
  }

  /** Tries every provider this system could have; the fastest kind that works is used from now on, and by later engines. */
  probe(): Promise<ProviderReport[]> {
    this.#probing ??= this.#probe().finally(() => (this.#probing = null))
    return this.#probing
  }

  async #probe(): Promise<ProviderReport[]> {
    const { engine, machine, spawnEngine } = this.#options
    const reports = await probeProviders(engine, spawnEngine)
    machine.rememberProviders(reports)
    engine.reconfigure()
    this.tell()
    return reports
  }

  /** The first time on this machine: providers are tried once nothing else is to do, so that no picture waits for it. */
  probeWhenIdle(): void {
    const { engine, machine, settings, log } = this.#options
    if (this.#wantsProbe || machine.providers.length > 0 || settings.current.provider) return
    this.#wantsProbe = setTimeout(() => {
      this.#wantsProbe = null
      if (engine.state === 'ready') this.probe().catch((error: unknown) => log('system', `providers were not tried: ${String(error)}`))
    }, idleMs)
    this.#wantsProbe.unref()
  }

  close(): void {
    if (this.#wantsProbe) clearTimeout(this.#wantsProbe)
    if (this.#wantsTelling) clearTimeout(this.#wantsTelling)
  }

  async clearCache(): Promise<{ freedMb: number }> {
    const bytes = await this.#options.cache.clear()
    this.tell()
    return { freedMb: Math.round(bytes / 2 ** 20) }
  }
}
