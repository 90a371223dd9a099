import type { Size } from '../../contract/pictures.ts'
import { writeAtomically, writePieces } from './atomic.ts'
import { decodePicture, type Pixels } from './decode.ts'
import type { Picture } from './open.ts'
import { toEightBit, withAlpha } from './samples.ts'
import { sharp } from './vips.ts'

/** Encodes pixels for the screen: WebP where the name ends so, else JPEG. Fast rather than small; no metadata. */
export async function encodeForScreen(pixels: Pixels, out: string, quality = 82): Promise<Size> {
  const { width, height, channels } = pixels
  const color = pixels.data instanceof Uint16Array ? toEightBit(pixels.data) : pixels.data
  const alpha = pixels.alpha instanceof Uint16Array ? toEightBit(pixels.alpha) : pixels.alpha
  const data = alpha ? withAlpha(color, channels, alpha) : color
  // As in encode.ts: shared memory is read as it is.
  const chain = sharp(data as Uint8Array<ArrayBuffer>, { raw: { width, height, channels: alpha ? 4 : channels } })
  const encoded = out.endsWith('.webp') ? chain.webp({ quality, effort: 0 }) : chain.flatten({ background: '#ffffff' }).jpeg({ quality, optimiseCoding: false })
  const bytes = await encoded.toBuffer()
  await writeAtomically(out, { overwrite: true, original: null }, (temporary) => writePieces(temporary, [bytes]))
  return { width, height }
}

/** Writes a small upright sRGB picture, longest side at most `side` pixels, decoded small where the format allows. */
export async function thumbnail(source: Picture | string, side: number, out: string): Promise<Size> {
  return encodeForScreen(await decodePicture(source, { box: { width: side, height: side }, depth: 8 }), out)
}
