import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { readOra, writeOra } from '../../../src/engine/pages/ora.ts'
import { layersOfPage } from '../../../src/engine/pages/planes.ts'
import { openZip, readWhole } from '../../../src/engine/pages/zip.ts'
import { scratchFolder } from '../pictures/drawing.ts'
import { difference, drawnPlanes, expectedLook, seen } from './drawing.ts'
import { zipBytes } from './zipFixture.ts'

const folder = await scratchFolder()
const at = (name: string): string => join(folder, name)
const fresh = { overwrite: false, original: null }
const page = layersOfPage(drawnPlanes())

describe('an OpenRaster file', () => {
  it('comes back with every name, group, place, blend mode and pixel, and its resolution', async () => {
    await writeOra(page, at('頁.ora'), fresh)
    const back = await readOra(at('頁.ora'))
    expect(back).toMatchObject({ width: 60, height: 40, dpi: 600 })
    expect(back.layers.map(seen)).toEqual(page.layers.map(seen))
  })

  it('begins with its type, stored as it is, and carries the whole page and a thumbnail', async () => {
    await writeOra(page, at('b.ora'), fresh)
    const bytes = await readFile(at('b.ora'))
    // Local header of 30 bytes, the name, the content: what the format lets programs look for at fixed places.
    expect(bytes.subarray(30, 54).toString('latin1')).toBe('mimetypeimage/openraster')
    expect(bytes.readUInt16LE(8)).toBe(0)
    const zip = await openZip(at('b.ora'))
    const picture = async (name: string) => sharp(await readWhole(zip, zip.entries.find((entry) => entry.name === name)!))
    const merged = await (await picture('mergedimage.png')).raw().toBuffer()
    expect(difference(merged, expectedLook(drawnPlanes()))).toBeLessThanOrEqual(1)
    expect(await (await picture('mergedimage.png')).metadata()).toMatchObject({ width: 60, height: 40, density: 600 })
    expect(await (await picture('Thumbnails/thumbnail.png')).metadata()).toMatchObject({ width: 60, height: 40 })
    zip.close()
  })

  it('is the same bytes for the same page', async () => {
    await writeOra(page, at('one.ora'), fresh)
    await writeOra(layersOfPage(drawnPlanes()), at('two.ora'), fresh)
    expect(Buffer.compare(await readFile(at('one.ora')), await readFile(at('two.ora')))).toBe(0)
  })

  it('holds what PSD cannot: a strip of 30,001 rows', async () => {
    const [width, height] = [4, 30_001]
    const layer = { name: 'Line', kind: 'line' as const, left: 0, top: height - 2, width, height: 1, pixels: { mask: new Uint8Array(width).fill(255), color: [0, 0, 0] as const }, blend: 'multiply', opacity: 0.5, hidden: false, group: [] }
    await writeOra({ width, height, dpi: null, layers: [layer] }, at('strip.ora'), fresh)
    expect(await readOra(at('strip.ora'))).toMatchObject({ height, dpi: null, layers: [{ top: height - 2, opacity: 0.5, blend: 'multiply' }] })
  })

  it('without layers it names, or without a list of them, is refused with the reason', async () => {
    const stack = (xml: string): Buffer => zipBytes([{ name: 'mimetype', data: Buffer.from('image/openraster') }, { name: 'stack.xml', data: Buffer.from(xml) }])
    for (const [bytes, message] of [
      [zipBytes([{ name: '1.png', data: Buffer.from('x') }]), /not an OpenRaster file/],
      [stack('<image w="10" h="10"><stack><layer src="data/a.png"/></stack></image>'), /“data\/a\.png” is missing/],
      [stack('<image w="0" h="10"><stack/></image>'), /damaged/],
      [stack('<<<'), /damaged/],
    ] as const) {
      await writeFile(at('bad.ora'), bytes)
      await expect(readOra(at('bad.ora'))).rejects.toMatchObject({ code: 'bad-input', message: expect.stringMatching(message) })
    }
  })
})
