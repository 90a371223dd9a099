import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import type { Size } from '../../contract/pictures.ts'
import { densityChunk, pngChunk, pngHeadBytes } from '../pictures/metadata/png.ts'

/** A PNG with this density, and no other. */
function withDensity(png: Buffer, dpi: number | null): Buffer {
  const madeUp = png.toString('latin1', pngHeadBytes + 4, pngHeadBytes + 8) === 'pHYs' ? 21 : 0
  return Buffer.concat([png.subarray(0, pngHeadBytes), ...(dpi === null ? [] : [densityChunk(dpi)]), png.subarray(pngHeadBytes + madeUp)])
}

/** RGBA pixels as PNG, with the page's density. */
export async function encodeLayerPng(rgba: Uint8Array, { width, height }: Size, dpi: number | null): Promise<Buffer> {
  const png = await sharp(rgba, { raw: { width, height, channels: 4 }, limitInputPixels: false }).png({ compressionLevel: 6 }).toBuffer()
  return withDensity(png, dpi)
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const greyscale = 0

/** IHDR (PNG 11.2.1): size, bits, colour type; Deflate, the five filters, no interlacing. */
function headOf({ width, height }: Size, bits: 1 | 8): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([bits, greyscale, 0, 0, 0], 8)
  return pngChunk('IHDR', head)
}

/** One row of bytes as bits, the first pixel in the highest: at and above the threshold white. */
function packRow(grey: Uint8Array, from: number, width: number, threshold: number, out: Uint8Array, to: number): void {
  for (let x = 0; x < width; x++) if ((grey[from + x] as number) >= threshold) out[to + (x >> 3)] = (out[to + (x >> 3)] as number) | (128 >> (x & 7))
}

export interface LineArtOptions {
  /** 1: black and white, as presses take it; 8: with soft edges. */
  readonly bits: 1 | 8
  readonly dpi: number | null
  /** For 1 bit: tones below are ink (0…255). */
  readonly threshold?: number
}

/**
 * Line art alone as greyscale PNG of 1 or 8 bits.
 * @param luminance the page's tones, one byte a pixel, 0 = ink, 255 = paper
 */
export function encodeLineArt(luminance: Uint8Array, size: Size, { bits, dpi, threshold = 128 }: LineArtOptions): Buffer {
  const { width, height } = size
  const stride = 1 + (bits === 1 ? Math.ceil(width / 8) : width)
  const rows = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    // Filter 0: long runs of black and white need no other.
    if (bits === 1) packRow(luminance, y * width, width, threshold, rows, y * stride + 1)
    else rows.set(luminance.subarray(y * width, (y + 1) * width), y * stride + 1)
  }
  return Buffer.concat([signature, headOf(size, bits), ...(dpi === null ? [] : [densityChunk(dpi)]), pngChunk('IDAT', deflateSync(rows, { level: 6 })), pngChunk('IEND', Buffer.alloc(0))])
}
