/** Hint files of any kind in, hint pictures out. */
import { readFile } from 'node:fs/promises'
import type { Hint } from '../../contract/hints.ts'
import type { Size } from '../../contract/pictures.ts'
import { drawHintPicture, hintPictureShortSide, readHintPicture } from '../../core/pages/files/hintPicture.ts'
import { readHintsJson, shapeNote, type HintsRead } from '../../core/pages/files/hintFiles.ts'
import { writeAtomically, writePieces, type AtomicOptions } from '../pictures/atomic.ts'
import { decodePicture } from '../pictures/decode.ts'
import { readFailure } from '../pictures/failures.ts'
import { openPicture } from '../pictures/open.ts'
import { withAlpha } from '../pictures/samples.ts'
import { sniffPicture } from '../pictures/sniff.ts'
import { encodeLayerPng } from './layerPng.ts'

/**
 * Reads hints for a page from a file: `.hints.json`, Style2Paints' points (V4.5 and V3), or a transparent picture with spots
 * of colour; told apart by content.
 * @throws HourglassError `bad-input`, `unsupported`, `too-large`
 */
export async function readHints(path: string, page: Size, name: string): Promise<HintsRead> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw readFailure(path, thrown)
  })
  if (sniffPicture(bytes.subarray(0, 64)).kind !== 'picture') return readHintsJson(bytes, page, name)
  const { width, height, data, alpha, channels } = await decodePicture(await openPicture(path), { depth: 8 })
  const opaque = alpha ?? new Uint8Array(width * height).fill(255)
  const rgba = withAlpha(data, channels, opaque) as Uint8Array
  return { hints: readHintPicture({ width, height, data: rgba }, name), notes: shapeNote({ width, height }, page) }
}

/** Size of a page's hint picture: its own, or smaller with a short side of 1024. */
export function hintPictureSize({ width, height }: Size): Size {
  const scale = Math.min(1, hintPictureShortSide / Math.min(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** Writes a hint picture, whole or not at all. @throws HourglassError `not-writable`, `no-space`, `cancelled` */
export async function writeHintPng(hints: readonly Hint[], page: Size, target: string, options: AtomicOptions): Promise<void> {
  const picture = drawHintPicture(hints, hintPictureSize(page))
  await writeAtomically(target, options, async (temporary) => writePieces(temporary, [await encodeLayerPng(picture.data, picture, null)]))
}
