import { settings as schema, type Settings } from '../../contract/settings.ts'
import { readJson, writeJson } from '../storage/json-file.ts'
import type { EventBus } from '../events.ts'
import type { Log } from '../log.ts'
import { writeFailure } from '../storage/failures.ts'
import { environmentError, type Environment } from './environment.ts'

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
  readonly environment: Environment
  #path: string
  #bus: EventBus
  #chosen: Settings
  #unknown: Record<string, unknown>

  constructor(path: string, environment: Environment, bus: EventBus, log: Log) {
    this.#path = path
    this.#bus = bus
    this.environment = environment
    for (const finding of environment.findings) {
      if (finding.usable) continue
      const { message, remedy } = environmentError(finding)
      log('settings', `${message} ${remedy}`)
    }
    const stored = readJson(path, (why) => log('settings', why))
    const { settings, repaired } = repairSettings(stored)
    if (repaired.length > 0) log('settings', `set back to their defaults: ${repaired.join(', ')}`)
    this.#chosen = settings
    this.#unknown = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {}
  }

  /** As they hold now: the user's choice under the environment's. */
  get current(): Settings {
    return { ...this.#chosen, ...this.environment.settings }
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
