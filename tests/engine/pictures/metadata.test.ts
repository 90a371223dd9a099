import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import type { OutputFormat } from '../../../src/contract/pictures.ts'
import { decodePicture, encodePicture, openPicture, readStamp, type PictureLabel, type Picture } from '../../../src/engine/pictures/index.ts'
import { bytesEntry, type Entry } from '../../../src/engine/pictures/metadata/ifd.ts'
import { iccSegments, app1, photoshopSegments, signatures, spliceJpeg } from '../../../src/engine/pictures/metadata/jpeg.ts'
import { resourcesWithIptc } from '../../../src/engine/pictures/metadata/photoshop.ts'
import { rgb, scratchFolder, tones, xmpPacket } from './drawing.ts'
import { cameraExif, makerNote, numberIn, readTags, textIn, thumbnailBytes } from './tagReader.ts'

const folder = await scratchFolder()
const at = (name: string): string => join(folder, name)

/** An IPTC record: object name and city. */
const iptc = Buffer.from('\x1c\x02\x05\x00\x05Feast\x1c\x02\x5a\x00\x04Graz', 'latin1')
const userXmp = xmpPacket(
  '<rdf:Description rdf:about="uuid:1" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" ' +
    'tiff:Orientation="6" xmp:CreatorTool="Some &amp; Scanner" xmp:Rating="4"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">Großmutter &lt;1930&gt;</rdf:li></rdf:Alt></dc:title></rdf:Description>',
)
const label: PictureLabel = {
  creatorTool: 'Hourglass Studio 9.9.9',
  trained: true,
  recipe: { version: 1, steps: [{ step: 'colorize', enabled: true, params: { strength: 1, note: 'a "quoted" <b> & 漢字' } }] },
  models: [{ id: 'colorize-photo-x', sha256: 'f00d' }],
  source: 'beef',
  work: 'work-key-1',
}

async function cameraJpeg(name: string, order: 'II' | 'MM', xmp = userXmp): Promise<Picture> {
  const jpeg = await rgb(tones(64, 48), 64, 48).withIccProfile('srgb').withMetadata({ density: 240 }).jpeg().toBuffer()
  const bare = await sharp(jpeg).keepIccProfile().jpeg().toBuffer()
  const exif = Buffer.concat([signatures.exif, cameraExif(order, { width: 64, height: 48 })])
  const segments = [{ marker: app1, payload: exif }, { marker: app1, payload: Buffer.concat([signatures.xmp, Buffer.from(xmp)]) }, ...photoshopSegments(resourcesWithIptc(iptc))]
  await writeFile(at(name), Buffer.concat(spliceJpeg(bare, segments, 240)))
  return openPicture(at(name))
}

const textEntry = (tag: number, text: string): Entry => ({ tag, type: 2, count: text.length + 1, data: Buffer.from(`${text}\0`) })
const formats: OutputFormat[] = ['jpeg', 'png', 'tiff', 'webp', 'avif']

async function write(source: Picture, name: string, format: OutputFormat, with_: PictureLabel | null = label): Promise<string[]> {
  return (await encodePicture(await decodePicture(source), { path: at(name), format, quality: 90, depth: 8, source, label: with_, overwrite: true })).kept
}

/** The written file's tags, through sharp where it can, else straight from the TIFF. */
async function tagsOf(name: string, format: OutputFormat): Promise<ReturnType<typeof readTags>> {
  if (format === 'tiff') return readTags(await readFile(at(name)))
  const { exif } = await sharp(at(name)).metadata()
  if (!exif) throw new Error('no EXIF')
  return readTags(exif.toString('latin1', 0, 4) === 'Exif' ? exif.subarray(6) : exif)
}

describe.each(['II', 'MM'] as const)('a camera photo with %s byte order', (order) => {
  it.each(formats)('keeps its EXIF in %s, made true for the upright picture', async (format) => {
    const source = await cameraJpeg(`camera ${order}.jpg`, order)
    expect(source.info).toMatchObject({ metadata: ['exif', 'iptc', 'xmp', 'icc'], takenAt: '1987-06-05T10:20:30+02:00', width: 48, height: 64 })
    const kept = await write(source, `out-${order}.${format}`, format)
    expect(kept).toEqual(['exif', 'iptc', 'xmp', 'icc'])
    const tags = await tagsOf(`out-${order}.${format}`, format)
    expect(textIn(tags.ifd0.get(0x010f))).toBe('Kamerawerk')
    expect(textIn(tags.ifd0.get(0x8298))).toBe('Copyright Anna')
    expect(textIn(tags.exif.get(0x9003))).toBe('1987:06:05 10:20:30')
    expect(tags.exif.get(0x927c)?.equals(makerNote)).toBe(true)
    expect(textIn(tags.gps.get(1))).toBe('N')
    const degrees = tags.gps.get(2) ?? Buffer.alloc(24)
    expect([0, 8, 16].map((place) => numberIn(tags, degrees.subarray(place, place + 4)))).toEqual([51, 30, 12])
    expect([numberIn(tags, tags.exif.get(0xa002)), numberIn(tags, tags.exif.get(0xa003))]).toEqual([48, 64])
    expect(numberIn(tags, tags.ifd0.get(0x0112)?.subarray(0, 2))).toBe(1)
    expect(tags.next).toBe(0)
    expect((await readFile(at(`out-${order}.${format}`))).includes(thumbnailBytes)).toBe(false)
    const read = await sharp(at(`out-${order}.${format}`)).metadata()
    expect(read).toMatchObject({ width: 48, height: 64, hasProfile: true })
    expect(read.density).toBe(format === 'webp' || format === 'avif' ? undefined : 240)
  })
})

describe('IPTC', () => {
  it.each(['jpeg', 'png', 'tiff'] as const)('travels into %s byte for byte', async (format) => {
    await write(await cameraJpeg('press.jpg', 'MM'), `press.${format}`, format)
    expect((await openPicture(at(`press.${format}`))).blocks.iptc?.equals(iptc)).toBe(true)
  })
})

describe('a TIFF source', () => {
  it.each(formats)('hands its own tags on to %s', async (format) => {
    await write(await cameraJpeg('before.jpg', 'MM'), 'archive.tif', 'tiff', null)
    const source = await openPicture(at('archive.tif'))
    expect(source.info).toMatchObject({ metadata: ['exif', 'iptc', 'xmp', 'icc'], takenAt: '1987-06-05T10:20:30+02:00', density: 240 })
    expect(await write(source, `archive-out.${format}`, format)).toContain('exif')
    const tags = await tagsOf(`archive-out.${format}`, format)
    expect(textIn(tags.ifd0.get(0x010f))).toBe('Kamerawerk')
    expect(tags.exif.get(0x927c)?.equals(makerNote)).toBe(true)
    expect(textIn(tags.gps.get(1))).toBe('N')
  })
})

it('EXIF longer than a JPEG can hold loses its maker note and nothing else', async () => {
  const source = await cameraJpeg('talkative.jpg', 'II')
  const tree = { ifd0: [textEntry(0x010f, 'Kamerawerk')], exif: [textEntry(0x9003, '1987:06:05 10:20:30'), bytesEntry(0x927c, 7, Buffer.alloc(70_000, 1))], gps: [], interop: [] }
  const talkative = { ...source, blocks: { ...source.blocks, exif: null, ifd: tree } }
  expect(await write(talkative, 'talkative-out.jpg', 'jpeg')).toContain('exif')
  const jpeg = await tagsOf('talkative-out.jpg', 'jpeg')
  expect([textIn(jpeg.exif.get(0x9003)), jpeg.exif.has(0x927c)]).toEqual(['1987:06:05 10:20:30', false])
  await write(talkative, 'talkative-out.png', 'png')
  expect((await tagsOf('talkative-out.png', 'png')).exif.get(0x927c)?.length).toBe(70_000)
})

describe('XMP', () => {
  it.each(formats)('of the source stays and the label joins it in %s', async (format) => {
    await write(await cameraJpeg('xmp.jpg', 'II'), `xmp.${format}`, format)
    const text = (await sharp(at(`xmp.${format}`)).metadata()).xmpAsString ?? ''
    expect(text).toContain('Großmutter &lt;1930&gt;')
    expect(text).toContain('xmp:Rating="4"')
    expect(text).toContain('<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>')
    expect(text).toContain('<xmp:CreatorTool>Hourglass Studio 9.9.9</xmp:CreatorTool>')
    expect(text).not.toContain('Some &amp; Scanner')
    expect(text).not.toContain('tiff:Orientation="6"')
    expect(text.match(/Orientation>1</g)).toHaveLength(1)
    expect(text.match(/rdf:about="uuid:1"/g)?.length).toBe(text.match(/rdf:about=/g)?.length)
    expect(await readStamp(at(`xmp.${format}`))).toEqual({ creatorTool: label.creatorTool, recipe: label.recipe, models: label.models, source: 'beef', work: 'work-key-1' })
  })

  it('without label has nothing of ours in it', async () => {
    await write(await cameraJpeg('plain.jpg', 'II'), 'plain-out.jpg', 'jpeg', null)
    const text = (await sharp(at('plain-out.jpg')).metadata()).xmpAsString ?? ''
    expect(text).toContain('Some &amp; Scanner')
    expect(text).not.toMatch(/hourglass/i)
    expect(await readStamp(at('plain-out.jpg'))).toBeNull()
  })

  it('a second label replaces the first', async () => {
    await write(await cameraJpeg('twice.jpg', 'II'), 'once.png', 'png')
    await write(await openPicture(at('once.png')), 'twice.png', 'png', { ...label, work: 'work-key-2', trained: false, source: null })
    const text = (await sharp(at('twice.png')).metadata()).xmpAsString ?? ''
    expect(text.match(/<hourglass:Work>/g)).toHaveLength(1)
    expect(text.match(/CreatorTool/g)).toHaveLength(2)
    expect(await readStamp(at('twice.png'))).toMatchObject({ work: 'work-key-2', source: null })
  })

  it('a recipe longer than a JPEG segment is split as the standard says, and read back whole', async () => {
    const long = { version: 1, steps: [{ step: 'hints', params: { hints: Array.from({ length: 6000 }, (_, i) => ({ x: i / 6000, color: '#123456' })) } }] }
    await write(await cameraJpeg('hints.jpg', 'II'), 'hints-out.jpg', 'jpeg', { ...label, recipe: long })
    expect((await readStamp(at('hints-out.jpg')))?.recipe).toEqual(long)
    const first = (await sharp(at('hints-out.jpg')).metadata()).xmpAsString ?? ''
    expect(first).toContain('compositeWithTrainedAlgorithmicMedia')
    expect(first).toMatch(/<xmpNote:HasExtendedXMP>[0-9A-F]{32}</)
    await write(await openPicture(at('hints-out.jpg')), 'hints-again.png', 'png', null)
    expect((await sharp(at('hints-again.png')).metadata()).xmpAsString).toContain('Großmutter')
  })

  it('that is damaged is left out and told, and the label still gets in', async () => {
    const source = await cameraJpeg('broken.jpg', 'II', '<x:xmpmeta><rdf:RDF>never closed')
    const { kept, notes } = await encodePicture(await decodePicture(source), { path: at('broken-out.jpg'), format: 'jpeg', quality: 80, depth: 8, source, label })
    expect(kept).not.toContain('xmp')
    expect(notes.map(({ code }) => code)).toContain('xmp-lost')
    expect(await readStamp(at('broken-out.jpg'))).toMatchObject({ work: 'work-key-1' })
  })
})

it('a picture without metadata gets the label and a profile, nothing else', async () => {
  await rgb(tones(20, 20), 20, 20).png().toFile(at('bare.png'))
  for (const format of formats) {
    expect(await write(await openPicture(at('bare.png')), `bare-out.${format}`, format)).toEqual([])
    const { exif, iptc: press } = await sharp(at(`bare-out.${format}`)).metadata()
    expect([exif, press]).toEqual([undefined, undefined])
    expect(await readStamp(at(`bare-out.${format}`))).toMatchObject({ work: 'work-key-1' })
  }
})

it('a long profile is cut into numbered JPEG segments that readers join', async () => {
  const segments = iccSegments(Buffer.alloc(150_000, 1))
  expect(segments.map(({ payload }) => [...payload.subarray(12, 14)])).toEqual([[1, 3], [2, 3], [3, 3]])
  expect(segments.reduce((sum, { payload }) => sum + payload.length - 14, 0)).toBe(150_000)
})
