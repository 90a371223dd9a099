import { describe, expect, it } from 'vitest'
import type { ClipTruth } from '../../../../src/contract/clipFrames.ts'
import { labelOf } from '../../../../src/core/film/labels.ts'
import { atRate, readPictureRate, writtenRate } from '../../../../src/core/film/pictureRate.ts'
import { frameAt } from '../../../../src/core/film/playing.ts'
import { changeRate, foundShots, wholeClip, withVersions } from '../../../../src/core/film/shotList.ts'

describe('the rate of numbered pictures', () => {
  it('is read exactly, as a whole number, a decimal or a fraction, and written as it was', () => {
    expect(readPictureRate(' 18 ')).toEqual({ num: 18, den: 1 })
    expect(readPictureRate('16.667')).toEqual({ num: 16_667, den: 1000 })
    expect(readPictureRate('24000/1001')).toEqual({ num: 24_000, den: 1001 })
    for (const written of ['18', '16.667', '50/3', '24000/1001', '1', '240']) expect(writtenRate(readPictureRate(written)!)).toBe(written)
  })

  it('is none below 1, above 240, with more digits than a clock can count, or of other words', () => {
    for (const said of ['', 'slow', '0', '0.99', '240.01', '-18', '18/0', '16.66666667', '9999999999999999999', '1e2', '18 fps']) expect(readPictureRate(said), said).toBe(null)
  })

  it('moves every frame in time, gaps kept, and renumbers none', () => {
    const truth = { info: { rate: '24/1', timeBase: '1/24', duration: '5/24', variableRate: false, timecode: null }, timeBase: { num: 1, den: 24 }, pts: [0, 1, 2, 4], keys: [0, 1, 2, 3], doubtful: [], numbered: true } as unknown as ClipTruth
    const slow = atRate(truth, { num: 2, den: 1 })
    expect(slow.info).toMatchObject({ rate: '2/1', timeBase: '1/2', duration: '5/2' })
    expect([frameAt(slow, 499), frameAt(slow, 500), frameAt(slow, 1999), frameAt(slow, 2000)]).toEqual([0, 1, 2, 3])
    expect(labelOf(slow, 3)).toBe('00:00:01:01')
    expect(labelOf(truth, 3)).toBe('00:00:00:03')
  })

  it('changes no colour, and stays when shots are looked for anew', () => {
    const before = wholeClip(40)
    const { shots: after } = changeRate(before, { num: 18, den: 1 })
    expect(withVersions(before, after).shots).toEqual(before.shots)
    expect(foundShots(after, { shots: [{ from: 0, to: 20 }, { from: 20, to: 40 }], inColor: false }, () => 'second').rate).toEqual({ num: 18, den: 1 })
  })
})
