import type { Size } from '../../contract/pictures.ts'
import { writeAtomically, writePieces } from './atomic.ts'
import { decodePicture, type Pixels } from './decode.ts'
import type { Picture } from './open.ts'
import { toEightBit, withAlpha } from './samples.ts'
import { sharp } from './vips.ts'

const webpQuality = 82
const jpegQuality = 90

/** A file for the screen: whole or not at all, but not forced onto the disk, since it can be made again. */
export async function writeForScreen(out: string, bytes: Uint8Array): Promise<void> {
  await writeAtomically(out, { overwrite: true, original: null, durable: false }, (temporary) => writePieces(temporary, [bytes], { durable: false }))
}

/**
 * Encodes pixels for the screen, as the name ends: PNG for pages, whose fills must be seen to the digit, WebP where there
 * is transparency, else JPEG with full colour resolution, which takes a quarter of the time. Fast rather than small; no metadata.
 */
export async function encodeForScreen(pixels: Pixels, out: string): Promise<Size> {
  const { width, height, channels } = pixels
  const color = pixels.data instanceof Uint16Array ? toEightBit(pixels.data) : pixels.data
  const alpha = pixels.alpha instanceof Uint16Array ? toEightBit(pixels.alpha) : pixels.alpha
  const data = alpha ? withAlpha(color, channels, alpha) : color
  // As in encode.ts: shared memory is read as it is.
  const chain = sharp(data as Uint8Array<ArrayBuffer>, { raw: { width, height, channels: alpha ? 4 : channels } })
  if (out.endsWith('.png')) await writeForScreen(out, await chain.toColourspace(channels === 1 ? 'b-w' : 'srgb').png({ compressionLevel: 2 }).toBuffer())
  else if (out.endsWith('.webp')) await writeForScreen(out, await chain.webp({ quality: webpQuality, effort: 0 }).toBuffer())
  else {
    const opaque = alpha ? chain.flatten({ background: '#ffffff' }) : chain
    const jpeg = opaque.toColourspace(channels === 1 ? 'b-w' : 'srgb').jpeg({ quality: jpegQuality, chromaSubsampling: '4:4:4', optimiseCoding: false })
    await writeForScreen(out, await jpeg.toBuffer())
  }
  return { width, height }
}

/** Writes a small upright sRGB picture, longest side at most `side` pixels, decoded small where the format allows. */
export async function thumbnail(source: Picture | string, side: number, out: string): Promise<Size> {
  return encodeForScreen(await decodePicture(source, { box: { width: side, height: side }, depth: 8 }), out)
}
