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

/** What films are written with: lossless, for viewing, for editing, as pictures, and their sound. A cut-down ffmpeg lacks some. */
const neededEncoders = ['ffv1', 'libx264', 'libx265', 'prores_ks', 'png', 'aac', 'flac']

/** Needed encoders that a working ffmpeg was built without. fluent-ffmpeg reads the listing of every version since 0.9. */
async function missingEncoders(ffmpeg: string): Promise<string[]> {
  // Loaded here: the engine starts without it, and it must only ever be given a binary that is known to run.
  const { default: fluent } = await import('fluent-ffmpeg')
  return new Promise((resolve, reject) => {
    fluent()
      .setFfmpegPath(ffmpeg)
      .getAvailableEncoders((error, encoders) => {
        if (error) reject(error)
        else resolve(neededEncoders.filter((name) => !Object.hasOwn(encoders, name)))
      })
  })
}

/** The ffmpeg that film work would use: the one asked for, else the ffmpeg-static package, else the one in PATH. */
export async function findFfmpeg(wished: string | null): Promise<TaskOutput<'probeFfmpeg'>> {
  const candidates = wished ? [wished] : [packaged(), `ffmpeg${suffix}`].filter((path) => path !== null)
  let problem = wished ? `“${wished}” (HOURGLASS_FFMPEG) is no working ffmpeg.` : 'No ffmpeg was found.'
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
      if ((await versionOf(ffprobe)) === null) continue
      const missing = await missingEncoders(ffmpeg)
      return { ffmpeg, ffprobe, version, problem: missing.length > 0 ? `it was built without ${missing.join(', ')}, so that it cannot write every kind of film.` : null }
    }
    return { ffmpeg, ffprobe: null, version, problem: 'ffmpeg is there, but ffprobe is not.' }
  }
  return { ffmpeg: null, ffprobe: null, version: null, problem }
}
