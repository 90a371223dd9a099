import { describe, expect, it } from 'vitest'
import { drawVectorscope, drawWaveform, histogramOf, vectorPlace, vectorscopeOf, waveformOf } from '../../../../src/core/film/scopes.ts'
import { samplesOf, type Samples } from '../../../../src/core/film/samples.ts'
import { knownWeights } from '../../../../src/core/film/yuv.ts'

const bt709 = { matrix: 'bt709', range: 'tv' } as const
const size = { width: 4, height: 2 }
/** Left half dark, right half bright; one colour. */
const frame = samplesOf(Uint8Array.from([16, 16, 235, 235, 16, 16, 235, 235, 90, 90, 240, 240]), 'yuv420p', size) as Samples
const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0)

describe('the histogram', () => {
  it('counts every pixel once in each of its channels: luma as stored, grey from black to white as shown', () => {
    const { luma, red, green, blue } = histogramOf(frame, bt709)
    for (const counts of [luma, red, green, blue]) expect(sum(counts)).toBe(8)
    expect([luma[16], luma[235]]).toEqual([4, 4])
    const grey = histogramOf(samplesOf(Uint8Array.from([16, 16, 235, 235, 16, 16, 235, 235]), 'gray', size) as Samples, bt709)
    expect([grey.red[0], grey.red[255], grey.blue[0], grey.blue[255]]).toEqual([4, 4, 4, 4])
  })
})

describe('the waveform', () => {
  it('shows luma where it is in the picture, bright above dark', () => {
    const counts = waveformOf(frame, 2)
    const at = (column: number, level: number): number => counts[(255 - level) * 2 + column] as number
    expect([at(0, 16), at(0, 235), at(1, 16), at(1, 235)]).toEqual([4, 0, 0, 4])
    const { data } = drawWaveform(counts, 2)
    expect(data[(255 - 235) * 2 + 1]).toBe(255)
    expect(data[0]).toBe(0)
  })

  it('of 10 bits lies where that of 8 bits does', () => {
    const deep = samplesOf(new Uint8Array(Uint16Array.from([64, 64, 940, 940, 64, 64, 940, 940]).buffer), 'gray10le', size) as Samples
    expect(waveformOf(deep, 2)).toEqual(waveformOf(frame, 2))
  })
})

describe('the vectorscope', () => {
  it('has a grey film in its middle and a colour in the direction of its target, drawn in that colour', () => {
    const grey = vectorscopeOf(samplesOf(new Uint8Array(8), 'gray', size) as Samples)
    expect(grey[127 * 256 + 128]).toBe(8)
    const counts = vectorscopeOf(frame)
    const found = counts.findIndex((count) => count > 0)
    expect([found % 256, 255 - Math.floor(found / 256), counts[found]]).toEqual([90, 240, 2])
    const { data } = drawVectorscope(counts, bt709)
    expect(data[3 * found]).toBeGreaterThan(data[3 * found + 2] as number)
  })

  it('has the targets of the colour bars where the standard puts them', () => {
    // 100 % red of BT.709: Cb 102, Cr 240 (ITU-R BT.709, item 3.5).
    const { x, y } = vectorPlace([1, 0, 0], knownWeights('bt709'))
    expect([Math.floor(256 * x), 255 - Math.floor(256 * y)]).toEqual([102, 240])
    const middle = vectorPlace([0.5, 0.5, 0.5], knownWeights('bt709'))
    expect([Math.floor(256 * middle.x), 255 - Math.floor(256 * middle.y)]).toEqual([128, 128])
  })
})
