import { describe, expect, it } from 'vitest'
import { framesOfDecode, framesOfPackets, seekKey, type DecodedFrame, type Packet } from '../../../../src/core/film/indexing.ts'
import { findSequences, missingNumbers, numberedName } from '../../../../src/core/film/sequences.ts'

const packet = (pts: number | null, more: Partial<Packet> = {}): Packet => ({ pts, dts: pts, duration: 10, key: false, discard: false, ...more })
const frame = (pts: number | null, more: Partial<DecodedFrame> = {}): DecodedFrame => ({ pts, duration: 10, key: false, check: 0, bytes: 1, width: 2, height: 2, pixelFormat: 'gray', field: 'progressive', ...more })

describe('an index from packets', () => {
  it('orders B-frames by their timestamps and leaves out what an edit list cuts off', () => {
    const table = framesOfPackets([packet(-10, { key: true, discard: true }), packet(30, { key: true }), packet(10), packet(0), packet(20)])
    expect(table).toMatchObject({ pts: [0, 10, 20, 30], keys: [3], doubtful: [], end: 40, hidden: 1, plain: true })
  })

  it('trusts itself no more where two packets share a timestamp', () => {
    expect(framesOfPackets([packet(0, { key: true }), packet(10), packet(10)])).toMatchObject({ plain: false, sharingPts: 1, doubtful: [2] })
  })

  it('trusts itself no more where the first packets need others that are not there', () => {
    expect(framesOfPackets([packet(0), packet(10), packet(20, { key: true })])).toMatchObject({ plain: false, beforeKey: 2 })
  })

  it('trusts itself no more where packets have no timestamps', () => {
    expect(framesOfPackets([packet(null, { dts: 0, key: true }), packet(1)])).toMatchObject({ plain: false, withoutPts: 1 })
  })
})

describe('an index from a decode', () => {
  it('has the decode’s frames and the packets’ keyframes', () => {
    const packets = [packet(0, { key: true }), packet(10), packet(20, { key: true }), packet(30)]
    expect(framesOfDecode([frame(10), frame(20, { key: false }), frame(30, { key: true })], packets)).toMatchObject({ pts: [10, 20, 30], keys: [1], doubtful: [] })
  })

  it('takes the decoder’s keyframes where packets carry no timestamps', () => {
    expect(framesOfDecode([frame(1, { key: true }), frame(2)], [packet(null, { key: true }), packet(2)]).keys).toEqual([0])
  })

  it('marks frames whose timestamp is missing or stands still', () => {
    expect(framesOfDecode([frame(0), frame(10), frame(10), frame(null)], [])).toMatchObject({ pts: [0, 10, 10, 20], doubtful: [2, 3] })
  })
})

describe('where a decode starts', () => {
  it('is one keyframe earlier than would do', () => {
    const keys = [0, 12, 24]
    expect([0, 11, 12, 23, 24, 40].map((n) => seekKey(keys, n))).toEqual([null, null, 0, 0, 12, 12])
    expect(seekKey([], 5)).toBeNull()
  })
})

describe('numbered pictures', () => {
  it('are told apart by everything but their last number', () => {
    expect(numberedName('reel2_0042.tif')).toEqual({ prefix: 'reel2_', digits: '0042', suffix: '.tif' })
    expect(numberedName('f.1003.png')).toEqual({ prefix: 'f.', digits: '1003', suffix: '.png' })
    expect([numberedName('title.png'), numberedName('take 2.mov')]).toEqual([null, null])
  })

  it('are sorted by number, whether filled with zeros or not', () => {
    expect(findSequences(['a9.png', 'a10.png', 'a8.png'])).toEqual([{ prefix: 'a', suffix: '.png', digits: 1, numbers: [8, 9, 10] }])
    expect(findSequences(['b_010.png', 'b_009.png', 'b_1000.png', 'x.txt'])[0]).toEqual({ prefix: 'b_', suffix: '.png', digits: 3, numbers: [9, 10, 1000] })
  })

  it('say which numbers are missing', () => {
    expect(missingNumbers([995, 996, 998, 1002])).toEqual({ count: 4, text: '997, 999–1001' })
    expect(missingNumbers([1, 2, 3])).toEqual({ count: 0, text: '' })
  })
})
