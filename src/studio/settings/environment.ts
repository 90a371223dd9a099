import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { language, providerName, settings as schema, type Settings } from '../../contract/settings.ts'
import type { HourglassError } from '../../contract/errors.ts'
import type { EnvironmentFinding } from '../../contract/system.ts'
import { fault, worded } from '../../core/texts/wording.ts'

/** What the environment sets, read once: it wins over what the user chose. */
export interface Environment {
  /** Only what is there and can be used. */
  readonly settings: Partial<Pick<Settings, 'provider' | 'threads' | 'memoryMb' | 'language'>>
  /** A usable HOURGLASS_FFMPEG: a path, or a name that stands in PATH. */
  readonly ffmpeg: string | null
  /** A usable HOURGLASS_FFPROBE. */
  readonly ffprobe: string | null
  /** Every variable that is set, usable or not. */
  readonly findings: readonly EnvironmentFinding[]
}

interface Variable {
  readonly setting: EnvironmentFinding['setting']
  readonly variable: EnvironmentFinding['variable']
  readonly allowed: EnvironmentFinding['allowed']
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
  { setting: 'provider', variable: 'HOURGLASS_PROVIDER', allowed: worded('remedy.allowedNames', { names: providerName.options.join(', ') }), parse: oneOf(providerName.options) },
  { setting: 'threads', variable: 'HOURGLASS_THREADS', allowed: worded('remedy.allowedThreads'), parse: whole },
  { setting: 'memoryMb', variable: 'HOURGLASS_MEMORY_MB', allowed: worded('remedy.allowedMemory'), parse: whole },
  { setting: 'language', variable: 'HOURGLASS_LANG', allowed: worded('remedy.allowedNames', { names: languages.join(', ') }), parse: oneOf(languages) },
  { setting: 'ffmpeg', variable: 'HOURGLASS_FFMPEG', allowed: worded('remedy.allowedFfmpeg'), parse: program },
  { setting: 'ffprobe', variable: 'HOURGLASS_FFPROBE', allowed: worded('remedy.allowedFfprobe'), parse: program },
]

/** Reads the variables that set something; empty ones count as not set. The one place that does. */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const settings: Record<string, unknown> = {}
  const findings: EnvironmentFinding[] = []
  const programs: Record<'ffmpeg' | 'ffprobe', string | null> = { ffmpeg: null, ffprobe: null }
  for (const { setting, variable, allowed, parse } of variables) {
    const value = env[variable]?.trim()
    if (!value) continue
    const meant = parse(value, env)
    const isProgramName = setting === 'ffmpeg' || setting === 'ffprobe'
    const usable = isProgramName ? meant !== undefined : schema.shape[setting].safeParse(meant).success && meant !== undefined
    findings.push({ setting, variable, value, usable, allowed })
    if (!usable) continue
    if (isProgramName) programs[setting] = meant as string
    else settings[setting] = meant
  }
  return { settings: settings as Environment['settings'], ...programs, findings }
}

/** Nothing is set. */
export const emptyEnvironment: Environment = { settings: {}, ffmpeg: null, ffprobe: null, findings: [] }

/** A finding that cannot be used, as an error says it. */
export function environmentError({ variable, value, allowed }: EnvironmentFinding): HourglassError {
  return fault('bad-input', 'fault.variableUnusable', 'remedy.setVariable', { variable, value, allowed })
}
