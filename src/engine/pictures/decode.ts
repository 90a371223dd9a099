import { dirname } from 'node:path'
import type { Sharp } from 'sharp'
import type { Size } from '../../contract/pictures.ts'
import { isFull } from './atomic.ts'
import { decodeBmp } from './bmp.ts'
import { readFailure } from './failures.ts'
import { decodeHeic } from './heic.ts'
import { greyToSrgb, rgbToSrgb } from './icc/convert.ts'
import { isSrgbCurve, type ColorProfile, type ToneCurve } from './icc/profile.ts'
import { openPicture, type Picture } from './open.ts'
import { channelsOf, release, roomLike, sharedCopy, toEightBit, toSixteenBit, type Samples } from './samples.ts'
import { sharp } from './vips.ts'

/** Pixels of an upright picture in sRGB: rows from the top, channels interleaved, no padding. */
export interface Pixels {
  data: Samples
  width: number
  height: number
  channels: 1 | 3
  /** 8: `data` holds 0…255 (Uint8Array); 16: 0…65535 (Uint16Array). */
  depth: 8 | 16
  /** One value a pixel, the same depth as `data`; null where the picture is opaque. */
  alpha: Samples | null
}

export interface DecodeOptions {
  /** Fit into this box, never enlarging; JPEG and WebP are then decoded small to begin with. */
  box?: Size
  /** Only these rows of the upright picture, at full size. Cannot be combined with `box`. */
  rows?: { top: number; height: number }
  /**
   * 'working' (default): the source's depth, but 16 bit where a colour profile had to be converted, so that the
   * conversion costs no tone. 8: always 8 bit, for previews.
   */
  depth?: 'working' | 8
  /** Put `data` and `alpha` on SharedArrayBuffers, so that threads can share them without copying. */
  shared?: boolean
  /** Onto shared memory, a picture of more decoded bytes goes in bands of about this size, not through a second whole copy. */
  bandBytes?: number
}

/** The grey tone curve to honour, or null where samples already follow sRGB's curve. */
function greyCurve(profile: ColorProfile | null): ToneCurve | null {
  if (!profile || profile.kind === 'srgb') return null
  const curve = profile.kind === 'grey' || profile.kind === 'rgb-matrix' ? profile.curves[0] : undefined
  return curve && !isSrgbCurve(curve) ? curve : null
}

/** How a picture's colours become sRGB. */
export type Conversion =
  | { by: 'none' }
  | { by: 'curve'; curve: ToneCurve }
  | { by: 'matrix'; profile: ColorProfile }
  /** libvips with its colour engine: CMYK and table profiles. */
  | { by: 'engine' }

export function conversionOf(picture: Picture): Conversion {
  if (picture.cmyk) return { by: 'engine' }
  if (picture.grey) {
    const curve = greyCurve(picture.profile)
    return curve ? { by: 'curve', curve } : { by: 'none' }
  }
  switch (picture.profile?.kind) {
    case 'rgb-matrix':
      return { by: 'matrix', profile: picture.profile }
    case 'rgb-table':
      return { by: 'engine' }
    default:
      return { by: 'none' }
  }
}

/** A sharp chain at the start of the picture, turned upright. */
async function chainOf(picture: Picture, conversion: Conversion): Promise<Sharp> {
  if (picture.reader === 'sharp') {
    return sharp(picture.path, {
      failOn: 'error',
      limitInputPixels: false,
      unlimited: true,
      ignoreIcc: conversion.by !== 'engine',
      autoOrient: true,
    })
  }
  const { data, width, height } = await (picture.reader === 'heic' ? decodeHeic(picture.path) : decodeBmp(picture.path))
  return sharp(data, { raw: { width, height, channels: 3 }, limitInputPixels: false })
}

/** The samples of a raw answer, as 8 or 16 bit, without copying where the alignment allows. */
function samplesOf(buffer: Buffer, depth: 8 | 16): Samples {
  if (depth === 8) return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
  if (buffer.byteOffset % 2 === 0) return new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length / 2)
  return new Uint16Array(new Uint8Array(buffer).buffer)
}

function convert(samples: Samples, conversion: Conversion, shared: boolean): Samples {
  switch (conversion.by) {
    case 'curve':
      return greyToSrgb(samples, conversion.curve, shared)
    case 'matrix':
      return rgbToSrgb(samples, conversion.profile, shared)
    default:
      return samples
  }
}

/** A chain that gives the picture's samples before any conversion of our own, and their depth. */
async function readingChain(picture: Picture, conversion: Conversion, options: Pick<DecodeOptions, 'rows' | 'box'>): Promise<{ chain: Sharp; depth: 8 | 16 }> {
  const depth = picture.info.depth === 16 ? 16 : 8
  // A grey picture with alpha is read as colour and gathered: raw output of one-channel pictures loses the alpha.
  const readGrey = picture.grey && !picture.info.hasAlpha
  let chain = await chainOf(picture, conversion)
  if (options.rows) chain = chain.extract({ left: 0, top: options.rows.top, width: picture.info.width, height: options.rows.height })
  if (options.box) chain = chain.resize({ ...options.box, fit: 'inside', withoutEnlargement: true })
  chain = chain.toColourspace(readGrey ? (depth === 16 ? 'grey16' : 'b-w') : depth === 16 ? 'rgb16' : 'srgb')
  // The engine's working space for 16 bit is Display P3: this brings its result on to sRGB.
  if (conversion.by === 'engine' && depth === 16) chain = chain.withIccProfile('srgb')
  return { chain, depth }
}

/** Samples as they were read, `stride` a pixel, as sRGB with alpha apart. May be the same memory. */
function settled(read: Samples, stride: number, picture: Picture, conversion: Conversion, options: Pick<DecodeOptions, 'shared' | 'depth'>): Pick<Pixels, 'data' | 'alpha' | 'channels' | 'depth'> {
  const shared = options.shared ?? false
  const channels: 1 | 3 = picture.grey ? 1 : 3
  const whole = stride === channels
  const inPlace = whole && conversion.by === 'none'
  const color = whole ? read : channelsOf(read, stride, 0, channels, shared)
  let data = convert(color, conversion, shared)
  let alpha = picture.info.hasAlpha && stride === 4 ? channelsOf(read, 4, 3, 1, shared) : null
  if (options.depth === 8 && data instanceof Uint16Array) data = toEightBit(data, shared)
  else if (inPlace && shared) data = sharedCopy(data)
  const depth = data instanceof Uint16Array ? 16 : 8
  if (alpha && depth === 8 && alpha instanceof Uint16Array) alpha = toEightBit(alpha, shared)
  if (alpha && depth === 16 && alpha instanceof Uint8Array) alpha = toSixteenBit(alpha, shared)
  return { data, channels, depth, alpha }
}

async function decodeWhole(picture: Picture, options: DecodeOptions): Promise<Pixels> {
  const conversion = conversionOf(picture)
  const { chain, depth } = await readingChain(picture, conversion, options)
  const { data: buffer, info } = await chain.raw({ depth: depth === 16 ? 'ushort' : 'uchar' }).toBuffer({ resolveWithObject: true })
  const pixels = settled(samplesOf(buffer, depth), info.channels, picture, conversion, options)
  if (pixels.data.buffer !== buffer.buffer) release(buffer)
  return { ...pixels, width: info.width, height: info.height }
}

/**
 * Decodes a picture that the library reads into an uncompressed TIFF, in one pass over its file and a few rows in memory
 * at a time; all of it where it is turned. The samples are those before any conversion of our own.
 * @returns turns whole rows of that file into the rows that `decodePicture` gives
 * @throws HourglassError as `decodePicture`; what writing throws
 */
export async function decodeOntoDisk(picture: Picture, path: string): Promise<(read: Samples, stride: number) => Pick<Pixels, 'data' | 'alpha'>> {
  const conversion = conversionOf(picture)
  try {
    const { chain } = await readingChain(picture, conversion, {})
    await chain.tiff({ compression: 'none', bigtiff: false }).toFile(path)
  } catch (thrown) {
    // Reading and writing are one pass: a full disk must not look like a damaged picture.
    throw (await isFull(dirname(path))) ? thrown : readFailure(picture.path, thrown)
  }
  return (read, stride) => settled(read, stride, picture, conversion, {})
}

/** Decoded at once, where nothing else is said. */
export const defaultBandBytes = 160 << 20

/** How many rows one band may have so that its pixels take at most `bytes`. */
export function bandRows(picture: Picture, bytes = defaultBandBytes): number {
  const { width, depth, hasAlpha } = picture.info
  const conversion = conversionOf(picture).by
  const sampleBytes = depth === 16 || conversion === 'curve' || conversion === 'matrix' ? 2 : 1
  const channels = (picture.grey ? 1 : 3) + Number(hasAlpha)
  return Math.max(16, Math.floor(bytes / (width * channels * sampleBytes)))
}

async function decodeInBands(picture: Picture, options: DecodeOptions, rows: number): Promise<Pixels> {
  const { width, height } = picture.info
  let whole: Pixels | null = null
  for (let top = 0; top < height; top += rows) {
    const band = await decodeWhole(picture, { ...options, shared: false, rows: { top, height: Math.min(rows, height - top) } })
    whole ??= {
      ...band,
      height,
      data: roomLike(band.data, width * height * band.channels, true),
      alpha: band.alpha ? roomLike(band.alpha, width * height, true) : null,
    }
    whole.data.set(band.data, top * width * band.channels)
    if (band.alpha) whole.alpha?.set(band.alpha, top * width)
    release(band.data)
  }
  if (!whole) throw new Error('A picture has at least one row')
  return whole
}

/** Whether rows can be had without decoding all of the picture: not of a turned one, nor through the readers of our own. */
export const readsFromTop = (picture: Picture): boolean => picture.reader === 'sharp' && picture.info.orientation === 1

function decode(picture: Picture, options: DecodeOptions): Promise<Pixels> {
  const rows = bandRows(picture, options.bandBytes)
  const large = rows < picture.info.height && readsFromTop(picture)
  return large && options.shared && !options.box && !options.rows ? decodeInBands(picture, options, rows) : decodeWhole(picture, options)
}

/**
 * Decodes a picture to upright sRGB pixels (see `Pixels`). EXIF orientation 1 to 8 is applied, profiles are
 * converted (grey dot gain and gamma too), CMYK becomes RGB, 16 bit stays 16 bit, grey stays one channel.
 * @throws HourglassError `bad-input` for damaged data, `too-large` when memory does not suffice
 */
export async function decodePicture(source: Picture | string, options: DecodeOptions = {}): Promise<Pixels> {
  const picture = typeof source === 'string' ? await openPicture(source) : source
  try {
    return await decode(picture, options)
  } catch (thrown) {
    throw readFailure(picture.path, thrown)
  }
}
