import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { type Bench, figure } from './support/bench.ts'
import { launcher, runWell } from './support/processes.ts'

export const bench: Bench = {
  name: 'film',
  about: 'colouring a 1080p film in the visual preset against re-encoding it plainly with the same settings, whole processes',
  async run({ runs, scratch, say }) {
    if (!hasFfmpeg) {
      say('no ffmpeg here: skipped')
      return []
    }
    const source = join(scratch, 'film.mp4')
    // Moving, detailed and grainy, as film is: two pictures that zoom, with noise.
    await ffmpeg('-f', 'lavfi', '-i', 'mandelbrot=size=1920x1080:rate=24,trim=end_frame=144', '-vf', 'format=gray,noise=alls=9:allf=t,format=yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', source)
    const ours: number[] = []
    const against: number[] = []
    const target = join(scratch, 'ours.mp4')
    const call = [launcher, 'clip', source, '-o', target, '--json']
    // Looking at memory takes a third of a core: it has a run of its own.
    const { peakMb } = await runWell(process.execPath, call, { watchMemory: true })
    for (let run = 0; run < Math.min(runs, 3); run += 1) {
      rmSync(target, { force: true })
      ours.push((await runWell(process.execPath, call)).ms)
      against.push((await runWell('ffmpeg', ['-v', 'error', '-nostdin', '-y', '-i', source, '-c:v', 'libx264', '-preset', 'medium', '-crf', '18', '-fps_mode', 'passthrough', join(scratch, 'plain.mp4')])).ms)
    }
    return [figure('film.1080p', 'ms', ours, against, { must: 1.9, goal: 1.4, frames: 144, peakMb: Math.round(peakMb) })]
  },
}
