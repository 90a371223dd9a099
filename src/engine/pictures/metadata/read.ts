import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import type { Metadata } from 'sharp'
import type { MetadataBlocks } from './blocks.ts'
import type { PictureFormat } from '../sniff.ts'
import { withoutPrefix } from './exif.ts'
import { densityOf, entryOf, readTagTree, bufferSource, type ByteSource, type TagTree } from './ifd.ts'
import { app1, app13, jfifDensity, joinExtendedXmp, payloadsOf, readSegments, signatures } from './jpeg.ts'
import { iptcOf } from './photoshop.ts'
import { readPngHead } from './png.ts'
import { mergeExtended } from './xmp.ts'

/** XMP is UTF-8, seldom UTF-16 or -32, told by its byte order mark or its zeros (XMP part 1, 7.3.2). */
export function decodeXmp(bytes: Buffer): string {
  const text = bytes[0] === 0 || bytes[1] === 0 ? decodeWide(bytes) : bytes.toString('utf8')
  return text.replace(/^\ufeff/, '').replace(/\0+$/, '')
}

function decodeWide(bytes: Buffer): string {
  const even = bytes.subarray(0, bytes.length & ~1)
  return bytes[0] === 0 || bytes[0] === 0xfe ? Buffer.from(even).swap16().toString('utf16le') : even.toString('utf16le')
}

/** A tag of a TIFF directory that is more than descriptive reading matter; EXIF proper counts as present then. */
const describesItself = (tree: TagTree): boolean =>
  tree.exif.length > 0 || tree.gps.length > 0 || [0x010e, 0x010f, 0x0110, 0x0132, 0x013b, 0x8298].some((tag) => entryOf(tree.ifd0, tag) !== undefined)

function readTiff(path: string, icc: Buffer | null): MetadataBlocks {
  const file = openSync(path, 'r')
  try {
    const source: ByteSource = {
      size: fstatSync(file).size,
      read(offset, length) {
        const bytes = Buffer.alloc(Math.max(0, Math.min(length, this.size - offset)))
        return bytes.subarray(0, readSync(file, bytes, 0, bytes.length, offset))
      },
    }
    const tree = readTagTree(source)
    const data = (tag: number): Buffer | null => entryOf(tree?.ifd0 ?? [], tag)?.data ?? null
    const photoshop = data(0x8649)
    const xmp = data(0x02bc)
    return {
      exif: null,
      ifd: tree && describesItself(tree) ? tree : null,
      iptc: data(0x83bb) ?? (photoshop ? iptcOf(photoshop) : null),
      photoshop,
      xmp: xmp ? decodeXmp(xmp) : null,
      icc,
      density: tree ? densityOf(tree) : null,
    }
  } finally {
    closeSync(file)
  }
}

function exifDensity(exif: Buffer | null): number | null {
  const tree = exif ? readTagTree(bufferSource(exif)) : null
  return tree ? densityOf(tree) : null
}

async function readJpeg(path: string, icc: Buffer | null): Promise<MetadataBlocks> {
  const segments = await readSegments(path)
  const photoshop = payloadsOf(segments, app13, signatures.photoshop)
  const resources = photoshop.length > 0 ? Buffer.concat(photoshop) : null
  const xmp = payloadsOf(segments, app1, signatures.xmp)[0]
  const extended = joinExtendedXmp(payloadsOf(segments, app1, signatures.extendedXmp))
  const main = xmp ? decodeXmp(xmp) : null
  const exif = payloadsOf(segments, app1, signatures.exif)[0] ?? null
  return {
    exif,
    ifd: null,
    iptc: resources ? iptcOf(resources) : null,
    photoshop: resources,
    xmp: main !== null && extended ? mergeExtended(main, decodeXmp(extended)) : main,
    icc,
    density: exifDensity(exif) ?? jfifDensity(segments),
  }
}

/**
 * The metadata blocks of a picture file. `metadata` is what sharp says of it; null for formats that carry none. Its
 * density is not asked for: libvips makes up 72 dpi wherever a file gives none.
 */
export async function readMetadata(path: string, format: PictureFormat, metadata: Metadata | null): Promise<MetadataBlocks> {
  const icc = metadata?.icc ?? null
  if (format === 'tiff') return readTiff(path, icc)
  if (format === 'jpeg') return readJpeg(path, icc)
  const exif = metadata?.exif ? withoutPrefix(metadata.exif) : null
  const png = format === 'png' ? await readPngHead(path) : null
  return {
    exif,
    ifd: null,
    iptc: png?.iptc ?? null,
    photoshop: null,
    xmp: metadata?.xmp ? decodeXmp(metadata.xmp) : null,
    icc,
    density: exifDensity(exif) ?? png?.density ?? null,
  }
}
