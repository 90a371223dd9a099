import { describe, expect, test } from 'vitest'
import { ShotFinder, shotSize } from '../../../../src/core/film/shots.ts'
import { randomFrom } from './drawing.ts'

type Picture = (x: number, y: number, n: number) => number

/** A scene of soft shapes that pans slowly. */
function scene(seed: number): Picture {
  const random = randomFrom(seed * 7919 + 1)
  const waves = Array.from({ length: 5 }, () => [random() * 0.3, random() * 0.3, random() * 6, 15 + random() * 20] as const)
  return (x, y, n) => 120 + waves.reduce((sum, [fx, fy, phase, height]) => sum + height * Math.sin(fx * (x + n * 0.2) + fy * y + phase), 0)
}

const frame = (picture: Picture, n: number, change: (value: number) => number = (value) => value): Uint8Array =>
  Uint8Array.from({ length: shotSize.width * shotSize.height }, (_, i) => Math.min(235, Math.max(16, Math.round(change(picture(i % shotSize.width, Math.floor(i / shotSize.width), n))))))

function startsOf(frames: readonly Uint8Array[]): number[] {
  const finder = new ShotFinder()
  for (const each of frames) finder.push(each)
  expect(finder.frames).toBe(frames.length)
  return finder.starts()
}

const shot = (seed: number, length: number): Uint8Array[] => Array.from({ length }, (_, n) => frame(scene(seed), n))

describe('shots', () => {
  test('begin at every cut, a shot of six frames too', () => {
    expect(startsOf([...shot(1, 20), ...shot(2, 6), ...shot(3, 30), ...shot(4, 15)])).toEqual([0, 20, 26, 56])
  })

  test('are not cut by a flash of one frame', () => {
    const frames = shot(1, 40)
    frames[20] = frame(scene(1), 20, () => 235)
    expect(startsOf(frames)).toEqual([0])
  })

  test('are not cut by exposure that pumps', () => {
    const random = randomFrom(3)
    expect(startsOf(Array.from({ length: 60 }, (_, n) => { const gain = 0.6 + 0.4 * random(); return frame(scene(1), n, (value) => 16 + (value - 16) * gain) }))).toEqual([0])
  })

  test('meet in the middle of a fade through black', () => {
    const out = Array.from({ length: 12 }, (_, n) => frame(scene(1), 20 + n, (value) => 16 + ((value - 16) * (11 - n)) / 11))
    const into = Array.from({ length: 12 }, (_, n) => frame(scene(2), n, (value) => 16 + ((value - 16) * n) / 11))
    const black = Array.from({ length: 6 }, () => frame(() => 16, 0))
    const starts = startsOf([...shot(1, 20), ...out, ...black, ...into, ...shot(2, 20)])
    expect(starts).toHaveLength(2)
    expect(Math.abs((starts[1] as number) - 35)).toBeLessThanOrEqual(2)
  })

  test('of nothing are none, of one frame is one', () => {
    expect(startsOf([])).toEqual([])
    expect(startsOf(shot(1, 1))).toEqual([0])
  })
})
