import { copyFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { EngineInput } from '../../../src/contract/engine.ts'
import type { Rgb } from '../../../src/core/evaluate/picture.ts'
import { oneColor, recolored } from '../../../src/core/evaluate/picture.ts'
import { draw, finish, scene } from '../../unit/core/evaluate/drawn.ts'
import { meansGraph, writeGraph } from '../onnxGraph.ts'
import { rgb } from '../pictures/drawing.ts'
import { makeStudio, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const studio = makeStudio()
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

const at = (name: string): string => join(folder.path, name)
async function write(name: string, picture: Rgb): Promise<string> {
  await rgb(picture.data, picture.width, picture.height).toFile(at(name))
  return at(name)
}
const compare = (input: Partial<EngineInput<'compare'>>) => run(studio, 'compare', { real: '', output: '', meanColor: { a: 0, b: 0 }, strengths: [], side: null, hints: [], before: null, ...input })

describe('comparing', () => {
  it('tells the mean colour of a picture', async () => {
    const { a, b } = await run(studio, 'meanColor', { path: await write('tinted.png', finish(recolored(scene(64, 48), oneColor(6, -9)))) })
    expect([a, b]).toEqual([expect.closeTo(6, 0), expect.closeTo(-9, 0)])
  })

  it('brings an output of another size to the truth’s and says so', async () => {
    const [real, small] = [await write('real.png', scene(96, 64)), await write('small.png', scene(48, 32))]
    const report = await compare({ real, output: small })
    expect(report).toMatchObject({ size: { width: 96, height: 64 }, resizedFrom: { width: 48, height: 32 }, reducedFrom: null })
    expect(report.output.mse).toBeGreaterThan(0)
    const side = await compare({ real, output: real, side: 48 })
    expect(side).toMatchObject({ size: { width: 48, height: 32 }, resizedFrom: null, reducedFrom: { width: 96, height: 64 }, output: { mse: 0 } })
  })

  it('takes grey files and files with transparency like others', async () => {
    const grey = draw(40, 40, (x) => [3 * x, 3 * x, 3 * x])
    const real = await write('grey-as-colour.png', grey)
    await rgb(grey.data.filter((_, i) => i % 3 === 0), 40, 40, 1).toColourspace('b-w').toFile(at('grey.png'))
    await rgb(Uint8Array.from({ length: 4 * 1600 }, (_, i) => (i % 4 === 3 ? 40 : grey.data[3 * (i >> 2) + (i % 4)]!)), 40, 40, 4).toFile(at('veiled.png'))
    for (const output of ['grey.png', 'veiled.png']) expect((await compare({ real, output: at(output) })).output).toMatchObject({ mse: 0, driftMax: 0 })
  })

  it('measures strengths of the output’s colour over the truth’s tones', async () => {
    const real = await write('truth.png', scene(96, 64))
    const { strengths, truth } = await compare({ real, output: real, strengths: [0, 0.5, 1] })
    expect(strengths).toHaveLength(3)
    expect(strengths[0]?.colorfulness).toBe(0)
    expect(Math.sqrt(strengths[1]!.varianceA / truth.varianceA)).toBeCloseTo(0.5, 1)
    expect(strengths[2]?.deltaE).toBeLessThan(0.3)
  })

  it('measures flicker against the frame before', async () => {
    const frames = await Promise.all([0, 1].map((n) => write(`frame-${n}.png`, scene(96, 64))))
    const outputs = await Promise.all([4, 10].map((a, n) => write(`tint-${n}.png`, finish(recolored(scene(96, 64), oneColor(a, 0))))))
    const report = await compare({ real: frames[1]!, output: outputs[1]!, before: { real: frames[0]!, output: outputs[0]! } })
    expect(report.flicker?.output).toBeCloseTo(6, 0)
    expect(report.flicker?.truth).toBe(0)
    expect((await compare({ real: frames[1]!, output: outputs[1]! })).flicker).toBeNull()
  })

  it('ends with a plain word where a file is no picture', async () => {
    writeFileSync(at('broken.png'), 'not a picture')
    const real = await write('whole.png', scene(32, 32))
    await expect(compare({ real, output: at('broken.png') })).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('broken.png') })
  })
})

describe('the Fréchet distance of folders', () => {
  const flat = (value: number): Rgb => draw(30, 20, () => [value, value, value])

  it('is that of the features’ Gaussians, whatever the layout of the network', async () => {
    const pairs = await Promise.all([51, 102, 153].map(async (value, n) => ({ real: await write(`fr-${n}.png`, flat(value)), output: await write(`fo-${n}.png`, flat(value + 51)) })))
    for (const channelsLast of [false, true]) {
      const model = writeGraph(at(`means-${channelsLast}.onnx`), meansGraph(channelsLast)).path
      const found = await run(studio, 'frechet', { model, range: [0, 1], pairs, meanColor: { a: 0, b: 0 } })
      // The same spread, each of three means 0.2 higher.
      // The network adds up 89,401 numbers in float32: four digits hold.
      expect(found.output).toBeCloseTo(3 * 0.2 ** 2, 3)
      expect(found.grey).toBeCloseTo(0, 3)
      expect(found).toMatchObject({ pictures: 3, dimensions: 3 })
      const wide = await run(studio, 'frechet', { model, range: [-1, 1], pairs, meanColor: { a: 0, b: 0 } })
      expect(wide.output).toBeCloseTo(3 * 0.4 ** 2, 3)
    }
  })

  it('needs a network that is there, and one that takes a picture', async () => {
    const real = await write('one.png', flat(9))
    const pairs = [{ real, output: real }, { real, output: real }]
    const ask = (model: string) => run(studio, 'frechet', { model, range: [0, 1], pairs, meanColor: { a: 0, b: 0 } })
    await expect(ask(at('gone.onnx'))).rejects.toMatchObject({ code: 'missing-model' })
    copyFileSync(real, at('picture.onnx'))
    await expect(ask(at('picture.onnx'))).rejects.toMatchObject({ code: 'bad-model' })
    const grey = writeGraph(at('one-channel.onnx'), { ...meansGraph(), inputs: [{ name: 'image', type: 'f32', shape: [1, 1, 'h', 'w'] }], outputs: [{ name: 'features', type: 'f32', shape: [1, 1, 1, 1] }] })
    await expect(ask(grey.path)).rejects.toMatchObject({ code: 'bad-model', message: expect.stringContaining('three channels') })
  })
})
