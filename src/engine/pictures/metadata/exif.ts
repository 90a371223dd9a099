import type { Size } from '../../../contract/pictures.ts'
import { bufferSource, entryOf, integerOf, longEntry, readPlaces, readTagTree, readTiffHeader, shortEntry, textOf, writeTagTree, type Entry, type Place, type TagTree, type TiffHeader } from './ifd.ts'
import type { MetadataBlocks } from './blocks.ts'

const tags = {
  imageWidth: 0x0100,
  imageLength: 0x0101,
  orientation: 0x0112,
  stripOffsets: 0x0111,
  stripByteCounts: 0x0117,
  thumbnailOffset: 0x0201,
  thumbnailLength: 0x0202,
  dateTime: 0x0132,
  dateTimeOriginal: 0x9003,
  dateTimeDigitized: 0x9004,
  offsetTimeOriginal: 0x9011,
  makerNote: 0x927c,
  colorSpace: 0xa001,
  pixelXDimension: 0xa002,
  pixelYDimension: 0xa003,
  exifPointer: 0x8769,
} as const

const prefix = Buffer.from('Exif\0\0', 'latin1')

/** An EXIF block without the six bytes that JPEG puts before it. */
export const withoutPrefix = (block: Buffer): Buffer => (block.subarray(0, 6).equals(prefix) ? block.subarray(6) : block)
export const withPrefix = (block: Buffer): Buffer => Buffer.concat([prefix, block])

/**
 * Tags of a TIFF's first directory that describe the picture and not how this file stores it: those that a
 * block of EXIF may hold (Exif 2.32, table 4, and the XP… and rating tags of Windows).
 */
const descriptive = new Set([
  0x000b, 0x010d, 0x010e, 0x010f, 0x0110, 0x011a, 0x011b, 0x011d, 0x0128, 0x0131, 0x0132, 0x013b, 0x013c, 0x4746, 0x4749, 0x8298, 0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e,
  0x9c9f, 0xc4a5,
])

/** What the written picture is, for the tags that speak of it. */
export interface PictureFacts extends Size {
  /** Its pixels are sRGB (and not in a profile carried over from the source). */
  srgb: boolean
}

function writeNumber(block: Buffer, header: TiffHeader, place: Place, value: number): void {
  if (place.count !== 1 || place.at + place.bytes > block.length) return
  if (place.type === 3 && value <= 0xffff) {
    if (header.littleEndian) block.writeUInt16LE(value, place.at)
    else block.writeUInt16BE(value, place.at)
  } else if (place.type === 4 || place.type === 9) {
    if (header.littleEndian) block.writeUInt32LE(value, place.at)
    else block.writeUInt32BE(value, place.at)
  }
}

function numberOf(block: Buffer, header: TiffHeader, place: Place | undefined): number {
  if (!place || place.count !== 1 || place.bytes < 1 || place.bytes > 4 || place.at + place.bytes > block.length) return 0
  return header.littleEndian ? block.readUIntLE(place.at, place.bytes) : block.readUIntBE(place.at, place.bytes)
}

/** Unlinks the second directory (the thumbnail) and wipes its picture; returns the block's new length. */
function dropThumbnail(block: Buffer, header: TiffHeader, nextAt: number, next: number): number {
  const found = readPlaces(bufferSource(block), header, next)
  const place = (tag: number): Place | undefined => found?.places.find((one) => one.tag === tag)
  if (nextAt + 4 <= block.length) block.fill(0, nextAt, nextAt + 4)
  let length = block.length
  for (const [offsetTag, lengthTag] of [[tags.thumbnailOffset, tags.thumbnailLength], [tags.stripOffsets, tags.stripByteCounts]] as const) {
    const from = numberOf(block, header, place(offsetTag))
    const bytes = numberOf(block, header, place(lengthTag))
    if (from < 8 || bytes === 0 || from + bytes > block.length) continue
    block.fill(0, from, from + bytes)
    if (from + bytes >= block.length - 1) length = from
  }
  return length
}

/**
 * A block of EXIF for the new picture, patched where it stands so that maker notes keep their inner offsets:
 * orientation 1, sizes and colour space as they are now, thumbnail gone. Null where the block cannot be read.
 */
function patched(source: Buffer, facts: PictureFacts): Buffer | null {
  const block = Buffer.from(source)
  const header = readTiffHeader(bufferSource(block))
  if (!header || header.big) return null
  const first = readPlaces(bufferSource(block), header, header.firstIfd)
  if (!first) return null
  const set = (places: readonly Place[], tag: number, value: number): void => {
    const place = places.find((one) => one.tag === tag)
    if (place) writeNumber(block, header, place, value)
  }
  set(first.places, tags.orientation, 1)
  set(first.places, tags.imageWidth, facts.width)
  set(first.places, tags.imageLength, facts.height)
  const exifAt = numberOf(block, header, first.places.find((one) => one.tag === tags.exifPointer))
  const exif = exifAt > 0 ? readPlaces(bufferSource(block), header, exifAt) : null
  if (exif) {
    set(exif.places, tags.pixelXDimension, facts.width)
    set(exif.places, tags.pixelYDimension, facts.height)
    if (facts.srgb) set(exif.places, tags.colorSpace, 1)
  }
  const length = first.next > 0 ? dropThumbnail(block, header, first.nextAt, first.next) : block.length
  return block.subarray(0, length)
}

const replaced = (entries: readonly Entry[], wanted: readonly Entry[]): Entry[] => [
  ...entries.filter((entry) => !wanted.some((one) => one.tag === entry.tag)),
  ...wanted,
]

/** The same changes on a tree of tags. Size tags are only touched where they were. */
export function adapted(tree: TagTree, facts: PictureFacts): TagTree {
  const present = (tag: number, value: Entry): Entry[] => (entryOf(tree.exif, tag) ? [value] : [])
  return {
    ...tree,
    exif: replaced(tree.exif, [
      ...present(tags.pixelXDimension, longEntry(tags.pixelXDimension, facts.width)),
      ...present(tags.pixelYDimension, longEntry(tags.pixelYDimension, facts.height)),
      ...(facts.srgb ? present(tags.colorSpace, shortEntry(tags.colorSpace, 1)) : []),
    ]),
  }
}

const classicHeader = Buffer.from([0x49, 0x49, 42, 0, 8, 0, 0, 0])

function blockOf(tree: TagTree): Buffer {
  return Buffer.concat([classicHeader, writeTagTree(tree, classicHeader.length, false)])
}

/** Exif says a block fits one JPEG segment: 65,535 less the length field and the prefix. */
export const maxExifBytes = 65527

/**
 * The EXIF block (from its TIFF header on) to write into any format but TIFF; null where the source has none.
 * @param limit bytes the format can hold; a longer block loses its maker note first
 */
export function exifFor(blocks: MetadataBlocks, facts: PictureFacts, limit: number): Buffer | null {
  if (blocks.exif) {
    const block = patched(blocks.exif, facts)
    if (block && block.length <= limit) return block
  }
  const tree = tagsOf(blocks)
  if (!tree) return null
  const made = adapted({ ...tree, ifd0: replaced(tree.ifd0.filter((entry) => descriptive.has(entry.tag)), [shortEntry(tags.orientation, 1)]) }, facts)
  const block = blockOf(made)
  if (block.length <= limit) return block
  const lean = blockOf({ ...made, exif: made.exif.filter((entry) => entry.tag !== tags.makerNote) })
  return lean.length <= limit ? lean : null
}

/** The source's tags as a tree, from its EXIF block or its own directories. */
export function tagsOf(blocks: MetadataBlocks): TagTree | null {
  return blocks.ifd ?? (blocks.exif ? readTagTree(bufferSource(blocks.exif)) : null)
}

/** When the picture was taken, ISO 8601 in the camera's local time (with its offset where told), or null. */
export function takenAt(blocks: MetadataBlocks): string | null {
  const tree = tagsOf(blocks)
  if (!tree) return null
  const text = textOf(entryOf(tree.exif, tags.dateTimeOriginal)) ?? textOf(entryOf(tree.exif, tags.dateTimeDigitized))
  const found = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(text ?? '')
  if (!found || found[1] === '0000') return null
  const offset = /^[+-]\d\d:\d\d/.exec(textOf(entryOf(tree.exif, tags.offsetTimeOriginal)) ?? '')
  return `${found[1]}-${found[2]}-${found[3]}T${found[4]}${offset?.[0] ?? ''}`
}

/** A TIFF that is a camera's raw file (DNG version tag) holds no picture that could be coloured as it is. */
export const isCameraRaw = (tree: TagTree | null): boolean => integerOf(entryOf(tree?.ifd0 ?? [], 0xc612)) !== null
