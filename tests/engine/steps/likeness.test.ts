import { describe, expect, it } from 'vitest'
import { pixelAt, spreadByLikeness } from '../../../src/engine/steps/likeness.ts'

const [width, height] = [40, 10]
const unlike = { lightness: 10, way: 0.5, look: 10, own: 0.3 }
/** Left half light, right half dark; nothing has a colour. */
const lightness = { width, height, data: Float32Array.from({ length: width * height }, (_, i) => (i % width < 20 ? 80 : 30)) }
const plane = (): Float32Array => new Float32Array(width * height)
const hint = { x: 5, y: 5, values: [40], lightness: 80, lookA: 0, lookB: 0 }

describe('hints on like places', () => {
  it('reach what is as light and looks alike, the nearer the more, and leave the rest as it is', () => {
    const a = plane()
    const look = [plane(), plane()] as const
    look[0].fill(60, 0, width)
    spreadByLikeness([a], lightness, look, [hint], unlike, null)
    const at = (x: number, y: number): number => a[y * width + x] as number
    expect(at(5, 5)).toBeGreaterThan(30)
    expect(at(12, 5)).toBeLessThan(at(6, 5))
    expect(at(12, 5)).toBeGreaterThan(15)
    // Another tone, and another look.
    expect(at(30, 5)).toBeLessThan(0.1)
    expect(at(5, 0)).toBeLessThan(0.1)
  })

  it('changes what is free alone, and one stroke counts as one hint', () => {
    const [once, twice] = [plane(), plane()]
    const free = new Uint8Array(width * height).fill(1)
    free[pixelAt({ x: 5, y: 5 }, lightness)] = 0
    spreadByLikeness([once], lightness, [plane(), plane()], [hint], unlike, free)
    spreadByLikeness([twice], lightness, [plane(), plane()], [hint, { ...hint, x: 5.5 }], unlike, free)
    expect(once[pixelAt({ x: 5, y: 5 }, lightness)]).toBe(0)
    expect(once[pixelAt({ x: 6, y: 5 }, lightness)]).toBeGreaterThan(20)
    expect(twice).toEqual(once)
  })
})
