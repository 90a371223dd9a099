import sharp from 'sharp'
import type { ClipInfo } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import type { Picture } from '../../core/film/comparing.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { shownSize, squareSize } from '../../core/film/shape.ts'

/** How large a picture of stored pixels has to be made for one that, upright and square, fits into a box. Never larger than stored. */
export function storedBox(info: ClipInfo, stored: FrameSize, box: Size): FrameSize {
  const shown = shownSize(info)
  const factor = Math.min(1, box.width / shown.width, box.height / shown.height)
  return { width: Math.max(1, Math.round(stored.width * factor)), height: Math.max(1, Math.round(stored.height * factor)) }
}

/** A drawn picture as PNG, none of its values changed. @param upright the clip whose shape of pixels and turn it takes */
export async function encodeDrawn({ data, width, height, channels }: Picture, upright: ClipInfo | null): Promise<Buffer> {
  const raw = sharp(data as Uint8Array<ArrayBuffer>, { raw: { width, height, channels } })
  const square = upright && squareSize({ width, height, sar: upright.sar })
  // Nearest: what differs must not fade.
  const shaped = square && (square.width !== width || square.height !== height) ? raw.resize({ ...square, fit: 'fill', kernel: 'nearest' }) : raw
  const turned = upright && upright.rotation !== 0 && upright.rotation % 90 === 0 ? shaped.rotate((360 - upright.rotation) % 360) : shaped
  return turned.toColourspace(channels === 1 ? 'b-w' : 'srgb').png({ compressionLevel: 2 }).toBuffer()
}
