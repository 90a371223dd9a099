// `npm run soak [NAME…] [-- --minutes N] [-- --seed S] [-- --folder DIR]`: long and random tests of tests/soak.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Soak } from '../tests/soak/support/soak.ts'
import { build } from './build.ts'
import { repositoryRoot, say } from './run.ts'

const usualMinutes = 10
const folder = join(repositoryRoot, 'tests/soak')

const { values, positionals } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' }, folder: { type: 'string' } }, allowPositionals: true })
const minutes = Number(values.minutes ?? usualMinutes) || usualMinutes
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const files = readdirSync(folder).filter((name) => name.endsWith('.ts')).sort()
const soaks = (await Promise.all(files.map((file) => import(join(folder, file)) as Promise<{ soak: Soak }>))).map(({ soak }) => soak)
const unknown = positionals.filter((name) => !soaks.some((soak) => soak.name === name))
if (unknown.length > 0) {
  say(`there is no soak test called ${unknown.join(', ')}. The soak tests are:`)
  for (const { name, about } of soaks) say(`  ${name}: ${about}`)
  process.exit(2)
}

await build({ onlyIfStale: true })
for (const soak of soaks) {
  if (positionals.length > 0 && !positionals.includes(soak.name)) continue
  // The seed is what it takes to see a failure again.
  say(`${soak.name}: ${soak.about} (${minutes} minutes, seed ${seed})`)
  const scratch = mkdtempSync(join(tmpdir(), `hourglass-soak-${soak.name}-`))
  process.env['HOURGLASS_DATA'] = join(scratch, 'data')
  mkdirSync(process.env['HOURGLASS_DATA'])
  try {
    const report = await soak.run({ until: Date.now() + minutes * 60_000, seed, scratch, folder: values.folder, say })
    process.stdout.write(`${JSON.stringify({ soak: soak.name, seed, ...report })}\n`)
  } catch (error) {
    process.exitCode = 1
    say(`${soak.name} failed with seed ${seed}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
