/**
 * What a picture takes in memory on its way from file to file, in MB. Numbers of pixels are exact; what libraries take
 * beside them was measured with the versions in package.json (docs/formats.md), and is rounded up.
 */
import type { OutputFormat } from '../../contract/pictures.ts'
import { conversionOf, defaultBandBytes, readsFromTop } from './decode.ts'
import { streamedFormats } from './encode.ts'
import type { Layout } from './layout.ts'
import type { Picture } from './open.ts'

const mb = 2 ** 20

/** Bytes a pixel that an encoder takes beside the pixels it is given: it holds the whole picture in its own form. */
const encoderBytes: Readonly<Record<OutputFormat, number>> = { jpeg: 0, png: 0, tiff: 0, webp: 16, avif: 38 }
/** Bytes a pixel that a reader of our own takes beside the pixels it gives. */
const readerBytes = { sharp: 0, heic: 12, bmp: 8 } as const
/** Bytes that the library's strips take in all its stages: by the width, of which the engine's own share holds the first. */
const libraryBytes = (width: number): number => 14_500 * Math.max(0, width - 2000)
/** A band and the one before it, which is not collected yet. */
const bandsHeld = 2

/** What is to become of a picture. */
export interface Plan {
  readonly layout: Layout
  readonly format: OutputFormat
  /** Tones are worked on in 16 bits though the picture has 8. */
  readonly widened: boolean
  /** The result gets its own memory, or takes that of the source. */
  readonly inPlace: boolean
  /** The file is decoded again, to measure it. */
  readonly measured: boolean
}

/** Bits a channel of the decoded picture: a conversion of profiles is worked out in 16, so that it costs no tone. */
export function decodedDepth(picture: Picture): 8 | 16 {
  const { by } = conversionOf(picture)
  return picture.info.depth === 16 || by === 'curve' || by === 'matrix' ? 16 : 8
}

/** Bytes of the decoded picture. */
function decodedBytes(picture: Picture): { depth: 8 | 16; pixel: number; pixels: number } {
  const { width, height, hasAlpha } = picture.info
  const depth = decodedDepth(picture)
  return { depth, pixel: (((picture.grey ? 1 : 3) + Number(hasAlpha)) * depth) / 8, pixels: width * height }
}

/** Decoding into memory: the picture, and what is beside it meanwhile. */
function decodingBytes(picture: Picture, whole: number, pixels: number): number {
  const { by } = conversionOf(picture)
  const copies = by === 'curve' || by === 'matrix' ? 2 : 1
  const banded = readsFromTop(picture) && whole > defaultBandBytes
  const beside = banded ? bandsHeld * copies * defaultBandBytes : copies * whole
  // To turn a picture, the library holds all of it.
  const turned = picture.info.orientation === 1 ? 0 : whole
  return whole + beside + turned + readerBytes[picture.reader] * pixels
}

/** MB for the picture worked on as a whole, at the worst moment. */
export function wholeMb(picture: Picture, plan: Plan): number {
  const { depth, pixel, pixels } = decodedBytes(picture)
  const { layout, format } = plan
  const wide = plan.widened && depth === 8 ? 2 : 1
  const source = pixels * pixel * wide
  const alpha = picture.info.hasAlpha ? pixels * ((depth * wide) / 8) : 0
  const resultDepth = plan.widened ? 16 : depth
  const result = plan.inPlace ? 0 : (pixels * 3 * resultDepth) / 8
  const file = (pixels * layout.channels * layout.depth) / 8
  const relaid = layout.back || layout.depth !== resultDepth ? (pixels * 3 * Math.max(layout.depth, layout.back ? 16 : 8)) / 8 : 0
  const encoding = relaid + (layout.channels === 4 ? file + alpha : 0) + encoderBytes[format] * pixels
  const measuring = plan.measured ? file + bandsHeld * Math.min(defaultBandBytes, file) : 0
  const decoding = Math.max(decodingBytes(picture, pixels * pixel, pixels), wide === 2 ? source + pixels * pixel : 0)
  return Math.ceil((Math.max(decoding, source + result + Math.max(encoding, measuring)) + libraryBytes(picture.info.width)) / mb)
}

/** Bands that are held at the worst moment: source, result, as laid out for the file, and garbage of each. */
const bandStages = 10

/**
 * How a picture can be worked on in bands of rows, its pixels on the disk; null where that is not possible.
 * @param roomMb what it may take; small bands fit into little, large ones are a little quicker
 */
export function inBands(picture: Picture, plan: Plan, roomMb: number): { mb: number; bandBytes: number } | null {
  if (!streamedFormats.has(plan.format)) return null
  const { width, orientation } = picture.info
  const { pixel, pixels } = decodedBytes(picture)
  const library = libraryBytes(width)
  const bandMb = Math.min(32, Math.max(2, (roomMb - library / mb) / bandStages))
  // What is turned, or read by a reader of our own, is in memory once as a whole.
  const decoding = picture.reader === 'sharp' ? (orientation === 1 ? 0 : pixels * pixel) : decodingBytes(picture, pixels * pixel, pixels)
  return { mb: Math.ceil((Math.max(decoding, bandStages * bandMb * mb) + library) / mb), bandBytes: bandMb * mb }
}

/** Bytes on the disk that the pixels and the file take meanwhile. */
export function scratchBytes(picture: Picture, plan: Plan): number {
  const { depth, pixel, pixels } = decodedBytes(picture)
  const source = pixels * pixel * (plan.widened && depth === 8 ? 2 : 1)
  const file = (pixels * plan.layout.channels * plan.layout.depth) / 8
  // The encoded file beside the pixels, or the file decoded again; lossless ones may be as large as their pixels.
  return source + 2 * file
}
