import { describe, expect, it } from 'vitest'
import type { TestModule } from 'vitest/node'
import { closingLine, countTests } from '../../../build/test-counts.ts'

/** As much of a finished test file as the counting looks at. */
function file(states: ('passed' | 'failed' | 'skipped')[], state = states.includes('failed') ? 'failed' : 'passed'): TestModule {
  return { state: () => state, children: { allTests: () => states.map((each) => ({ result: () => ({ state: each }) })) } } as unknown as TestModule
}

describe('the closing line of npm test', () => {
  it('names what was skipped only when something was', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed')
    expect(closingLine({ passed: 12, failed: 1, skipped: 3 })).toBe('12 passed, 1 failed, 3 skipped')
  })

  it('sums over all files of all projects', () => {
    expect(countTests([file(['passed', 'failed', 'skipped']), file(['passed', 'passed'])], 0)).toEqual({ passed: 3, failed: 1, skipped: 1 })
  })

  it('counts a file that could not be loaded, and an error outside any test, as failures', () => {
    expect(countTests([file([], 'failed')], 1)).toEqual({ passed: 0, failed: 2, skipped: 0 })
  })

  it('does not count a failing file twice', () => {
    expect(countTests([file(['failed', 'passed'])], 0)).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })
})
