import { closeSync, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs'
import { bytesEntry, rationalEntry, readIfd, readTiffHeader, shortEntry, writeTagTree, type ByteSource, type Entry, type TagTree } from './ifd.ts'

/**
 * Tags of a first directory that say how a file stores its pixels, or carry a block that is written separately:
 * they belong to the new file, never to the old one. (TIFF 6.0, its technical notes, DNG, Photoshop layers.)
 */
const structural = new Set([
  254, 255, 256, 257, 258, 259, 262, 263, 264, 265, 266, 273, 274, 277, 278, 279, 280, 281, 282, 283, 284, 288, 289, 290, 291, 292, 293, 296, 297, 301, 317, 318, 319, 320, 321,
  322, 323, 324, 325, 326, 327, 328, 330, 332, 333, 334, 336, 337, 338, 339, 340, 341, 342, 343, 344, 345, 346, 347, 512, 513, 514, 515, 517, 518, 519, 520, 521, 529, 530, 531, 532,
  700, 33723, 34377, 34665, 34675, 34853, 37724, 40965, 50215,
])
const isStructural = (tag: number): boolean => structural.has(tag) || (tag >= 50706 && tag <= 51182)

const tags = { orientation: 274, xResolution: 282, yResolution: 283, resolutionUnit: 296, xmp: 700, iptc: 33723, photoshop: 34377, icc: 34675 } as const
/** Values of ResolutionUnit: 1 says that the resolutions are a ratio only. libvips makes up a density instead. */
const resolutionUnits = { none: 1, inch: 2 } as const

export interface TiffBlocks {
  tree: TagTree | null
  icc: Buffer | null
  xmp: string | null
  iptc: Buffer | null
  photoshop: Buffer | null
  /** Dots per inch. */
  density: number | null
}

/** Entries of the new first directory: how the pixels lie, from the encoder; what they show, from the source. */
function firstDirectory(encoded: readonly Entry[], blocks: TiffBlocks): Entry[] {
  const added: Entry[] = [
    ...(blocks.tree?.ifd0 ?? []).filter(({ tag }) => !isStructural(tag)),
    shortEntry(tags.orientation, 1),
    rationalEntry(tags.xResolution, blocks.density ?? 1),
    rationalEntry(tags.yResolution, blocks.density ?? 1),
    shortEntry(tags.resolutionUnit, blocks.density === null ? resolutionUnits.none : resolutionUnits.inch),
    ...(blocks.xmp === null ? [] : [bytesEntry(tags.xmp, 1, Buffer.from(blocks.xmp, 'utf8'))]),
    ...(blocks.iptc ? [bytesEntry(tags.iptc, 7, blocks.iptc)] : []),
    ...(blocks.photoshop ? [bytesEntry(tags.photoshop, 1, blocks.photoshop)] : []),
    ...(blocks.icc ? [bytesEntry(tags.icc, 7, blocks.icc)] : []),
  ]
  return [...encoded.filter(({ tag }) => !added.some((entry) => entry.tag === tag)), ...added]
}

/**
 * Gives an encoded little-endian TIFF file a new first directory with the metadata in it, appended at its end:
 * pixels are not touched or read. libvips itself writes no EXIF into TIFF. Synchronous: a few small reads and writes.
 */
export function addTiffMetadata(path: string, blocks: TiffBlocks): void {
  const file = openSync(path, 'r+')
  try {
    const size = fstatSync(file).size
    const source: ByteSource = {
      size,
      read(offset, length) {
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)))
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset))
      },
    }
    const header = readTiffHeader(source)
    if (!header?.littleEndian) throw new Error('The encoder wrote a TIFF that cannot be read back')
    const encoded = readIfd(source, header, header.firstIfd)
    const base = size + (size & 1)
    const tree: TagTree = { exif: [], gps: [], interop: [], ...blocks.tree, ifd0: firstDirectory(encoded, blocks) }
    const directories = writeTagTree(tree, base, header.big)
    // A full disk takes a part without complaint.
    if (writeSync(file, directories, 0, directories.length, base) < directories.length) throw new Error('No space left on device')
    const pointer = Buffer.alloc(header.big ? 8 : 4)
    if (header.big) pointer.writeBigUInt64LE(BigInt(base))
    else pointer.writeUInt32LE(base)
    writeSync(file, pointer, 0, pointer.length, header.big ? 8 : 4)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
