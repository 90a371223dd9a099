import { beforeAll, describe, expect, test } from 'vitest'
import { buildKernels } from '../../../build/kernels.mjs'
import { composeRows } from '../../../src/core/color/composing.ts'
import { redTones } from '../../../src/core/color/tones.ts'
import { composeStats, plainSettings, prepareChroma, StripComposer, type ComposeSettings, type Samples, type SourceFormat } from '../../../src/engine/kernels/compose.ts'
import { DriftMeter } from '../../../src/engine/kernels/drift.ts'
import { noiseFrom, waves } from '../../unit/color/waves.ts'

beforeAll(() => buildKernels())

const [planeWidth, planeHeight] = [40, 24]
const planes = prepareChroma(
  {
    width: planeWidth,
    height: planeHeight,
    a: waves(planeWidth, planeHeight, 4, 35),
    b: waves(planeWidth, planeHeight, 6, 40, 5),
    lightness: waves(planeWidth, planeHeight, 3, 40, 50),
  },
  { edgeRepair: 1 },
)
const colorless = prepareChroma({ ...planes, a: new Float32Array(planes.a.length), b: new Float32Array(planes.b.length) }, { edgeRepair: 1 })

/** A picture of every tone there is, in an order that has nothing to do with the planes. */
function picture(width: number, height: number, { channels, depth }: SourceFormat): Samples {
  const next = noiseFrom(width * 31 + height + channels)
  const samples = depth === 8 ? new Uint8Array(width * height * channels) : new Uint16Array(width * height * channels)
  return samples.map(() => Math.floor(next() * 2 ** depth))
}

function composed(size: { width: number; height: number }, format: SourceFormat, source: Samples, depth: 8 | 16, settings: Partial<ComposeSettings> = {}, chroma = planes) {
  const composer = new StripComposer(size, chroma, { ...plainSettings, ...settings }, format)
  const output = depth === 8 ? new Uint8Array(size.width * size.height * 3) : new Uint16Array(size.width * size.height * 3)
  composer.compose(source, 0, size.height, output)
  return { output, composer }
}

function drift(size: { width: number; height: number }, format: SourceFormat, source: Samples, output: Samples): { mean: number; max: number } {
  const meter = new DriftMeter(format, { channels: 3, depth: output instanceof Uint16Array ? 16 : 8 })
  meter.add(source, output, size.width * size.height)
  return meter.finish()
}

const formats: readonly SourceFormat[] = [
  { channels: 1, depth: 8 },
  { channels: 3, depth: 8 },
  { channels: 1, depth: 16 },
  { channels: 3, depth: 16 },
]

describe.each(formats)('composing a picture of %j', (format) => {
  const size = { width: 203, height: 61 }
  const source = picture(size.width, size.height, format)

  test('L* of the result is that of the source, even with colours far outside sRGB', () => {
    const bytes = drift(size, format, source, composed(size, format, source, 8, { saturation: 2 }).output)
    expect(bytes.mean).toBeLessThan(0.05)
    expect(bytes.max).toBeLessThan(0.3)
    const words = drift(size, format, source, composed(size, format, source, 16, { saturation: 2 }).output)
    expect(words.mean).toBeLessThan(0.001)
    expect(words.max).toBeLessThan(0.002)
  })

  test('its own figures agree with a measurement of the result', () => {
    const { output, composer } = composed(size, format, source, 8)
    const measured = drift(size, format, source, output)
    const { lumaDrift, pixels, gamutShare, colorfulness } = composeStats([composer.finish()])
    expect(lumaDrift.mean).toBeCloseTo(measured.mean, 3)
    expect(lumaDrift.max).toBeCloseTo(measured.max, 1)
    expect(pixels).toBe(size.width * size.height)
    expect(gamutShare).toBeGreaterThan(0.05)
    expect(colorfulness).toBeGreaterThan(20)
  })

  test('any cut into strips, on shared memory too, gives the same bytes and figures', () => {
    const whole = composed(size, format, source, 8)
    const shared = new Uint8Array(new SharedArrayBuffer(size.width * size.height * 3))
    const onShared = format.depth === 8 ? new Uint8Array(new SharedArrayBuffer(source.byteLength)) : new Uint16Array(new SharedArrayBuffer(source.byteLength))
    onShared.set(source)
    const composers = [0, 1].map(() => new StripComposer(size, planes, plainSettings, format))
    for (let row = 0, n = 0, rows = 1; row < size.height; row += rows, n++) {
      rows = Math.min(1 + ((n * 5) % 13), size.height - row)
      const line = size.width * format.channels
      composers[n % 2]?.compose(onShared.subarray(row * line, (row + rows) * line), row, rows, shared.subarray(row * size.width * 3, (row + rows) * size.width * 3))
    }
    expect(Buffer.compare(Buffer.from(shared), Buffer.from(whole.output.buffer))).toBe(0)
    const joined = composeStats(composers.map((composer) => composer.finish()))
    const single = composeStats([whole.composer.finish()])
    expect(joined.colorfulness).toBeCloseTo(single.colorfulness, 6)
    expect(joined.lumaDrift.max).toBe(single.lumaDrift.max)
    expect(joined.gamutShare).toBe(single.gamutShare)
  })

  test('it is the picture that the float64 reference describes', () => {
    const settings = { ...plainSettings, warmth: 0.4, keepTone: true, saturation: 1.2 }
    const line = size.width * format.channels
    const strip = source.subarray(10 * line, 30 * line)
    const reference = composeRows(size, planes, settings, format, strip, 10, 20, 16)
    const part = new Uint16Array(size.width * 20 * 3)
    new StripComposer(size, planes, settings, format).compose(strip, 10, 20, part)
    let worst = 0
    for (let i = 0; i < part.length; i++) worst = Math.max(worst, Math.abs((part[i] ?? 0) - (reference[i] ?? 0)))
    expect(worst).toBeLessThan(3)
  })
})

describe('what must come out untouched', () => {
  test('no colour gives equal channels, and the very samples of a grey source', () => {
    for (const depth of [8, 16] as const) {
      const size = { width: 256, height: depth === 8 ? 4 : 256 }
      const ramp = depth === 8 ? Uint8Array.from({ length: 1024 }, (_, i) => i % 256) : Uint16Array.from({ length: 65_536 }, (_, i) => i)
      const { output } = composed(size, { channels: 1, depth }, ramp, depth, {}, colorless)
      const wrong = ramp.findIndex((value, i) => output[3 * i] !== value || output[3 * i + 1] !== value || output[3 * i + 2] !== value)
      expect(wrong).toBe(-1)
    }
  })

  test('no colour makes a colour source neutral', () => {
    const size = { width: 64, height: 64 }
    const { output } = composed(size, { channels: 3, depth: 8 }, picture(64, 64, { channels: 3, depth: 8 }), 8, {}, colorless)
    for (let i = 0; i < output.length; i += 3) expect(output[i] === output[i + 1] && output[i] === output[i + 2]).toBe(true)
  })

  test('strength 0 returns the source: its samples, or its grey three times', () => {
    const size = { width: 31, height: 9 }
    const color = picture(31, 9, { channels: 3, depth: 16 })
    expect(composed(size, { channels: 3, depth: 16 }, color, 16, { strength: 0, warmth: 1, saturation: 2 }).output).toEqual(color)
    const grey = picture(31, 9, { channels: 1, depth: 8 })
    const { output, composer } = composed(size, { channels: 1, depth: 8 }, grey, 8, { strength: 0 })
    expect([...output]).toEqual([...grey].flatMap((value) => [value, value, value]))
    expect(composeStats([composer.finish()])).toMatchObject({ lumaDrift: { mean: 0, max: 0 }, colorfulness: 0, pixels: 279 })
  })

  test('strength 0 keeps white white when the depth changes', () => {
    const size = { width: 2, height: 1 }
    expect([...composed(size, { channels: 1, depth: 8 }, Uint8Array.of(255, 128), 16, { strength: 0 }).output]).toEqual([65_535, 65_535, 65_535, 32_896, 32_896, 32_896])
    expect([...composed(size, { channels: 1, depth: 16 }, Uint16Array.of(65_535, 32_896), 8, { strength: 0 }).output]).toEqual([255, 255, 255, 128, 128, 128])
  })

  test('16-bit tones stay 16-bit: a ramp keeps nearly all of its levels under colour', () => {
    const size = { width: 256, height: 256 }
    const ramp = Uint16Array.from({ length: 65_536 }, (_, i) => i)
    const { output } = composed(size, { channels: 1, depth: 16 }, ramp, 16, { strength: 0.3 })
    const green = new Set<number>()
    for (let i = 1; i < output.length; i += 3) green.add(output[i] ?? 0)
    expect(green.size).toBeGreaterThan(40_000)
    expect(drift(size, { channels: 1, depth: 16 }, ramp, output).max).toBeLessThan(0.01)
  })
})

describe('settings', () => {
  const size = { width: 120, height: 80 }
  const format: SourceFormat = { channels: 3, depth: 8 }
  const grey = picture(size.width, size.height, { channels: 1, depth: 8 })
  const sepia = Uint8Array.from({ length: size.width * size.height * 3 }, (_, i) => Math.min(255, 60 + (grey[Math.floor(i / 3)] ?? 0) * [0.7, 0.6, 0.45][i % 3]!))
  const colorfulness = (settings: Partial<ComposeSettings>, chroma = planes): number => composeStats([composed(size, format, sepia, 8, settings, chroma).composer.finish()]).colorfulness

  test('more strength and more saturation are more colour, and both multiply', () => {
    expect(colorfulness({ strength: 0.4 })).toBeLessThan(colorfulness({ strength: 0.8 }))
    expect(composed(size, format, sepia, 8, { strength: 0.4, saturation: 2 }).output).toEqual(composed(size, format, sepia, 8, { strength: 0.8 }).output)
  })

  test('a sepia print becomes neutral where the network has no colour, unless its tone is kept', () => {
    expect(colorfulness({}, colorless)).toBe(0)
    expect(composed(size, format, sepia, 8, { keepTone: true }, colorless).output).toEqual(sepia)
  })

  test('warmth makes the whole picture yellower or bluer and leaves its lightness', () => {
    const mean = (output: Samples, channel: number): number => {
      let sum = 0
      for (let i = channel; i < output.length; i += 3) sum += output[i] ?? 0
      return sum / (output.length / 3)
    }
    const warm = composed(size, format, sepia, 8, { warmth: 1 }, colorless).output
    const cool = composed(size, format, sepia, 8, { warmth: -1 }, colorless).output
    expect(mean(warm, 0)).toBeGreaterThan(mean(warm, 2) + 20)
    expect(mean(cool, 2)).toBeGreaterThan(mean(cool, 0) + 8)
    expect(drift(size, format, sepia, warm).mean).toBeLessThan(0.05)
  })

  test('tones from red carry the red channel of the source', () => {
    const { output } = composed(size, format, sepia, 8, { tones: redTones }, colorless)
    expect([...output].filter((_, i) => i % 3 === 0)).toEqual([...sepia].filter((_, i) => i % 3 === 0))
  })

  test('corrections add their colour on top, at any strength of the network', () => {
    const corrections = { a: new Float32Array(planes.a.length).fill(20), b: new Float32Array(planes.b.length) }
    const flat = new Uint8Array(size.width * size.height * 3).fill(128)
    const { output } = composed(size, format, flat, 8, { corrections, strength: 0.5 }, colorless)
    expect((output[0] ?? 0) - (output[1] ?? 0)).toBeGreaterThan(30)
    expect(drift(size, format, flat, output).max).toBeLessThan(0.3)
  })

  test('a picture smaller than its planes, and one of a single pixel, are composed too', () => {
    for (const [width, height] of [[1, 1], [3, 900], [7, 5]] as const) {
      const source = picture(width, height, format)
      const { output } = composed({ width, height }, format, source, 8)
      expect(drift({ width, height }, format, source, output).max).toBeLessThan(0.3)
    }
  })
})
