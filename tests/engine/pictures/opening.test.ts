import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { encode as encodeBmp } from 'bmp-ts'
import { describe, expect, it } from 'vitest'
import { decodePicture, hashFile, openPicture } from '../../../src/engine/pictures/index.ts'
import { quarters, rgb, scratchFolder, tones } from './drawing.ts'

const folder = await scratchFolder()
const at = (name: string): string => join(folder, name)

describe('a picture file is known by its content', () => {
  it('whatever its name says', async () => {
    await rgb(quarters(40, 20), 40, 20).png().toFile(at('really a png.jpg'))
    const { info } = await openPicture(at('really a png.jpg'))
    expect(info).toMatchObject({ format: 'png', width: 40, height: 20, depth: 8, channels: 3, hasAlpha: false, pages: 1, notes: [] })
  })

  it('tells the upright size of a turned photo, its density and its bytes', async () => {
    await rgb(quarters(40, 20), 40, 20).withMetadata({ orientation: 6, density: 300 }).jpeg().toFile(at('turned.jpg'))
    const { info } = await openPicture(at('turned.jpg'))
    expect(info).toMatchObject({ width: 20, height: 40, orientation: 6, density: 300 })
    expect(info.bytes).toBeGreaterThan(100)
  })

  it('counts 1 bit as 8 and 16 bit as 16', async () => {
    await rgb(quarters(40, 20), 40, 20).toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4' }).toFile(at('fax.tif'))
    expect((await openPicture(at('fax.tif'))).info).toMatchObject({ depth: 8, format: 'tiff' })
    await rgb(new Uint16Array(40 * 20 * 3).fill(999), 40, 20).toColourspace('rgb16').png().toFile(at('deep.png'))
    expect((await openPicture(at('deep.png'))).info.depth).toBe(16)
  })

  it('says that only the first page of several is used', async () => {
    const gif = await rgb(quarters(8, 8), 8, 8).gif().toBuffer()
    const animated = await sharp([gif, await rgb(tones(8, 8), 8, 8).gif().toBuffer()], { join: { animated: true } }).gif().toBuffer()
    await writeFile(at('moving.gif'), animated)
    const { info } = await openPicture(at('moving.gif'))
    expect(info.pages).toBe(2)
    expect(info.notes).toMatchObject([{ code: 'first-page' }])
    expect(info.notes[0]?.message).toContain('moving.gif')
  })

  it('a file that was replaced is looked at anew', async () => {
    await rgb(tones(10, 10), 10, 10).png().toFile(at('same name.png'))
    await openPicture(at('same name.png'))
    await decodePicture(at('same name.png'))
    await writeFile(at('same name.png'), await rgb(tones(20, 5), 20, 5).png().toBuffer())
    expect((await openPicture(at('same name.png'))).info.width).toBe(20)
    expect((await decodePicture(at('same name.png'))).width).toBe(20)
  })

  it('reads a bitmap of Windows', async () => {
    const data = Buffer.alloc(6 * 4 * 4, 200)
    await writeFile(at('scan.bmp'), encodeBmp({ data, bitPP: 24, width: 6, height: 4 }).data)
    expect((await openPicture(at('scan.bmp'))).info).toMatchObject({ format: 'bmp', width: 6, height: 4, depth: 8 })
  })
})

describe('a file that is no usable picture is refused in plain words', () => {
  const refusals: [string, () => Promise<unknown>, string, RegExp][] = [
    ['empty.jpg', () => writeFile(at('empty.jpg'), ''), 'bad-input', /"empty.jpg" is empty/],
    ['letter.jpg', () => writeFile(at('letter.jpg'), 'Dear Anna, here is the photo you asked for.'), 'bad-input', /"letter.jpg" is not a picture/],
    ['album.jpg', () => mkdir(at('album.jpg')), 'bad-input', /"album.jpg" is a folder/],
    ['gone.jpg', () => Promise.resolve(), 'bad-input', /"gone.jpg" is not there/],
    ['paper.jpg', () => writeFile(at('paper.jpg'), '%PDF-1.7 and so on'), 'unsupported', /PDF/],
    ['cut.png', async () => writeFile(at('cut.png'), (await rgb(tones(60, 60), 60, 60).png().toBuffer()).subarray(0, 20)), 'bad-input', /"cut.png"/],
    ['cut.jpg', async () => writeFile(at('cut.jpg'), (await rgb(tones(300, 300), 300, 300).jpeg().toBuffer()).subarray(0, 2000)), 'bad-input', /"cut.jpg" is damaged/],
    ['float.tif', () => rgb(tones(9, 9), 9, 9).toColourspace('scrgb').tiff({ compression: 'none' }).toFile(at('float.tif')), 'unsupported', /"float.tif"/],
  ]
  it.each(refusals)('%s', async (name, make, code, message) => {
    await make()
    await expect(openPicture(at(name))).rejects.toMatchObject({ name: 'HourglassError', code, message: expect.stringMatching(message), remedy: expect.stringMatching(/\w+.*\.$/) })
  })

  it('refuses more pixels than allowed before decoding any', async () => {
    await rgb(tones(100, 50), 100, 50).png().toFile(at('wide.png'))
    await expect(openPicture(at('wide.png'), { maxPixels: 4999 })).rejects.toMatchObject({ code: 'too-large' })
    await expect(openPicture(at('wide.png'), { maxPixels: 5000 })).resolves.toBeTruthy()
  })

  it('accepts a photo with something appended after its end', async () => {
    const jpeg = await rgb(tones(300, 300), 300, 300).jpeg().toBuffer()
    await writeFile(at('motion.jpg'), Buffer.concat([jpeg, Buffer.alloc(100_000)]))
    await expect(openPicture(at('motion.jpg'))).resolves.toMatchObject({ info: { width: 300 } })
  })
})

it('the hash of a file is the SHA-256 of its bytes', async () => {
  await writeFile(at('abc'), 'abc')
  expect(await hashFile(at('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  await expect(hashFile(at('nothing'))).rejects.toMatchObject({ code: 'bad-input' })
})
