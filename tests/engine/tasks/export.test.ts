import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inBands, wholeMb, type Plan } from '../../../src/engine/pictures/cost.ts'
import { openPicture, type Picture } from '../../../src/engine/pictures/index.ts'
import { exportOf } from '../../../src/engine/tasks/export.ts'
import { exportInBands } from '../../../src/engine/tasks/exportBands.ts'
import { chooseWay } from '../../../src/engine/tasks/exportWay.ts'
import { exportWhole } from '../../../src/engine/tasks/exportWhole.ts'
import { engineMb } from '../../../src/engine/workers/budget.ts'
import type { Studio } from '../../../src/engine/workers/context.ts'
import { pngWithProfile, wideRgbProfile } from '../pictures/drawing.ts'
import { bundledModel, makeStudio, makeTask, run, temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const at = (name: string): string => join(folder.path, name)
const [width, height] = [400, 300]
let studio: Studio

const tone = (i: number): number => 128 + 90 * Math.sin((i % width) / 23) * Math.cos(Math.floor(i / width) / 17)

beforeAll(async () => {
  studio = makeStudio()
  const grey = Uint8Array.from({ length: width * height }, (_, i) => tone(i))
  const deep = Uint16Array.from({ length: width * height }, (_, i) => 257 * tone(i))
  const raw = (channels: 1 | 4) => ({ raw: { width, height, channels } })
  await sharp(grey, raw(1)).toColourspace('b-w').withMetadata({ orientation: 6 }).jpeg({ quality: 95 }).withExif({ IFD0: { Copyright: 'us' } }).toFile(at('photo.jpg'))
  await sharp(deep, raw(1)).toColourspace('grey16').tiff({ compression: 'deflate' }).toFile(at('deep.tif'))
  const rgba = Uint16Array.from({ length: width * height * 4 }, (_, i) => (i % 4 === 3 ? i & 0xffff : (deep[i >> 2] ?? 0)))
  await sharp(rgba, raw(4)).toColourspace('rgb16').png().toFile(at('alpha.png'))
  const rgb = await sharp(grey, raw(1)).toColourspace('srgb').png().toBuffer()
  await pngWithProfile(at('wide.png'), rgb, wideRgbProfile())
  await sharp({ create: { width, height, channels: 3, background: '#884422', noise: { type: 'gaussian', mean: 128, sigma: 40 } } }).png().toFile(at('color.png'))
})
afterAll(async () => {
  await studio.sessions.releaseAll()
  folder.remove()
})

type Input = Parameters<typeof exportOf>[0]
const inputOf = (source: string, target: string, more: Partial<Input> = {}): Input => ({
  source: { path: at(source), sha256: 'a'.repeat(64) },
  recipe: { version: 1, steps: [{ step: 'colorize', enabled: true, params: { renderFactor: 24 } }] },
  model: bundledModel,
  target: at(target),
  format: 'png',
  quality: 92,
  depth: 'same',
  label: true,
  compare: null,
  overwrite: true,
  stamp: '',
  ...more,
})

const cancelledFlag = (): Int32Array<SharedArrayBuffer> => {
  const flag = new Int32Array(new SharedArrayBuffer(4))
  flag[0] = 1
  return flag
}

describe('in bands, with its pixels on the disk,', () => {
  const cases: [name: string, source: string, more: Partial<Input>][] = [
    ['a turned JPEG', 'photo.jpg', { format: 'jpeg' }],
    ['a JPEG as 16-bit TIFF', 'photo.jpg', { format: 'tiff', depth: 16 }],
    ['a grey 16-bit TIFF', 'deep.tif', { format: 'tiff' }],
    ['16 bits rounded to 8', 'deep.tif', { format: 'png', depth: 8 }],
    ['16 bits with alpha', 'alpha.png', { format: 'png' }],
    ['alpha laid on white', 'alpha.png', { format: 'jpeg', depth: 8 }],
    ['a wide profile, converted back', 'wide.png', { format: 'png' }],
    ['a picture in colour already', 'color.png', { format: 'png' }],
  ]
  it.each(cases)('%s becomes the same file as in memory, byte for byte', async (_, source, more) => {
    const picture = await openPicture(at(source))
    const exported = async (target: string, way: (work: ReturnType<typeof exportOf>) => ReturnType<typeof exportWhole>) => {
      const work = exportOf(inputOf(source, target, more), makeTask(studio), picture)
      return way(work)
    }
    const whole = await exported('whole', exportWhole)
    const bands = await exported('bands', (work) => exportInBands(work, 2 * width * 3 * 40))
    expect(readFileSync(at('bands')).equals(readFileSync(at('whole')))).toBe(true)
    expect(bands.size).toEqual(whole.size)
    expect(bands.encoded).toEqual(whole.encoded)
    expect(bands.lumaDrift.max).toBe(whole.lumaDrift.max)
    expect(bands.lumaDrift.mean).toBeCloseTo(whole.lumaDrift.mean, 6)
    expect(bands.figures.colorfulness).toBeCloseTo(whole.figures.colorfulness, 6)
    expect({ ...bands.figures, colorfulness: 0, lumaDrift: 0, notes: [] }).toEqual({ ...whole.figures, colorfulness: 0, lumaDrift: 0, notes: [] })
    expect(bands.figures.notes.at(-1)).toMatchObject({ code: 'in-strips', message: expect.stringContaining('1024 MB') })
    expect(readdirSync(folder.path).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('a comparison picture is added, and nothing is left when the work is cancelled', async () => {
    const picture = await openPicture(at('deep.tif'))
    const input = inputOf('deep.tif', 'compared.tif', { format: 'tiff', compare: at('compared-compare.tif') })
    await exportInBands(exportOf(input, makeTask(studio), picture), 1 << 20)
    expect(await sharp(at('compared-compare.tif')).metadata()).toMatchObject({ width: 2 * width + 8, height })
    const cancelled = makeTask(studio, cancelledFlag())
    await expect(exportInBands(exportOf(inputOf('alpha.png', 'never.png'), cancelled, picture), 1 << 20)).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder.path).filter((name) => name.startsWith('.') || name.startsWith('never'))).toEqual([])
  })
})

describe('the memory setting', () => {
  const large = async (more: Partial<Picture['info']> = {}): Promise<Picture> => {
    const picture = await openPicture(at('deep.tif'))
    return { ...picture, path: '/scans/large.tif', info: { ...picture.info, width: 12_000, height: 9000, ...more } }
  }
  const plan = (more: Partial<Plan> = {}): Plan => ({ layout: { channels: 3, depth: 16, back: null, icc: null, iccKept: false }, format: 'tiff', widened: false, inPlace: false, measured: false, ...more })
  const room = (limitMb: number) => ({ limitMb, roomMb: limitMb - engineMb })

  it('lets a picture that fits be worked on as a whole, and one that does not in bands', async () => {
    const picture = await large()
    const whole = wholeMb(picture, plan())
    // 216 MB of grey, 648 MB of colour, and what the encoder takes.
    expect(whole).toBeGreaterThan(864e6 / 2 ** 20)
    expect(whole).toBeLessThan(1000)
    expect(chooseWay(picture, plan(), true, room(engineMb + whole))).toEqual({ by: 'whole', mb: whole })
    const banded = chooseWay(picture, plan(), true, room(600))
    expect(banded).toMatchObject({ by: 'bands' })
    expect(banded.mb).toBeLessThanOrEqual(600 - engineMb)
  })

  it('refuses what fits in neither way, and says how much is needed and what to do', async () => {
    const picture = await large()
    const webp = plan({ format: 'webp', layout: { ...plan().layout, depth: 8 }, measured: true })
    expect(inBands(picture, webp, 500)).toBeNull()
    const refused = (): unknown => chooseWay(picture, webp, true, room(600))
    expect(refused).toThrow(expect.objectContaining({ code: 'too-large', message: expect.stringMatching(/“?large\.tif.*12000 × 9000.*needs about [\d,]+ MB.*WebP.*allows 600 MB/), remedy: expect.stringMatching(/HOURGLASS_MEMORY_MB.*TIFF, PNG or JPEG.*smaller/) }))
    // A step that has to see all pixels at once leaves only the whole.
    expect(() => chooseWay(picture, plan(), false, room(600))).toThrow(expect.objectContaining({ code: 'too-large', remedy: expect.not.stringContaining('TIFF, PNG') }))
    const [mb] = /[\d,]+(?= MB in)/.exec((() => { try { refused(); return '' } catch (thrown) { return (thrown as { remedy: string }).remedy } })()) ?? []
    expect(chooseWay(picture, webp, true, room(Number(mb?.replace(',', '')))).by).toBe('whole')
  })

  it('is kept by an export: refused before anything is written, done in strips where that fits', async () => {
    const [wide, high] = [3000, 2000]
    await sharp(new Uint16Array(wide * high).fill(30_000), { raw: { width: wide, height: high, channels: 1 } }).toColourspace('grey16').tiff({ compression: 'lzw' }).toFile(at('wide.tif'))
    const tight = makeStudio(engineMb + 40)
    try {
      await expect(run(tight, 'export', inputOf('wide.tif', 'tight.webp', { format: 'webp' }))).rejects.toMatchObject({ code: 'too-large' })
      expect(readdirSync(folder.path)).not.toContain('tight.webp')
      const made = await run(tight, 'export', inputOf('wide.tif', 'tight.tif', { format: 'tiff' }))
      expect(made.figures.notes).toContainEqual(expect.objectContaining({ code: 'in-strips' }))
      // What fits is worked on as before.
      const small = await run(tight, 'export', inputOf('deep.tif', 'small.tif', { format: 'tiff' }))
      expect(small.figures.notes.map(({ code }) => code)).not.toContain('in-strips')
    } finally {
      await tight.sessions.releaseAll()
    }
  })

  it('at its lowest lets an ordinary photograph through', async () => {
    const photo = async (width: number, height: number): Promise<Picture> => {
      const picture = await openPicture(at('photo.jpg'))
      return { ...picture, grey: false, info: { ...picture.info, orientation: 1, width, height } }
    }
    const jpeg = plan({ format: 'jpeg', layout: { ...plan().layout, depth: 8 }, measured: true })
    expect(chooseWay(await photo(1632, 1224), jpeg, true, room(256)).by).toBe('whole')
    expect(chooseWay(await photo(4000, 3000), jpeg, true, room(256)).by).toBe('bands')
  })
})
