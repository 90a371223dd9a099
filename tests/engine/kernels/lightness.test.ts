import { beforeAll, describe, expect, test } from 'vitest'
import { buildKernels } from '../../../build/kernels.mjs'
import { linearToLab } from '../../../src/core/color/lab.ts'
import { redTones } from '../../../src/core/color/tones.ts'
import { linearTable } from '../../../src/core/color/transfer.ts'
import type { Samples, SourceFormat } from '../../../src/engine/kernels/compose.ts'
import { DriftMeter } from '../../../src/engine/kernels/drift.ts'
import { LightnessReducer, lightnessPlane, networkLightness } from '../../../src/engine/kernels/lightness.ts'
import { noiseFrom } from '../../unit/color/waves.ts'

beforeAll(() => buildKernels())

function picture(pixels: number, { channels, depth }: SourceFormat, seed = 1): Samples {
  const next = noiseFrom(seed)
  const samples = depth === 8 ? new Uint8Array(pixels * channels) : new Uint16Array(pixels * channels)
  return samples.map(() => Math.floor(next() * 2 ** depth))
}

function trueLightness(samples: Samples, { channels, depth }: SourceFormat, pixel: number): number {
  const linear = linearTable(depth)
  const at = (channel: number): number => linear[samples[pixel * channels + (channels === 3 ? channel : 0)] ?? 0] ?? 0
  return linearToLab(at(0), at(1), at(2))[0]
}

const formats: readonly SourceFormat[] = [
  { channels: 1, depth: 8 },
  { channels: 3, depth: 8 },
  { channels: 1, depth: 16 },
  { channels: 3, depth: 16 },
]

describe.each(formats)('L* of pixels of %j', (format) => {
  test('is that of float64 mathematics, for every pixel', () => {
    const source = picture(70_001, format)
    const plane = lightnessPlane(source, 70_001, format)
    let worst = 0
    plane.forEach((value, pixel) => (worst = Math.max(worst, Math.abs(value - trueLightness(source, format, pixel)))))
    expect(worst).toBeLessThan(1e-4)
  })

  test('reduced to a network size, is the mean over the area of each small pixel', () => {
    const [width, height] = [60, 45]
    const source = picture(width * height, format)
    const full = lightnessPlane(source, width * height, format)
    const small = networkLightness(source, { width, height }, format, { width: 12, height: 9 })
    for (const [x, y] of [[0, 0], [5, 3], [11, 8]] as const) {
      let sum = 0
      for (let v = 0; v < 5; v++) for (let u = 0; u < 5; u++) sum += full[(y * 5 + v) * width + x * 5 + u] ?? 0
      expect(small[y * 12 + x]).toBeCloseTo(sum / 25, 3)
    }
  })

  test('two pictures drift as far as their pixels do', () => {
    const [first, second] = [picture(9001, format, 1), picture(9001, { channels: 3, depth: 8 }, 2)]
    const meter = new DriftMeter(format, { channels: 3, depth: 8 })
    meter.add(first.subarray(0, 4000 * format.channels), second.subarray(0, 12_000), 4000)
    meter.add(first.subarray(4000 * format.channels), second.subarray(12_000), 5001)
    let [sum, max] = [0, 0]
    for (let pixel = 0; pixel < 9001; pixel++) {
      const difference = Math.abs(trueLightness(first, format, pixel) - trueLightness(second, { channels: 3, depth: 8 }, pixel))
      sum += difference
      max = Math.max(max, difference)
    }
    const found = meter.finish()
    expect(found.mean).toBeCloseTo(sum / 9001, 4)
    expect(found.max).toBeCloseTo(max, 3)
  })
})

describe('a neutral pixel of an RGB picture', () => {
  const [grey, color]: [SourceFormat, SourceFormat] = [{ channels: 1, depth: 8 }, { channels: 3, depth: 8 }]
  const tones = Uint8Array.from({ length: 1024 }, (_, i) => i % 256)
  const asRgb = Uint8Array.from({ length: 3072 }, (_, i) => tones[Math.floor(i / 3)] as number)

  test('has the very tone of the same grey in one channel, whatever colours stand beside it', () => {
    const expected = lightnessPlane(tones, 1024, grey)
    expect(lightnessPlane(asRgb, 1024, color)).toEqual(expected)
    for (const stride of [2, 3, 5]) {
      const mixed = asRgb.slice()
      for (let pixel = 0; pixel < 1024; pixel += stride) mixed[3 * pixel + (pixel % 3)] = (mixed[3 * pixel] as number) ^ 255
      const found = lightnessPlane(mixed, 1024, color)
      for (let pixel = 0; pixel < 1024; pixel++) {
        if (pixel % stride === 0) expect(Math.abs((found[pixel] as number) - trueLightness(mixed, color, pixel))).toBeLessThan(1e-4)
        else expect(found[pixel]).toBe(expected[pixel])
      }
    }
  })

  test('does not drift from that grey at all', () => {
    const meter = new DriftMeter(grey, color)
    meter.add(tones, asRgb, 1024)
    expect(meter.finish()).toEqual({ mean: 0, max: 0 })
  })
})

describe('reducing', () => {
  const format: SourceFormat = { channels: 3, depth: 8 }

  test('sizes that do not divide share border pixels, so a flat picture stays flat and the mean is kept', () => {
    const [width, height] = [101, 67]
    const source = picture(width * height, format)
    const small = networkLightness(source, { width, height }, format, { width: 16, height: 16 })
    const full = lightnessPlane(source, width * height, format)
    const mean = (plane: Float32Array): number => plane.reduce((sum, value) => sum + value, 0) / plane.length
    expect(mean(small)).toBeCloseTo(mean(full), 2)
    const flat = networkLightness(new Uint8Array(width * height * 3).fill(119), { width, height }, format, { width: 16, height: 16 })
    expect(Math.max(...flat) - Math.min(...flat)).toBeLessThan(1e-3)
  })

  test('strips give what the whole picture gives', () => {
    const [width, height] = [90, 50]
    const source = picture(width * height, format)
    const whole = networkLightness(source, { width, height }, format, { width: 30, height: 21 })
    const reducer = new LightnessReducer({ width, height }, { width: 30, height: 21 }, format)
    for (let row = 0; row < height; row += 7) {
      const rows = Math.min(7, height - row)
      reducer.add(source.subarray(row * width * 3, (row + rows) * width * 3), row, rows)
    }
    expect(reducer.finish()).toEqual(whole)
  })

  test('a size above the picture repeats its pixels', () => {
    const small = networkLightness(Uint8Array.of(0, 0, 0, 255, 255, 255), { width: 2, height: 1 }, format, { width: 4, height: 2 })
    expect([...small].map((value) => Math.round(Math.abs(value)))).toEqual([0, 0, 100, 100, 0, 0, 100, 100])
  })

  test('other tones see another channel', () => {
    const [lightness] = networkLightness(Uint8Array.of(255, 0, 0), { width: 1, height: 1 }, format, { width: 1, height: 1 }, redTones)
    expect(lightness).toBeCloseTo(100, 2)
  })
})
