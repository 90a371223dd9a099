import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { launcher, processTree, runProcess } from '../bench/support/processes.ts'
import { ffmpeg, hasFfmpeg } from '../engine/film/clips.ts'
import { randomFrom } from '../random.ts'
import type { Soak } from './support/soak.ts'

const kills = 20

/** Hash of every frame and timestamp of a film. */
const framesOf = (file: string): string => execFileSync('ffmpeg', ['-v', 'error', '-nostdin', '-i', file, '-map', '0:v', '-fps_mode', 'passthrough', '-f', 'framemd5', '-'], { encoding: 'latin1' })
const bytesOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Ends every process of a tree at once, as a power cut does. */
function cut(root: number): void {
  for (const pid of processTree(root)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // ended by itself
    }
  }
}

export const soak: Soak = {
  name: 'film-kills',
  about: 'colouring a film is killed 20 times at random moments and goes on each time: frame by frame the film of an undisturbed run',
  async run({ seed, scratch, say }) {
    const counts = { kills: 0, runs: 0, skipped: 0 }
    if (!hasFfmpeg) {
      say('no ffmpeg here: skipped')
      return { ...counts, skipped: 1 }
    }
    const random = randomFrom(seed)
    const source = join(scratch, 'film.mkv')
    const scenes = ['testsrc2', 'mandelbrot', 'rgbtestsrc', 'testsrc2', 'cellauto', 'testsrc'].map((name) => `${name}=size=160x96:rate=24`)
    await ffmpeg(...scenes.flatMap((scene) => ['-f', 'lavfi', '-t', '8', '-i', scene]), '-filter_complex', `${scenes.map((_, i) => `[${i}:v]format=gray,format=yuv420p[s${i}];`).join('')}${scenes.map((_, i) => `[s${i}]`).join('')}concat=n=${scenes.length}`, '-c:v', 'libx264', '-preset', 'ultrafast', source)
    const original = bytesOf(source)
    const call = (target: string): string[] => [launcher, 'clip', source, '-o', target, '--json']
    const started = performance.now()
    const whole = await runProcess(process.execPath, call(join(scratch, 'whole.mp4')))
    if (whole.status !== 0) throw new Error(`the undisturbed run failed: ${whole.stdout.slice(-800)}`)
    const usual = performance.now() - started
    const truth = framesOf(join(scratch, 'whole.mp4'))
    const target = join(scratch, 'killed.mp4')
    while (counts.kills < kills) {
      const child = spawn(process.execPath, call(target), { stdio: 'ignore' })
      const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
      const killed = await Promise.race([sleep(300 + random() * usual).then(() => true), ended.then(() => false)])
      if (killed) {
        cut(child.pid!)
        await ended
        counts.kills += 1
      }
      counts.runs += 1
      if (!killed) {
        if (framesOf(target) !== truth) throw new Error(`after ${counts.kills} kills a frame is another, or missing`)
        rmSync(target)
      }
      if (counts.kills % 5 === 0) say(`${counts.kills} kills`)
    }
    const last = await runProcess(process.execPath, [...call(target), '--overwrite'])
    if (last.status !== 0) throw new Error(`the last run failed: ${last.stdout.slice(-800)}`)
    if (framesOf(target) !== truth) throw new Error('a frame is another, or missing, after the last kill')
    if (bytesOf(source) !== original) throw new Error('the source was changed')
    const left = readdirSync(scratch).filter((name) => name.startsWith('.killed') || name.endsWith('.tmp'))
    if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`)
    return counts
  },
}
