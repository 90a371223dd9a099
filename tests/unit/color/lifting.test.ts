import { describe, expect, test } from 'vitest'
import { warmthShift } from '../../../src/core/color/adjustments.ts'
import { resizeCubic } from '../../../src/core/color/bicubic.ts'
import { composeRows } from '../../../src/core/color/composing.ts'
import { levelled } from '../../../src/core/color/levels.ts'
import { liftingPlanes } from '../../../src/core/color/lifting.ts'
import { networkSizeFor } from '../../../src/core/color/networkSize.ts'
import { linearToLab } from '../../../src/core/color/lab.ts'
import { lightnessTones } from '../../../src/core/color/tones.ts'
import { decodeSrgb } from '../../../src/core/color/transfer.ts'
import { waves } from './waves.ts'

const settings = { strength: 1, saturation: 1, warmth: 0, keepTone: false, tones: lightnessTones }

describe('lifting chroma to full size', () => {
  test('bicubic enlarging keeps a flat plane flat and passes a slope through', () => {
    expect(Math.max(...resizeCubic(new Float32Array(20).fill(7), 5, 4, 33, 17))).toBeCloseTo(7, 4)
    const slope = resizeCubic(Float32Array.from({ length: 16 }, (_, i) => i), 16, 1, 64, 1)
    expect((slope[33] ?? 0) - (slope[32] ?? 0)).toBeCloseTo(0.25, 4)
  })

  test('detail finer than the network follows lightness where colour goes with lightness', () => {
    // A dark red and a light green in stripes: the network sees 4 px where the picture has 16.
    const [low, full] = [16, 64]
    const red = (x: number, pitch: number): boolean => Math.floor(x / pitch) % 2 === 0
    const plane = (dark: number, bright: number): Float32Array => Float32Array.from({ length: low * low }, (_, i) => (red(i % low, 2) ? dark : bright))
    const network = { width: low, height: low, a: plane(30, -30), b: plane(0, 0), lightness: plane(35, 75) }
    const planes = liftingPlanes(network, { edgeRepair: 0 })
    const flat = { ...planes, slopeA: new Float32Array(low * low), slopeB: new Float32Array(low * low) }
    const source = Uint8Array.from({ length: full * full }, (_, i) => (red(i % full, 8) ? 83 : 185))
    const errorOf = (used: typeof planes): number => {
      const rows = composeRows({ width: full, height: full }, used, settings, { channels: 1, depth: 8 }, source, 24, 8, 8)
      let error = 0
      for (let i = 0; i < full * 8; i++) {
        const [, a] = linearToLab(decodeSrgb((rows[3 * i] ?? 0) / 255), decodeSrgb((rows[3 * i + 1] ?? 0) / 255), decodeSrgb((rows[3 * i + 2] ?? 0) / 255))
        error += Math.abs(a - (red(i % full, 8) ? 30 : -30))
      }
      return error / (full * 8)
    }
    expect(errorOf(planes)).toBeLessThan(errorOf(flat) * 0.6)
  })

  test('edge repair moves a soft colour border onto the edge of lightness', () => {
    const [width, height] = [48, 24]
    const step = (soft: number, from: number, to: number): Float32Array =>
      Float32Array.from({ length: width * height }, (_, i) => from + (to - from) / (1 + Math.exp(-((i % width) - 23.5) / soft)))
    const network = { width, height, a: step(2, -30, 30), b: step(2, 10, 10), lightness: step(0.05, 30, 70) }
    const sharpness = (edgeRepair: number): number => {
      const { a } = liftingPlanes(network, { edgeRepair })
      return Math.abs((a[12 * width + 25] ?? 0) - (a[12 * width + 22] ?? 0))
    }
    expect(sharpness(1)).toBeGreaterThan(sharpness(0) * 1.5)
    expect(sharpness(0.5)).toBeGreaterThan(sharpness(0))
  })

  test('values that are not numbers, or wild, become something that can be shown', () => {
    const a = waves(8, 8, 2, 400)
    a[3] = Number.NaN
    a[4] = Number.POSITIVE_INFINITY
    const planes = liftingPlanes({ width: 8, height: 8, a, b: waves(8, 8, 2, 5), lightness: waves(8, 8, 2, 30, 50) }, { edgeRepair: 1 })
    for (const plane of [planes.a, planes.b, planes.slopeA, planes.slopeB]) expect(plane.every(Number.isFinite)).toBe(true)
    expect(Math.max(...planes.a)).toBeLessThanOrEqual(128)
  })
})

describe('adjustments', () => {
  test('warmth follows daylight: 4,000 K is yellow, 9,000 K blue, and none is nothing', () => {
    const [warmA, warmB] = warmthShift(1).map((value) => (value * 66) / 116)
    expect([warmA, warmB]).toEqual([expect.closeTo(4.53, 2), expect.closeTo(20, 2)])
    const [coolA, coolB] = warmthShift(-1).map((value) => (value * 66) / 116)
    expect([coolA, coolB]).toEqual([expect.closeTo(0.21, 2), expect.closeTo(-9.55, 2)])
    expect(warmthShift(0)).toEqual([0, 0])
  })

  test('levels stretch a flat scan to full contrast and leave an empty one alone', () => {
    const stretched = levelled(waves(64, 64, 5, 20, 50))
    expect(Math.min(...stretched)).toBe(0)
    expect(Math.max(...stretched)).toBe(100)
    const empty = new Float32Array(100).fill(40)
    expect(levelled(empty)).toBe(empty)
  })
})

describe('the network size of a render factor', () => {
  const limits = { multiple: 16, min: 32, max: 1024 }

  test('is about 16 × factor in the shape of the picture', () => {
    const { width, height } = networkSizeFor(20, { width: 4000, height: 3000 }, limits)
    expect([width, height]).toEqual([368, 272])
    expect(Math.sqrt(width * height)).toBeCloseTo(320, -1)
  })

  test('is never above the picture, and keeps to multiples and limits', () => {
    expect(networkSizeFor(45, { width: 200, height: 100 }, limits)).toEqual({ width: 192, height: 96 })
    expect(networkSizeFor(35, { width: 9000, height: 30 }, limits)).toEqual({ width: 1024, height: 32 })
    const { width, height } = networkSizeFor(33, { width: 1234, height: 987 }, { multiple: 32, min: 64, max: 512 })
    expect([width % 32, height % 32]).toEqual([0, 0])
    expect(Math.max(width, height)).toBeLessThanOrEqual(512)
  })
})
