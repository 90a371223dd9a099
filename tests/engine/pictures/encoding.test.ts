import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OutputFormat } from '../../../src/contract/pictures.ts'
import { writeAtomically } from '../../../src/engine/pictures/atomic.ts'
import { writeFailure } from '../../../src/engine/pictures/failures.ts'
import { decodePicture, encodePicture, openPicture, type EncodeOptions, type Pixels } from '../../../src/engine/pictures/index.ts'
import { greyProfile, pngWithProfile, rgb, scratchFolder, tones, wideRgbProfile } from './drawing.ts'

const base = await scratchFolder()
let folder = base
let count = 0
const at = (name: string): string => join(folder, name)

beforeEach(async () => {
  count += 1
  folder = join(base, `test ${count}`)
  await mkdir(folder)
})

const picture = (overrides: Partial<Pixels> = {}): Pixels => ({ data: tones(48, 32), width: 48, height: 32, channels: 3, depth: 8, alpha: null, ...overrides })
const deep = (): Pixels => picture({ data: Uint16Array.from({ length: 48 * 32 * 3 }, (_, i) => (i * 97) & 0xffff), depth: 16 })
const options = (name: string, format: OutputFormat, more: Partial<EncodeOptions> = {}): EncodeOptions => ({ path: at(name), format, quality: 90, depth: 8, source: null, label: null, ...more })

describe('pixels written are pixels read', () => {
  it.each(['png', 'tiff'] as const)('%s holds 8 and 16 bits exactly', async (format) => {
    await encodePicture(picture(), options(`八 bit.${format}`, format))
    expect(Buffer.from((await decodePicture(at(`八 bit.${format}`))).data).equals(Buffer.from(picture().data))).toBe(true)
    await encodePicture(deep(), options(`deep.${format}`, format, { depth: 16 }))
    const back = await decodePicture(at(`deep.${format}`))
    expect(back.depth).toBe(16)
    expect([...back.data]).toEqual([...deep().data])
  })

  it('16 bits are rounded to 8, not cut off', async () => {
    await encodePicture(picture({ data: new Uint16Array(48 * 32 * 3).fill(1000), depth: 16 }), options('rounded.png', 'png'))
    expect((await decodePicture(at('rounded.png'))).data[0]).toBe(4)
  })

  it('pixels on shared memory are written without being copied by the caller', async () => {
    const data = new Uint8Array(new SharedArrayBuffer(48 * 32 * 3))
    data.set(tones(48, 32))
    await encodePicture(picture({ data }), options('shared.png', 'png'))
    expect(Buffer.from((await decodePicture(at('shared.png'))).data).equals(Buffer.from(tones(48, 32)))).toBe(true)
  })

  it.each(['jpeg', 'webp', 'avif'] as const)('%s looks the same', async (format) => {
    await encodePicture(picture(), options(`lossy.${format}`, format, { quality: 95 }))
    const { data } = await decodePicture(at(`lossy.${format}`))
    let sum = 0
    for (const [i, value] of tones(48, 32).entries()) sum += Math.abs(value - (data[i] ?? 0))
    expect(sum / data.length).toBeLessThan(5)
  })

  it('a lossless WebP stays lossless as WebP, under transparency too, unless a quality is asked for', async () => {
    const stored = new Uint8Array(48 * 32 * 4).map((_, i) => (i % 4 === 3 ? (i % 3) * 127 : (i * 31) & 0xff))
    await rgb(stored, 48, 32, 4).webp({ lossless: true, exact: true }).toFile(at('art.webp'))
    await rgb(stored, 48, 32, 4).webp({ quality: 95 }).toFile(at('lossy.webp'))
    const written = async (from: string, quality: number | null): Promise<Buffer> => {
      const source = await openPicture(at(from))
      await encodePicture(await decodePicture(source), options('again.webp', 'webp', { source, quality, overwrite: true }))
      return sharp(at('again.webp')).raw().toBuffer()
    }
    expect((await written('art.webp', null)).equals(stored)).toBe(true)
    expect((await written('art.webp', 100)).equals(stored)).toBe(false)
    await written('lossy.webp', null)
    expect((await readFile(at('again.webp'))).includes('VP8L')).toBe(false)
  })

  it('the first frame of a lossless animation is known to be lossless', async () => {
    const frames = await Promise.all([0, 1].map((n) => rgb(tones(48, 32).map((value) => (n ? 255 - value : value)), 48, 32).png().toBuffer()))
    const animation = (lossless: boolean) => sharp(frames, { join: { animated: true } }).webp({ lossless }).toBuffer()
    for (const lossless of [true, false]) {
      await writeFile(at('film.webp'), await animation(lossless))
      expect((await openPicture(at('film.webp'))).losslessWebp).toBe(lossless)
    }
  })

  it('JPEG keeps full colour resolution from quality 90 on, and halves it below', async () => {
    await encodePicture(picture(), options('fine.jpg', 'jpeg', { quality: 90 }))
    await encodePicture(picture(), options('small.jpg', 'jpeg', { quality: 89 }))
    expect((await sharp(at('fine.jpg')).metadata()).chromaSubsampling).toBe('4:4:4')
    expect((await sharp(at('small.jpg')).metadata()).chromaSubsampling).toBe('4:2:0')
  })

  it('transparency is kept by every format that has it, and laid on white in JPEG', async () => {
    const alpha = new Uint8Array(48 * 32).fill(255)
    alpha[0] = 0
    for (const format of ['png', 'tiff', 'webp'] as const) {
      await encodePicture(picture({ alpha }), options(`alpha.${format}`, format))
      expect((await decodePicture(at(`alpha.${format}`))).alpha?.[0]).toBe(0)
    }
    const { notes } = await encodePicture(picture({ alpha: new Uint8Array(48 * 32) }), options('alpha.jpg', 'jpeg'))
    expect(notes).toMatchObject([{ code: 'alpha-lost' }])
    expect((await decodePicture(at('alpha.jpg'))).data[0]).toBeGreaterThan(250)
  })

  it('a grey result is a grey file', async () => {
    await encodePicture(picture({ data: tones(48, 32).subarray(0, 48 * 32), channels: 1 }), options('grey.png', 'png'))
    expect(await sharp(at('grey.png')).metadata()).toMatchObject({ space: 'b-w', channels: 1 })
  })
})

describe('colour profiles', () => {
  it('a source in a wide RGB profile comes back in it, pixel for pixel', async () => {
    const profile = wideRgbProfile()
    const stored = tones(48, 32)
    const path = await pngWithProfile(at('wide.png'), await rgb(stored, 48, 32).png().toBuffer(), profile)
    const source = await openPicture(path)
    const { kept, notes } = await encodePicture(await decodePicture(source), options('back.png', 'png', { source }))
    expect(kept).toContain('icc')
    expect(notes).toEqual([])
    expect((await sharp(at('back.png')).metadata()).icc?.equals(profile)).toBe(true)
    const raw = await sharp(at('back.png'), { ignoreIcc: true }).raw().toBuffer()
    expect(raw.equals(Buffer.from(stored))).toBe(true)
  })

  it('a coloured grey scan becomes sRGB, and says so', async () => {
    const path = await pngWithProfile(at('scan.png'), await rgb(tones(48, 32).subarray(0, 48 * 32), 48, 32, 1).toColourspace('b-w').png().toBuffer(), greyProfile(1.8))
    const { kept, notes } = await encodePicture(picture(), options('colored.jpg', 'jpeg', { source: await openPicture(path) }))
    expect(kept).not.toContain('icc')
    expect(notes).toMatchObject([{ code: 'profile-converted', message: expect.stringContaining('Grey of the tests') }])
    expect((await sharp(at('colored.jpg')).metadata()).hasProfile).toBe(true)
  })
})

describe('a file is written whole or not at all', () => {
  const leftovers = async (): Promise<string[]> => (await readdir(folder)).filter((name) => name.startsWith('.'))

  it('an existing file is refused unless it may be overwritten', async () => {
    await writeFile(at('there.png'), 'mine')
    await expect(encodePicture(picture(), options('there.png', 'png'))).rejects.toMatchObject({ code: 'not-writable', message: expect.stringContaining('there.png') })
    expect(await readFile(at('there.png'), 'utf8')).toBe('mine')
    await encodePicture(picture(), options('there.png', 'png', { overwrite: true }))
    expect((await openPicture(at('there.png'))).info.width).toBe(48)
    expect(await leftovers()).toEqual([])
  })

  it('an original is never written over, even by another name for it', async () => {
    await rgb(tones(48, 32), 48, 32).png().toFile(at('original.png'))
    await symlink(at('original.png'), at('alias.png'))
    const before = await readFile(at('original.png'))
    const source = await openPicture(at('original.png'))
    for (const name of ['original.png', 'alias.png']) {
      await expect(encodePicture(picture(), options(name, 'png', { source, overwrite: true }))).rejects.toMatchObject({ code: 'not-writable', message: expect.stringContaining('original') })
    }
    expect((await readFile(at('original.png'))).equals(before)).toBe(true)
  })

  it('a folder that is not there, or is a file, cannot be written to', async () => {
    await writeFile(at('file'), '')
    for (const format of ['jpeg', 'tiff', 'png'] as const) {
      await expect(encodePicture(picture(), options('nowhere/x', format))).rejects.toMatchObject({ code: 'not-writable', remedy: expect.stringContaining('folder') })
      await expect(encodePicture(picture(), options('file/x', format))).rejects.toMatchObject({ code: 'not-writable' })
    }
    await mkdir(at('folder.png'))
    await expect(encodePicture(picture(), options('folder.png', 'png', { overwrite: true }))).rejects.toMatchObject({ code: 'not-writable' })
  })

  it('a failure in the middle leaves the old file and nothing else', async () => {
    await writeFile(at('old.png'), 'old')
    const failing = writeAtomically(at('old.png'), { overwrite: true, original: null }, async (temporary) => {
      await writeFile(temporary, 'half')
      throw Object.assign(new Error('write failed'), { code: 'ENOSPC' })
    })
    await expect(failing).rejects.toMatchObject({ code: 'no-space', message: expect.stringContaining('old.png') })
    expect(await readFile(at('old.png'), 'utf8')).toBe('old')
    expect(await leftovers()).toEqual([])
  })

  it('cancelling leaves nothing behind', async () => {
    const controller = new AbortController()
    const cancelled = writeAtomically(at('new.png'), { overwrite: false, original: null, signal: controller.signal }, async (temporary) => {
      await writeFile(temporary, 'whole')
      controller.abort()
    })
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(folder)).toEqual([])
  })

  it('what a killed process left is swept, what a living one writes is not', async () => {
    let living = ''
    await writeAtomically(at('first.txt'), { overwrite: false, original: null }, async (temporary) => {
      living = temporary
      await writeFile(temporary, '')
    })
    const other = join(base, `other ${count}`)
    await mkdir(other)
    const name = living.split('/').at(-1) ?? ''
    // No process has a number above the system's limit of 4,194,304.
    const dead = name.replace(`-${process.pid}-`, '-4194999-')
    await writeFile(join(other, dead), '')
    await writeFile(join(other, name), '')
    await writeAtomically(join(other, 'x.txt'), { overwrite: false, original: null }, (temporary) => writeFile(temporary, ''))
    expect((await readdir(other)).toSorted()).toEqual([name, 'x.txt'])
  })

  it('a picture too wide for JPEG is told so', async () => {
    const wide = picture({ data: new Uint8Array(65536), width: 65536, height: 1, channels: 1 })
    await expect(encodePicture(wide, options('wide.jpg', 'jpeg'))).rejects.toMatchObject({ code: 'too-large', remedy: expect.stringContaining('TIFF') })
    expect(await readdir(folder)).toEqual([])
  })

  it('density travels even where there is no EXIF to hold it', async () => {
    await rgb(tones(48, 32), 48, 32).withMetadata({ density: 600 }).png().toFile(at('scan.png'))
    const source = await openPicture(at('scan.png'))
    for (const format of ['jpeg', 'png', 'tiff'] as const) {
      await encodePicture(picture(), options(`scan-out.${format}`, format, { source: { ...source, blocks: { ...source.blocks, exif: null } } }))
      expect((await openPicture(at(`scan-out.${format}`))).info.density).toBe(600)
    }
    expect((await readFile(at('scan-out.png'))).toString('latin1').split('pHYs')).toHaveLength(2)
  })

  it('no density is made up where the source says none', async () => {
    // sharp's own PNG claims one pixel a millimetre, in a chunk right after the header.
    const png = await rgb(tones(48, 32), 48, 32).png().toBuffer()
    await writeFile(at('bare.png'), Buffer.concat([png.subarray(0, 33), png.subarray(54)]))
    const source = await openPicture(at('bare.png'))
    expect(source.info.density).toBeNull()
    for (const format of ['jpeg', 'png', 'tiff', 'webp', 'avif'] as const) {
      await encodePicture(picture(), options(`bare-out.${format}`, format, { source }))
      expect((await openPicture(at(`bare-out.${format}`))).info.density).toBeNull()
    }
    expect((await readFile(at('bare-out.png'))).includes('pHYs')).toBe(false)
  })

  it('the size it reports is the size on disk', async () => {
    const { bytes } = await encodePicture(picture(), options('size.tif', 'tiff'))
    expect((await stat(at('size.tif'))).size).toBe(bytes)
  })
})

describe('errors of the file system read as what they mean', () => {
  it.each([
    ['EROFS', 'not-writable'],
    ['EACCES', 'not-writable'],
    ['ENOSPC', 'no-space'],
    ['EDQUOT', 'no-space'],
  ])('%s is %s', (code, expected) => {
    expect(writeFailure('/x/a.png', Object.assign(new Error('raw'), { code }))).toMatchObject({ code: expected, message: expect.stringContaining('"a.png"') })
  })

  it.each([
    ['EROFS', /its folder \/x is read-only/, /folder/],
    ['EACCES', /may not write into its folder \/x/, /folder/],
    ['EPERM', /may not write into its folder \/x/, /folder/],
    ['ENAMETOOLONG', /name is too long/, /shorter name/],
    ['ENOENT', /cannot be written there/, /folder that exists/],
  ])('%s says what is in the way and what to do, also on a disk without free space', (code, message, remedy) => {
    const fullDisk = code === 'EROFS' || code === 'EACCES' || code === 'EPERM'
    expect(writeFailure('/x/a.png', Object.assign(new Error('raw'), { code }), fullDisk)).toMatchObject({ code: 'not-writable', message: expect.stringMatching(message), remedy: expect.stringMatching(remedy) })
  })

  it('a full disk reported by the encoder in words is a full disk', () => {
    expect(writeFailure('/x/a.tif', new Error('vips2tiff: unix error: No space left on device')).code).toBe('no-space')
    expect(writeFailure('/x/a.tif', new Error('TIFFAppendToStrip: Write error'), true).code).toBe('no-space')
  })
})
