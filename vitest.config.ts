import { defineConfig } from 'vitest/config'
import { findChromium } from './build/system.mjs'

/** Matches no test's name: every test of the project is then counted as skipped, and none of its hooks run. */
const noTest = /(?!)/

/**
 * One project a kind of test. Later groups start when the earlier ones are done: a browser beside the native engine
 * tests would make both slow and neither trustworthy on two cores.
 */
const projects = [
  { name: 'unit', environment: 'node', group: 0 },
  { name: 'dom', environment: 'happy-dom', group: 0 },
  { name: 'engine', environment: 'node', group: 1 },
  { name: 'web', environment: 'node', group: 2, missing: findChromium() ? undefined : 'Chromium' },
  { name: 'electron', environment: 'node', group: 3 },
]

for (const { name, missing } of projects) {
  if (missing) process.stderr.write(`hourglass: ${missing} is missing: the tests of "${name}" are skipped.\n`)
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: projects.map(({ name, environment, group, missing }) => ({
      extends: true,
      test: {
        name,
        environment,
        include: [`tests/${name}/**/*.test.{ts,tsx}`],
        testTimeout: 60_000,
        hookTimeout: 120_000,
        sequence: { groupOrder: group },
        maxWorkers: 2,
        ...(missing ? { testNamePattern: noTest } : {}),
      },
    })),
  },
})
