import { describe, expect, test } from 'vitest'
import { FilmColorJudge } from '../../../../src/core/film/colorKind.ts'
import { RepeatFinder } from '../../../../src/core/film/repeats.ts'
import { randomFrom } from '../../../random.ts'
import { drawFrame, drawnSize } from './drawing.ts'

const repeatsOf = (frames: readonly Uint8Array[]): boolean[] => {
  const finder = new RepeatFinder(drawnSize)
  return frames.map((luma) => finder.push(luma))
}

describe('frames that repeat a picture', () => {
  test('are found where they differ by coding noise alone', () => {
    const random = randomFrom(3)
    const noisy = (luma: Uint8Array): Uint8Array => luma.map((value) => value + (random() < 0.2 ? 1 : 0))
    const [one, two] = [drawFrame(0, 3).luma, drawFrame(1, 3).luma]
    expect(repeatsOf([one, noisy(one), two, noisy(two), noisy(two)])).toEqual([false, true, false, true, true])
  })

  test('do not include one in which something small has moved', () => {
    const dot = (x: number): Uint8Array => drawFrame(0, 0).luma.map((value, i) => (Math.floor(i / drawnSize.width) < 4 && i % drawnSize.width >= x && i % drawnSize.width < x + 4 ? 250 : value))
    expect(repeatsOf([dot(70), dot(72)])).toEqual([false, false])
  })

  test('a slow fade is no repetition for ever', () => {
    const { luma } = drawFrame(0, 0)
    const fading = Array.from({ length: 20 }, (_, n) => luma.map((value) => value + Math.floor(n / 4)))
    expect(repeatsOf(fading).filter((repeats) => !repeats)).toHaveLength(5)
  })
})

describe('whether a film is in colour', () => {
  const judged = (frames: number, yuvOf: (n: number, i: number) => [number, number, number]): boolean => {
    const judge = new FilmColorJudge({ matrix: 'bt709', range: 'tv' })
    for (let n = 0; n < frames; n++) {
      const yuv = new Uint8Array(3 * 2304)
      for (let i = 0; i < 2304; i++) yuvOf(n, i).forEach((value, plane) => (yuv[plane * 2304 + i] = value))
      judge.push(yuv)
    }
    return judge.isColor
  }
  const luma = (i: number): number => 40 + ((i * 7) % 160)

  test('grey and sepia film is not, film of several hues is', () => {
    expect(judged(30, (_, i) => [luma(i), 128, 128])).toBe(false)
    expect(judged(30, (_, i) => [luma(i), 118, 140])).toBe(false)
    expect(judged(30, (_, i) => [luma(i), 100 + 50 * (i % 2), 150 - 40 * (i % 3)])).toBe(true)
  })

  test('a coloured title before a grey film does not make it so', () => {
    expect(judged(120, (n, i) => (n < 30 ? [luma(i), 100 + 50 * (i % 2), 150 - 40 * (i % 3)] : [luma(i), 128, 128]))).toBe(false)
  })
})
