import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { TaskOutput } from './task.ts'

const run = promisify(execFile)
const patienceMs = 10_000
const oldest = { major: 5, minor: 1 }
const suffix = process.platform === 'win32' ? '.exe' : ''

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

/** The ffmpeg that film work would use: HOURGLASS_FFMPEG, else the ffmpeg-static package, else the one in PATH. */
export async function probeFfmpeg(): Promise<TaskOutput<'probeFfmpeg'>> {
  const wished = process.env['HOURGLASS_FFMPEG']
  const candidates = wished ? [wished] : [packaged(), `ffmpeg${suffix}`].filter((path) => path !== null)
  let problem = wished ? `HOURGLASS_FFMPEG names “${wished}”, which is no working ffmpeg.` : 'No ffmpeg was found.'
  for (const ffmpeg of candidates) {
    const version = await versionOf(ffmpeg)
    if (version === null) continue
    if (!newEnough(version)) {
      problem = `ffmpeg ${version} is too old; at least ${oldest.major}.${oldest.minor} is needed.`
      continue
    }
    const beside = join(dirname(ffmpeg), `ffprobe${suffix}`)
    const probes = ffmpeg.includes('/') || ffmpeg.includes('\\') ? [beside, `ffprobe${suffix}`] : [`ffprobe${suffix}`]
    for (const ffprobe of probes) {
      if ((await versionOf(ffprobe)) !== null) return { ffmpeg, ffprobe, version, problem: null }
    }
    return { ffmpeg, ffprobe: null, version, problem: 'ffmpeg is there, but ffprobe is not.' }
  }
  return { ffmpeg: null, ffprobe: null, version: null, problem }
}
