import { extname } from 'node:path'
import sharp, { type OverlayOptions } from 'sharp'
import type { OutputFormat } from '../../contract/pictures.ts'
import { encodePicture, type Pixels } from '../pictures/index.ts'
import { toEightBit } from '../pictures/samples.ts'
import { shrunk } from './views.ts'

const formats: Readonly<Record<string, OutputFormat>> = { '.jpg': 'jpeg', '.jpeg': 'jpeg', '.png': 'png', '.tif': 'tiff', '.tiff': 'tiff', '.webp': 'webp', '.avif': 'avif' }

/** The format that a path's ending stands for; JPEG where it stands for none. */
export function formatOf(path: string): OutputFormat {
  return formats[extname(path).toLowerCase()] ?? 'jpeg'
}

/** Width of the line between before and after. */
const gap = 8
const quality = 90

const asRgb = async (pixels: Pixels): Promise<Buffer> => {
  const chain = sharp(pixels.data as Uint8Array<ArrayBuffer>, { raw: { width: pixels.width, height: pixels.height, channels: pixels.channels } })
  return chain.toColourspace('srgb').removeAlpha().raw().toBuffer()
}

/** Writes original and result side by side into one picture, both of the size of the first. */
export async function writeComparison(before: Pixels, after: Pixels, path: string, format: OutputFormat, overwrite: boolean): Promise<void> {
  const eight: Pixels = after.depth === 8 ? after : { ...after, depth: 8, data: toEightBit(after.data as Uint16Array), alpha: null }
  const small = await shrunk({ ...eight, alpha: null }, before)
  const [left, right] = await Promise.all([asRgb({ ...before, alpha: null }), asRgb(small)])
  const { width, height } = before
  const raw = (data: Buffer, size: { width: number; height: number }): OverlayOptions => ({ input: data, raw: { ...size, channels: 3 }, left: 0, top: 0 })
  const canvas = sharp({ create: { width: width + gap + small.width, height: Math.max(height, small.height), channels: 3, background: '#ffffff' } })
  const { data, info } = await canvas
    .composite([raw(left, before), { ...raw(right, small), left: width + gap }])
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pixels: Pixels = { data: new Uint8Array(data.buffer, data.byteOffset, data.length), width: info.width, height: info.height, channels: 3, depth: 8, alpha: null }
  await encodePicture(pixels, { path, format, quality, depth: 8, source: null, label: null, overwrite })
}
