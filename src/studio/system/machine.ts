import { z } from 'zod'
import type { ProviderName } from '../../contract/settings.ts'
import { providerReport, type ProviderReport } from '../../contract/system.ts'
import type { Log } from '../log.ts'
import { fastestUsable } from './probing.ts'
import { readJson, writeJson } from '../storage/json-file.ts'

const stored = z.object({
  /** Version of the product that probed: another one probes again. */
  version: z.string(),
  providers: z.array(providerReport),
  speeds: z.record(z.string(), z.number()),
})

/** What was found out about this machine by trying: providers and model speeds. Lost without harm. */
export class Machine {
  #path: string
  #log: Log
  #known: z.infer<typeof stored>

  constructor(path: string, version: string, log: Log) {
    this.#path = path
    this.#log = log
    const parsed = stored.safeParse(readJson(path, (why) => log('system', why)))
    this.#known = parsed.success && parsed.data.version === version ? parsed.data : { version, providers: [], speeds: {} }
  }

  get providers(): ProviderReport[] {
    return this.#known.providers
  }

  /** The fastest kind of provider that was seen to work; null where nothing was probed. */
  get bestProvider(): ProviderName | null {
    return fastestUsable(this.#known.providers)
  }

  rememberProviders(providers: ProviderReport[]): void {
    this.#known = { ...this.#known, providers }
    this.#save()
  }

  speedOf(model: string): number | null {
    return this.#known.speeds[model] ?? null
  }

  rememberSpeed(model: string, ms: number): void {
    this.#known = { ...this.#known, speeds: { ...this.#known.speeds, [model]: ms } }
    this.#save()
  }

  #save(): void {
    try {
      writeJson(this.#path, this.#known)
    } catch (error) {
      this.#log('system', `what was measured was not saved: ${String(error)}`)
    }
  }
}
