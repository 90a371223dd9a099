import { locateFfmpeg, oldestFfmpeg, type FoundFfmpeg } from '../film/ffmpeg.ts'
import type { TaskOutput } from './task.ts'

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

function problemOf({ trouble, version }: FoundFfmpeg, wished: string | null): string | null {
  if (trouble === 'too-old') return `ffmpeg ${version} is too old; at least ${oldestFfmpeg} is needed.`
  if (trouble === 'no-ffprobe') return 'ffmpeg is there, but ffprobe is not.'
  if (trouble === 'not-working') return `“${wished}” (HOURGLASS_FFMPEG) is no working ffmpeg.`
  return trouble === 'none' ? 'No ffmpeg was found.' : null
}

/** The ffmpeg that film work would use, and what is wrong with it. */
export async function findFfmpeg(wished: string | null): Promise<TaskOutput<'probeFfmpeg'>> {
  const found = await locateFfmpeg(wished)
  const { ffmpeg, ffprobe } = found
  const version = ffmpeg === null ? null : found.version
  if (ffmpeg === null || ffprobe === null) return { ffmpeg, ffprobe, version, problem: problemOf(found, wished) }
  const missing = await missingEncoders(ffmpeg)
  return { ffmpeg, ffprobe, version, problem: missing.length > 0 ? `it was built without ${missing.join(', ')}, so that it cannot write every kind of film.` : null }
}
