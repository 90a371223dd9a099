import { describe, expect, test } from 'vitest'
import { bridgeOver, bridgeReach, bridgeShare, chunksOf, isAsked, longestChunk, segmentsOf, shotsOf } from '../../../../src/core/film/chunks.ts'

describe('chunks', () => {
  const shots = shotsOf([0, 30, 100, 900], 1000)
  const chunks = chunksOf(shots)

  test('hold every frame once and are never long', () => {
    expect(chunks[0]?.from).toBe(0)
    expect(chunks.at(-1)?.to).toBe(1000)
    chunks.slice(1).forEach((chunk, i) => expect(chunk.from).toBe(chunks[i]?.to))
    for (const { from, to } of chunks) expect(to - from).toBeLessThanOrEqual(longestChunk)
  })

  test('begin where a shot does, unless the shot is too long for one', () => {
    expect(chunks[0]).toEqual({ from: 0, to: 100 })
    expect(chunks.map(({ from }) => from)).toEqual(expect.arrayContaining([100, 900]))
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
        expect(wanted.from - read.from).toBe(Math.min(bridgeReach, wanted.from - shot.from))
        expect(Array.from({ length: read.to - read.from }, (_, i) => isAsked(read.from + i, shot, 4))).toContain(true)
      }
    }
  })

  test('of a long shot meet on one bridge, which both have read', () => {
    const parts = segmentsOf({ from: 100, to: 900 }, shots)[0]?.shot ?? { from: 0, to: 0 }
    const cuts = chunks.map(({ from }) => from).filter((from) => from > parts.from && from < parts.to)
    expect(cuts).toHaveLength(6)
    for (const cut of cuts) {
      const [before, after] = [chunks.find(({ to }) => to === cut), chunks.find(({ from }) => from === cut)].map((chunk) => segmentsOf(chunk!, shots)[0]!)
      const bridge = bridgeOver(cut, parts)
      for (const { cuts: own, read } of [before!, after!]) {
        expect(own).toContain(cut)
        expect(read.from).toBeLessThanOrEqual(bridge.from)
        expect(read.to).toBeGreaterThanOrEqual(bridge.to)
      }
    }
  })

  test('a bridge has all of the colour where two parts meet, none at its ends, and never more than all with its neighbour', () => {
    expect(bridgeShare(499, 500)).toBeGreaterThan(0.98)
    expect(bridgeShare(500, 500)).toBe(bridgeShare(499, 500))
    expect(bridgeShare(500 - bridgeReach, 500)).toBeLessThan(0.02)
    // The shortest part of a shot that was cut.
    const least = Math.min(...chunksOf(shotsOf([0], longestChunk + 1)).map(({ from, to }) => to - from))
    for (let frame = 0; frame < least; frame++) expect(bridgeShare(frame, 0) + bridgeShare(frame, least)).toBeLessThanOrEqual(1)
  })
})
