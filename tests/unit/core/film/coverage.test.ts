import { describe, expect, test } from 'vitest'
import { coveredRuns } from '../../../../src/core/film/coverage.ts'

const flags = (frames: number, ...spans: [number, number][]): Uint8Array => {
  const made = new Uint8Array(frames)
  for (const [from, to] of spans) made.fill(1, from, to)
  return made
}

describe('flagged frames along a drawing', () => {
  test('are runs of columns, one a frame or many', () => {
    expect(coveredRuns(flags(10, [2, 5], [8, 10]), 0, 10, 10)).toEqual([[2, 5], [8, 10]])
    expect(coveredRuns(flags(100, [20, 50]), 0, 100, 10)).toEqual([[2, 5]])
    // Zoomed in, a frame has several columns.
    expect(coveredRuns(flags(10, [2, 3]), 0, 5, 20)).toEqual([[8, 12]])
  })

  test('count where they are at least half of a column', () => {
    expect(coveredRuns(flags(100, [20, 25], [30, 34]), 0, 100, 10)).toEqual([[2, 3]])
  })

  test('are none beyond the end of the film', () => {
    expect(coveredRuns(flags(10, [0, 10]), 5, 15, 10)).toEqual([[0, 5]])
    expect(coveredRuns(flags(0), 0, 10, 5)).toEqual([])
  })
})
