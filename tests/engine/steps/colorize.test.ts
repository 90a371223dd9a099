import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EngineOutput } from '../../../src/contract/engine.ts'
import { hexToLab, srgbToLab } from '../../../src/core/color/srgb.ts'
import type { Studio } from '../../../src/engine/workers/context.ts'
import { abGraph, nanGraph, onlyAtGraph, writeModel } from '../onnxGraph.ts'
import { bundledModel, makeStudio, run, temporaryFolder } from '../studio.ts'

const modelsFolder = join(import.meta.dirname, '../../../models')
const ownModels = readdirSync(modelsFolder).filter((name) => name.startsWith('colorize-'))
const folder = temporaryFolder()
let studio: Studio
const grey = join(folder.path, 'grey.png')
const color = join(folder.path, 'colour.png')
const sepia = join(folder.path, 'sepia.png')
const reference = join(folder.path, 'reference.png')
/** A model that takes no hints and gives every pixel a = 20·grey, b = 10 − 30·grey. */
let plain: string
/** The same with more colour, so that rounding to 8 bits does not count. */
let strong: string

const [width, height] = [320, 240]

async function draw(path: string, pixel: (x: number, y: number) => readonly number[]): Promise<void> {
  const channels = pixel(0, 0).length as 1 | 3
  const data = new Uint8Array(width * height * channels)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) data.set(pixel(x, y), (y * width + x) * channels)
  const chain = sharp(data, { raw: { width, height, channels } })
  await (channels === 1 ? chain.toColourspace('b-w') : chain).png().toFile(path)
}

/** A bright even sky over a dark rough meadow, with a disc of middle grey in it. */
const scene = (x: number, y: number): number => {
  if (Math.hypot(x - 220, y - 150) < 40) return 140
  return y < 100 ? 215 : 70 + 12 * Math.sin(x * 1.7) * Math.cos(y * 2.3)
}

beforeAll(async () => {
  studio = makeStudio()
  await draw(grey, (x, y) => [scene(x, y)])
  await draw(sepia, (x, y) => {
    const value = scene(x, y)
    return [Math.min(255, value * 1.1 + 14), value * 0.95 + 8, value * 0.75]
  })
  await draw(color, (x, y) => (y < 80 ? [90, 140, 230] : x < 160 ? [60, 150, 50] : [220, 60, 40]))
  await draw(reference, (x, y) => (y < 90 ? [150, 195, 250] : [60 + 14 * Math.sin(x * 1.9), 110 + 20 * Math.cos(y * 2.1 + x), 40]))
  plain = writeModel(join(folder.path, 'plain'), abGraph({ channels: 1 }))
  strong = writeModel(join(folder.path, 'strong'), abGraph({ channels: 1, slope: [1, 1], at0: [18, 24] }))
})
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

let outputs = 0
const exported = async (source: string, params: Record<string, unknown>, model = plain): Promise<EngineOutput<'export'>> =>
  run(studio, 'export', {
    source: { path: source },
    recipe: { version: 1, steps: [{ step: 'colorize', enabled: true, params }] },
    model,
    target: join(folder.path, `out-${++outputs}.png`),
    format: 'png',
    quality: 95,
    depth: 'same',
    label: false,
    compare: null,
    overwrite: false,
  })

async function labAt(path: string, x: number, y: number): Promise<readonly [number, number, number]> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true })
  const at = (y * info.width + x) * info.channels
  const channel = (n: number): number => (data[at + (info.channels >= 3 ? n : 0)] ?? 0) / 255
  return srgbToLab(channel(0), channel(1), channel(2))
}

const pixelHash = async (path: string): Promise<string> => createHash('sha256').update(await sharp(path).raw().toBuffer()).digest('hex')

describe('what must stay untouched', () => {
  it('strength 0 gives the source’s own pixels back, grey as grey', async () => {
    const { output, figures } = await exported(grey, { strength: 0 })
    expect(await pixelHash(output)).toBe(await pixelHash(grey))
    expect((await sharp(output).metadata()).channels).toBe(1)
    expect(figures).toMatchObject({ model: null, lumaDrift: { mean: 0, max: 0 } })
  })

  it('a picture in colour is recognised and left alone, unless asked', async () => {
    const left = await exported(color, {})
    expect(left.figures).toMatchObject({ alreadyColor: true, colorKind: 'color' })
    expect(await pixelHash(left.output)).toBe(await pixelHash(color))
    const forced = await exported(color, { forceColor: true })
    expect(forced.figures).toMatchObject({ alreadyColor: false, colorKind: 'color' })
    expect(await pixelHash(forced.output)).not.toBe(await pixelHash(color))
  })

  it('a sepia print is toned, not coloured: it gets colours, and its tones stay within a quarter of L*', async () => {
    const { figures, output } = await exported(sepia, {})
    expect(figures.colorKind).toBe('toned')
    expect(figures.lumaDrift.max).toBeLessThan(0.5)
    const [before, after] = [await labAt(sepia, 50, 50), await labAt(output, 50, 50)]
    expect(Math.abs(before[0] - after[0])).toBeLessThan(0.3)
    expect(after[2]).toBeLessThan(before[2] - 5)
  })
})

describe('what the sliders do', () => {
  const chromaOf = async (params: Record<string, unknown>): Promise<number> => {
    const { output } = await exported(grey, params, strong)
    const [, a, b] = await labAt(output, 220, 150)
    return Math.hypot(a, b)
  }

  it('strength, saturation and vividness multiply chroma: 0.4 is the card’s own', async () => {
    const usual = await chromaOf({})
    expect(Math.abs((await chromaOf({ strength: 0.5 })) - usual / 2)).toBeLessThan(1)
    expect(Math.abs((await chromaOf({ saturation: 0.5 })) - usual / 2)).toBeLessThan(1)
    expect(Math.abs((await chromaOf({ vividness: 0 })) - 0.6 * usual)).toBeLessThan(1)
    expect(Math.abs((await chromaOf({ vividness: 1 })) - 1.6 * usual)).toBeLessThan(1)
  })

  it.each(ownModels)('vividness makes the colours of %s livelier all the way', async (id) => {
    const chroma: number[] = []
    for (const vividness of [0, 0.2, 0.4, 0.7, 1]) {
      const { output } = await exported(grey, { vividness }, join(modelsFolder, id))
      const spots = await Promise.all([40, 120, 200, 280].flatMap((x) => [50, 150, 210].map((y) => labAt(output, x, y))))
      chroma.push(spots.reduce((sum, [, a, b]) => sum + Math.hypot(a, b), 0))
    }
    for (const [at, value] of chroma.slice(1).entries()) expect(value).toBeGreaterThan(1.05 * (chroma[at] ?? 0))
  })

  it('warmth moves towards yellow or blue, and keep-tone leaves the print’s own tint under the colour', async () => {
    const [cool, warm] = [await exported(grey, { warmth: -1 }), await exported(grey, { warmth: 1 })]
    expect((await labAt(warm.output, 50, 50))[2]).toBeGreaterThan((await labAt(cool.output, 50, 50))[2] + 8)
    const [toned, bare] = [await exported(sepia, { keepTone: true }), await exported(sepia, {})]
    expect((await labAt(toned.output, 50, 50))[2]).toBeGreaterThan((await labAt(bare.output, 50, 50))[2] + 5)
  })
})

describe('hints', () => {
  const dot = { kind: 'dot', x: 220 / width, y: 150 / height, color: '#b0503c', radius: 0.01 }
  const wanted = hexToLab('#b0503c')

  it.each([['a model that takes none', () => plain], ['the bundled model', () => bundledModel]])('a hint’s colour really appears there with %s, and hardly elsewhere', async (_, model) => {
    const [bare, hinted] = [await exported(grey, {}, model()), await exported(grey, { hints: [dot] }, model())]
    const [, a, b] = await labAt(hinted.output, 220, 150)
    expect(Math.hypot(a - wanted[1], b - wanted[2])).toBeLessThan(1)
    // Inside the same disc the colour goes along; the sky, across its outline, keeps its own.
    const [, inside] = await labAt(hinted.output, 220, 175)
    expect(inside).toBeGreaterThan(wanted[1] * 0.6)
    const [before, after] = [await labAt(bare.output, 20, 20), await labAt(hinted.output, 20, 20)]
    expect(Math.hypot(after[1] - before[1], after[2] - before[2])).toBeLessThan(6)
  })

  it.each(ownModels)('what %s makes of a hint is no disc: inside the object colour steps no more than it did without', async (id) => {
    const model = join(modelsFolder, id)
    /** Greatest step of a and b over four pixels inside the disc that is drawn there, where lightness is even. */
    const rim = async (output: string): Promise<number> => {
      const { data, info } = await sharp(output).raw().toBuffer({ resolveWithObject: true })
      const lab = (x: number, y: number): readonly number[] => srgbToLab(...([0, 1, 2].map((n) => (data[(y * info.width + x) * info.channels + n] ?? 0) / 255) as [number, number, number]))
      let most = 0
      for (let y = 122; y < 178; y += 2) {
        for (let x = 192; x < 248; x += 2) {
          if (Math.hypot(x - 220, y - 150) > 28) continue
          const [here, right, below] = [lab(x, y), lab(x + 4, y), lab(x, y + 4)]
          for (const other of [right, below]) most = Math.max(most, Math.hypot((other[1] ?? 0) - (here[1] ?? 0), (other[2] ?? 0) - (here[2] ?? 0)))
        }
      }
      return most
    }
    const [bare, hinted] = [await exported(grey, {}, model), await exported(grey, { hints: [dot] }, model)]
    expect(await rim(hinted.output)).toBeLessThan((await rim(bare.output)) + 1.5)
  })

  it('a stroke colours its way, a hidden hint does nothing', async () => {
    const stroke = { kind: 'stroke', points: [[0.1, 0.9, 0.5], [0.4, 0.9, 0.5]], color: '#3c8c46', radius: 0.01 }
    const { output } = await exported(grey, { hints: [stroke, { ...dot, hidden: true }] })
    expect((await labAt(output, 80, 216))[1]).toBeLessThan(-15)
    const bare = await exported(grey, {})
    const [there, without] = [await labAt(output, 220, 150), await labAt(bare.output, 220, 150)]
    expect(Math.hypot(there[1] - without[1], there[2] - without[2])).toBeLessThan(4)
  })
})

it('a reference picture’s colours are taken over by what they belong to: blue to the sky, green to the meadow', async () => {
  const { output } = await exported(grey, { reference })
  const [sky, meadow] = [await labAt(output, 60, 40), await labAt(output, 60, 200)]
  expect(sky[2]).toBeLessThan(-12)
  expect(meadow[1]).toBeLessThan(-10)
  expect(meadow[2]).toBeGreaterThan(10)
})

describe('when a network fails', () => {
  it('the factor is lowered until it runs, and that is said', async () => {
    // 320×240 at factor 7 is 128×96: the only size at which this one runs.
    const model = writeModel(join(folder.path, 'only'), onlyAtGraph(128, 96))
    const { figures } = await exported(grey, { renderFactor: 12 }, model)
    expect(figures.networkSize).toEqual([128, 96])
    expect(figures.renderFactor).toBe(7)
    expect(figures.notes.map(({ code }) => code)).toContain('factor-lowered')
    expect(figures.colorfulness).toBeGreaterThan(1)
  })

  it('one that runs at no size is an error, never a grey picture', async () => {
    const model = writeModel(join(folder.path, 'never'), onlyAtGraph(3, 3))
    await expect(exported(grey, {}, model)).rejects.toMatchObject({ code: 'too-large' })
  })

  it('numbers that are no colours are an error, never a grey picture', async () => {
    const model = writeModel(join(folder.path, 'nan'), nanGraph())
    await expect(exported(grey, {}, model)).rejects.toMatchObject({ code: 'bad-model' })
  })

  it('weights that are not the card’s are refused', async () => {
    const model = writeModel(join(folder.path, 'other'), abGraph({ channels: 1 }), { sha256: 'a'.repeat(64) })
    await expect(exported(grey, {}, model)).rejects.toMatchObject({ code: 'bad-model' })
    await expect(exported(grey, {}, join(folder.path, 'nowhere'))).rejects.toMatchObject({ code: 'missing-model' })
  })
})

it('the same recipe gives the same bytes', async () => {
  const params = { renderFactor: 9, saturation: 1.2, hints: [{ kind: 'dot', x: 0.2, y: 0.8, color: '#4060a0', radius: 0.02 }] }
  const [first, second] = [await exported(grey, params, bundledModel), await exported(grey, params, bundledModel)]
  expect(readFileSync(first.output).equals(readFileSync(second.output))).toBe(true)
})
