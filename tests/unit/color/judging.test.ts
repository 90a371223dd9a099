import { describe, expect, test } from 'vitest'
import { colorKindOf } from '../../../src/core/color/colorKind.ts'
import { colorMoments, colorfulnessOf } from '../../../src/core/color/colorfulness.ts'
import { chooseFactor, disagreement, medianColors } from '../../../src/core/color/factorScore.ts'
import { labToSrgb } from '../../../src/core/color/srgb.ts'
import { colorSpread } from '../../../src/core/color/spread.ts'
import { automaticFixture, grain } from './scans.ts'
import { lightnessTones, redTones, tonesOf } from '../../../src/core/color/tones.ts'
import { waves } from './waves.ts'

describe('what kind of scan it is', () => {
  const { width, height, grey } = automaticFixture()

  test('a grey scan is grey, with a little noise of its scanner too', () => {
    expect(colorKindOf(grey, grey, grey).kind).toBe('grey')
    const noise = grain(width * height, 0.004)
    expect(colorKindOf(grey, grey.map((v, i) => v + (noise[i] ?? 0)), grey).kind).toBe('grey')
  })

  test('a sepia print is toned, however strong its tint', () => {
    const sepia = colorKindOf(grey.map((v) => v ** 0.8), grey, grey.map((v) => v ** 1.6))
    expect(sepia.kind).toBe('toned')
    expect(sepia.c95).toBeGreaterThan(10)
  })

  test.each([
    ['a worn sepia print with stains of this chroma', 6.5, 'toned'],
    ['the palest early colour print', 8.2, 'color'],
  ] as const)('%s is told from the other kind', (_, chroma, kind) => {
    // One pixel in five has a colour that its lightness does not explain, on a sepia of L* 60.
    const tones = grey.map((_v, i) => (i % 5 === 0 ? 12 + chroma : 12))
    const planes = [0, 1, 2].map((channel) => tones.map((b) => labToSrgb(60, 5, b)[channel] ?? 0)) as [Float32Array, Float32Array, Float32Array]
    const found = colorKindOf(...planes)
    expect(found.r95).toBeCloseTo(chroma, 1)
    expect(found.kind).toBe(kind)
  })

  test('a picture with colours that do not follow its tones is a colour picture', () => {
    const red = grey.map((v, i) => Math.min(1, v + (i % width < width / 2 ? 0.25 : 0)))
    expect(colorKindOf(red, grey, grey).kind).toBe('color')
  })
})

describe('where the tones come from', () => {
  const { width, height, grey } = automaticFixture()
  const noise = grain(width * height, 0.08)
  const stained = { width, height, red: grey.map((v) => 0.1 + 0.85 * v), green: grey.map((v, i) => 0.08 + 0.75 * v + (noise[i] ?? 0) * 0.5), blue: grey.map((v, i) => 0.05 + 0.5 * v + (noise[i] ?? 0)) }

  test('automatic takes the clean channel of a stained sepia print', () => {
    const [red, green, blue] = tonesOf('automatic', stained)
    expect(red).toBeGreaterThan(0.9)
    expect(red + green + blue).toBeCloseTo(1, 9)
  })

  test('automatic never takes blue, even where blue alone is clean', () => {
    const swapped = { ...stained, red: stained.blue, blue: stained.red }
    expect(tonesOf('automatic', swapped)).not.toEqual([0, 0, 1])
  })

  test('a neutral scan keeps its own lightness, by any choice that looks', () => {
    const neutral = { width, height, red: grey, green: grey, blue: grey }
    expect(tonesOf('automatic', neutral)).toBe(lightnessTones)
    expect(tonesOf('mix', neutral)).toBe(lightnessTones)
    expect(tonesOf('red', neutral)).toBe(redTones)
  })
})

describe('measures of colour', () => {
  test('a grey picture has no colourfulness, a vivid one much', () => {
    expect(colorfulnessOf(colorMoments(Uint8Array.from({ length: 300 }, (_, i) => Math.floor(i / 3))))).toBe(0)
    const vivid = Uint8Array.from({ length: 300 }, (_, i) => (i % 3 === Math.floor(i / 3) % 3 ? 220 : 30))
    expect(colorfulnessOf(colorMoments(vivid))).toBeGreaterThan(80)
  })

  test('16-bit samples have the colourfulness of the same 8-bit ones', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 53) % 256)
    const words = Uint16Array.from(bytes, (value) => value * 257)
    expect(colorfulnessOf(colorMoments(words, 1 / 257))).toBeCloseTo(colorfulnessOf(colorMoments(bytes)), 6)
  })

  test('colour that bleeds over its edges has more spread', () => {
    const [width, height] = [96, 64]
    const step = (blur: number): Float32Array => Float32Array.from({ length: width * height }, (_, i) => 40 / (1 + Math.exp(-((i % width) - 48) / Math.max(0.2, blur))))
    const lightness = step(0).map((value) => 30 + value)
    const none = new Float32Array(width * height)
    const [sharp, soft] = [colorSpread(lightness, step(0), none, width, height), colorSpread(lightness, step(4), none, width, height)]
    expect(sharp).toBeLessThan(0.3)
    expect(soft).toBeGreaterThan(sharp + 0.2)
  })
})

describe('choosing a render factor', () => {
  const good = { renderFactor: 20, colorfulness: 35, spread: 0.26, disagreement: 2, gamutShare: 0.05 }

  test('an answer that stands alone, bleeds or is pale loses, and the reason says which', () => {
    expect(chooseFactor([good, { ...good, renderFactor: 40, disagreement: 12 }])).toMatchObject({ best: { renderFactor: 20 }, reason: 'agreement' })
    expect(chooseFactor([good, { ...good, renderFactor: 10, spread: 0.6 }])).toMatchObject({ best: { renderFactor: 20 }, reason: 'spread' })
    expect(chooseFactor([good, { ...good, renderFactor: 12, colorfulness: 3 }])).toMatchObject({ best: { renderFactor: 20 }, reason: 'colorfulness' })
    expect(chooseFactor([good, { ...good, renderFactor: 12, gamutShare: 0.5 }])).toMatchObject({ best: { renderFactor: 20 }, reason: 'gamut' })
  })

  test('among equals the lower factor wins', () => {
    expect(chooseFactor([{ ...good, renderFactor: 42 }, good])?.best.renderFactor).toBe(20)
    expect(chooseFactor([])).toBeNull()
  })

  test('the median answer ignores one that is far off, and only that one disagrees', () => {
    const answer = (a: number) => ({ a: waves(8, 8, 2, 3, a), b: waves(8, 8, 3, 3) })
    const answers = [answer(10), answer(11), answer(60)]
    const median = medianColors(answers)
    expect(median.a[5]).toBeCloseTo(answers[1]?.a[5] ?? 0, 5)
    const lightness = waves(8, 8, 2, 20, 50)
    const apart = answers.map((each) => disagreement(lightness, each, median))
    expect(apart[2]).toBeGreaterThan(10)
    expect(apart[0]).toBeLessThan(2)
  })
})
