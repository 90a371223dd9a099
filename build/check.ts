// `npm run check [PART…]`: the rules of the house, each part callable alone. With --write, pages that are drawn from
// tables are written anew before they are compared.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Check } from './check/finding.ts'
import { checkMessages } from './check/messages.ts'
import { checkDependenciesPage, checkPackages, dependenciesPage } from './check/packages.ts'
import { checkLength, checkNames, checkSuppressions, listUnmirrored } from './check/text-rules.ts'
import { checkLint, checkTypes, checkUnused } from './check/tools.ts'
import { checkCycles, checkWalls } from './check/walls.ts'
import { repositoryRoot } from './run.ts'

const parts: Record<string, readonly Check[]> = {
  types: [checkTypes],
  lint: [checkLint],
  walls: [checkWalls],
  cycles: [checkCycles],
  packages: [checkPackages, checkDependenciesPage],
  names: [checkNames],
  length: [checkLength],
  messages: [checkMessages],
  unused: [checkUnused],
  suppressions: [checkSuppressions],
}

/** Runs one part and prints what it found; answers how many rules were broken. */
async function runPart(name: string, checks: readonly Check[]): Promise<number> {
  const started = performance.now()
  let broken = 0
  for (const check of checks) {
    try {
      const { findings, summary } = await check(repositoryRoot)
      for (const { rule, place, message } of findings) process.stdout.write(`${rule}: ${place}: ${message}\n`)
      broken += findings.length
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      process.stderr.write(`${findings.length === 0 ? '✓' : '✗'} ${name}: ${summary}, ${findings.length} broken (${seconds} s)\n`)
    } catch (error) {
      broken += 1
      process.stdout.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`)
    }
  }
  return broken
}

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = asked.filter((name) => !(name in parts) && name !== 'mirrors')
if (unknown.length > 0) {
  process.stderr.write(`There is no check called ${unknown.join(', ')}. The checks are ${Object.keys(parts).join(', ')}, mirrors.\n`)
  process.exit(2)
}
if (process.argv.includes('--write')) writeFileSync(join(repositoryRoot, 'docs/dependencies.md'), dependenciesPage(repositoryRoot))

const chosen = Object.entries(parts).filter(([name]) => asked.length === 0 || asked.includes(name))
const counts = await Promise.all(chosen.map(([name, checks]) => runPart(name, checks)))
if (asked.length === 0 || asked.includes('mirrors')) {
  const unmirrored = await listUnmirrored(repositoryRoot)
  process.stderr.write(`· mirrors: ${unmirrored.length} files of core and engine have no test of their own name (\`npm run check -- mirrors\` lists them)\n`)
  if (asked.includes('mirrors')) process.stdout.write(unmirrored.map((file) => `${file}\n`).join(''))
}
const broken = counts.reduce((sum, count) => sum + count, 0)
process.stderr.write(broken === 0 ? 'All rules kept.\n' : `${broken} rules broken.\n`)
process.exitCode = broken === 0 ? 0 : 1
