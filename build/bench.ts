// `npm run bench [NAME…] [-- --runs N]`: the benchmarks of tests/bench, one JSON line each on stdout.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Bench } from '../tests/bench/support/bench.ts'
import { build } from './build.ts'
import { repositoryRoot, say } from './run.ts'

const usualRuns = 9
const folder = join(repositoryRoot, 'tests/bench')

async function loadBenches(): Promise<Bench[]> {
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts')).sort()
  const modules = await Promise.all(files.map((file) => import(join(folder, file)) as Promise<{ bench: Bench }>))
  return modules.map(({ bench }) => bench)
}

const { values, positionals } = parseArgs({ options: { runs: { type: 'string' } }, allowPositionals: true })
const runs = values.runs === undefined ? usualRuns : Math.max(1, Number.parseInt(values.runs, 10) || usualRuns)
const benches = await loadBenches()
const unknown = positionals.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  say(`there is no benchmark called ${unknown.join(', ')}. The benchmarks are:`)
  for (const { name, about } of benches) say(`  ${name}: ${about}`)
  process.exit(2)
}

await build({ onlyIfStale: true })
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue
  say(`${bench.name}: ${bench.about} (${runs} runs)`)
  const scratch = mkdtempSync(join(tmpdir(), `hourglass-bench-${bench.name}-`))
  // Settings, cache and projects of the person at this machine are neither used nor touched.
  process.env['HOURGLASS_DATA'] = join(scratch, 'data')
  mkdirSync(process.env['HOURGLASS_DATA'])
  try {
    for (const figure of await bench.run({ runs, scratch, say })) process.stdout.write(`${JSON.stringify(figure)}\n`)
  } catch (error) {
    process.exitCode = 1
    say(`${bench.name} could not be measured: ${error instanceof Error ? error.message : String(error)}`)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
