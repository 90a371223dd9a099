import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode as encodeBmp } from 'bmp-ts'
import sharp from 'sharp'
import { beforeAll, describe, expect, it } from 'vitest'
import { decodePicture, openPicture, sourceScratch } from '../../../src/engine/pictures/index.ts'
import { roomFor, toSixteenBit, type Samples } from '../../../src/engine/pictures/samples.ts'
import { ScratchPicture } from '../../../src/engine/pictures/scratch.ts'
import { greyProfile, pngWithProfile, rgb, scratchFolder, tableProfile, tones, wideRgbProfile } from './drawing.ts'

const folder = await scratchFolder()
const at = (name: string): string => join(folder, name)
const [width, height] = [61, 173]
const eight = tones(width, height)
const deep = (channels: number): Uint16Array => Uint16Array.from({ length: width * height * channels }, (_, i) => (i * 97) & 0xffff)
const grey = eight.subarray(0, width * height)

beforeAll(async () => {
  await rgb(eight, width, height).jpeg({ quality: 95 }).toFile(at('photo.jpg'))
  await rgb(eight, width, height).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toFile(at('turned.jpg'))
  await rgb(deep(3), width, height).toColourspace('rgb16').tiff({ compression: 'lzw' }).toFile(at('deep.tif'))
  await rgb(deep(4), width, height, 4).toColourspace('rgb16').png().toFile(at('alpha.png'))
  await rgb(deep(1), width, height, 1).toColourspace('grey16').tiff({ compression: 'deflate' }).toFile(at('grey.tif'))
  await rgb(eight.subarray(0, width * height * 2), width, height, 2).toColourspace('b-w').png().toFile(at('grey-alpha.png'))
  await pngWithProfile(at('gamma.png'), await rgb(grey, width, height, 1).toColourspace('b-w').png().toBuffer(), greyProfile(1.8))
  await pngWithProfile(at('wide.png'), await rgb(eight, width, height).png().toBuffer(), wideRgbProfile())
  await pngWithProfile(at('table.png'), await rgb(deep(3), width, height).toColourspace('rgb16').png().toBuffer(), tableProfile())
  await rgb(eight, width, height).toColourspace('cmyk').jpeg({ quality: 95 }).toFile(at('print.jpg'))
  const pixels = Buffer.from(Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 0 ? 0 : (i * 31) & 255)))
  await writeFile(at('windows.bmp'), encodeBmp({ data: pixels, bitPP: 24, width, height }).data)
})

async function allRows(scratch: ScratchPicture): Promise<Samples> {
  const all = roomFor(scratch.depth, scratch.width * scratch.height * scratch.channels, false)
  await scratch.readRows(0, all)
  return all
}

const options = { beside: at('target.png'), bandBytes: width * 3 * 2 * 24, widened: false, onBand: async () => undefined }

describe('a picture decoded onto the disk', () => {
  it.each(['photo.jpg', 'turned.jpg', 'deep.tif', 'alpha.png', 'grey.tif', 'grey-alpha.png', 'gamma.png', 'wide.png', 'table.png', 'print.jpg', 'windows.bmp'])('%s is the same as in memory', async (name) => {
    const picture = await openPicture(at(name))
    const whole = await decodePicture(picture)
    const source = await sourceScratch(picture, options)
    try {
      expect(source.color).toMatchObject({ width: whole.width, height: whole.height, channels: whole.channels, depth: whole.depth })
      expect(Buffer.from((await allRows(source.color)).buffer).equals(Buffer.from(Uint8Array.from(new Uint8Array(whole.data.buffer, whole.data.byteOffset, whole.data.byteLength))))).toBe(true)
      expect(source.alpha === null).toBe(whole.alpha === null)
      if (source.alpha) expect([...(await allRows(source.alpha))]).toEqual([...(whole.alpha ?? [])])
      expect([...source.color.row(7)]).toEqual([...whole.data.subarray(7 * whole.width * whole.channels, 8 * whole.width * whole.channels)])
    } finally {
      await source.remove()
    }
    expect((await readdir(folder)).filter((left) => left.startsWith('.'))).toEqual([])
  })

  it('is spread over 16 bits where that is asked for, alpha too', async () => {
    const picture = await openPicture(at('grey-alpha.png'))
    const whole = await decodePicture(picture)
    const source = await sourceScratch(picture, { ...options, widened: true })
    expect([...(await allRows(source.color))]).toEqual([...toSixteenBit(whole.data as Uint8Array)])
    expect(source.alpha?.depth).toBe(16)
    await source.remove()
  })

  it('leaves nothing behind where it is damaged, or given up', async () => {
    const jpeg = await readFile(at('photo.jpg'))
    await writeFile(at('cut.jpg'), jpeg.subarray(0, jpeg.length / 2))
    const cut = { ...(await openPicture(at('photo.jpg'))), path: at('cut.jpg') }
    await expect(sourceScratch(cut, options)).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('cut.jpg') })
    const given = async (): Promise<void> => {
      throw new Error('given up')
    }
    await expect(sourceScratch(await openPicture(at('alpha.png')), { ...options, onBand: given })).rejects.toThrow('given up')
    expect((await readdir(folder)).filter((left) => left.startsWith('.'))).toEqual([])
  })
})

it.each([[1, 8], [3, 8], [4, 8], [1, 16], [3, 16], [4, 16]] as const)('a scratch picture of %i channels and %i bits is a TIFF that the picture library reads', async (channels, depth) => {
  const samples = depth === 16 ? deep(channels) : Uint8Array.from(deep(channels), (value) => value >> 8)
  const scratch = await ScratchPicture.create(at(`.scratch-${channels}-${depth}`), { width, height, channels, depth })
  await scratch.writeRows(100, samples.subarray(100 * width * channels))
  await scratch.writeRows(0, samples.subarray(0, 100 * width * channels))
  const chain = scratch.chain().toColourspace(channels === 1 ? (depth === 16 ? 'grey16' : 'b-w') : depth === 16 ? 'rgb16' : 'srgb')
  const raw = await chain.raw({ depth: depth === 16 ? 'ushort' : 'uchar' }).toBuffer()
  expect(raw.equals(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength))).toBe(true)
  await scratch.remove()
  await scratch.remove()
  await expect(sharp(scratch.path).metadata()).rejects.toThrow('missing')
})
