import { describe, expect, test } from 'vitest'
import { labToLinear, lightnessOf, luminanceOf } from '../../../src/core/color/lab.ts'
import { linearToOklab, oklabToLinear } from '../../../src/core/color/oklab.ts'
import { formatHex, hexToLab, labToSrgb, srgbToLab } from '../../../src/core/color/srgb.ts'
import { decodeSrgb, encodeSrgb } from '../../../src/core/color/transfer.ts'

describe('CIE Lab', () => {
  test.each([
    ['#ff0000', 53.24, 80.09, 67.2],
    ['#00ff00', 87.74, -86.18, 83.19],
    ['#0000ff', 32.3, 79.2, -107.86],
    ['#c8a080', 68.74, 10.34, 22.31],
    ['#ffffff', 100, 0, 0],
  ])('%s has its published coordinates', (hex, lightness, a, b) => {
    const lab = hexToLab(hex)
    expect(lab[0]).toBeCloseTo(lightness, 2)
    expect(lab[1]).toBeCloseTo(a, 2)
    expect(lab[2]).toBeCloseTo(b, 2)
  })

  test('every grey has no chroma at all and comes back with equal channels', () => {
    for (let value = 0; value <= 255; value++) {
      const [lightness, a, b] = srgbToLab(value / 255, value / 255, value / 255)
      expect(Math.hypot(a, b)).toBeLessThan(1e-12)
      const [red, green, blue] = labToLinear(lightness, 0, 0)
      expect(red).toBe(green)
      expect(blue).toBe(green)
    }
  })

  test('going there and back changes no 8-bit colour', () => {
    for (let n = 0; n < 4096; n++) {
      const color = [((n * 97) % 256) / 255, ((n * 57) % 256) / 255, ((n * 23) % 256) / 255] as const
      expect(formatHex(labToSrgb(...srgbToLab(...color)))).toBe(formatHex(color))
    }
  })

  test('lightness and luminance are inverse, also in the straight foot of the curve', () => {
    for (const lightness of [0, 0.5, 4, 7.9, 8.1, 50, 100]) expect(lightnessOf(luminanceOf(lightness))).toBeCloseTo(lightness, 10)
  })

  test('the sRGB curve and its inverse meet at both sides of the corner', () => {
    for (const value of [0, 0.01, 0.04, 0.041, 0.5, 1]) expect(encodeSrgb(decodeSrgb(value))).toBeCloseTo(value, 9)
  })
})

describe('OKLab', () => {
  test('white is lightness one without colour', () => {
    const [lightness, a, b] = linearToOklab(1, 1, 1)
    expect(lightness).toBeCloseTo(1, 6)
    expect(Math.hypot(a, b)).toBeLessThan(1e-6)
  })

  test('going there and back gives the colour again', () => {
    const color = [0.1, 0.6, 0.3] as const
    oklabToLinear(...linearToOklab(...color)).forEach((value, channel) => expect(value).toBeCloseTo(color[channel] ?? 0, 6))
  })

  test('red, green and blue lie where Ottosson puts them', () => {
    expect(linearToOklab(1, 0, 0)[0]).toBeCloseTo(0.628, 3)
    expect(linearToOklab(0, 1, 0)[1]).toBeCloseTo(-0.2339, 3)
    expect(linearToOklab(0, 0, 1)[2]).toBeCloseTo(-0.3115, 3)
  })
})
