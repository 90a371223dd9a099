import { settings as schema, type Settings } from '../../contract/settings.ts'
import { readJson, writeJson } from '../storage/json-file.ts'
import type { EventBus } from '../events.ts'
import type { Log } from '../log.ts'
import { writeFailure } from '../storage/failures.ts'

/** What the environment sets; it wins over what the user chose. */
export interface EnvironmentSettings {
  readonly provider?: string
  readonly threads?: string
  readonly memoryMb?: string
  readonly language?: string
}

/** The environment's part of the settings; values that mean nothing are logged and left out. */
export function readEnvironment(env: EnvironmentSettings, log: Log): Partial<Settings> {
  const found: Partial<Settings> = {}
  const take = <Key extends 'provider' | 'threads' | 'memoryMb' | 'language'>(key: Key, variable: string, value: unknown): void => {
    const parsed = schema.shape[key].safeParse(value)
    if (parsed.success) found[key] = parsed.data as Settings[Key]
    else log('settings', `${variable} is not usable and was passed over`)
  }
  if (env.provider) take('provider', 'HOURGLASS_PROVIDER', env.provider.toLowerCase())
  if (env.threads) take('threads', 'HOURGLASS_THREADS', Number(env.threads))
  if (env.memoryMb) take('memoryMb', 'HOURGLASS_MEMORY_MB', Number(env.memoryMb))
  if (env.language) take('language', 'HOURGLASS_LANG', env.language)
  return found
}

/** Every valid field of what was stored; what is not valid goes back to its default and is named. */
export function repairSettings(stored: unknown): { settings: Settings; repaired: string[] } {
  if (stored === undefined) return { settings: schema.parse({}), repaired: [] }
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return { settings: schema.parse({}), repaired: ['everything'] }
  const repaired: string[] = []
  const good: Record<string, unknown> = {}
  for (const [key, field] of Object.entries(schema.shape)) {
    const value: unknown = (stored as Record<string, unknown>)[key]
    if (value === undefined) continue
    const parsed = field.safeParse(value)
    if (parsed.success) good[key] = parsed.data
    else repaired.push(key)
  }
  return { settings: schema.parse(good), repaired }
}

/** The user's settings in one JSON file. Unknown names in it (of a newer version) are kept when it is written. */
export class SettingsStore {
  readonly fromEnvironment: Partial<Settings>
  #path: string
  #bus: EventBus
  #chosen: Settings
  #unknown: Record<string, unknown>

  constructor(path: string, env: EnvironmentSettings, bus: EventBus, log: Log) {
    this.#path = path
    this.#bus = bus
    this.fromEnvironment = readEnvironment(env, log)
    const stored = readJson(path, (why) => log('settings', why))
    const { settings, repaired } = repairSettings(stored)
    if (repaired.length > 0) log('settings', `set back to their defaults: ${repaired.join(', ')}`)
    this.#chosen = settings
    this.#unknown = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {}
  }

  /** As they hold now: the user's choice under the environment's. */
  get current(): Settings {
    return { ...this.#chosen, ...this.fromEnvironment }
  }

  change(changes: Partial<Settings>): Settings {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
    const next = schema.parse({ ...this.#chosen, ...given })
    try {
      writeJson(this.#path, { ...this.#unknown, ...next })
    } catch (error) {
      throw writeFailure(error, this.#path)
    }
    this.#chosen = next
    this.#bus.emit({ type: 'settings.changed', settings: this.current })
    return this.current
  }
}
