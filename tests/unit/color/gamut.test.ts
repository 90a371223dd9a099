import { describe, expect, test } from 'vitest'
import { diamondDirection, diamondVector, fitIntoGamut, gamutFactor, gamutReach, inGamut, largestFactor, maxChroma } from '../../../src/core/color/gamut.ts'
import { labToLinear, lightnessOf, luminanceWeights } from '../../../src/core/color/lab.ts'
import { atLightness, reachableOutline, suggestColors } from '../../../src/core/color/suggest.ts'

const clip = (value: number): number => Math.min(1, Math.max(0, value))

function* wildColors(count: number): Generator<readonly [number, number, number]> {
  for (let n = 1; n <= count; n++) {
    const angle = n * 2.399963
    const chroma = (n * 37.7) % 150
    yield [(n * 61.803) % 100, chroma * Math.cos(angle), chroma * Math.sin(angle)]
  }
}

describe('the gamut of sRGB', () => {
  test.each([
    [20, [43, 48, 34, 28, 32, 30, 19, 16, 18, 26, 69, 53]],
    [50, [79, 89, 68, 56, 62, 55, 35, 30, 32, 47, 91, 97]],
    [80, [32, 30, 41, 81, 91, 80, 51, 43, 36, 31, 35, 49]],
  ])('at L* %d carries these chromas at hue 0°, 30°, … 330°', (lightness, expected) => {
    expect(expected.map((_, n) => Math.round(maxChroma(lightness, n * 30)))).toEqual(expected)
  })

  test('carries no colour in black and in white', () => {
    expect([maxChroma(0, 40), maxChroma(100, 40)]).toEqual([0, 0])
    expect(fitIntoGamut(100, 30, -20).map(Math.abs)).toEqual([0, 0])
  })

  test('directions count once round and their vectors point there', () => {
    for (let direction = 0; direction < 4; direction += 0.125) {
      const [a, b] = diamondVector(direction)
      expect(Math.abs(a) + Math.abs(b)).toBeCloseTo(1, 12)
      expect(diamondDirection(a * 30, b * 30)).toBeCloseTo(direction, 12)
    }
  })

  test('the table is close to the true reach', () => {
    let error = 0
    let count = 0
    for (const [lightness, a, b] of wildColors(2000)) {
      if (lightness < 2 || lightness > 98) continue
      const size = Math.abs(a) + Math.abs(b) + 1e-9
      const reach = largestFactor(lightness, a / size, b / size, 250)
      error += Math.abs(gamutReach(lightness, a, b) - reach) / Math.max(1, reach)
      count += 1
      expect(gamutReach(lightness, a, b)).toBeGreaterThan(0)
    }
    expect(error / count).toBeLessThan(0.05)
  })

  test('a colour outside is brought in with its lightness and hue kept', () => {
    for (const [lightness, a, b] of wildColors(20_000)) {
      const [fitA, fitB] = fitIntoGamut(lightness, a, b)
      expect(Math.abs(a * fitB - b * fitA)).toBeLessThan(1e-6)
      const [red, green, blue] = labToLinear(lightness, fitA, fitB)
      const luminance = luminanceWeights[0] * clip(red) + luminanceWeights[1] * clip(green) + luminanceWeights[2] * clip(blue)
      expect(Math.abs(lightnessOf(luminance) - lightness)).toBeLessThan(0.02)
    }
  })

  test('what fits is left alone, and what does not is brought to the surface, not far inside', () => {
    let tooFarIn = 0
    let outside = 0
    for (const [lightness, a, b] of wildColors(5000)) {
      const factor = gamutFactor(lightness, a, b)
      if (inGamut(labToLinear(lightness, a, b))) expect(factor).toBe(1)
      else {
        outside += 1
        if (largestFactor(lightness, a, b) - factor > 0.02) tooFarIn += 1
      }
    }
    expect(outside).toBeGreaterThan(1000)
    expect(tooFarIn / outside).toBeLessThan(0.01)
  })
})

describe('colours for a picker', () => {
  test('the outline lies on the surface', () => {
    for (const [a, b] of reachableOutline(60, 64)) {
      expect(inGamut(labToLinear(60, a * 0.999, b * 0.999), 1e-3)).toBe(true)
      expect(inGamut(labToLinear(60, a * 1.05, b * 1.05))).toBe(false)
    }
  })

  test('a wanted colour keeps its hue at the lightness of the place', () => {
    const [lightness, a, b] = atLightness([60, 50, 40], 15)
    expect(lightness).toBe(15)
    expect(b / a).toBeCloseTo(40 / 50, 6)
    expect(Math.hypot(a, b)).toBeLessThan(Math.hypot(50, 40))
  })

  test('suggestions are the groups of the likely colours, heaviest first, always the same', () => {
    const around = (a: number, b: number, weight: number) => [-1, 0, 1].map((step) => ({ a: a + step, b: b - step, weight }))
    const likely = [...around(10, 30, 1), ...around(-25, 20, 3), ...around(5, -25, 2)]
    const found = suggestColors(likely, 55, 3)
    expect(found.map(([a, b]) => [Math.round(a), Math.round(b)])).toEqual([[-25, 20], [5, -25], [10, 30]])
    expect(suggestColors(likely, 55, 3)).toEqual(found)
  })
})
