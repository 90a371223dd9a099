import { describe, expect, test } from 'vitest'
import { ShotFinder } from '../../../../src/core/film/shots.ts'
import { dissolved, drawFrame, drawFrames, drawnScene, onFilm, undissolved } from './drawnShots.ts'
import { randomFrom } from '../../../random.ts'

function startsOf(frames: readonly Uint8Array[]): number[] {
  const finder = new ShotFinder()
  for (const each of frames) finder.push(each)
  expect(finder.frames).toBe(frames.length)
  return finder.starts()
}

const shot = (seed: number, length: number): Uint8Array[] => drawFrames(drawnScene(seed), length)

describe('shots', () => {
  test('begin at every cut, a shot of six frames too', () => {
    expect(startsOf([...shot(1, 20), ...shot(2, 6), ...shot(3, 30), ...shot(4, 15)])).toEqual([0, 20, 26, 56])
  })

  test('begin where a picture follows that is nearly black, and where one follows on it', () => {
    const dark = Array.from({ length: 20 }, (_, n) => drawFrame(drawnScene(2), n, (value) => 16 + (value - 16) * 0.22))
    expect(startsOf([...shot(1, 20), ...dark, ...shot(3, 20)])).toEqual([0, 20, 40])
  })

  test('are not cut by a flash of one frame', () => {
    const frames = shot(1, 40)
    frames[20] = drawFrame(drawnScene(1), 20, () => 235)
    expect(startsOf(frames)).toEqual([0])
  })

  test('are not cut by exposure that pumps', () => {
    const [scene, random] = [drawnScene(1), randomFrom(3)]
    expect(startsOf(Array.from({ length: 60 }, (_, n) => { const gain = 0.6 + 0.4 * random(); return drawFrame(scene, n, (value) => 16 + (value - 16) * gain) }))).toEqual([0])
  })

  test('meet in the middle of a fade through black', () => {
    const [first, second] = [drawnScene(1), drawnScene(2)]
    const out = Array.from({ length: 12 }, (_, n) => drawFrame(first, 20 + n, (value) => 16 + ((value - 16) * (11 - n)) / 11))
    const into = Array.from({ length: 12 }, (_, n) => drawFrame(second, n, (value) => 16 + ((value - 16) * n) / 11))
    const black = Array.from({ length: 6 }, () => drawFrame(() => 16, 0))
    const starts = startsOf([...shot(1, 20), ...out, ...black, ...into, ...shot(2, 20)])
    expect(starts).toHaveLength(2)
    expect(Math.abs((starts[1] as number) - 35)).toBeLessThanOrEqual(2)
  })

  test.each([6, 8, 12, 24, 48, 72])('meet in the middle of a dissolve of %i frames in which cameras and people move and there is grain', (length) => {
    const frames = dissolved(drawnScene(1, { pan: 0.05 }), drawnScene(2, { pan: 0, zoom: 0.001 }), length, 30)
    const starts = startsOf(onFilm(frames, length, 3, 0.04))
    expect(starts).toHaveLength(2)
    expect(Math.abs((starts[1] as number) - 30 - length / 2)).toBeLessThanOrEqual(Math.max(2, length / 6))
  })

  test.each([['white', 235], ['black', 16]])('meet in the middle of a short fade by way of %s', (_, level) => {
    const starts = startsOf(onFilm(dissolved(drawnScene(3), drawnScene(4), 16, 30, level), 1))
    expect(starts).toHaveLength(2)
    expect(Math.abs((starts[1] as number) - 38)).toBeLessThanOrEqual(2)
  })

  test('begin at cuts and at dissolves of one film', () => {
    const frames = [...shot(5, 20), ...dissolved(drawnScene(6), drawnScene(7), 20, 25), ...shot(8, 20)]
    expect(startsOf(onFilm(frames, 1)).map((start) => Math.round(start / 5) * 5)).toEqual([0, 20, 55, 90])
  })

  test.each(Object.keys(undissolved))('are not parted by %s', (name) => {
    for (const seed of [1, 2]) expect(startsOf(onFilm((undissolved[name] as (typeof undissolved)[string])(seed), seed))).toEqual([0])
  })

  test('of nothing are none, of one frame is one', () => {
    expect(startsOf([])).toEqual([])
    expect(startsOf(shot(1, 1))).toEqual([0])
  })
})
