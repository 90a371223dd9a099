import { createHash } from 'node:crypto'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { drawPhoto } from '../bench/support/pictures.ts'
import { launcher, processTree, runProcess } from '../bench/support/processes.ts'
import { randomFrom } from '../random.ts'
import type { Soak } from './support/soak.ts'

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Ends the engine below a command line's process, as the system does when memory is short. */
function killEngine(root: number): boolean {
  const engine = processTree(root).find((pid) => {
    try {
      return pid !== root && /engine(\.js|\/process\.ts)/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
    } catch {
      return false
    }
  })
  if (engine) process.kill(engine, 'SIGKILL')
  return engine !== undefined
}

export const soak: Soak = {
  name: 'kills',
  about: 'batches whose engine or whole process is killed at random moments: what is there is whole, and a second call finishes the rest',
  async run({ until, seed, scratch, say }) {
    const random = randomFrom(seed)
    const inputs = join(scratch, 'in')
    mkdirSync(inputs)
    const names = Array.from({ length: 8 }, (_, index) => `photo-${index}.jpg`)
    for (const [index, name] of names.entries()) await drawPhoto(join(inputs, name), 600 + 150 * index, 500 + 90 * index, index + seed)
    const originals = names.map((name) => hashOf(join(inputs, name)))
    const counts = { rounds: 0, engineKills: 0, programKills: 0 }
    for (let round = 0; Date.now() < until; round += 1) {
      const out = join(scratch, `out-${round}`)
      const call = [launcher, 'colorize', inputs, '--out-dir', out, '--json']
      const child = spawn(process.execPath, call, { stdio: 'ignore' })
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
      await sleep(300 + random() * 2500)
      if (random() < 0.6) counts.engineKills += Number(killEngine(child.pid!))
      else counts.programKills += Number(child.kill('SIGKILL'))
      await ended
      // What stands now, however it ended, is whole.
      for (const name of (existsSync(out) ? readdirSync(out) : []).filter((each) => names.includes(each))) await sharp(join(out, name), { failOn: 'warning' }).stats()
      const second = await runProcess(process.execPath, call)
      if (second.status !== 0) throw new Error(`round ${round}: the second call ended with status ${second.status}\n${second.stdout.slice(-1500)}\n${second.stderr.slice(-1500)}`)
      const there = readdirSync(out).sort()
      if (there.join() !== names.join()) throw new Error(`round ${round}: the folder holds ${there.join(', ')}`)
      for (const name of names) await sharp(join(out, name), { failOn: 'warning' }).stats()
      if (names.some((name, index) => hashOf(join(inputs, name)) !== originals[index])) throw new Error(`round ${round}: an original was changed`)
      rmSync(out, { recursive: true, force: true })
      counts.rounds += 1
      if (counts.rounds % 10 === 0) say(`${counts.rounds} rounds`)
    }
    return counts
  },
}
