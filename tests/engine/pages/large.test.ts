import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { exportOf } from '../../../src/engine/tasks/export.ts'
import { exportInBands } from '../../../src/engine/tasks/exportBands.ts'
import { exportWhole } from '../../../src/engine/tasks/exportWhole.ts'
import { openPicture } from '../../../src/engine/pictures/index.ts'
import { drawPage } from '../../unit/core/pages/drawnPage.ts'
import { makeStudio, makeTask, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const studio = makeStudio()
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})
const at = (name: string): string => join(folder.path, name)
const page = (params: Record<string, unknown>) => ({ version: 1 as const, steps: [{ step: 'page', enabled: true, params }] })

async function drawn(name: string, options: Parameters<typeof drawPage>[0]) {
  const picture = drawPage(options)
  await sharp(picture.grey, { raw: { width: picture.width, height: picture.height, channels: 1 } }).png().toFile(at(name))
  return picture
}

const blank = (name: string, width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#fff' }, limitInputPixels: false }).toColourspace('b-w').png().toFile(at(name))

describe('a page that the memory setting does not hold whole', () => {
  it('is coloured in bands of rows into the same file, locked panels and all', async () => {
    const { hints } = await drawn('page.png', { gap: 4 })
    const locks = [{ box: { x: 0.05, y: 0.1, width: 0.5, height: 0.45 }, params: { hints: hints.map((hint) => ({ ...hint, color: '#204060' })) } }]
    const recipe = page({ hints, locks, grow: 1, lineOpacity: 0.8, fillOpacity: 0.9, unhinted: 'fill' })
    const exported = async (name: string, way: typeof exportWhole) => {
      const input = { source: { path: at('page.png') }, recipe, model: '', target: at(name), format: 'png' as const, quality: null, depth: 'same' as const, label: false, compare: null, overwrite: false, stamp: 'test' }
      return way(exportOf(input, makeTask(studio), await openPicture(at('page.png'))))
    }
    const whole = await exported('whole.png', exportWhole)
    const bands = await exported('bands.png', (work) => exportInBands(work, 40_000))
    expect(readFileSync(at('bands.png')).equals(readFileSync(at('whole.png')))).toBe(true)
    expect(bands.figures.colorfulness).toBeCloseTo(whole.figures.colorfulness, 6)
    expect(bands.lumaDrift.max).toBe(whole.lumaDrift.max)
    expect(bands.lumaDrift.mean).toBeCloseTo(whole.lumaDrift.mean, 4)
  })

  it('is refused with figures where even that is too much', async () => {
    await blank('huge.png', 7000, 7000)
    const small = makeStudio(256)
    const refused = run(small, 'examinePage', { source: { path: at('huge.png') }, recipe: page({}), model: '', autoHints: false })
    await expect(refused).rejects.toMatchObject({ code: 'too-large', message: expect.stringMatching(/7000 × 7000 pixels.* about \d+ MB.* allows 256 MB/) })
    await expect(refused).rejects.toMatchObject({ remedy: expect.stringContaining('HOURGLASS_MEMORY_MB') })
  })
})

describe('what a format cannot hold', () => {
  it.each([['jpeg', 65_536, '65,535'], ['webp', 16_384, '16,383']] as const)('is refused before any work, with its figures: %s', async (format, height, most) => {
    await blank('long.png', 20, height)
    const refused = run(studio, 'export', { source: { path: at('long.png') }, recipe: page({}), model: '', target: at(`long.${format}`), format, quality: null, depth: 'same', label: false, compare: null, overwrite: false, stamp: 'test' })
    await expect(refused).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining(`20 × ${height} pixels`), remedy: expect.stringContaining('PNG') })
    await expect(refused).rejects.toMatchObject({ message: expect.stringContaining(most) })
  })

  it('is refused as PSD, and leaves as OpenRaster', async () => {
    await blank('strip.png', 20, 30_001)
    const layers = (format: 'psd' | 'ora') => run(studio, 'writePageLayers', { source: { path: at('strip.png') }, recipe: page({}), model: '', formats: [format], stem: at('strip'), swatches: [], label: false, overwrite: false, original: null })
    await expect(layers('psd')).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('30,000') })
    await expect(layers('ora')).resolves.toMatchObject({ files: [{ format: 'ora' }] })
  })
})

it('a small picture of a strip shows its beginning', async () => {
  const { width, grey } = await drawn('tall.png', { columns: 1, rows: 8 })
  await run(studio, 'thumbnail', { source: { path: at('tall.png') }, side: 2 * width, isPage: true, out: at('small.png') })
  const { data, info } = await sharp(at('small.png')).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
  expect([info.width, info.height]).toEqual([width, 2 * width])
  expect(data.equals(Buffer.from(grey.subarray(0, data.length)))).toBe(true)
})
