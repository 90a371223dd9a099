import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ClipIndex } from '../../src/contract/film.ts'
import { filmTools } from '../../src/engine/film/ffmpeg.ts'
import { openClip } from '../../src/engine/film/openClip.ts'
import { closeStills, stillOf } from '../../src/engine/film/stills.ts'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { type Bench, figure, percentile } from './support/bench.ts'

/** A stage of this size shows the pictures. */
const box = { width: 1280, height: 720 }
const group = 250
/** Frames behind the place that is asked for that are still asked for. */
const ahead = 30
/** Between two presses of a key. */
const pressMs = 120

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now()
  await work()
  return performance.now() - from
}

export const bench: Bench = {
  name: 'stills',
  about: 'exact stills of a 1080p film with 250 frames a group: cold, from an open decoder, steps on and back; the first picture of a 35-minute reel, and its index',
  async run({ runs, scratch, say }) {
    if (!hasFfmpeg) {
      say('no ffmpeg here: skipped')
      return []
    }
    const tools = await filmTools({})
    const reading = { tools, threads: 0 }
    const film = join(scratch, 'film.mp4')
    await ffmpeg('-f', 'lavfi', '-i', `testsrc2=size=1920x1080:rate=24,trim=end_frame=${2 * group + ahead}`, '-vf', 'noise=alls=4:allf=t,format=yuv420p', '-c:v', 'libx264', '-preset', 'superfast', '-bf', '3', '-g', String(group), '-keyint_min', String(group), '-sc_threshold', '0', film)
    const index = await openClip(film, { ...reading, cache: null, thoroughness: 'verify' })
    const still = (n: number, of: ClipIndex = index, file = film): Promise<Buffer> => stillOf(file, of, n, box, reading)
    const [cold, opened, on, back]: [number[], number[], number[], number[]] = [[], [], [], []]
    for (let run = 0; run < runs; run++) {
      closeStills()
      // All over a group, its last frames too.
      const n = group + Math.round(((run + 0.5) * (group - 1)) / runs)
      cold.push(await timed(() => still(n)))
      for (let step = 1; step <= 12; step++) {
        await sleep(pressMs)
        on.push(await timed(() => still(n + step)))
      }
      for (let step = 11; step >= -24; step--) {
        await sleep(pressMs)
        back.push(await timed(() => still(n + step)))
      }
      closeStills()
      await still(n)
      await sleep(1000)
      opened.push(await timed(() => still(n + ahead)))
    }
    closeStills()
    const reel = join(scratch, 'reel.mp4')
    const minute = join(scratch, 'minute.mp4')
    await ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=24,trim=end_frame=1440', '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', String(group), minute)
    await ffmpeg('-stream_loop', '34', '-i', minute, '-c', 'copy', reel)
    let packets: ClipIndex | null = null
    const first = await timed(async () => {
      packets = await openClip(reel, { ...reading, cache: null, thoroughness: 'packets' })
      await still(0, packets, reel)
    })
    closeStills()
    const indexed = await timed(() => openClip(reel, { ...reading, cache: null, thoroughness: 'verify' }))
    const worst = (values: readonly number[]): { p95: number } => ({ p95: Math.round(percentile(values, 0.95)) })
    return [
      figure('stills.cold', 'ms', cold, [1200], worst(cold)),
      figure('stills.open', 'ms', opened, [250], worst(opened)),
      figure('stills.forwards', 'ms', on, [60], worst(on)),
      figure('stills.backwards', 'ms', back, [60], worst(back)),
      figure('stills.first-of-reel', 'ms', [first], [1500], { minutes: 35 }),
      // Against 20 times as fast as it plays.
      figure('stills.index', 'ms', [indexed], [(35 * 60_000) / 20], { timesRealTime: Math.round((35 * 60_000) / indexed), size: '640x360' }),
    ]
  },
}
