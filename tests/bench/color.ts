import { join } from 'node:path'
import sharp from 'sharp'
import { resizeCubic } from '../../src/core/color/bicubic.ts'
import { labToLinear, lightnessOf } from '../../src/core/color/lab.ts'
import { encodeSrgb, linearTable } from '../../src/core/color/transfer.ts'
import { plainSettings, prepareChroma, StripComposer, type ChromaPlanes } from '../../src/engine/kernels/compose.ts'
import { DriftMeter } from '../../src/engine/kernels/drift.ts'
import { networkLightness } from '../../src/engine/kernels/lightness.ts'
import { type Bench, figure } from './support/bench.ts'
import { drawPhoto } from './support/pictures.ts'

interface Grey {
  readonly width: number
  readonly height: number
  readonly data: Uint8Array
}

/** Patches of colour as a network gives them: soft, of all hues, chroma up to about 50, some of them wrong for their lightness. */
function patches(grey: Grey): ChromaPlanes {
  const [width, height] = [224, Math.round((224 * grey.height) / grey.width)]
  const wave = (pitch: number, amplitude: number, offset: number): Float32Array =>
    Float32Array.from({ length: width * height }, (_, i) => offset + amplitude * Math.sin((i % width) / pitch + 1.3 * Math.cos(Math.floor(i / width) / (pitch * 1.7))))
  const lightness = networkLightness(grey.data, grey, { channels: 1, depth: 8 }, { width, height })
  return prepareChroma({ width, height, a: wave(19, 24, 4), b: wave(31, 28, 8), lightness }, { edgeRepair: 1 })
}

const byte = (value: number): number => Math.min(255, Math.max(0, Math.round(value)))

/** The network's own picture: its colours on the source's lightness, clipped to sRGB as networks clip. */
function clippedLab(grey: Grey, planes: ChromaPlanes): Uint8Array {
  const [a, b] = [planes.a, planes.b].map((plane) => resizeCubic(plane, planes.width, planes.height, grey.width, grey.height))
  const lightness = Array.from(linearTable(8), lightnessOf)
  const out = new Uint8Array(grey.data.length * 3)
  grey.data.forEach((value, i) => {
    const color = labToLinear(lightness[value] ?? 0, a?.[i] ?? 0, b?.[i] ?? 0)
    color.forEach((linear, channel) => (out[3 * i + channel] = byte(255 * encodeSrgb(Math.min(1, Math.max(0, linear))))))
  })
  return out
}

/** Merging in YUV as DeOldify does: Y of the source, U and V of the network's picture (8 bit, BT.601, as OpenCV has them). */
function yuvMerge(grey: Grey, colored: Uint8Array): Uint8Array {
  const out = new Uint8Array(colored.length)
  grey.data.forEach((luma, i) => {
    const [red = 0, green = 0, blue = 0] = colored.subarray(3 * i, 3 * i + 3)
    const y = 0.299 * red + 0.587 * green + 0.114 * blue
    const u = byte(0.492 * (blue - y) + 128) - 128
    const v = byte(0.877 * (red - y) + 128) - 128
    out[3 * i] = byte(luma + 1.14 * v)
    out[3 * i + 1] = byte(luma - 0.395 * u - 0.581 * v)
    out[3 * i + 2] = byte(luma + 2.032 * u)
  })
  return out
}

function driftOf(grey: Grey, colored: Uint8Array): { mean: number; max: number } {
  const meter = new DriftMeter({ channels: 1, depth: 8 }, { channels: 3, depth: 8 })
  meter.add(grey.data, colored, grey.data.length)
  const { mean, max } = meter.finish()
  return { mean: Number(mean.toFixed(4)), max: Number(max.toFixed(3)) }
}

async function draw(file: string, width: number, height: number): Promise<Grey> {
  await drawPhoto(file, width, height)
  return { width, height, data: await sharp(file).greyscale().raw().toBuffer() }
}

export const bench: Bench = {
  name: 'color',
  about: "how far L* moves when colour is merged, against DeOldify's merge in YUV; time of the pixel loops for 12 MP on one core",
  async run({ runs, scratch, say }) {
    say('merging colour …')
    const photo = await draw(join(scratch, 'photo.jpg'), 1200, 900)
    const planes = patches(photo)
    const ours = new Uint8Array(photo.data.length * 3)
    new StripComposer(photo, planes, plainSettings, { channels: 1, depth: 8 }).compose(photo.data, 0, photo.height, ours)
    const clipped = clippedLab(photo, planes)
    const [kept, yuv, lab] = [driftOf(photo, ours), driftOf(photo, yuvMerge(photo, clipped)), driftOf(photo, clipped)]

    say('composing and measuring 12 MP …')
    const large = await draw(join(scratch, 'large.jpg'), 4000, 3000)
    const rgb = new Uint8Array(large.data.length * 3)
    const source = new Uint8Array(rgb.length)
    large.data.forEach((value, i) => source.fill(value, 3 * i, 3 * i + 3))
    const wide = patches(large)
    const [compose, measure]: [number[], number[]] = [[], []]
    for (let run = 0; run < runs; run += 1) {
      const started = performance.now()
      new StripComposer(large, wide, plainSettings, { channels: 3, depth: 8 }).compose(source, 0, large.height, rgb)
      const composed = performance.now()
      const meter = new DriftMeter({ channels: 3, depth: 8 }, { channels: 3, depth: 8 })
      meter.add(source, rgb, large.data.length)
      compose.push(composed - started)
      measure.push(performance.now() - composed)
    }
    return [
      figure('color.drift.mean', 'L*', [kept.mean], [yuv.mean], { labClip: lab.mean, must: 0.1 }),
      figure('color.drift.max', 'L*', [kept.max], [yuv.max], { labClip: lab.max, must: 0.5 }),
      figure('color.compose', 'ms', compose, [250], { megapixels: 12 }),
      figure('color.measure', 'ms', measure, [120], { megapixels: 12 }),
    ]
  },
}
