import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { type Bench, figure } from './support/bench.ts'
import { launcher, runWell } from './support/processes.ts'

/** Of 1080p film at 24 frames a second. */
const [short, long] = [10, 300]

export const bench: Bench = {
  name: 'film-memory',
  about: 'memory of all processes that colour a 1080p film of five minutes, against those of one of ten seconds',
  async run({ scratch, say }) {
    if (!hasFfmpeg) {
      say('no ffmpeg here: skipped')
      return []
    }
    const films = new Map([[short, join(scratch, 'short.mp4')], [long, join(scratch, 'long.mp4')]])
    // What is in the picture costs time, not memory. The long film is the short one over and over.
    await ffmpeg('-f', 'lavfi', '-i', `testsrc2=size=1920x1080:rate=24,trim=end_frame=${24 * short}`, '-vf', 'format=gray,format=yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', films.get(short)!)
    await ffmpeg('-stream_loop', String(long / short - 1), '-i', films.get(short)!, '-c', 'copy', films.get(long)!)
    const target = join(scratch, 'ours.mp4')
    const peaks: number[] = []
    for (const seconds of [short, long]) {
      rmSync(target, { force: true })
      const colored = await runWell(process.execPath, [launcher, 'clip', films.get(seconds)!, '-o', target, '--json'], { watchMemory: true })
      peaks.push(Math.round(colored.peakMb))
      say(`${seconds} s of film: ${Math.round(colored.peakMb)} MB, ${Math.round(colored.ms / 1000)} s`)
    }
    const [ofShort = 0, ofLong = 0] = peaks
    return [figure('film.memory', 'MB', [ofLong], [ofShort], { most: 700 })]
  },
}
