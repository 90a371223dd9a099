import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Recipe } from '../../../src/contract/recipe.ts'
import { srgbToLab } from '../../../src/core/color/srgb.ts'
import { flatten } from '../../../src/engine/pages/layers.ts'
import { readOra } from '../../../src/engine/pages/ora.ts'
import { readPsd } from '../../../src/engine/pages/psd.ts'
import { drawBubble, drawPage } from '../../unit/core/pages/drawnPage.ts'
import { tintGraph, writeModel } from '../onnxGraph.ts'
import { makeStudio, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const studio = makeStudio()
const at = (name: string): string => join(folder.path, name)
const page = drawPage({ gap: 3, side: 120 })
drawBubble(page, 16 + 92, 16 + 24, 24, 18)
const model = writeModel(at('model'), tintGraph({ top: 1 }), {
  id: 'page-test',
  title: 'Tinter',
  task: 'colorize-page',
  inputs: [{ role: 'lightness', name: 'input', channels: 3, build: 'greyRgb', range: [0, 1] }],
  outputs: [{ name: 'output', meaning: 'rgb' }],
})
const recipeOf = (params: Record<string, unknown>): Recipe => ({ version: 1, steps: [{ step: 'page', enabled: true, params: { hints: page.hints.slice(0, 9), ...params } }] })

beforeAll(async () => {
  // Greys of ink and paper, as of a scan, and a picture of other colours.
  const scan = page.grey.map((level) => 14 + (level * 236) / 255)
  await sharp(scan, { raw: { width: page.width, height: page.height, channels: 1 } }).png().toFile(at('page.png'))
  await sharp({ create: { width: 60, height: 90, channels: 3, background: '#4477cc' } }).png().toFile(at('rough.png'))
  const patches = ['#cc5533', '#338844', '#3366cc', '#aa44aa', '#887722', '#228888'].map((color, n) => `<rect x="${15 * n}" width="15" height="60" fill="${color}"/>`)
  await sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="90" height="60">${patches.join('')}</svg>`)).flatten().png().toFile(at('colour.png'))
})
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

const rgb = async (path: string): Promise<Buffer> => sharp(path).toColourspace('srgb').removeAlpha().raw().toBuffer()
const exported = async (source: string, recipe: Recipe, name: string) =>
  run(studio, 'export', { source: { path: at(source) }, recipe, model, target: at(name), format: 'png', quality: null, depth: 8, label: true, compare: null, overwrite: true })
const layered = (recipe: Recipe, stem: string, source = 'page.png') =>
  run(studio, 'writePageLayers', { source: { path: at(source) }, recipe, model, formats: ['psd', 'ora'], stem: at(stem), swatches: [], overwrite: true, original: null })

function difference(shown: Uint8Array, result: Uint8Array): number {
  let most = 0
  for (let i = 0; i < result.length / 3; i++) for (let channel = 0; channel < 3; channel++) most = Math.max(most, Math.abs((shown[4 * i + channel] as number) - (result[3 * i + channel] as number)))
  return most
}

describe('the layers of a coloured page, laid over each other', () => {
  const kinds: [string, Record<string, unknown>, string | null][] = [
    ['flats', {}, null],
    ['flats that end under the lines', { grow: 1 }, null],
    ['a model alone', { mode: 'model' }, 'Network (Tinter)'],
    ['flats and a model', { mode: 'both', blend: 0.6 }, 'Network (Tinter)'],
    ['flats and a rough picture', { mode: 'both' }, 'Rough'],
  ]
  it.each(kinds)('are the result: %s', async (name, params, draft) => {
    const recipe = recipeOf(draft === 'Rough' ? { ...params, rough: at('rough.png') } : params)
    const stem = name.replaceAll(' ', '-')
    await exported('page.png', recipe, `${stem}.png`)
    const { network } = await layered(recipe, stem)
    const result = await rgb(at(`${stem}.png`))
    const psd = await readPsd(at(`${stem}.psd`))
    expect(difference(flatten(psd, [255, 255, 255]), result)).toBeLessThanOrEqual(1)
    expect(difference(psd.composite as Uint8Array, result)).toBeLessThanOrEqual(1)
    expect(difference(flatten(await readOra(at(`${stem}.ora`)), [255, 255, 255]), result)).toBeLessThanOrEqual(1)
    expect(psd.layers.find(({ kind }) => kind === 'draft')?.name ?? null).toBe(draft)
    // Flats are what hints gave, whatever lies above.
    const flats = psd.layers.filter(({ kind }) => kind === 'flat').map(({ name: color }) => color)
    expect(flats.every((color) => page.hints.some((hint) => hint.color === color))).toBe(true)
    expect(flats.length > 0).toBe(params['mode'] !== 'model')
    expect(network).toBe(draft === 'Network (Tinter)')
    expect((await readFile(at(`${stem}.psd`))).includes('compositeWithTrainedAlgorithmicMedia')).toBe(network)
  })

  it('are the result for a second program too', async ({ skip }) => {
    const convert = promisify(execFile)
    if (!(await convert('convert', ['-version']).then(() => true, () => false))) skip()
    const recipe = recipeOf({ mode: 'both', rough: at('rough.png') })
    await exported('page.png', recipe, 'second.png')
    await layered(recipe, 'second')
    // Scene 0 is the flattened picture; the others are the layers, from the bottom up.
    await convert('convert', [`${at('second.psd')}[0]`, '-alpha', 'off', '-depth', '8', at('second-0.png')])
    expect(await rgb(at('second-0.png'))).toEqual(await rgb(at('second.png')))
  })
})

describe('a page that is in colour already', () => {
  it('stays as it is unless a hint stands on it by hand, or colouring is asked for', async () => {
    const before = await rgb(at('colour.png'))
    const kept = await exported('colour.png', recipeOf({ inColor: 'keep' }), 'kept.png')
    expect(kept.figures.alreadyColor).toBe(true)
    expect(await rgb(at('kept.png'))).toEqual(before)
    expect((await exported('colour.png', recipeOf({ hints: [] }), 'bare.png')).figures.alreadyColor).toBe(true)
    for (const params of [{}, { inColor: 'recolor' }]) {
      expect((await exported('colour.png', recipeOf({ ...params, hints: [{ kind: 'dot', x: 0.9, y: 0.9, color: '#ffee00' }] }), 'hinted.png')).figures.alreadyColor).toBe(false)
      expect(await rgb(at('hinted.png'))).not.toEqual(before)
    }
    await layered(recipeOf({ inColor: 'keep' }), 'kept', 'colour.png')
    expect((await readPsd(at('kept.psd'))).layers.map(({ name }) => name)).toEqual(['Page'])
  })

  it('keeps its lightness and takes the share of a and b that is asked for, from a picture of another size', async () => {
    const before = await rgb(at('colour.png'))
    const lab = (data: Buffer, i: number) => srgbToLab((data[3 * i] as number) / 255, (data[3 * i + 1] as number) / 255, (data[3 * i + 2] as number) / 255)
    const [, a2, b2] = srgbToLab(0x44 / 255, 0x77 / 255, 0xcc / 255)
    for (const blend of [0, 0.25, 0.5]) {
      const { figures } = await exported('colour.png', recipeOf({ hints: [], mode: 'both', rough: at('rough.png'), blend, inColor: 'keep' }), 'mixed.png')
      expect(figures.alreadyColor).toBe(false)
      const after = await rgb(at('mixed.png'))
      for (const i of [0, 10 * 90 + 10, 59 * 90 + 89]) {
        const [[l, a, b], [l1, a1, b1]] = [lab(after, i), lab(before, i)]
        expect(Math.abs(l - l1)).toBeLessThan(0.6)
        expect(Math.hypot(a - (a1 + blend * (a2 - a1)), b - (b1 + blend * (b2 - b1)))).toBeLessThan(1.2)
      }
    }
  })
})
