import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { paletteFormatOf } from '../../../src/core/pages/files/palettes.ts'
import { layerFormatOf, readDocument, writeLayers } from '../../../src/engine/pages/documents.ts'
import { layersOfPage } from '../../../src/engine/pages/planes.ts'
import { scratchFolder } from '../pictures/drawing.ts'
import { makeStudio, run } from '../studio.ts'
import { difference, drawnPlanes, expectedLook, names, seen } from './drawing.ts'

const folder = await scratchFolder()
const at = (...parts: string[]): string => join(folder, ...parts)
const studio = makeStudio()
afterAll(() => studio.sessions.releaseAll())
const planes = drawnPlanes()
const page = layersOfPage(planes)
const fresh = { overwrite: false, original: null }

describe('the layers of a page', () => {
  it('are written beside each other in all formats asked for, PSD and ORA with the same layers', async () => {
    const written = await writeLayers(page, ['psd', 'ora', 'png', 'psd'], at('007'), { ...fresh, converted: true })
    expect(written.map(({ path }) => path)).toEqual([at('007.psd'), at('007.ora'), at('007-layers')])
    expect(written[0]?.notes).toEqual([expect.objectContaining({ code: 'profile-converted' })])
    expect(written.map(({ path }) => layerFormatOf(path))).toEqual(['psd', 'ora', null])
    expect((await readDocument(at('007.psd'))).layers.map(seen)).toEqual((await readDocument(at('007.ora'))).layers.map(seen))
  })

  it('are all refused before one is written, where one stands already or cannot hold the page', async () => {
    await writeFile(at('008.ora'), 'mine')
    await expect(writeLayers(page, ['psd', 'ora'], at('008'), fresh)).rejects.toMatchObject({ code: 'not-writable' })
    await expect(writeLayers({ ...page, height: 40_000 }, ['ora', 'psd'], at('009'), fresh)).rejects.toMatchObject({ code: 'too-large' })
    expect((await readdir(folder)).filter((name) => /^00[89]/.test(name))).toEqual(['008.ora'])
    expect(await readFile(at('008.ora'), 'utf8')).toBe('mine')
  })
})

describe('a layered file as a page', () => {
  const greyOf = (luminance: Uint8Array): Uint8Array => Uint8Array.from({ length: 4 * luminance.length }, (_, i) => (i % 4 === 3 ? 255 : (luminance[i >> 2] as number)))
  const pixelsOf = async (path: string): Promise<Uint8Array> => sharp(path).ensureAlpha().raw().toBuffer()

  it('is told layer by layer', async () => {
    await writeLayers(page, ['psd'], at('list'), fresh)
    const list = await run(studio, 'listLayers', { path: at('list.psd') })
    expect(list).toMatchObject({ width: 60, height: 40, dpi: 600, notes: [] })
    expect(list.layers.map(({ name, kind }) => `${kind}: ${name}`)).toEqual(['lettering: Lettering', 'line: Line', 'tone: Tone', `flat: ${names.hair}`, `flat: ${names.skin}`, 'flat: #3d9be9', 'bubbles: Bubbles', 'hints: Hints', 'paper: Paper'])
  })

  it('is its line layers by their names, or those that are chosen, and its flats apart', async () => {
    await writeLayers(page, ['psd', 'ora'], at('both'), fresh)
    for (const path of [at('both.psd'), at('both.ora')]) {
      const byName = await run(studio, 'pageOfLayers', { path, lines: null, out: at('lines.png'), flats: { layers: [3, 4, 5], out: at('flats.png') } })
      expect(byName).toMatchObject({ width: 60, height: 40, dpi: 600, taken: [0, 1, 2] })
      expect(difference(await pixelsOf(at('lines.png')), greyOf(planes.luminance))).toBeLessThanOrEqual(1)
      expect((await sharp(at('lines.png')).metadata()).density).toBe(600)
      const flats = await pixelsOf(at('flats.png'))
      expect([...flats.subarray(0, 4)]).toEqual([0xe0, 0x7a, 0x5f, 255])
      const chosen = await run(studio, 'pageOfLayers', { path, lines: [5], out: at('one.png'), flats: null })
      expect(chosen.taken).toEqual([5])
      await expect(run(studio, 'pageOfLayers', { path, lines: [40], out: at('none.png'), flats: null })).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('no layer 41') })
    }
  })

  it('is the whole as it looks, where no layer is called a line', async () => {
    const nameless = { ...page, layers: layersOfPage(planes, { grow: 9 }).layers.filter(({ kind }) => kind === 'flat' || kind === 'paper') }
    await writeLayers(nameless, ['psd'], at('flat'), fresh)
    expect((await run(studio, 'pageOfLayers', { path: at('flat.psd'), lines: null, out: at('whole.png'), flats: null })).taken).toEqual([])
    expect(difference(await pixelsOf(at('whole.png')), expectedLook({ ...planes, luminance: new Uint8Array(60 * 40).fill(255) }))).toBe(0)
  })

  it('that came back is compared with what went out', async () => {
    await writeLayers(page, ['psd'], at('out'), fresh)
    await writeLayers({ ...page, layers: page.layers.slice(1) }, ['psd'], at('in'), fresh)
    const { changes } = await run(studio, 'compareLayers', { before: at('out.psd'), after: at('in.psd') })
    expect(changes).toEqual([expect.objectContaining({ code: 'removed', layer: 'Lettering', wording: { key: 'note.change.removed', values: { layer: 'Lettering' } } })])
  })
})

describe('files of palettes and hints', () => {
  const swatches = [{ name: '髪', color: '#e07a5f', group: 'アキラ' }]

  it('are written and read by the engine, and never over an original', async () => {
    for (const format of ['ase', 'json'] as const) {
      expect(paletteFormatOf(`P.${format.toUpperCase()}`)).toBe(format)
      await run(studio, 'writePalette', { name: 'P', swatches, format, target: at(`P.${format}`), overwrite: false, original: null })
      expect(await run(studio, 'readPalette', { path: at(`P.${format}`) })).toEqual({ name: 'P', swatches, skipped: 0, isPicture: false })
      await expect(run(studio, 'writePalette', { name: 'P', swatches, format, target: at(`P.${format}`), overwrite: true, original: at(`P.${format}`) })).rejects.toMatchObject({ code: 'not-writable' })
    }
  })

  it('of a picture are its main colours, what is transparent left out', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="60"><rect width="60" height="20" fill="#c1121f"/><rect y="20" width="60" height="10" fill="#003049"/></svg>'
    await sharp(Buffer.from(svg)).png().toFile(at('sheet.png'))
    const { swatches: found } = await run(studio, 'readPalette', { path: at('sheet.png'), count: 5 })
    expect(found.map(({ color }) => color)).toEqual(['#c1121f', '#003049'])
  })

  it('come and go through the engine in every kind', async () => {
    const hints = [{ kind: 'dot' as const, x: 0.25, y: 0.5, color: '#2f6d3a', radius: 0.006 }]
    const size = { width: 600, height: 400 }
    for (const format of ['json', 'png', 'style2paints-4.5', 'style2paints-3'] as const) {
      const target = at(`h-${format}`)
      await run(studio, 'writeHints', { hints, page: size, format, target, overwrite: false, original: null })
      const back = await run(studio, 'readHints', { path: target, name: `h-${format}`, page: size })
      expect(back.hints, format).toHaveLength(1)
      expect(back.hints[0], format).toMatchObject({ color: '#2f6d3a' })
      expect(Math.abs((back.hints[0] as { x: number }).x - 0.25), format).toBeLessThan(0.002)
    }
  })
})

it('archives come and go through the engine', async () => {
  await sharp({ create: { width: 4, height: 4, channels: 3, background: '#ffffff' } }).png().toFile(at('p.png'))
  const pages = [{ name: '1.png', path: at('p.png') }, { name: '2.png', path: at('p.png') }]
  const { bytes, sha256 } = await run(studio, 'writeArchive', { pages, target: at('c.cbz'), overwrite: false, original: null, comicInfo: null })
  expect(bytes).toBeGreaterThan(100)
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  const back = await run(studio, 'openArchive', { path: at('c.cbz'), folder: at('c') })
  expect(back.pages.map(({ name }) => name)).toEqual(['1.png', '2.png'])
})
