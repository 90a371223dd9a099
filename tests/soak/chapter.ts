import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sharp from 'sharp'
import { launcher, runProcess } from '../bench/support/processes.ts'
import { drawBubble, drawPage } from '../unit/core/pages/drawnPage.ts'
import { writeArchive } from '../../src/engine/pages/archive.ts'
import { randomFrom } from '../random.ts'
import type { Soak } from './support/soak.ts'

const count = 20

/** Every file below a folder, by its path in it. */
function filesBelow(folder: string): Map<string, Buffer> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(files.map(({ parentPath, name }) => [join(parentPath, name).slice(folder.length), readFileSync(join(parentPath, name))]))
}

export const soak: Soak = {
  name: 'chapter',
  about: 'a chapter of 20 pages with layers, killed twice at random moments and resumed: archive and layers equal those of an uninterrupted run byte for byte',
  async run({ until, seed, scratch, say }) {
    const random = randomFrom(seed)
    const source = join(scratch, 'pages')
    const hints = join(scratch, 'hints')
    mkdirSync(source)
    mkdirSync(hints)
    const names = Array.from({ length: count }, (_, n) => `page${n + 1}.png`)
    for (const [n, name] of names.entries()) {
      const page = drawPage({ gap: n % 5, side: 180 + 4 * n })
      drawBubble(page, 16 + 140, 16 + 30, 34, 24)
      await sharp(page.grey, { raw: { width: page.width, height: page.height, channels: 1 } }).png().toFile(join(source, name))
      writeFileSync(join(hints, name.replace('.png', '.hints.json')), JSON.stringify({ version: 1, size: [page.width, page.height], hints: page.hints }))
    }
    const input = join(scratch, 'chapter.cbz')
    await writeArchive(names.map((name) => ({ name, path: join(source, name) })), input, { overwrite: false, original: null })
    const call = (folder: string): string[] => [launcher, 'page', input, '-o', join(scratch, folder, 'colour.cbz'), '--hints', hints, '--layers', 'psd', '--json']
    const from = performance.now()
    const whole = await runProcess(process.execPath, call('whole'))
    if (whole.status !== 0) throw new Error(`the uninterrupted run ended with status ${whole.status}\n${whole.stderr.slice(-1500)}`)
    const takes = performance.now() - from
    const wanted = filesBelow(join(scratch, 'whole'))
    const counts = { rounds: 0, kills: 0, pagesKept: 0 }
    for (; counts.rounds === 0 || Date.now() < until; counts.rounds += 1) {
      for (let kill = 0; kill < 2; kill++) {
        const child = spawn(process.execPath, call('out'), { stdio: 'ignore' })
        const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
        await sleep(takes * (0.25 + 0.4 * random()))
        counts.kills += Number(child.kill('SIGKILL'))
        await ended
      }
      const staged = join(scratch, 'out', '.colour.cbz.part', 'pages')
      if (existsSync(staged)) counts.pagesKept += readdirSync(staged).filter((name) => names.includes(name)).length
      const last = await runProcess(process.execPath, call('out'))
      if (last.status !== 0) throw new Error(`round ${counts.rounds}: the last run ended with status ${last.status}\n${last.stdout.slice(-1500)}\n${last.stderr.slice(-1500)}`)
      const made = filesBelow(join(scratch, 'out'))
      if ([...made.keys()].sort().join() !== [...wanted.keys()].sort().join()) throw new Error(`round ${counts.rounds}: there is ${[...made.keys()].join(', ')}`)
      for (const [name, bytes] of wanted) if (Buffer.compare(bytes, made.get(name) as Buffer) !== 0) throw new Error(`round ${counts.rounds}: ${name} is another than in an uninterrupted run`)
      rmSync(join(scratch, 'out'), { recursive: true })
      say(`${counts.rounds + 1} rounds, ${counts.pagesKept} pages kept`)
    }
    return counts
  },
}
