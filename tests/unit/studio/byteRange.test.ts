import { describe, expect, it } from 'vitest'
import { byteRange } from '../../../src/studio/hosting/byte-range.ts'

describe('a range of bytes', () => {
  it('is read as the standard has it: from, from to, and the last so many', () => {
    expect(['bytes=0-0', 'bytes=5-', 'bytes=2-400', 'bytes=-3', 'bytes=-400'].map((header) => byteRange(header, 10))).toEqual([
      { from: 0, to: 0 },
      { from: 5, to: 9 },
      { from: 2, to: 9 },
      { from: 7, to: 9 },
      { from: 0, to: 9 },
    ])
  })

  it('beyond the file is said to be outside', () => {
    expect(['bytes=10-', 'bytes=10-12', 'bytes=-0'].map((header) => byteRange(header, 10))).toEqual(['outside', 'outside', 'outside'])
    expect(byteRange('bytes=0-', 0)).toBe('outside')
  })

  it('of another kind is passed over, so that all is sent', () => {
    expect([undefined, null, '', 'bytes=', 'bytes=-', 'bytes=1-2,4-5', 'lines=1-2', 'bytes=4-2'].map((header) => byteRange(header, 10))).toEqual(Array.from({ length: 8 }, () => null))
  })
})
