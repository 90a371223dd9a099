import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { encode as encodeBmp } from 'bmp-ts'
import { describe, expect, it } from 'vitest'
import { decodePicture, openPicture, thumbnail, type Pixels } from '../../../src/engine/pictures/index.ts'
import { greyProfile, pngWithProfile, quarters, rgb, scratchFolder, tableProfile, tones, wideRgbProfile } from './drawing.ts'

const folder = await scratchFolder()
const at = (name: string): string => join(folder, name)

const pixelAt = ({ data, width, channels }: Pixels, x: number, y: number): number[] => [...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels)]
const sRgb = (light: number): number => (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055)

describe('orientation', () => {
  // Where the upright picture's top left corner lies in the stored one (x, y as fractions), EXIF 2.32 orientation 1 to 8.
  const turns: [orientation: number, corner: [number, number]][] = [[1, [0, 0]], [2, [1, 0]], [3, [1, 1]], [4, [0, 1]], [5, [0, 0]], [6, [0, 1]], [7, [1, 1]], [8, [1, 0]]]
  it.each(turns)('%i comes out upright', async (orientation, [x, y]) => {
    const stored = quarters(24, 16)
    await rgb(stored, 24, 16).withMetadata({ orientation }).tiff({ compression: 'lzw' }).toFile(at(`o${orientation}.tif`))
    const pixels = await decodePicture(at(`o${orientation}.tif`))
    const turned = orientation > 4
    expect([pixels.width, pixels.height]).toEqual(turned ? [16, 24] : [24, 16])
    const corner = (y * 15 * 24 + x * 23) * 3
    expect(pixelAt(pixels, 0, 0)).toEqual([...stored.subarray(corner, corner + 3)])
  })
})

describe('memory', () => {
  it('decoded onto shared memory, nothing is left beside it for the collector', async () => {
    await rgb(tones(1600, 1200), 1600, 1200).png({ compressionLevel: 1 }).toFile(at('many.png'))
    const before = process.memoryUsage().external
    const pixels = await decodePicture(at('many.png'), { shared: true })
    expect(process.memoryUsage().external - before).toBeLessThan(pixels.data.byteLength / 2)
  })
})

describe('depth and channels', () => {
  it('16 bit keeps more than 60,000 levels, in colour and in grey', async () => {
    const ramp = Uint16Array.from({ length: 65536 }, (_, i) => i)
    await rgb(ramp, 256, 256, 1).toColourspace('grey16').tiff({ compression: 'deflate', predictor: 'horizontal' }).toFile(at('ramp grey.tif'))
    const grey = await decodePicture(at('ramp grey.tif'))
    expect(grey).toMatchObject({ channels: 1, depth: 16, alpha: null })
    expect(new Set(grey.data).size).toBe(65536)
    await rgb(Uint16Array.from({ length: 65536 * 3 }, (_, i) => Math.floor(i / 3)), 256, 256).toColourspace('rgb16').png().toFile(at('ramp.png'))
    const color = await decodePicture(at('ramp.png'), { shared: true })
    expect(color).toMatchObject({ channels: 3, depth: 16 })
    expect(color.data.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(new Set(color.data).size).toBe(65536)
  })

  it('grey stays one channel, and its alpha is kept apart', async () => {
    await rgb(new Uint8Array([10, 255, 20, 128, 30, 0, 40, 77]), 2, 2, 2).toColourspace('b-w').png().toFile(at('ga.png'))
    const { data, channels, alpha } = await decodePicture(at('ga.png'))
    expect(channels).toBe(1)
    expect([...data]).toEqual([10, 20, 30, 40])
    expect([...(alpha ?? [])]).toEqual([255, 128, 0, 77])
  })

  it('a 1-bit scan is black and white', async () => {
    const data = Uint8Array.from({ length: 32 * 4 }, (_, i) => (i % 32 < 16 ? 0 : 255))
    await rgb(data, 32, 4, 1).toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4' }).toFile(at('line.tif'))
    const pixels = await decodePicture(at('line.tif'))
    expect(pixels).toMatchObject({ channels: 1, depth: 8 })
    expect([...pixels.data]).toEqual([...data])
  })

  it('CMYK becomes RGB of about the same look', async () => {
    await rgb(new Uint8Array(64 * 64 * 3).map((_, i) => [200, 60, 50][i % 3] as number), 64, 64).toColourspace('cmyk').jpeg({ quality: 95 }).toFile(at('print.jpg'))
    const pixels = await decodePicture(at('print.jpg'))
    expect(pixels.channels).toBe(3)
    const [r = 0, g = 0, b = 0] = pixelAt(pixels, 30, 30)
    expect(Math.abs(r - 200) + Math.abs(g - 60) + Math.abs(b - 50)).toBeLessThan(40)
  })

  it('one pixel and a thin tall strip are pictures too', async () => {
    await rgb(new Uint8Array([7, 8, 9]), 1, 1).png().toFile(at('1x1.png'))
    expect([...(await decodePicture(at('1x1.png'))).data]).toEqual([7, 8, 9])
    await rgb(tones(3, 900), 3, 900).png().toFile(at('3x900.png'))
    expect(await decodePicture(at('3x900.png'))).toMatchObject({ width: 3, height: 900 })
  })

  it('a bitmap of Windows has its colours in the right order', async () => {
    // The encoder takes alpha, blue, green, red.
    const data = Buffer.concat(Array.from({ length: 6 }, () => Buffer.from([0, 30, 20, 10])))
    await writeFile(at('colors.bmp'), encodeBmp({ data, bitPP: 24, width: 3, height: 2 }).data)
    expect(pixelAt(await decodePicture(at('colors.bmp')), 1, 1)).toEqual([10, 20, 30])
  })

  it.each([1, 4, 8])('a bitmap of %i bits takes its colours from its palette', async (bits) => {
    await writeFile(at('palette.bmp'), paletteBitmap(bits, 0))
    const pixels = await decodePicture(at('palette.bmp'))
    expect([pixelAt(pixels, 0, 0), pixelAt(pixels, 1, 0)]).toEqual([[200, 150, 90], [10, 20, 30]])
  })

  it('a run-length coded bitmap is refused, not read wrongly', async () => {
    await writeFile(at('runs.bmp'), paletteBitmap(8, 1))
    await expect(decodePicture(at('runs.bmp'))).rejects.toMatchObject({ code: 'unsupported' })
  })
})

/** Two pixels of two colours: entry 1 of the palette, then entry 0. */
function paletteBitmap(bits: number, compression: number): Buffer {
  const colors = 2 ** bits
  const offset = 54 + 4 * colors
  const file = Buffer.alloc(offset + 4)
  file.write('BM', 'latin1')
  file.writeUInt32LE(file.length, 2)
  file.writeUInt32LE(offset, 10)
  file.writeUInt32LE(40, 14)
  file.writeInt32LE(2, 18)
  file.writeInt32LE(1, 22)
  file.writeUInt16LE(1, 26)
  file.writeUInt16LE(bits, 28)
  file.writeUInt32LE(compression, 30)
  Buffer.from([30, 20, 10, 0, 90, 150, 200, 0]).copy(file, 54)
  file.writeUInt8(1 << (8 - bits), offset)
  return file
}

/** Four coloured quarters, 64 × 48, as one HEVC picture in a HEIF container that says: turn clockwise. */
const heic = Buffer.from(
    'AAAAGGZ0eXBoZWljAAAAAG1pZjFoZWljAAABNm1ldGEAAAAAAAAAIWhkbHIAAAAAAAAAAHBpY3QAAAAAAAAAAAAAAAAAAAAADnBpdG0AAAAAAAEAAAAeaWxvYwAAAABEAAABAAEAAAABAAABVgAAAK' +
    'MAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAALppcHJwAAAAnGlwY28AAAB3aHZjQwEBYAAAAJAAAAAAAB7wAPz9+PgAAA8DoAABABhAAQwB//8BYAAAAwCQAAADAAADAB6VmAmh' +
    'AAEAK0IBAQFgAAADAJAAAAMAAAMAHqAggxZZWa5Mrm4EBAwIAAADAAgAAAMAyECiAAEABkQBwXGhEgAAABRpc3BlAAAAAAAAAEAAAAAwAAAACWlyb3QDAAAAFmlwbWEAAAAAAAAAAQABA4ECgwAAAK' +
    'ttZGF0AAAAnygBrwR4PIYv71/f/7aP2Xz2gZKQnvtdUkVCc+amCufHMs5wsH9HLiAvd1E30jtgf2AbIo/oU//tdX/5/40dHlisqXiOhepoUT5PHWSw/BQzo8b72pzaMn4sn9xSXtDSDwrqlTsYhIFY' +
    'ROOYW6aAKuY3cbQigIBuUBFecqNGj9suDdx2CF23M3MCeBomQ6fFU51Vbmi1c55WfxKTSVbagA==',
  'base64',
)

describe('HEIC', () => {
  it('is read upright, at full size and reduced', async () => {
    await writeFile(at('phone.heic'), heic)
    expect((await openPicture(at('phone.heic'))).info).toMatchObject({ format: 'heic', width: 48, height: 64, depth: 8 })
    const pixels = await decodePicture(at('phone.heic'))
    expect([pixels.width, pixels.height]).toEqual([48, 64])
    const [r = 0, g = 0, b = 0] = pixelAt(pixels, 2, 2)
    expect(Math.abs(r - 40) + Math.abs(g - 60) + Math.abs(b - 220)).toBeLessThan(6)
    expect(await decodePicture(at('phone.heic'), { box: { width: 20, height: 20 } })).toMatchObject({ width: 15, height: 20 })
  })

  it('that is cut short is damaged, not blank', async () => {
    await writeFile(at('cut.heic'), heic.subarray(0, 440))
    await expect(decodePicture(at('cut.heic'))).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('cut.heic') })
  })
})

describe('colour profiles', () => {
  it('a grey gamma is honoured, without losing tones', async () => {
    const png = await rgb(Uint8Array.from({ length: 256 }, (_, i) => i), 256, 1, 1).toColourspace('b-w').png().toBuffer()
    const pixels = await decodePicture(await pngWithProfile(at('gamma18.png'), png, greyProfile(1.8)))
    expect(pixels).toMatchObject({ channels: 1, depth: 16 })
    for (const level of [0, 1, 60, 128, 255]) expect(pixels.data[level]).toBeCloseTo(65535 * sRgb((level / 255) ** (461 / 256)), -0.5)
    expect(new Set(pixels.data).size).toBe(256)
  })

  it('a dot gain table is honoured at 16 bit, which sharp alone would ignore', async () => {
    const png = await rgb(Uint16Array.from({ length: 256 }, (_, i) => i * 257), 256, 1, 1).toColourspace('grey16').png().toBuffer()
    const table = Array.from({ length: 32 }, (_, i) => (i / 31) ** 2.6)
    const pixels = await decodePicture(await pngWithProfile(at('dotgain.png'), png, greyProfile(table)))
    const at124 = (124 / 255) * 31
    const low = Math.floor(at124)
    const light = (table[low] ?? 0) + ((table[low + 1] ?? 0) - (table[low] ?? 0)) * (at124 - low)
    expect(Math.abs((pixels.data[124] ?? 0) - 65535 * sRgb(light))).toBeLessThan(3)
  })

  it('a wide RGB profile becomes sRGB as the colour engine would have it', async () => {
    const source = tones(64, 8)
    const path = await pngWithProfile(at('wide.png'), await rgb(source, 64, 8).png().toBuffer(), wideRgbProfile())
    const pixels = await decodePicture(path, { depth: 8 })
    const reference = await sharp(path).raw().toBuffer()
    let worst = 0
    for (let i = 0; i < reference.length; i++) worst = Math.max(worst, Math.abs((reference[i] ?? 0) - (pixels.data[i] ?? 0)))
    expect(worst).toBeLessThanOrEqual(1)
    expect(Buffer.from(source).equals(Buffer.from(pixels.data))).toBe(false)
  })

  it('a table profile is applied, at 8 and at 16 bit alike', async () => {
    const red = Uint8Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? 255 : 0))
    const eight = await decodePicture(await pngWithProfile(at('table8.png'), await rgb(red, 4, 1).png().toBuffer(), tableProfile()))
    const png16 = await rgb(Uint16Array.from(red, (v) => v * 257), 4, 1).toColourspace('rgb16').png().toBuffer()
    const sixteen = await decodePicture(await pngWithProfile(at('table16.png'), png16, tableProfile()))
    expect([eight.depth, sixteen.depth]).toEqual([8, 16])
    const [r = 0, g = 0, b = 0] = pixelAt(eight, 0, 0)
    expect(b - r).toBeGreaterThan(40)
    expect(pixelAt(sixteen, 0, 0).map((v, i) => Math.abs(v / 257 - ([r, g, b][i] ?? 0)) < 1.5)).toEqual([true, true, true])
  })

  it('16-bit pictures in Display P3 come out as sRGB, greys as exact greys', async () => {
    const grey = new Uint16Array(30 * 3).fill(30000)
    await rgb(grey, 30, 1).toColourspace('rgb16').withIccProfile('p3').png().toFile(at('p3.png'))
    const { data, depth } = await decodePicture(at('p3.png'))
    expect(depth).toBe(16)
    expect(new Set(data).size).toBe(1)
    expect(Math.abs((data[0] ?? 0) - 30000)).toBeLessThan(40)
  })
})

describe('size', () => {
  it('a reduced decode keeps the shape, never enlarges, and is upright', async () => {
    await rgb(quarters(400, 200), 400, 200).withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).toFile(at('large.jpg'))
    expect(await decodePicture(at('large.jpg'), { box: { width: 50, height: 50 } })).toMatchObject({ width: 25, height: 50 })
    expect(await decodePicture(at('large.jpg'), { box: { width: 900, height: 900 } })).toMatchObject({ width: 200, height: 400 })
  })

  it('a large picture read in bands onto shared memory is the same, alpha too', async () => {
    const rgba = Uint16Array.from({ length: 40 * 90 * 4 }, (_, i) => (i * 131) & 0xffff)
    await rgb(rgba, 40, 90, 4).toColourspace('rgb16').png().toFile(at('bands.png'))
    const whole = await decodePicture(at('bands.png'))
    const banded = await decodePicture(at('bands.png'), { shared: true, bandBytes: 40 * 4 * 2 * 32 })
    expect(banded).toMatchObject({ width: 40, height: 90, depth: 16 })
    expect(banded.alpha?.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect([...banded.data]).toEqual([...whole.data])
    expect([...(banded.alpha ?? [])]).toEqual([...(whole.alpha ?? [])])
  })

  it('a thumbnail is small, upright and of the wanted kind', async () => {
    await rgb(quarters(400, 200), 400, 200).withMetadata({ orientation: 8 }).jpeg().toFile(at('sideways.jpg'))
    expect(await thumbnail(at('sideways.jpg'), 64, at('small.webp'))).toEqual({ width: 32, height: 64 })
    expect(await sharp(at('small.webp')).metadata()).toMatchObject({ format: 'webp', width: 32, height: 64 })
  })
})

it('damaged picture data is an error that names the file, not a half-grey picture', async () => {
  const png = await rgb(tones(200, 200), 200, 200).png().toBuffer()
  await writeFile(at('half.png'), png.subarray(0, png.length / 2))
  await expect(decodePicture(at('half.png'))).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('half.png') })
})
