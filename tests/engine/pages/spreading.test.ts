import { describe, expect, it } from 'vitest'
import { srgbToLab } from '../../../src/core/color/srgb.ts'
import { spreadOnPage } from '../../../src/engine/pages/spreading.ts'
import type { PaintedSpot } from '../../../src/engine/steps/hints.ts'

const [width, height] = [96, 48]
const pixels = width * height

/** Grey L* 70 with two patches of L* 40, at a quarter and at three quarters of the width, and one of L* 55 below the second. */
function tonedPage(): Float32Array {
  const page = new Float32Array(pixels).fill(70)
  const patch = (left: number, top: number, lightness: number): void => {
    for (let y = top; y < top + 12; y++) page.fill(lightness, y * width + left, y * width + left + 12)
  }
  patch(18, 6, 40)
  patch(66, 6, 40)
  patch(66, 30, 55)
  return page
}

const grey = { width, height, rgb: new Uint8Array(3 * pixels).fill(200) }
const [lightness, a, b] = srgbToLab(0.3, 0.1, 0.08)
const red: PaintedSpot = { x: 24, y: 12, radius: 3, lightness, a, b }

function redness(rgb: Uint8Array, x: number, y: number): number {
  const i = 3 * (y * width + x)
  return (rgb[i] as number) - (rgb[i + 2] as number)
}
const spread = (page: Float32Array): Uint8Array => spreadOnPage(grey, grey, { width, height, data: page }, new Int32Array(pixels).fill(-1), [red]).rgb

describe('hints in the answer of a page model', () => {
  it('colour what is as dark elsewhere on a toned page, and what is of another tone hardly', () => {
    const rgb = spread(tonedPage())
    expect(redness(rgb, 24, 12)).toBeGreaterThan(80)
    expect(redness(rgb, 72, 12)).toBeGreaterThan(15)
    expect(redness(rgb, 72, 36)).toBeLessThan(redness(rgb, 72, 12) / 4)
  })

  it('stay in their regions on white paper', () => {
    const rgb = spread(new Float32Array(pixels).fill(100))
    expect(redness(rgb, 72, 12)).toBe(0)
  })
})
