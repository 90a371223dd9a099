import { describe, expect, test } from 'vitest'
import { frameAt, nextSpeed, startOf, within, type FrameTimes } from '../../../../src/core/film/playing.ts'
import { rulerOf } from '../../../../src/core/film/ruler.ts'
import { shownSize } from '../../../../src/core/film/shape.ts'

/** 29.97 frames a second from tick 1001 on: neither zero nor a whole number of milliseconds. */
const steady: FrameTimes = { pts: Array.from({ length: 300 }, (_, n) => 1001 + n * 1001), timeBase: { num: 1, den: 30_000 } }
/** A variable rate: a frame that stands for a second among short ones. */
const uneven: FrameTimes = { pts: [0, 40, 80, 1080, 1120], timeBase: { num: 1, den: 1000 } }

describe('the clock of a clip', () => {
  test('finds every frame at its own start and just before the next', () => {
    for (const times of [steady, uneven]) {
      for (let n = 0; n < times.pts.length; n++) {
        expect(frameAt(times, startOf(times, n))).toBe(n)
        if (n + 1 < times.pts.length) expect(frameAt(times, startOf(times, n + 1) - 0.01)).toBe(n)
      }
    }
  })

  test('holds a long frame as long as the file says', () => {
    expect(frameAt(uneven, 1079)).toBe(2)
    expect(frameAt(uneven, 1080)).toBe(3)
  })

  test('begins at the first frame, whatever its timestamp, and stays at the last', () => {
    expect(startOf(steady, 0)).toBe(0)
    expect(frameAt(steady, 0)).toBe(0)
    expect(frameAt(steady, 1e9)).toBe(299)
  })
})

test('repeated presses double the speed up to eight; a press the other way turns round', () => {
  expect([0, 1, 2, 4, 8].map((speed) => nextSpeed(speed, 1))).toEqual([1, 2, 4, 8, 8])
  expect(nextSpeed(4, -1)).toBe(-1)
  expect(nextSpeed(-1, -1)).toBe(-2)
})

test('a frame number is kept inside the clip', () => {
  expect([-3, 0, 4.4, 99].map((n) => within(n, 10))).toEqual([0, 0, 4, 9])
})

test('labels of the ruler never touch, and fall on small marks', () => {
  for (const base of [16, 24, 25, 30, 60]) {
    for (const perFrame of [0.001, 0.02, 0.4, 1.7, 5, 12, 48]) {
      const { large, small } = rulerOf(base, perFrame, 92)
      expect(large * perFrame).toBeGreaterThanOrEqual(92)
      expect(large % small).toBe(0)
    }
  }
})

test('pixels that are not square widen or heighten the picture, and a turned one lies the other way', () => {
  expect(shownSize({ width: 720, height: 576, sar: '16:11', rotation: 0 })).toEqual({ width: 1047, height: 576 })
  expect(shownSize({ width: 720, height: 480, sar: '8:9', rotation: 0 })).toEqual({ width: 720, height: 540 })
  expect(shownSize({ width: 320, height: 180, sar: '1:1', rotation: 90 })).toEqual({ width: 180, height: 320 })
  expect(shownSize({ width: 320, height: 180, sar: '0:1', rotation: 0 })).toEqual({ width: 320, height: 180 })
})
