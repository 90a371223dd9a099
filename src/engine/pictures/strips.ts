import { bandRows, decodePicture, type Pixels } from './decode.ts'
import type { Picture } from './open.ts'

/** Rows `top` … `top + pixels.height` of an upright picture. */
export interface Strip {
  top: number
  pixels: Pixels
}

export interface StripOptions {
  rowsPerStrip: number
  /** Decoded at once, in bytes: a larger band means fewer passes over a file that can only be read from its top. */
  bandBytes?: number
  signal?: AbortSignal
}

/**
 * Reads a picture from top to bottom in strips of whole rows, holding at most one band of it in memory. For pictures
 * that would not fit whole; the strips equal the rows of `decodePicture` bit for bit. The last strip may be shorter.
 * Strips of one band share its memory: use one before asking for the next band, or copy it.
 */
export async function* readStrips(picture: Picture, options: StripOptions): AsyncGenerator<Strip, void, void> {
  const { width, height } = picture.info
  const perStrip = Math.max(1, options.rowsPerStrip)
  const perBand = Math.ceil(bandRows(picture, options.bandBytes) / perStrip) * perStrip
  for (let top = 0; top < height; top += perBand) {
    options.signal?.throwIfAborted()
    const band = await decodePicture(picture, { rows: { top, height: Math.min(perBand, height - top) } })
    const rowSamples = width * band.channels
    for (let row = 0; row < band.height; row += perStrip) {
      const end = Math.min(row + perStrip, band.height)
      yield {
        top: top + row,
        pixels: {
          ...band,
          height: end - row,
          data: band.data.subarray(row * rowSamples, end * rowSamples),
          alpha: band.alpha?.subarray(row * width, end * width) ?? null,
        },
      }
    }
  }
}
