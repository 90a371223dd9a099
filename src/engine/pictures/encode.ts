import { stat } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { defaultQuality, type Note, type OutputFormat } from '../../contract/pictures.ts'
import { noted } from '../../core/texts/wording.ts'
import { writeAtomically, writePieces } from './atomic.ts'
import type { Pixels } from './decode.ts'
import { srgbToRgb } from './icc/convert.ts'
import { srgbProfile } from './icc/srgb.ts'
import { composeMetadata, type OutgoingMetadata } from './metadata/compose.ts'
import type { PictureLabel } from './metadata/label.ts'
import { app1, extendedXmpSegments, iccSegments, maxXmpBytes, photoshopSegments, signatures, spliceJpeg, type Segment } from './metadata/jpeg.ts'
import { densityChunk, exifChunk, iccChunk, iptcChunk, pngHeadBytes, xmpChunk } from './metadata/png.ts'
import { addTiffMetadata } from './metadata/tiff.ts'
import { spliceWebp } from './metadata/webp.ts'
import { splitPacket } from './metadata/xmp.ts'
import { withPrefix } from './metadata/exif.ts'
import type { Picture } from './open.ts'
import { toEightBit, toSixteenBit, withAlpha, type Samples } from './samples.ts'
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

interface Prepared {
  data: Samples
  channels: 1 | 3 | 4
  depth: 8 | 16
}

/** Classic TIFF addresses 4 GB; the rest is left for metadata and for data that does not compress. */
const classicTiffBytes = 0xe0000000

const depthOf = (format: OutputFormat, depth: 8 | 16): 8 | 16 => (format === 'png' || format === 'tiff' ? depth : 8)

const atDepth = (samples: Samples, depth: 8 | 16): Samples => {
  if (depth === 8) return samples instanceof Uint16Array ? toEightBit(samples) : samples
  return samples instanceof Uint8Array ? toSixteenBit(samples) : samples
}

/** The pixels as the encoder takes them: in the profile and depth of the file, alpha put back in. */
function prepare(pixels: Pixels, depth: 8 | 16, source: Picture | null): Prepared & { icc: Buffer | null; iccKept: boolean } {
  const profile = source && !source.grey && !source.cmyk ? source.profile : null
  const back = pixels.channels === 3 && profile?.kind === 'rgb-matrix' ? profile : null
  const color = atDepth(back ? srgbToRgb(pixels.data, back) : pixels.data, depth)
  const data = pixels.alpha ? withAlpha(color, pixels.channels, atDepth(pixels.alpha, depth)) : color
  const channels = pixels.alpha ? 4 : pixels.channels
  const own = profile && (back || profile.kind === 'srgb') ? profile.bytes : null
  return { data, channels, depth, icc: channels === 1 ? null : own, iccKept: own !== null && channels !== 1 }
}

function chainOf({ data, channels, depth }: Prepared, size: { width: number; height: number }): Sharp {
  // Raw pixels may lie on shared memory, which the types of sharp do not foresee; it reads them all the same.
  const input = data as Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>
  const chain = sharp(input, { raw: { ...size, channels }, limitInputPixels: false })
  if (channels === 1) return chain.toColourspace(depth === 16 ? 'grey16' : 'b-w')
  return chain.toColourspace(depth === 16 ? 'rgb16' : 'srgb')
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

type EncoderOptions = Pick<EncodeOptions, 'depth'> & { quality: number; lossless: boolean }
type Encoder = (chain: Sharp, options: EncoderOptions, metadata: OutgoingMetadata, pixels: Pixels, temporary: string) => Promise<void>

const encoders: Record<OutputFormat, Encoder> = {
  async jpeg(chain, { quality }, metadata, pixels, temporary) {
    const opaque = pixels.alpha ? chain.flatten({ background: '#ffffff' }) : chain
    // Optimal Huffman tables make the file 3 % smaller and the encoding three times slower: not worth it here.
    const jpeg = await opaque.jpeg({ quality, chromaSubsampling: quality >= fullColorQuality ? '4:4:4' : '4:2:0', optimiseCoding: false }).toBuffer()
    await writePieces(temporary, spliceJpeg(jpeg, jpegSegments(metadata), metadata.density))
  },
  async png(chain, _options, metadata, _pixels, temporary) {
    await writePieces(temporary, splicePng(await chain.png({ compressionLevel: 2, adaptiveFiltering: true }).toBuffer(), metadata))
  },
  async tiff(chain, { depth }, metadata, pixels, temporary) {
    const bigtiff = pixels.width * pixels.height * 4 * (depth / 8) > classicTiffBytes
    // LZW is twice as fast, but makes files of noisy 16-bit tones larger than they were.
    await chain.tiff({ compression: depth === 16 ? 'deflate' : 'lzw', predictor: 'horizontal', bigtiff }).toFile(temporary)
    addTiffMetadata(temporary, metadata)
  },
  async webp(chain, { quality, lossless }, metadata, pixels, temporary) {
    // `exact`: also the colours under full transparency.
    const how = lossless ? { lossless, exact: true } : { quality, smartSubsample: quality >= fullColorQuality }
    const webp = await chain.webp({ ...how, effort: 2 }).toBuffer()
    await writePieces(temporary, [spliceWebp(webp, pixels, metadata)])
  },
  /** AVIF boxes point at each other: the encoder itself takes the metadata over, from a PNG that holds it. */
  async avif(chain, { quality }, metadata, _pixels, temporary) {
    const carrier = Buffer.concat(splicePng(await chain.png({ compressionLevel: 0 }).toBuffer(), metadata))
    const opened = sharp(carrier, { limitInputPixels: false, unlimited: true }).keepIccProfile().keepXmp()
    // Asked to keep EXIF where there is none, libvips makes some up.
    const avif = await (metadata.exif ? opened.keepExif() : opened)
      .avif({ quality, effort: 1, chromaSubsampling: quality >= fullColorQuality ? '4:4:4' : '4:2:0' })
      .toBuffer()
    await writePieces(temporary, [avif])
  },
}

/**
 * Writes a picture into a file: whole or not at all (see `writeAtomically`), with the source's metadata and, if
 * wanted, the label. Pixels are sRGB; where the source has an RGB profile of primaries and curves they are converted
 * back into it and the profile is kept, else the file is sRGB and says so.
 * @throws HourglassError `not-writable`, `no-space`, `too-large`, `cancelled`
 */
export async function encodePicture(pixels: Pixels, options: EncodeOptions): Promise<Encoded> {
  const { format, source, label } = options
  const depth = depthOf(format, options.depth)
  return writeAtomically(options.path, { overwrite: options.overwrite ?? false, original: source?.path ?? null, signal: options.signal }, async (temporary) => {
    const prepared = prepare(pixels, depth, source)
    const { width, height } = pixels
    const icc = prepared.channels === 1 ? null : (prepared.icc ?? (await srgbProfile()))
    const facts = { width, height, srgb: !prepared.iccKept || source?.profile?.kind === 'srgb' }
    const metadata = composeMetadata({ source, label, format, facts, icc, iccKept: prepared.iccKept })
    await encoders[format](chainOf(prepared, { width, height }), { depth, quality: options.quality ?? defaultQuality, lossless: staysLossless(source, options) }, metadata, pixels, temporary)
    const notes = [...metadata.notes]
    if (pixels.alpha && format === 'jpeg') notes.push(noted('alpha-lost', 'note.alphaLost'))
    if (depth < options.depth) notes.push(noted('depth-lost', 'note.depthLost', { format }))
    return { bytes: (await stat(temporary)).size, depth, kept: metadata.kept, notes }
  })
}
