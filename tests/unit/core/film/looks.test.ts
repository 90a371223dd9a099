import { describe, expect, test } from 'vitest'
import type { Recipe } from '../../../../src/contract/recipe.ts'
import { looksOf, shotsWithin } from '../../../../src/core/film/looks.ts'

const recipe = (params: Record<string, unknown>): Recipe => ({ version: 1, steps: [{ step: 'colorize', enabled: true, params }] })
const dot = (frame: number, color: string) => ({ kind: 'dot' as const, x: 0.5, y: 0.5, radius: 0.01, color, frame })

describe('looks of shots', () => {
  const film = recipe({ vividness: 0.7, renderFactor: 20, hints: [dot(3, '#ff0000')] })

  test('a shot differs from the film in what its recipe names, and in nothing else', () => {
    const lookOf = looksOf(film, 1, [{ from: 10, to: 20, recipe: recipe({ renderFactor: 'auto', hints: [dot(12, '#00ff00')] }), steady: 0.5 }])!
    expect(lookOf(9)).toMatchObject({ steady: 1, params: { vividness: 0.7, renderFactor: 20 } })
    expect(lookOf(10)).toMatchObject({ steady: 0.5, params: { vividness: 0.7, renderFactor: 'auto' } })
    expect(lookOf(19).params.hints.map(({ frame }) => frame)).toEqual([3, 12])
    expect(lookOf(20).params.hints.map(({ frame }) => frame)).toEqual([3])
  })

  test('a shot without a recipe has the film’s hints once', () => {
    expect(looksOf(film, 1, [{ from: 0, to: 9, recipe: null, steady: null }])!(4).params.hints).toHaveLength(1)
  })

  test('a recipe without the colour step colours nothing', () => {
    expect(looksOf({ version: 1, steps: [] }, 1, [])).toBeNull()
  })
})

describe('shots of a range', () => {
  const shots = [{ from: 0, to: 10 }, { from: 10, to: 25 }, { from: 25, to: 40 }]

  test('are cut off at its ends', () => {
    expect(shotsWithin(shots, { from: 12, to: 30 })).toEqual([{ from: 12, to: 25 }, { from: 25, to: 30 }])
    expect(shotsWithin(shots, { from: 10, to: 25 })).toEqual([{ from: 10, to: 25 }])
  })

  test('a gap, an overlap, a missing end or a shot of no frames is told by its frame', () => {
    expect(shotsWithin([{ from: 0, to: 10 }, { from: 12, to: 40 }], { from: 0, to: 40 })).toBe(10)
    expect(shotsWithin([{ from: 0, to: 10 }, { from: 8, to: 40 }], { from: 0, to: 40 })).toBe(8)
    expect(shotsWithin(shots, { from: 0, to: 50 })).toBe(40)
    expect(shotsWithin([{ from: 0, to: 10 }, { from: 10, to: 10 }, { from: 10, to: 40 }], { from: 0, to: 40 })).toBe(10)
    expect(shotsWithin([{ from: 5, to: 40 }], { from: 0, to: 40 })).toBe(0)
  })
})
