import { describe, expect, test } from 'vitest'
import { chunksOf, isAsked, longestChunk, segmentsOf, shotsOf } from '../../../../src/core/film/chunks.ts'

describe('chunks', () => {
  const shots = shotsOf([0, 30, 200, 900], 1000)
  const chunks = chunksOf(shots)

  test('hold every frame once and are never long', () => {
    expect(chunks[0]?.from).toBe(0)
    expect(chunks.at(-1)?.to).toBe(1000)
    chunks.slice(1).forEach((chunk, i) => expect(chunk.from).toBe(chunks[i]?.to))
    for (const { from, to } of chunks) expect(to - from).toBeLessThanOrEqual(longestChunk)
  })

  test('begin where a shot does, unless the shot is too long for one', () => {
    expect(chunks[0]).toEqual({ from: 0, to: 200 })
    expect(chunks.map(({ from }) => from)).toEqual(expect.arrayContaining([200, 900]))
  })

  test('are one a shot where shots are to be made anew one by one', () => {
    const apart = chunksOf(shots, true)
    expect(shots.every(({ from, to }) => apart.some((chunk) => chunk.from === from) && apart.some((chunk) => chunk.to === to))).toBe(true)
    for (const { from, to } of apart) expect(to - from).toBeLessThanOrEqual(longestChunk)
  })

  test('read beyond themselves within the shot, never beyond the shot', () => {
    for (const chunk of chunks) {
      for (const { shot, read, wanted } of segmentsOf(chunk, shots)) {
        expect(read.from).toBeGreaterThanOrEqual(shot.from)
        expect(read.to).toBeLessThanOrEqual(shot.to)
        expect(wanted.from - read.from).toBe(Math.min(24, wanted.from - shot.from))
        expect(Array.from({ length: read.to - read.from }, (_, i) => isAsked(read.from + i, shot, 4))).toContain(true)
      }
    }
  })
})
