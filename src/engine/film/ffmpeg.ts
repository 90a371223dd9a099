import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { fault } from '../../core/texts/wording.ts'

const run = promisify(execFile)
const patienceMs = 10_000
const oldest = { major: 5, minor: 1 }
const suffix = process.platform === 'win32' ? '.exe' : ''

/** The programs that films are read and written with. */
export interface FilmTools {
  readonly ffmpeg: string
  readonly ffprobe: string
  readonly version: string
}

/** What was found, and what is wrong with it. */
export interface FoundFfmpeg {
  readonly ffmpeg: string | null
  readonly ffprobe: string | null
  readonly version: string | null
  readonly trouble: 'none' | 'not-working' | 'too-old' | 'no-ffprobe' | null
}

/** The binary of the ffmpeg-static package, where it was installed and really holds one. */
function packaged(): string | null {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static')
    // Inside an installed app the path names the archive, while the binary lies unpacked beside it.
    const found = typeof path === 'string' ? path.replace('app.asar', 'app.asar.unpacked') : null
    return found !== null && existsSync(found) ? found : null
  } catch {
    return null
  }
}

async function versionOf(path: string): Promise<string | null> {
  try {
    const { stdout } = await run(path, ['-version'], { timeout: patienceMs, windowsHide: true })
    return /version (\S+)/.exec(stdout)?.[1] ?? null
  } catch {
    return null
  }
}

/** Builds from a repository carry no number ("N-12345-g…"): they count as new enough. */
function newEnough(version: string): boolean {
  const number = /^n?(\d+)\.(\d+)/.exec(version)
  if (!number) return true
  const [major, minor] = [Number(number[1]), Number(number[2])]
  return major > oldest.major || (major === oldest.major && minor >= oldest.minor)
}

/** The oldest version that is taken, as people write it. */
export const oldestFfmpeg = `${oldest.major}.${oldest.minor}`

/** What the environment asks for: HOURGLASS_FFMPEG and HOURGLASS_FFPROBE. */
export interface WishedTools {
  readonly ffmpeg?: string | null | undefined
  readonly ffprobe?: string | null | undefined
}

/** Whether two versions are of one age: the same major number, or the same name. */
function sameAge(one: string, other: string): boolean {
  const [a, b] = [one, other].map((version) => /^n?(\d+)\./.exec(version)?.[1] ?? version)
  return a === b
}

/**
 * The programs to use: the ffmpeg asked for and no other, else the ffmpeg-static package's, else PATH's; with the
 * ffprobe asked for, else the one beside it, else PATH's. An ffmpeg that has an ffprobe of its own age goes before one
 * that has not; an ffprobe of another age is better than none.
 */
export async function locateFfmpeg(wished: WishedTools): Promise<FoundFfmpeg> {
  const candidates = wished.ffmpeg ? [wished.ffmpeg] : [packaged(), `ffmpeg${suffix}`].filter((path) => path !== null)
  let second: FoundFfmpeg | null = null
  let found: FoundFfmpeg = { ffmpeg: null, ffprobe: null, version: null, trouble: wished.ffmpeg ? 'not-working' : 'none' }
  for (const ffmpeg of candidates) {
    const version = await versionOf(ffmpeg)
    if (version === null) continue
    if (!newEnough(version)) {
      if (found.trouble !== 'no-ffprobe') found = { ffmpeg: null, ffprobe: null, version, trouble: 'too-old' }
      continue
    }
    if (found.trouble !== 'no-ffprobe') found = { ffmpeg, ffprobe: null, version, trouble: 'no-ffprobe' }
    const beside = /[/\\]/.test(ffmpeg) ? [join(dirname(ffmpeg), `ffprobe${suffix}`)] : []
    for (const ffprobe of wished.ffprobe ? [wished.ffprobe] : [...beside, `ffprobe${suffix}`]) {
      const age = await versionOf(ffprobe)
      if (age === null || !newEnough(age)) continue
      const pair: FoundFfmpeg = { ffmpeg, ffprobe, version, trouble: null }
      if (sameAge(version, age) || wished.ffprobe) return pair
      second ??= pair
    }
  }
  return second ?? found
}

/** Only what works is remembered: who installs ffmpeg need not start anew. */
const known = new Map<string, FilmTools>()

/**
 * The programs, or an error that says what to install.
 * @throws HourglassError `missing-component`
 */
export async function filmTools(wished: WishedTools): Promise<FilmTools> {
  const key = JSON.stringify([wished.ffmpeg ?? null, wished.ffprobe ?? null])
  const before = known.get(key)
  if (before) return before
  const { ffmpeg, ffprobe, version, trouble } = await locateFfmpeg(wished)
  if (ffmpeg !== null && ffprobe !== null && version !== null) {
    const tools = { ffmpeg, ffprobe, version }
    known.set(key, tools)
    return tools
  }
  if (trouble === 'too-old') throw fault('missing-component', 'fault.ffmpegTooOld', 'remedy.newerFfmpeg', { version: version ?? '?', oldest: oldestFfmpeg })
  if (trouble === 'no-ffprobe') throw fault('missing-component', 'fault.noFfprobe', 'remedy.ffprobeBeside')
  if (trouble === 'not-working') throw fault('missing-component', 'fault.ffmpegNotWorking', 'remedy.newerFfmpeg', { path: wished.ffmpeg ?? '', oldest: oldestFfmpeg })
  throw fault('missing-component', 'fault.noFfmpeg', 'remedy.newerFfmpeg', { oldest: oldestFfmpeg })
}

/** The tools are looked for anew: what was found is gone. */
export const forgetFilmTools = (): void => known.clear()
