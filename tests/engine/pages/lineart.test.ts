import { readdir, readFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { assertFits } from '../../../src/engine/pictures/limits.ts'
import { encodeLineArt } from '../../../src/engine/pages/layerPng.ts'
import { layersOfPage } from '../../../src/engine/pages/planes.ts'
import { writePngFolder } from '../../../src/engine/pages/pngFolder.ts'
import { encodePicture, openPicture, decodePicture } from '../../../src/engine/pictures/index.ts'
import { scratchFolder } from '../pictures/drawing.ts'
import { difference, drawnPlanes, expectedLook } from './drawing.ts'

const folder = await scratchFolder()
const at = (...parts: string[]): string => join(folder, ...parts)
const planes = drawnPlanes()

describe('line art alone', () => {
  it('as PNG of 8 bits is the page to the level, of 1 bit its ink, both with the resolution', async () => {
    for (const bits of [1, 8] as const) {
      await writeFile(at(`line${bits}.png`), encodeLineArt(planes.luminance, planes, { bits, dpi: 1200 }))
      const { data, info } = await sharp(at(`line${bits}.png`)).toColourspace('b-w').raw().toBuffer({ resolveWithObject: true })
      expect([info.width, info.height, info.channels]).toEqual([60, 40, 1])
      expect(difference(data, bits === 8 ? planes.luminance : planes.luminance.map((value) => (value < 128 ? 0 : 255)))).toBe(0)
      expect((await sharp(at(`line${bits}.png`)).metadata()).density).toBe(1200)
      expect((await readFile(at(`line${bits}.png`)))[24]).toBe(bits)
    }
  })

  it('of 1 bit and 1200 dpi comes in from TIFF and goes out as TIFF, PNG and PSD with its 1200 dpi', async () => {
    const grey = Buffer.from(planes.luminance.map((value) => (value < 128 ? 0 : 255)))
    await sharp(grey, { raw: { width: 60, height: 40, channels: 1 } }).toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4', xres: 1200 / 25.4, yres: 1200 / 25.4 }).toFile(at('scan.tif'))
    const picture = await openPicture(at('scan.tif'))
    expect(Math.round(picture.info.density ?? 0)).toBe(1200)
    const pixels = await decodePicture(picture)
    expect(difference(pixels.data as Uint8Array, grey)).toBe(0)
    for (const format of ['tiff', 'png'] as const) {
      await encodePicture(pixels, { path: at(`out.${format}`), format, quality: 95, depth: 8, source: picture, label: null })
      expect(Math.round((await openPicture(at(`out.${format}`))).info.density ?? 0), format).toBe(1200)
    }
  })
})

describe('a strip', () => {
  it('of 100,000 rows is read in strips that are its rows, and told what cannot hold it', async () => {
    const [width, height] = [32, 100_000]
    const rows = new Uint8Array(width * height)
    for (let y = 0; y < height; y++) rows.fill(Math.floor(y / 400) & 255, y * width, (y + 1) * width)
    await sharp(rows, { raw: { width, height, channels: 1 }, limitInputPixels: false }).toColourspace('b-w').png({ compressionLevel: 1 }).toFile(at('strip.png'))
    let read = 0
    const picture = await openPicture(at('strip.png'))
    for (let top = 0; top < height; top += 25_000) {
      const pixels = await decodePicture(picture, { rows: { top, height: 25_000 } })
      expect(pixels.data[0]).toBe(Math.floor(top / 400) & 255)
      read += pixels.height
    }
    expect(read).toBe(height)
    for (const [format, limit] of [['jpeg', '65,535'], ['webp', '16,383'], ['psd', '30,000']] as const) {
      expect(() => assertFits(format, { width, height }, 'strip'), format).toThrow(limit)
    }
    for (const format of ['png', 'tiff', 'ora']) expect(() => assertFits(format, { width, height }, 'strip'), format).not.toThrow()
  })
})

describe('layers as a folder of PNG', () => {
  it('are each as large as the page, in order, with a list, and lie over each other as the page looks', async () => {
    await writePngFolder(layersOfPage(planes), at('layers'), { overwrite: false })
    const files = (await readdir(at('layers'))).sort()
    expect(files.slice(0, 3)).toEqual(['01 Lettering.png', '02 Line.png', '03 Tone.png'])
    const { layers } = JSON.parse(await readFile(at('layers', 'layers.json'), 'utf8')) as { layers: { file: string; blend: string; hidden: boolean }[] }
    const shown = layers.filter(({ hidden }) => !hidden).toReversed()
    const { data } = await sharp({ create: { width: 60, height: 40, channels: 4, background: '#ffffff' } })
      .composite(shown.map(({ file, blend }) => ({ input: at('layers', file), blend: blend === 'multiply' ? 'multiply' : 'over' })))
      .raw()
      .toBuffer({ resolveWithObject: true })
    expect(difference(data, expectedLook(planes))).toBeLessThanOrEqual(1)
    expect(difference(await sharp(at('layers', 'composite.png')).raw().toBuffer(), expectedLook(planes))).toBeLessThanOrEqual(1)
  })

  it('never replace a folder that holds something else', async () => {
    await mkdir(at('mine'))
    await writeFile(at('mine', 'diary.txt'), 'mine')
    for (const overwrite of [false, true]) await expect(writePngFolder(layersOfPage(planes), at('mine'), { overwrite })).rejects.toMatchObject({ code: 'not-writable' })
    expect(await readdir(at('mine'))).toEqual(['diary.txt'])
    await writePngFolder(layersOfPage(planes), at('again'), { overwrite: false })
    await writePngFolder(layersOfPage(planes), at('again'), { overwrite: true })
    expect((await readdir(folder)).filter((name) => name.startsWith('.hourglass'))).toEqual([])
  })
})
