import { describe, expect, it } from 'vitest'
import { FlickerCurve, peaksOf, worstFrames } from '../../../../src/core/film/flickerCurve.ts'

const size = { width: 32, height: 16 }
const count = size.width * size.height
const luma = (level: number) => Uint8Array.from({ length: count }, (_, i) => level + ((i * 7) % 40))
const color = (u: number, v: number) => ({ u: new Float32Array(count).fill(u), v: new Float32Array(count).fill(v) })

describe('a curve of flicker', () => {
  it('is high at the one frame whose colour jumps, and back, and nothing where colour stands', () => {
    const curve = new FlickerCurve(size, [0])
    for (let n = 0; n < 12; n++) curve.push(luma(60), n === 5 ? color(30, 0) : color(20, 0))
    const percent = curve.result()
    expect(percent).toHaveLength(12)
    expect(percent.flatMap((value, n) => (value > 1 ? [n] : []))).toEqual([5, 6])
    expect(percent[5]).toBeGreaterThan(40)
  })

  it('knows that a cut is no flicker', () => {
    const frames = (starts: number[]) => {
      const curve = new FlickerCurve(size, starts)
      for (let n = 0; n < 10; n++) curve.push(luma(60), n < 6 ? color(20, 0) : color(-20, 30))
      return curve.result()
    }
    expect(Math.max(...frames([0, 6]))).toBe(0)
    expect(frames([0])[6]).toBeGreaterThan(100)
  })

  it('is nothing for a film without colour, however noisy', () => {
    const curve = new FlickerCurve(size, [0])
    for (let n = 0; n < 6; n++) curve.push(luma(60), color(n % 2 ? 0.4 : -0.4, 0))
    expect(Math.max(...curve.result())).toBe(0)
  })
})

describe('places of a curve', () => {
  it('are gone to worst first, each once', () => {
    const curve = Array.from({ length: 100 }, () => 0)
    curve[10] = 30
    curve[11] = 29
    curve[50] = 80
    curve[90] = 5
    expect(worstFrames(curve)).toEqual([50, 10, 90])
    expect(worstFrames(curve, 2)).toEqual([50, 10])
    expect(worstFrames([0, 0, 0])).toEqual([])
  })

  it('are seen in a smaller drawing too', () => {
    const curve = Array.from({ length: 100 }, (_, n) => (n === 41 ? 9 : 1))
    expect(peaksOf(curve, 0, 100, 10)).toEqual([1, 1, 1, 1, 9, 1, 1, 1, 1, 1])
    expect(peaksOf(curve, 40, 44, 8)).toEqual([1, 1, 9, 9, 1, 1, 1, 1])
  })
})
