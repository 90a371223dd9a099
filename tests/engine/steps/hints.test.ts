import { describe, expect, it } from 'vitest'
import { hint, type Hint } from '../../../src/contract/hints.ts'
import type { GuidedColor } from '../../../src/engine/steps/geodesic.ts'
import { paintHints, spotsOf } from '../../../src/engine/steps/hints.ts'
import { hintCorrections, hintInfluence } from '../../../src/engine/steps/hintSpread.ts'

const dot = (x: number, y: number, color: string, more: object = {}): Hint => hint.parse({ kind: 'dot', x, y, color, ...more })
const size = { width: 128, height: 96 }
const whole = { x: 0, y: 0, ...size }
const marked = (mask: Float32Array): number => mask.reduce((sum, value) => sum + value, 0)

describe('hints as a network takes them', () => {
  it('a small dot becomes a patch of whole cells around its place', () => {
    const { mask, a } = paintHints(spotsOf([dot(0.5, 0.5, '#ff0000')], size), size, whole, 1)
    expect(marked(mask)).toBe(64)
    expect(mask[48 * 128 + 64]).toBe(1)
    expect(a[48 * 128 + 64]).toBeCloseTo(80.1, 0)
  })

  it('two colours close together get a cell each, so that both are seen', () => {
    const near = spotsOf([dot(0.5, 0.5, '#ff0000'), dot(0.56, 0.5, '#0000ff')], size)
    const { mask, b } = paintHints(near, size, whole, 1)
    expect(marked(mask)).toBe(32)
    expect(Math.min(...b)).toBeLessThan(-100)
    expect(Math.max(...b)).toBeGreaterThan(60)
  })

  it('they go in divided by the gain that the answer will be multiplied by, and at their place in a padded input', () => {
    const spots = spotsOf([dot(0.25, 0.5, '#ff0000')], size)
    const padded = paintHints(spots, { width: 128, height: 128 }, { x: 0, y: -16, width: 128, height: 128 }, 2)
    expect(padded.a[64 * 128 + 32]).toBeCloseTo(40, 0)
    expect(padded.mask[20 * 128 + 32]).toBe(0)
  })

  it('hidden ones are left out, strokes are rows of spots', () => {
    expect(spotsOf([dot(0.5, 0.5, '#ff0000', { hidden: true })], size)).toEqual([])
    const stroke = hint.parse({ kind: 'stroke', points: [[0, 0.5, 1], [0.5, 0.5, 1]], color: '#00ff00' })
    expect(spotsOf([stroke], size).length).toBeGreaterThan(60)
  })
})

describe('hints spread over their object', () => {
  /** Left half dark, right half bright, all of one colour. */
  const halves: GuidedColor = {
    ...size,
    lightness: Float32Array.from({ length: 128 * 96 }, (_, i) => (i % 128 < 64 ? 25 : 80)),
    a: new Float32Array(128 * 96).fill(3),
    b: new Float32Array(128 * 96).fill(9),
  }
  const at = (plane: Float32Array, x: number, y: number): number => plane[y * 128 + x] ?? 0

  it('the whole object takes the colour, what lies behind its outline keeps its own', () => {
    const { a } = hintCorrections(halves, halves, [{ x: 30, y: 48, radius: 2, a: 40, b: 9 }])
    expect(at(a, 30, 48)).toBeCloseTo(37, 3)
    expect(at(a, 8, 90)).toBeGreaterThan(30)
    expect(at(a, 110, 48)).toBeLessThan(1)
  })

  it('two hints in one object share it, and each keeps its own place', () => {
    const { a } = hintCorrections(halves, halves, [{ x: 10, y: 48, radius: 2, a: 43, b: 9 }, { x: 50, y: 48, radius: 2, a: -37, b: 9 }])
    expect(at(a, 10, 48)).toBeCloseTo(40, 3)
    expect(at(a, 50, 48)).toBeCloseTo(-40, 3)
  })

  it('a network’s answer to hints counts near them and not across two outlines', () => {
    const stripes = { ...halves, lightness: Float32Array.from({ length: 128 * 96 }, (_, i) => (Math.floor((i % 128) / 32) % 2 === 0 ? 20 : 85)) }
    const influence = hintInfluence(stripes, [{ x: 10, y: 48, radius: 2, a: 40, b: 0 }])
    expect(at(influence, 20, 48)).toBeGreaterThan(0.95)
    expect(at(influence, 120, 48)).toBe(0)
  })

  /** Greatest step of colour between neighbours of one object, at least `inset` pixels from its outline at x = 64. */
  const rim = (a: Float32Array, b: Float32Array, inset = 4): number => {
    let most = 0
    for (let y = 1; y < 96; y++) {
      for (let x = 1; x < 64 - inset; x++) {
        const i = y * 128 + x
        for (const j of [i - 1, i - 128]) most = Math.max(most, Math.hypot((a[i] ?? 0) - (a[j] ?? 0), (b[i] ?? 0) - (b[j] ?? 0)))
      }
    }
    return most
  }
  /** What a network makes of a hint it half obeys: a disc of its colour with a soft rim, over uneven colour. */
  const uneven = (i: number): number => 3 + 4 * Math.sin((i % 128) / 9) * Math.cos(Math.floor(i / 128) / 11)
  const before: GuidedColor = { ...halves, a: Float32Array.from({ length: 128 * 96 }, (_, i) => uneven(i)) }
  const disc = (i: number): number => 1 / (1 + Math.exp(Math.hypot((i % 128) - 30, Math.floor(i / 128) - 48) - 8))
  const present: GuidedColor = { ...before, a: before.a.map((value, i) => value + 28 * disc(i)) }
  const spot = { x: 30.5, y: 48.5, radius: 1, a: 40, b: -10 }

  it.each([['a network that answered it with a disc', present], ['a network that knows nothing of it', before]])('no disc with a rim is left by %s, and the hint is obeyed to a hundredth', (_, answer) => {
    const found = hintCorrections(answer, before, [spot])
    const a = answer.a.map((value, i) => value + (found.a[i] ?? 0))
    const b = answer.b.map((value, i) => value + (found.b[i] ?? 0))
    expect(rim(present.a, present.b)).toBeGreaterThan(6)
    expect(rim(a, b)).toBeLessThan(1.2)
    expect(Math.hypot(at(a, 30, 48) - 40, at(b, 30, 48) + 10)).toBeLessThan(0.01)
    // The rest of the object is of the hint's colour, what lies behind its outline is not.
    expect(Math.hypot(at(a, 8, 20) - 40, at(b, 8, 20) + 10)).toBeLessThan(6)
    expect(Math.abs(at(a, 100, 48) - at(before.a, 100, 48))).toBeLessThan(1)
  })

  it('two dots of one colour move two unlike objects each by what it lacks', () => {
    const parted: GuidedColor = { ...halves, a: Float32Array.from({ length: 128 * 96 }, (_, i) => (i % 128 < 64 ? -20 : 25)) }
    const found = hintCorrections(parted, parted, [{ ...spot, x: 30 }, { ...spot, x: 100 }])
    for (const [x, y] of [[10, 20], [50, 80], [80, 20], [120, 80]] as const) expect(Math.abs(at(parted.a, x, y) + at(found.a, x, y) - 40)).toBeLessThan(3)
  })
})
