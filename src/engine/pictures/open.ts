import { open, stat } from 'node:fs/promises'
import type { Metadata } from 'sharp'
import type { Note, PictureInfo } from '../../contract/pictures.ts'
import { fault, noted, worded } from '../../core/texts/wording.ts'
import { readBmpHeader } from './bmp.ts'
import { named, readFailure } from './failures.ts'
import { parseProfile, type ColorProfile } from './icc/profile.ts'
import type { MetadataBlocks } from './metadata/blocks.ts'
import { readMetadata } from './metadata/read.ts'
import { isCameraRaw, takenAt } from './metadata/exif.ts'
import { isLosslessWebp } from './metadata/webp.ts'
import { sniffPicture, type PictureFormat } from './sniff.ts'
import { sharp } from './vips.ts'

/** Which reader turns the file into pixels. */
export type Reader = 'sharp' | 'heic' | 'bmp'

/** A picture file, looked at but not decoded. */
export interface Picture {
  path: string
  info: PictureInfo
  format: PictureFormat
  reader: Reader
  /** Colour channels without alpha: grey or colour (CMYK counts as colour: it is decoded to RGB). */
  grey: boolean
  cmyk: boolean
  profile: ColorProfile | null
  /** A WebP without loss. (Other formats are one or the other, whatever the file.) */
  losslessWebp: boolean
  blocks: MetadataBlocks
}

/** More pixels than this are refused unless the caller allows more: a third of a thousand megapixels. */
export const defaultMaxPixels = 330_000_000

const headBytes = 4096
const tailBytes = 65536

async function readEnds(path: string): Promise<{ head: Buffer; tail: Buffer; bytes: number }> {
  const found = await stat(path)
  if (found.isDirectory()) throw Object.assign(new Error('is a directory'), { code: 'EISDIR' })
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(Math.min(headBytes, found.size))
    await file.read(head, 0, head.length, 0)
    const tail = Buffer.alloc(Math.min(tailBytes, found.size))
    await file.read(tail, 0, tail.length, found.size - tail.length)
    return { head, tail, bytes: found.size }
  } finally {
    await file.close()
  }
}

function formatOf(path: string, head: Buffer): PictureFormat {
  const sniffed = sniffPicture(head)
  if (sniffed.kind === 'picture') return sniffed.format
  if (sniffed.kind === 'foreign') {
    throw fault('unsupported', 'fault.foreign', 'remedy.saveAsOther', { file: named(path), what: worded(sniffed.what) })
  }
  throw fault('bad-input', 'fault.notAPicture', 'remedy.choosePicture', { file: named(path) })
}

/** Sample types and colour spaces that decode to 8 or 16 bits without guessing a range. */
const knownDepths = new Set(['uchar', 'ushort'])

function assertReadable(path: string, format: PictureFormat, metadata: Metadata): void {
  if (format === 'heif') return
  if (!knownDepths.has(metadata.depth ?? '') && metadata.space !== 'lab' && metadata.space !== 'labs') {
    throw fault('unsupported', 'fault.numberKind', 'remedy.sixteenBits', { file: named(path), kind: metadata.depth ?? '?' })
  }
}

/**
 * A JPEG whose end carries no end mark is decoded once, very small: the decoder then says whether data is missing.
 * Files with something appended after the picture have the mark further up and pass.
 */
async function assertComplete(path: string, format: PictureFormat, tail: Buffer): Promise<void> {
  if (format !== 'jpeg' || tail.includes(Buffer.from([0xff, 0xd9]))) return
  await sharp(path, { failOn: 'truncated', limitInputPixels: false }).resize(16, 16, { fit: 'inside' }).raw().toBuffer()
}

interface Header {
  width: number
  height: number
  depth: 8 | 16
  channels: number
  hasAlpha: boolean
  orientation: number
  density: number | null
  pages: number
  grey: boolean
  cmyk: boolean
  reader: Reader
  name: string
  icc: Buffer | null
}

async function readHeader(path: string, format: PictureFormat, head: Buffer): Promise<{ header: Header; metadata: Metadata | null }> {
  if (format === 'bmp') {
    const bmp = readBmpHeader(path, head)
    const header: Header = { ...bmp, depth: 8, channels: 3, hasAlpha: false, orientation: 1, pages: 1, grey: false, cmyk: false, reader: 'bmp', name: 'bmp', icc: null }
    return { header, metadata: null }
  }
  const metadata = await sharp(path, { limitInputPixels: false }).metadata()
  assertReadable(path, format, metadata)
  const hevc = metadata.compression === 'hevc'
  const grey = metadata.space === 'b-w' || metadata.space === 'grey16'
  const header: Header = {
    width: metadata.autoOrient.width,
    height: metadata.autoOrient.height,
    depth: metadata.depth === 'ushort' && !hevc ? 16 : 8,
    channels: Math.min(metadata.channels, 5),
    hasAlpha: metadata.hasAlpha,
    // A HEIF file's own transformations are applied while decoding; its EXIF orientation is informative only.
    orientation: format === 'heif' ? 1 : (metadata.orientation ?? 1),
    density: null,
    pages: metadata.pages ?? 1,
    grey,
    cmyk: metadata.space === 'cmyk',
    reader: hevc ? 'heic' : 'sharp',
    name: format === 'heif' ? (hevc ? 'heic' : 'avif') : format,
    icc: metadata.icc ?? null,
  }
  return { header, metadata }
}

function notesOf(path: string, header: Header): Note[] {
  const notes: Note[] = []
  if (header.pages > 1) {
    notes.push(noted('first-page', 'note.firstPage', { file: named(path), pages: header.pages }))
  }
  return notes
}

/**
 * Looks at a picture file: what it is by its content, its upright size, depth, colour profile and metadata.
 * Sizes are in pixels of the upright picture, 1-bit and palette pictures count as 8 bit.
 * @param limits.maxPixels width × height above which the picture is refused with `too-large`
 * @throws HourglassError `bad-input` (missing, empty, damaged, no picture), `unsupported`, `too-large`
 */
export async function openPicture(path: string, limits: { maxPixels?: number } = {}): Promise<Picture> {
  try {
    const { head, tail, bytes } = await readEnds(path)
    if (bytes === 0) throw fault('bad-input', 'fault.empty', 'remedy.getAgain', { file: named(path) })
    const format = formatOf(path, head)
    const { header, metadata } = await readHeader(path, format, head)
    const maxPixels = limits.maxPixels ?? defaultMaxPixels
    if (header.width * header.height > maxPixels) {
      throw fault('too-large', 'fault.megapixels', 'remedy.smallerCopyOrParts', { file: named(path), megapixels: Math.round((header.width * header.height) / 1e6), most: Math.round(maxPixels / 1e6) })
    }
    await assertComplete(path, format, tail)
    const blocks = await readMetadata(path, format, metadata)
    if (isCameraRaw(blocks.ifd)) {
      throw fault('unsupported', 'fault.foreign', 'remedy.saveAsOther', { file: named(path), what: worded('fault.kind.cameraRaw') })
    }
    const profile = header.icc ? parseProfile(header.icc) : null
    const present: PictureInfo['metadata'] = []
    if (blocks.exif || blocks.ifd) present.push('exif')
    if (blocks.iptc || blocks.photoshop) present.push('iptc')
    if (blocks.xmp) present.push('xmp')
    if (header.icc) present.push('icc')
    const info: PictureInfo = {
      width: header.width,
      height: header.height,
      format: header.name,
      bytes,
      depth: header.depth,
      channels: header.channels,
      hasAlpha: header.hasAlpha,
      orientation: header.orientation,
      density: blocks.density ?? header.density,
      profile: profile?.description ?? null,
      pages: header.pages,
      metadata: present,
      takenAt: takenAt(blocks),
      notes: notesOf(path, header),
    }
    return { path, info, format, reader: header.reader, grey: header.grey, cmyk: header.cmyk, profile, losslessWebp: format === 'webp' && (await isLosslessWebp(path)), blocks }
  } catch (thrown) {
    throw readFailure(path, thrown)
  }
}
