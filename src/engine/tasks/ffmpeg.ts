import type { Said } from '../../contract/texts.ts'
import { phrase } from '../../core/texts/wording.ts'
import { locateFfmpeg, oldestFfmpeg, type FoundFfmpeg, type WishedTools } from '../film/ffmpeg.ts'
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

function problemOf({ trouble, version }: FoundFfmpeg, wished: string | null): Said | null {
  if (trouble === 'too-old') return phrase('check.ffmpegOld', { version: version ?? '?', oldest: oldestFfmpeg })
  if (trouble === 'no-ffprobe') return phrase('check.ffprobeNone')
  if (trouble === 'not-working') return phrase('check.ffmpegUnusable', { path: wished ?? '' })
  return trouble === 'none' ? phrase('check.ffmpegNone') : null
}

/** The ffmpeg that film work would use, and what is wrong with it. */
export async function findFfmpeg(wished: WishedTools): Promise<TaskOutput<'probeFfmpeg'>> {
  const found = await locateFfmpeg(wished)
  const { ffmpeg, ffprobe } = found
  const version = ffmpeg === null ? null : found.version
  if (ffmpeg === null || ffprobe === null) return { ffmpeg, ffprobe, version, problem: problemOf(found, wished.ffmpeg ?? null) }
  const missing = await missingEncoders(ffmpeg)
  return { ffmpeg, ffprobe, version, problem: missing.length > 0 ? phrase('check.ffmpegLacks', { encoders: missing.join(', ') }) : null }
}
