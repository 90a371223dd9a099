import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { language, providerName, settings as schema, type Settings } from '../../contract/settings.ts'
import type { EnvironmentFinding } from '../../contract/system.ts'

/** What the environment sets, read once: it wins over what the user chose. */
export interface Environment {
  /** Only what is there and can be used. */
  readonly settings: Partial<Pick<Settings, 'provider' | 'threads' | 'memoryMb' | 'language'>>
  /** A usable HOURGLASS_FFMPEG: a path, or a name that stands in PATH. */
  readonly ffmpeg: string | null
  /** Every variable that is set, usable or not. */
  readonly findings: readonly EnvironmentFinding[]
}

interface Variable {
  readonly setting: EnvironmentFinding['setting']
  readonly variable: EnvironmentFinding['variable']
  /** What may stand there, in plain words. */
  readonly allowed: string
  /** What the text means; undefined where it means nothing. */
  readonly parse: (text: string, env: NodeJS.ProcessEnv) => unknown
}

const oneOf =
  (names: readonly string[]) =>
  (text: string): string | undefined =>
    names.find((name) => name.toLowerCase() === text.toLowerCase())

/** Digits alone: what JavaScript takes for a number besides (1e3, 0x10) is more likely a slip. */
const whole = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN)

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

/** A path as it is; a bare name is looked up in PATH, as a shell does. */
function program(text: string, env: NodeJS.ProcessEnv): string | undefined {
  if (/[/\\]/.test(text)) return isProgram(text) ? text : undefined
  const names = process.platform === 'win32' ? [text, `${text}.exe`] : [text]
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean)
  return folders.some((folder) => names.some((name) => isProgram(join(folder, name)))) ? text : undefined
}

const languages = language.options.filter((name) => name !== 'system')

const variables: readonly Variable[] = [
  { setting: 'provider', variable: 'HOURGLASS_PROVIDER', allowed: providerName.options.join(', '), parse: oneOf(providerName.options) },
  { setting: 'threads', variable: 'HOURGLASS_THREADS', allowed: 'a whole number from 0 (as many as cores) to 256', parse: whole },
  { setting: 'memoryMb', variable: 'HOURGLASS_MEMORY_MB', allowed: 'a whole number of megabytes from 256 to 1048576', parse: whole },
  { setting: 'language', variable: 'HOURGLASS_LANG', allowed: languages.join(', '), parse: oneOf(languages) },
  { setting: 'ffmpeg', variable: 'HOURGLASS_FFMPEG', allowed: 'the path of an ffmpeg that can be run', parse: program },
]

/** Reads the variables that set something; empty ones count as not set. The one place that does. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const settings: Record<string, unknown> = {}
  const findings: EnvironmentFinding[] = []
  let ffmpeg: string | null = null
  for (const { setting, variable, allowed, parse } of variables) {
    const value = env[variable]?.trim()
    if (!value) continue
    const meant = parse(value, env)
    const usable = setting === 'ffmpeg' ? meant !== undefined : schema.shape[setting].safeParse(meant).success && meant !== undefined
    findings.push({ setting, variable, value, usable, allowed })
    if (!usable) continue
    if (setting === 'ffmpeg') ffmpeg = meant as string
    else settings[setting] = meant
  }
  return { settings: settings as Environment['settings'], ffmpeg, findings }
}

/** Nothing is set. */
export const emptyEnvironment: Environment = { settings: {}, ffmpeg: null, findings: [] }

/** An unusable variable as an error says it; null where all that is set can be used. */
export function environmentFault({ findings }: Environment): { message: string; remedy: string } | null {
  const fault = findings.find(({ usable }) => !usable)
  return fault ? { message: faultMessage(fault), remedy: faultRemedy(fault) } : null
}

export const faultMessage = ({ variable, value }: EnvironmentFinding): string => `${variable} is “${value}”, which cannot be used.`
export const faultRemedy = ({ variable, allowed }: EnvironmentFinding): string => `Set ${variable} to ${allowed}, or unset it.`
