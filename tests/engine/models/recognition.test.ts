import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Graph } from '../../../src/engine/models/graph.ts'
import { colorize, type ColorizeAnswer } from '../../../src/engine/models/colorizer.ts'
import { recognize } from '../../../src/engine/models/signatures.ts'
import { Sessions } from '../../../src/engine/models/sessions.ts'
import { abGraph, darkenGraph, enlargeGraph, fillGraph, hintGraph, imageNetGraph, tintGraph, writeGraph } from '../onnxGraph.ts'
import { temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
let sessions: Sessions

beforeAll(() => {
  sessions = new Sessions({ provider: 'cpu', threads: 1, memoryMb: 1024 })
})
afterAll(async () => {
  await sessions.releaseAll()
  folder.remove()
})

const find = async (name: string, graph: Graph): Promise<{ card: NonNullable<Awaited<ReturnType<typeof recognize>>>; file: string }> => {
  const { path, sha256, bytes } = writeGraph(join(folder.path, name), graph)
  const card = await recognize(sessions, path, sha256, bytes)
  if (!card) throw new Error(`${name} was not recognised`)
  return { card, file: path }
}

/** Colours of a flat picture of one L*, as the runner makes them from card and file. */
async function colorsAt(found: Awaited<ReturnType<typeof find>>, lightness: number): Promise<ColorizeAnswer> {
  const plane = { width: 64, height: 48, data: new Float32Array(64 * 48).fill(lightness) }
  return colorize(sessions, { card: found.card, folder: '', file: found.file }, { lightness: plane, size: { width: 64, height: 48 }, hints: null, temperature: null })
}

describe('known networks are recognised by their tensors and run by their card', () => {
  it.each([
    ['a DeOldify that wants 0–255', 'deoldify_artistic.onnx', tintGraph({ top: 255 }), [0, 255]],
    ['a DeOldify that wants 0–1', 'deoldify-stable.onnx', tintGraph({ top: 1 }), [0, 1]],
    ['a DeOldify of fixed size', 'deoldify-art.onnx', tintGraph({ top: 1, side: 256 }), [0, 1]],
  ] as const)('%s: the range is found out and the colour is the same', async (_, name, graph, range) => {
    const found = await find(name, graph)
    expect(found.card.inputs[0]?.range).toEqual(range)
    const { a, b } = await colorsAt(found, 60)
    // Less green and less blue than red: a warm tint, whatever the range of the numbers.
    expect(a.data[100]).toBeGreaterThan(5)
    expect(b.data[100]).toBeGreaterThan(12)
    expect(b.data[100]).toBeLessThan(30)
  })

  it('raw DeOldify weights: ImageNet normalisation is found out and undone', async () => {
    const found = await find('deoldify-raw-artistic.onnx', imageNetGraph())
    expect(found.card.inputs[0]?.mean).toEqual([0.485, 0.456, 0.406])
    const { b } = await colorsAt(found, 60)
    expect(b.data[0]).toBeGreaterThan(5)
  })

  it('half-precision tensors are filled and read', async () => {
    const found = await find('deoldify_fp16_artistic.onnx', tintGraph({ top: 1, half: true }))
    const { b } = await colorsAt(found, 60)
    expect(b.data[0]).toBeGreaterThan(12)
  })

  it('DDColor of fixed and of free size answers a and b in Lab units', async () => {
    const fixed = await find('ddcolor.onnx', abGraph({ channels: 3, side: 512 }))
    expect(fixed.card.size).toMatchObject({ mode: 'fixed', default: 512, fit: 'stretch' })
    expect(fixed.card.renderFactor).toBeUndefined()
    const free = await find('ddcolor-free.onnx', abGraph({ channels: 3 }))
    expect(free.card.renderFactor).toBeDefined()
    for (const found of [fixed, free]) {
      const { a, b } = await colorsAt(found, 50)
      // The grey of L* 50 is 0.466 in sRGB: a = 20 · 0.466, b = 10 − 30 · 0.466.
      expect(a.data[0]).toBeCloseTo(9.33, 1)
      expect(b.data[0]).toBeCloseTo(-3.99, 1)
    }
  })

  it('eccv16 and siggraph17 take L* from 0 to 100 under their own input name', async () => {
    const found = await find('colorization-eccv-16.onnx', abGraph({ channels: 1, side: 256, input: 'input.1', slope: [0.5, -0.25], at0: [0, 0] }))
    expect(found.card.id).toBe('colorize-eccv16')
    const { a, b, networkSize } = await colorsAt(found, 40)
    expect(networkSize).toEqual([256, 256])
    expect(a.data[0]).toBeCloseTo(20, 3)
    expect(b.data[0]).toBeCloseTo(-10, 3)
    expect((await find('siggraph.onnx', abGraph({ channels: 1, side: 256 }))).card.id).toBe('colorize-siggraph17')
  })

  it('siggraph17 with hints gets a hint’s colour back where it was painted', async () => {
    const found = await find('siggraph-hints.onnx', hintGraph())
    const size = { width: 64, height: 48 }
    const count = 64 * 48
    const answer = await colorize(sessions, { card: found.card, folder: '', file: found.file }, {
      lightness: { ...size, data: new Float32Array(count).fill(50) },
      size,
      hints: (input) => {
        const cells = input.width * input.height
        const planes = { lightness: new Float32Array(cells), a: new Float32Array(cells), b: new Float32Array(cells), mask: new Float32Array(cells) }
        planes.a[0] = 44
        planes.b[0] = -22
        planes.mask[0] = 1
        return planes
      },
      temperature: null,
    })
    expect(answer.a.data[0]).toBeCloseTo(44, 2)
    expect(answer.b.data[0]).toBeCloseTo(-22, 2)
    expect(answer.a.data[10]).toBeCloseTo(0, 2)
  })

  it('upscaler, noise and blur removers, hole filler', async () => {
    const upscaler = await find('real_esrgan_x4.onnx', enlargeGraph(64))
    expect(upscaler.card).toMatchObject({ task: 'super-resolution', outputs: [{ stride: 0.25 }] })
    expect((await find('unknown-name.onnx', enlargeGraph(64))).card.task).toBe('super-resolution')
    expect((await find('SCUNet-PSNR.onnx', darkenGraph(0.9))).card.task).toBe('denoise')
    expect((await find('NAFNet-GoPro-width64.onnx', darkenGraph(0.8))).card.task).toBe('deblur')
    expect((await find('lama_fp32.onnx', fillGraph(512))).card.task).toBe('inpaint')
  })
})

describe('what is not known', () => {
  it('three channels in and out under a name that says nothing stay unknown', async () => {
    const { path, sha256, bytes } = writeGraph(join(folder.path, 'network.onnx'), darkenGraph(0.7))
    expect(await recognize(sessions, path, sha256, bytes)).toBeNull()
  })

  it('a file that is no network is refused in plain words', async () => {
    const { writeFileSync } = await import('node:fs')
    const path = join(folder.path, 'text.onnx')
    writeFileSync(path, 'not a network')
    await expect(recognize(sessions, path, '0'.repeat(64), 13)).rejects.toMatchObject({ code: 'bad-model' })
  })
})
