import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { ClipIndex } from '../../src/contract/film.ts'
import { filmTools } from '../../src/engine/film/ffmpeg.ts'
import { openClip } from '../../src/engine/film/openClip.ts'
import { hashOf, readFrame, readFrames } from '../../src/engine/film/planes.ts'
import { hasFfmpeg, makeClips, truthOf } from '../engine/film/clips.ts'
import type { Soak } from './support/soak.ts'

/** Frames read by one process, as the stage does when somebody steps. */
const window = 48
const films = /\.(?:mp4|mov|mkv|avi|mpe?g|ts|webm)$/i

/** Numbers 0…count−1, each once, such that any beginning of the list covers the whole length. */
function coveringOrder(count: number): number[] {
  const golden = (Math.sqrt(5) - 1) / 2
  return Array.from({ length: count }, (_, n) => n).sort((a, b) => ((a * golden) % 1) - ((b * golden) % 1))
}

function must(holds: boolean, what: () => string): void {
  if (!holds) throw new Error(what())
}

export const soak: Soak = {
  name: 'film',
  about: 'every frame of every clip (of --folder, else of clips made here), fetched alone and in windows: the same as in a decode from the start',
  async run({ until, scratch, folder, say }) {
    const counts = { clips: 0, frames: 0, fetchedAlone: 0, fetchedInWindows: 0, skipped: 0 }
    if (!hasFfmpeg) {
      say('no ffmpeg here: skipped')
      return { ...counts, skipped: 1 }
    }
    const tools = await filmTools({ ffmpeg: process.env['HOURGLASS_FFMPEG'] })
    const files = folder ? readdirSync(folder).filter((name) => films.test(name)).sort().map((name) => join(folder, name)) : [...(await makeClips(join(scratch, 'clips'))).values()]
    const reading = { tools, threads: 1 }
    const clips: { file: string; index: ClipIndex; truth: Awaited<ReturnType<typeof truthOf>>; order: readonly number[] }[] = []
    for (const file of files) {
      const found = await openClip(file, { ...reading, cache: null, thoroughness: 'verify' })
      const truth = await truthOf(file, found.stream)
      must(found.pts.length === truth.length && found.info.frames === truth.length, () => `${file}: ${found.pts.length} frames in the index, ${truth.length} decoded`)
      const wrong = truth.findIndex(({ pts }, n) => pts !== found.pts[n])
      must(wrong < 0, () => `${file}: frame ${wrong} has another timestamp than in the index`)
      // Without what the decode found out, so that nothing but the recipe brings the frames.
      const index = { ...found, checks: null }
      for (let first = 0; first < truth.length; first += window) {
        const last = Math.min(truth.length, first + window) - 1
        await readFrames(file, index, first, last, reading, (frame, n) => {
          must(hashOf(frame) === truth[n]?.hash, () => `${file}: frame ${n} in the window ${first}–${last} is another picture`)
          counts.fetchedInWindows++
        })
      }
      counts.clips += 1
      counts.frames += truth.length
      clips.push({ file, index, truth, order: coveringOrder(truth.length) })
      say(`${file}: ${truth.length} frames right in windows`)
    }
    must(counts.fetchedInWindows === counts.frames, () => `${counts.frames} frames, but ${counts.fetchedInWindows} came in windows`)
    // Alone, one of each clip in turn, all over their lengths, for as long as there is time.
    const longest = Math.max(0, ...clips.map(({ truth }) => truth.length))
    for (let turn = 0; turn < longest; turn++) {
      for (const { file, index, truth, order } of clips) {
        const n = order[turn]
        if (n === undefined) continue
        if (Date.now() > until) return counts
        must(hashOf(await readFrame(file, index, n, reading)) === truth[n]?.hash, () => `${file}: frame ${n} fetched alone is another picture`)
        counts.fetchedAlone++
      }
    }
    return counts
  },
}
