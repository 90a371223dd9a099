import { rm, stat } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { defaultQuality, type Note, type OutputFormat } from '../../contract/pictures.ts'
import { noted } from '../../core/texts/wording.ts'
import { headOf, temporaryBeside, writeAtomically, writePieces } from './atomic.ts'
import type { Pixels } from './decode.ts'
import { srgbProfile } from './icc/srgb.ts'
import { laidOut, layoutOf, type Layout } from './layout.ts'
import { composeMetadata, type OutgoingMetadata } from './metadata/compose.ts'
import type { PictureLabel } from './metadata/label.ts'
import { app1, extendedXmpSegments, iccSegments, maxXmpBytes, photoshopSegments, signatures, spliceJpeg, type Segment } from './metadata/jpeg.ts'
import { densityChunk, exifChunk, iccChunk, iptcChunk, pngHeadBytes, xmpChunk } from './metadata/png.ts'
import { addTiffMetadata } from './metadata/tiff.ts'
import { spliceWebp } from './metadata/webp.ts'
import { splitPacket } from './metadata/xmp.ts'
import { withPrefix } from './metadata/exif.ts'
import type { Picture } from './open.ts'
import { release } from './samples.ts'
import type { ScratchPicture } from './scratch.ts'
import { sharp } from './vips.ts'

export interface EncodeOptions {
  path: string
  format: OutputFormat
  /** 1…100 for JPEG, WebP and AVIF; at 90 and above colour is not subsampled. Null: none is asked for (see `staysLossless`). */
  quality: number | null
  /** Bits a channel wanted; PNG and TIFF have 16, the others always 8. */
  depth: 8 | 16
  /** Where the metadata and the colour profile come from; also the file that is never written over. */
  source: Picture | null
  /** Written into the XMP packet; null for none. */
  label: PictureLabel | null
  overwrite?: boolean
  signal?: AbortSignal
}

export interface Encoded {
  bytes: number
  depth: 8 | 16
  /** Metadata blocks of the source that the file carries: exif, iptc, xmp, icc. */
  kept: string[]
  /** What could not be kept, in plain words. */
  notes: Note[]
}

/** From this quality on JPEG and AVIF keep full colour resolution. */
const fullColorQuality = 90

/** Classic TIFF addresses 4 GB; the rest is left for metadata and for data that does not compress. */
const classicTiffBytes = 0xe0000000

const spaces = { grey: { 8: 'b-w', 16: 'grey16' }, color: { 8: 'srgb', 16: 'rgb16' } } as const

/** What an encoder works from: a fresh chain, the picture's size, and how its pixels lie. */
interface Encodable {
  chain: () => Sharp
  width: number
  height: number
  layout: Layout
}

function inMemory(pixels: Pixels, layout: Layout): Encodable {
  const { width, height } = pixels
  // Raw pixels may lie on shared memory, which the types of sharp do not foresee; it reads them all the same.
  const input = laidOut(pixels, layout) as Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>
  return { chain: () => sharp(input, { raw: { width, height, channels: layout.channels }, limitInputPixels: false }), width, height, layout }
}

function jpegSegments(metadata: OutgoingMetadata): Segment[] {
  const segments: Segment[] = []
  if (metadata.exif) segments.push({ marker: app1, payload: withPrefix(metadata.exif) })
  if (metadata.xmp !== null) {
    const whole = Buffer.from(metadata.xmp, 'utf8')
    if (whole.length <= maxXmpBytes) segments.push({ marker: app1, payload: Buffer.concat([signatures.xmp, whole]) })
    else {
      const { main, extended, guid } = splitPacket(metadata.xmp, metadata.shortXmp)
      segments.push({ marker: app1, payload: Buffer.concat([signatures.xmp, Buffer.from(main, 'utf8')]) }, ...extendedXmpSegments(extended, guid))
    }
  }
  if (metadata.icc) segments.push(...iccSegments(metadata.icc))
  if (metadata.photoshop) segments.push(...photoshopSegments(metadata.photoshop))
  return segments
}

function pngChunks(metadata: OutgoingMetadata): Buffer[] {
  return [
    ...(metadata.icc ? [iccChunk(metadata.icc)] : []),
    ...(metadata.density === null ? [] : [densityChunk(metadata.density)]),
    ...(metadata.exif ? [exifChunk(metadata.exif)] : []),
    ...(metadata.xmp === null ? [] : [xmpChunk(metadata.xmp)]),
    ...(metadata.iptc ? [iptcChunk(metadata.iptc)] : []),
  ]
}

function splicePng(png: Buffer, metadata: OutgoingMetadata): Buffer[] {
  // libvips writes a density of its own making, and a second one is not allowed (PNG 5.6).
  const madeUp = png.toString('latin1', pngHeadBytes + 4, pngHeadBytes + 8) === 'pHYs'
  return [png.subarray(0, pngHeadBytes), ...pngChunks(metadata), png.subarray(pngHeadBytes + (madeUp ? 21 : 0))]
}

/** Whether a picture that came without loss as WebP is written so again: as WebP, unless a quality is asked for. */
export function staysLossless(source: Picture | null, { format, quality }: Pick<EncodeOptions, 'format' | 'quality'>): boolean {
  return format === 'webp' && quality === null && (source?.losslessWebp ?? false)
}

/** From so many bytes of pixels on, what was encoded goes through a file of its own: it may be as large again. */
const spillBytes = 128 << 20

const bytesOf = ({ width, height, layout }: Encodable): number => (width * height * layout.channels * layout.depth) / 8

/** Writes what a chain encodes, with pieces put in near its start: from memory, or where it is large through a file. */
async function writeSpliced(chain: Sharp, picture: Encodable, temporary: string, splice: (head: Buffer) => Buffer[]): Promise<void> {
  if (bytesOf(picture) < spillBytes) {
    const encoded = await chain.toBuffer()
    await writePieces(temporary, splice(encoded))
    release(encoded)
    return
  }
  const bare = temporaryBeside(temporary)
  try {
    await chain.toFile(bare)
    await writePieces(temporary, splice(await headOf(bare)), { rest: bare })
  } finally {
    await rm(bare, { force: true })
  }
}

type EncoderOptions = Pick<EncodeOptions, 'depth'> & { quality: number; lossless: boolean }
type Encoder = (chain: Sharp, options: EncoderOptions, metadata: OutgoingMetadata, picture: Encodable, temporary: string) => Promise<void>

const encoders: Record<OutputFormat, Encoder> = {
  async jpeg(chain, { quality }, metadata, picture, temporary) {
    const opaque = picture.layout.channels === 4 ? chain.flatten({ background: '#ffffff' }) : chain
    // Optimal Huffman tables make the file 3 % smaller and the encoding three times slower: not worth it here.
    const encoder = opaque.jpeg({ quality, chromaSubsampling: quality >= fullColorQuality ? '4:4:4' : '4:2:0', optimiseCoding: false })
    await writeSpliced(encoder, picture, temporary, (head) => spliceJpeg(head, jpegSegments(metadata), metadata.density))
  },
  async png(chain, _options, metadata, picture, temporary) {
    await writeSpliced(chain.png({ compressionLevel: 2, adaptiveFiltering: true }), picture, temporary, (head) => splicePng(head, metadata))
  },
  async tiff(chain, { depth }, metadata, { width, height }, temporary) {
    const bigtiff = width * height * 4 * (depth / 8) > classicTiffBytes
    // LZW is twice as fast, but makes files of noisy 16-bit tones larger than they were.
    await chain.tiff({ compression: depth === 16 ? 'deflate' : 'lzw', predictor: 'horizontal', bigtiff }).toFile(temporary)
    addTiffMetadata(temporary, metadata)
  },
  async webp(chain, { quality, lossless }, metadata, picture, temporary) {
    // `exact`: also the colours under full transparency.
    const how = lossless ? { lossless, exact: true } : { quality, smartSubsample: quality >= fullColorQuality }
    const webp = await chain.webp({ ...how, effort: 2 }).toBuffer()
    await writePieces(temporary, [spliceWebp(webp, picture, metadata)])
    release(webp)
  },
  /** AVIF boxes point at each other: the encoder itself takes the metadata over, from a PNG that holds it. */
  async avif(chain, { quality }, metadata, _picture, temporary) {
    const carrier = Buffer.concat(splicePng(await chain.png({ compressionLevel: 0 }).toBuffer(), metadata))
    const opened = sharp(carrier, { limitInputPixels: false, unlimited: true }).keepIccProfile().keepXmp()
    // Asked to keep EXIF where there is none, libvips makes some up.
    const avif = await (metadata.exif ? opened.keepExif() : opened)
      .avif({ quality, effort: 1, chromaSubsampling: quality >= fullColorQuality ? '4:4:4' : '4:2:0' })
      .toBuffer()
    await writePieces(temporary, [avif])
  },
}

async function encode(make: (layout: Layout) => Encodable, layout: Layout, options: EncodeOptions): Promise<Encoded> {
  const { format, source, label } = options
  const { channels, depth, iccKept } = layout
  return writeAtomically(options.path, { overwrite: options.overwrite ?? false, original: source?.path ?? null, signal: options.signal }, async (temporary) => {
    const picture = make(layout)
    const { width, height } = picture
    const icc = channels === 1 ? null : (layout.icc ?? (await srgbProfile()))
    const facts = { width, height, srgb: !iccKept || source?.profile?.kind === 'srgb' }
    const metadata = composeMetadata({ source, label, format, facts, icc, iccKept })
    const chain = picture.chain().toColourspace(spaces[channels === 1 ? 'grey' : 'color'][depth])
    await encoders[format](chain, { depth, quality: options.quality ?? defaultQuality, lossless: staysLossless(source, options) }, metadata, picture, temporary)
    const notes = [...metadata.notes]
    if (channels === 4 && format === 'jpeg') notes.push(noted('alpha-lost', 'note.alphaLost'))
    if (depth < options.depth) notes.push(noted('depth-lost', 'note.depthLost', { format }))
    return { bytes: (await stat(temporary)).size, depth, kept: metadata.kept, notes }
  })
}

/**
 * Writes a picture into a file: whole or not at all (see `writeAtomically`), with the source's metadata and, if
 * wanted, the label. Pixels are sRGB; where the source has an RGB profile of primaries and curves they are converted
 * back into it and the profile is kept, else the file is sRGB and says so.
 * @throws HourglassError `not-writable`, `no-space`, `too-large`, `cancelled`
 */
export async function encodePicture(pixels: Pixels, options: EncodeOptions): Promise<Encoded> {
  return encode((layout) => inMemory(pixels, layout), layoutOf({ channels: pixels.channels, hasAlpha: pixels.alpha !== null }, options), options)
}

/** The formats whose encoders take a picture row by row; the others need all of it in memory. */
export const streamedFormats: ReadonlySet<OutputFormat> = new Set<OutputFormat>(['jpeg', 'png', 'tiff'])

/**
 * The same file as `encodePicture` writes, from pixels on the disk.
 * @param scratch filled with `laidOut` rows of this layout
 */
export async function encodeScratch(scratch: ScratchPicture, layout: Layout, options: EncodeOptions): Promise<Encoded> {
  return encode(() => ({ chain: () => scratch.chain(), width: scratch.width, height: scratch.height, layout }), layout, options)
}
