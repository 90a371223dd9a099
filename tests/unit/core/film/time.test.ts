import { describe, expect, it } from 'vitest'
import { rateOf } from '../../../../src/core/film/rate.ts'
import { compare, microseconds, minus, parse, plus, rational, seconds, text, times } from '../../../../src/core/film/rational.ts'
import { canDrop, frameOfTimecode, saysDrop, timecodeFormat, timecodeOf, type TimecodeFormat } from '../../../../src/core/film/timecode.ts'

describe('a rational', () => {
  it('is exact where a float is not', () => {
    expect(plus(rational(1, 10), rational(2, 10))).toEqual(rational(3, 10))
    expect(text(seconds(900_900_000_001, rational(1, 90_000)))).toBe('900900000001/90000')
    expect(minus(rational(1, 3), rational(1, 3))).toEqual({ num: 0, den: 1 })
    expect(times(rational(24_000, 1001), rational(1001, 24_000))).toEqual({ num: 1, den: 1 })
  })

  it('is read from fractions and decimals, and 0/0 is none', () => {
    expect(parse('24000/1001')).toEqual({ num: 24_000, den: 1001 })
    expect(parse('16:11')).toEqual({ num: 16, den: 11 })
    expect(parse('1.075000')).toEqual({ num: 43, den: 40 })
    expect(parse('-0.5')).toEqual({ num: -1, den: 2 })
    expect([parse('0/0'), parse('N/A'), parse('')]).toEqual([null, null, null])
  })

  it('becomes microseconds rounded down, below zero too', () => {
    expect(microseconds(rational(1, 3))).toBe('0.333333')
    expect(microseconds(rational(-1, 3))).toBe('-0.333334')
    expect(microseconds(rational(43, 40))).toBe('1.075000')
  })

  it('knows its order', () => {
    expect(compare(rational(30_000, 1001), rational(2997, 100))).toBeGreaterThan(0)
    expect(compare(rational(2, 4), rational(1, 2))).toBe(0)
  })

  it('refuses a denominator of nothing', () => {
    expect(() => rational(1, 0)).toThrow(RangeError)
  })
})

describe('SMPTE timecode', () => {
  const drop30: TimecodeFormat = { base: 30, drop: true }
  const drop60: TimecodeFormat = { base: 60, drop: true }

  it.each([
    ['every frame of a day at 29.97 drop frame', drop30, 2_589_408, 1],
    ['every 37th frame of a day at 59.94 drop frame', drop60, 5_178_816, 37],
    ['every 37th frame of a day at 24', { base: 24, drop: false }, 2_073_600, 37],
  ] as const)('comes back to its frame for %s', (_, format, frames, step) => {
    let wrong = -1
    for (let n = 0; n < frames && wrong < 0; n += step) if (frameOfTimecode(timecodeOf(n, format), format) !== n) wrong = n
    expect(wrong).toBe(-1)
    expect(timecodeOf(frames, format)).toMatch(/^00:00:00[:;]00$/)
  })

  it('leaves out the labels that the standard leaves out', () => {
    expect([1799, 1800, 17_982, 107_957].map((n) => timecodeOf(n, drop30))).toEqual(['00:00:59;29', '00:01:00;02', '00:10:00;00', '01:00:02;05'])
    expect(timecodeOf(3600, drop60)).toBe('00:01:00;04')
    expect(frameOfTimecode('00:01:00;00', drop30)).toBeNull()
    expect(frameOfTimecode('00:10:00;00', drop30)).toBe(17_982)
  })

  it('knows which rates have drop frame', () => {
    expect([rational(30_000, 1001), rational(60_000, 1001), rational(24_000, 1001), rational(30)].map(canDrop)).toEqual([true, true, false, false])
    expect(timecodeFormat(rational(24_000, 1001), true)).toEqual({ base: 24, drop: false })
    expect([saysDrop('00:59:58;20'), saysDrop('00:59:58:20')]).toEqual([true, false])
  })

  it('takes nothing for a label that is none', () => {
    expect(['24:00:00:00', '00:60:00:00', '00:00:00:30', '1203', ''].map((said) => frameOfTimecode(said, { base: 30, drop: false }))).toEqual([null, null, null, null, null])
  })
})

describe('the rate', () => {
  const ticks = (count: number, at: (n: number) => number): number[] => Array.from({ length: count }, (_, n) => at(n))

  it('is the grid that every timestamp lies on', () => {
    expect(rateOf(ticks(48, (n) => n * 1001), rational(1, 24_000), [], 48 * 1001)).toEqual({ rate: rational(24_000, 1001), variable: false, skipped: 0 })
  })

  it('is found through the millisecond clock of Matroska, and the header decides between near ones', () => {
    const pts = ticks(40, (n) => Math.round((n * 1001) / 24))
    expect(rateOf(pts, rational(1, 1000), [rational(24_000, 1001)], 1668).rate).toEqual(rational(24_000, 1001))
    // A header that only knows milliseconds has measured this.
    expect(rateOf(pts, rational(1, 1000), [rational(983, 41)], 1668).rate).toEqual(rational(24_000, 1001))
  })

  it('is variable, and the mean, where frames last unequally long', () => {
    const pts = [0, 20, 40, 90, 160, 200]
    expect(rateOf(pts, rational(1, 600), [rational(60)], 220)).toMatchObject({ variable: true, skipped: 0, rate: rational(180, 11) })
  })

  it('counts the frames that a recording skipped on its grid', () => {
    const pts = ticks(50, (n) => n).filter((n) => n % 10 < 3 || n % 10 > 5)
    expect(rateOf(pts, rational(1, 25), [rational(25)], 50)).toEqual({ rate: rational(25), variable: true, skipped: 15 })
  })

  it('does not believe a header whose grid the timestamps leave', () => {
    expect(rateOf(ticks(30, (n) => n * 3600), rational(1, 90_000), [rational(30)], 30 * 3600)).toMatchObject({ rate: rational(25), variable: false })
  })

  it('is the header’s for a single frame', () => {
    expect(rateOf([0], rational(1, 12_800), [rational(25)], 512)).toEqual({ rate: rational(25), variable: false, skipped: 0 })
  })
})
