// `npm test`: builds what the browser and Electron tests start, runs every vitest project, closes with one line.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from './build.ts'
import { runNode, say } from './run.ts'
import { closingLine, type Counts } from './test-counts.ts'

/** Runs vitest with the given extra arguments and answers what was counted over all projects. */
async function runTests(args: readonly string[]): Promise<{ counts: Counts; status: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'hourglass-test-'))
  const countsFile = join(folder, 'counts.json')
  try {
    const status = await runNode(
      'node_modules/vitest/vitest.mjs',
      ['run', '--reporter=default', '--reporter=./build/test-counts.ts', ...args],
      // Importing electron's npm package outside Electron starts a download; a folder named here prevents it.
      { HOURGLASS_TEST_COUNTS: countsFile, ELECTRON_OVERRIDE_DIST_PATH: folder },
    )
    try {
      return { counts: JSON.parse(readFileSync(countsFile, 'utf8')) as Counts, status }
    } catch {
      // vitest ended before it could report: that is a failure, whatever its exit status says.
      return { counts: { passed: 0, failed: 1, skipped: 0 }, status: status || 1 }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

let outcome: { counts: Counts; status: number }
try {
  await build({ onlyIfStale: true })
  outcome = await runTests(process.argv.slice(2))
} catch (error) {
  say(error instanceof Error ? error.message : String(error))
  outcome = { counts: { passed: 0, failed: 1, skipped: 0 }, status: 1 }
}
// A status without a failed test (an error outside the tests) still counts as a failure in the closing line.
if (outcome.status !== 0 && outcome.counts.failed === 0) outcome.counts.failed = 1
process.stdout.write(`${closingLine(outcome.counts)}\n`)
process.exitCode = outcome.counts.failed > 0 ? 1 : 0
