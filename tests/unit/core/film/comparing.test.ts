import { describe, expect, it } from 'vitest'
import { chromaOnly, colorDifference, lumaDifference, type Side } from '../../../../src/core/film/comparing.ts'
import { samplesOf, type Samples } from '../../../../src/core/film/samples.ts'

const size = { width: 4, height: 2 }
const bt709 = { matrix: 'bt709', range: 'tv' } as const
const luma = [16, 40, 80, 120, 160, 200, 235, 16]

/** A 4:2:0 frame, 4 × 2, of one colour. */
const frame = (levels: readonly number[], u = 128, v = 128): Samples => samplesOf(Uint8Array.from([...levels, u, u, v, v]), 'yuv420p', size) as Samples
const side = (samples: Samples): Side => ({ samples, kind: bt709 })

describe('samples of a frame', () => {
  it('are read from planes of 8 bits and of more, whichever end comes first', () => {
    expect(frame(luma, 90, 200)).toMatchObject({ depth: 8, luma: Uint8Array.from(luma), chroma: { width: 2, height: 1, u: Uint8Array.of(90, 90), v: Uint8Array.of(200, 200) } })
    const deep = [0, 1023, 512, 64]
    const bytes = (big: boolean) => Uint8Array.from(deep.flatMap((value) => (big ? [value >> 8, value & 255] : [value & 255, value >> 8])))
    for (const [format, big] of [['gray10le', false], ['gray10be', true]] as const) {
      expect(samplesOf(bytes(big), format, { width: 2, height: 2 })).toMatchObject({ depth: 10, chroma: null, luma: Uint16Array.from(deep) })
    }
  })

  it('of odd sizes keep the half pixel at the edge', () => {
    expect(samplesOf(new Uint8Array(5 * 3 + 2 * 3 * 2), 'yuv420p', { width: 5, height: 3 })?.chroma).toMatchObject({ width: 3, height: 2 })
    expect(samplesOf(new Uint8Array(5 * 3 + 2 * 3 * 3), 'yuv422p', { width: 5, height: 3 })?.chroma).toMatchObject({ width: 3, height: 3 })
  })

  it('are refused where there are too few bytes, and there are none where they lie mixed', () => {
    expect(() => samplesOf(new Uint8Array(7), 'gray', size)).toThrow(RangeError)
    expect(samplesOf(new Uint8Array(24), 'rgb24', size)).toBeNull()
    expect(samplesOf(new Uint8Array(24), 'nv12', size)).toBeNull()
  })
})

describe('the difference of luma', () => {
  it('is nothing at all between a film and its coloured copy, also where that has more bits', () => {
    const deep = samplesOf(new Uint8Array(Uint16Array.from([...luma.map((value) => 4 * value), 300, 300, 700, 700]).buffer), 'yuv420p10le', size) as Samples
    for (const other of [frame(luma, 60, 220), deep]) {
      const { figures, picture } = lumaDifference(frame(luma), other, size, 64)
      expect(figures).toEqual({ most: 0, mean: 0, share: 0, samples: 8 })
      expect(Math.max(...picture.data)).toBe(0)
    }
  })

  it('says how much, how many and where, and one sample is seen in a smaller picture too', () => {
    const { figures, picture } = lumaDifference(frame(luma), frame(luma.with(5, 203)), { width: 2, height: 1 }, 10)
    expect(figures).toEqual({ most: 3, mean: 3 / 8, share: 1 / 8, samples: 8 })
    expect([...picture.data]).toEqual([30, 0])
  })

  it('of less than a step of the screen is still not black', () => {
    const grey10 = (value: number) => samplesOf(new Uint8Array(Uint16Array.from(Array.from({ length: 8 }, () => value)).buffer), 'gray10le', size) as Samples
    const { figures, picture } = lumaDifference(grey10(500), grey10(501), size, 1)
    expect(figures.most).toBe(0.25)
    expect(Math.min(...picture.data)).toBe(1)
  })

  it('of films of different sizes is none', () => {
    expect(() => lumaDifference(frame(luma), samplesOf(new Uint8Array(4), 'gray', { width: 2, height: 2 }) as Samples, size, 1)).toThrow(RangeError)
  })
})

describe('the difference as seen', () => {
  it('is black between equal frames and shows added colour in its own hue', () => {
    const grey = side(frame(luma))
    expect(Math.max(...colorDifference(grey, grey, size, 64).data)).toBe(0)
    const [red = 0, green = 0, blue = 0] = colorDifference(side(frame(luma.map(() => 120))), side(frame(luma.map(() => 120), 128, 168)), size, 1).data
    expect(red).toBeGreaterThan(60)
    expect(red).toBeGreaterThan(green)
    expect(blue).toBe(0)
  })
})

describe('colour alone', () => {
  it('is one grey where there is none, whatever the luma, and its colour elsewhere', () => {
    const { data } = chromaOnly(side(frame(luma)), size, 1)
    expect(new Set(data).size).toBe(1)
    const [red = 0, green = 0, blue = 0] = chromaOnly(side(frame(luma, 90, 180)), size, 1).data
    expect(red).toBeGreaterThan(green)
    expect(green).toBeGreaterThan(blue)
    expect(chromaOnly(side(frame(luma, 90, 180)), size, 1).data).toEqual(chromaOnly(side(frame(luma.toReversed(), 90, 180)), size, 1).data)
  })

  it('of a grey film is grey', () => {
    expect(new Set(chromaOnly(side(samplesOf(Uint8Array.from(luma), 'gray', size) as Samples), size, 4).data).size).toBe(1)
  })
})
