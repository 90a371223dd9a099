// `node build/speed.ts MODEL_FOLDER… [--write]`: milliseconds of one run at 256 px on one, two and four threads, and the memory
// it takes; --write puts them into the cards. Each number of threads in a process of its own, the best of some runs.
import { execFileSync } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { loadModel } from '../src/engine/models/cards.ts'
import { colorize } from '../src/engine/models/colorizer.ts'
import { Sessions } from '../src/engine/models/sessions.ts'
import { writeMeasured } from './models/measured.ts'
import { repositoryRoot, say } from './run.ts'

const side = 256
const runs = 20
const threadsTried = [1, 2, 4] as const

interface Measured {
  readonly ms: number
  /** Growth of the process from before its session was made to its highest. */
  readonly memoryMb: number
}

/** A picture with tones and edges of all kinds: what it shows does not change how long a network takes. */
const drawn = (): Float32Array => Float32Array.from({ length: side * side }, (_, i) => 50 + 30 * Math.sin(i / 37) * Math.cos(i / (9 * side)) + (i % side > 90 ? 15 : 0))

async function measure(folder: string, threads: number): Promise<Measured> {
  const model = await loadModel(folder)
  const before = process.memoryUsage.rss()
  const sessions = new Sessions({ provider: 'cpu', threads, memoryMb: 4096 })
  const lightness = { width: side, height: side, data: drawn() }
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const from = performance.now()
    await colorize(sessions, model, { lightness, size: lightness, hints: null, temperature: null })
    times.push(performance.now() - from)
  }
  await sessions.releaseAll()
  return { ms: Math.min(...times), memoryMb: process.resourceUsage().maxRSS / 1024 - before / 2 ** 20 }
}

const { values, positionals } = parseArgs({ options: { write: { type: 'boolean', default: false }, threads: { type: 'string' } }, allowPositionals: true })
if (positionals.length === 0) {
  say('node build/speed.ts MODEL_FOLDER… [--write]')
  process.exit(2)
}
for (const folder of positionals) {
  if (values.threads !== undefined) {
    process.stdout.write(JSON.stringify(await measure(folder, Number(values.threads))))
    continue
  }
  const own = (threads: number): Measured => JSON.parse(execFileSync(process.execPath, [...process.execArgv, import.meta.filename, folder, '--threads', String(threads)], { encoding: 'utf8' })) as Measured
  const measured = threadsTried.map((threads) => ({ threads, ...own(threads) }))
  const speed = {
    what: `One run at ${side} × ${side} px, best of ${runs}, on a machine of ${availableParallelism()} cores; memory beyond that of the program`,
    command: `node build/speed.ts ${relative(repositoryRoot, resolve(folder))}`,
    milliseconds: Object.fromEntries(measured.map(({ threads, ms }) => [threads, Math.round(10 * ms) / 10])),
    memoryMb: Math.round(Math.max(...measured.map(({ memoryMb }) => memoryMb))),
  }
  process.stdout.write(`${JSON.stringify({ model: folder, ...speed })}\n`)
  if (values.write) writeMeasured(folder, 'figures', { speed })
}
