import { rm } from 'node:fs/promises'
import { temporaryBeside } from './atomic.ts'
import { decodeOntoDisk, decodePicture, type Pixels } from './decode.ts'
import type { Picture } from './open.ts'
import { roomFor, toSixteenBit, type Samples } from './samples.ts'
import { ScratchPicture } from './scratch.ts'

/** A decoded picture on the disk. */
export interface SourceScratch {
  /** Grey or RGB. */
  readonly color: ScratchPicture & { readonly channels: 1 | 3 }
  /** One value a pixel, of the same depth. */
  readonly alpha: ScratchPicture | null
  remove(): Promise<void>
}

export interface SourceScratchOptions {
  /** The files are made beside this one. */
  readonly beside: string
  /** About so many bytes are in memory at a time. */
  readonly bandBytes: number
  /** 8-bit tones are spread over 16 bits. */
  readonly widened: boolean
  /** Called after each band with the share that is done; what it throws ends the work. */
  readonly onBand: (done: number) => Promise<void>
}

type Rows = Pick<Pixels, 'data' | 'alpha'>

/** The files of a decoded picture, made when the first rows come. */
class Files {
  readonly #beside: string
  readonly #shape: { width: number; height: number }
  color: ScratchPicture | null = null
  alpha: ScratchPicture | null = null

  constructor(beside: string, shape: { width: number; height: number }) {
    this.#beside = beside
    this.#shape = shape
  }

  async #create(channels: 1 | 3, like: Samples): Promise<ScratchPicture> {
    const { width, height } = this.#shape
    return ScratchPicture.create(temporaryBeside(this.#beside), { width, height, channels, depth: like instanceof Uint16Array ? 16 : 8 })
  }

  async write(top: number, channels: 1 | 3, { data, alpha }: Rows): Promise<void> {
    this.color ??= await this.#create(channels, data)
    await this.color.writeRows(top, data)
    if (!alpha) return
    this.alpha ??= await this.#create(1, alpha)
    await this.alpha.writeRows(top, alpha)
  }

  async remove(): Promise<void> {
    await this.color?.remove()
    await this.alpha?.remove()
    this.color = this.alpha = null
  }
}

const spread = (rows: Rows): Rows => ({ data: sixteen(rows.data), alpha: rows.alpha && sixteen(rows.alpha) })
const sixteen = (samples: Samples): Samples => (samples instanceof Uint8Array ? toSixteenBit(samples) : samples)

/** Whether rows that were read are those of the decoded picture already. */
function isSettled(read: Samples, { data, alpha }: Rows, widened: boolean): boolean {
  return data === read && !alpha && !(widened && read instanceof Uint8Array)
}

/** Rows of a picture as they come from the library, through a file of its own; that file itself where it needs no more. */
async function throughLibrary(picture: Picture, files: Files, options: SourceScratchOptions): Promise<void> {
  const path = temporaryBeside(options.beside)
  let read: ScratchPicture | null = null
  try {
    const settle = await decodeOntoDisk(picture, path)
    read = await ScratchPicture.open(path)
    const { width, height, channels, depth } = read
    const most = Math.max(1, Math.min(height, Math.floor(options.bandBytes / (4 * width * channels))))
    for (let top = 0; top < height; top += most) {
      const band = roomFor(depth, Math.min(most, height - top) * width * channels, false)
      await read.readRows(top, band)
      const rows = settle(band, channels)
      if (isSettled(band, rows, options.widened)) {
        files.color = read
        return
      }
      await files.write(top, picture.grey ? 1 : 3, options.widened ? spread(rows) : rows)
      await options.onBand(Math.min(1, (top + most) / height))
    }
  } finally {
    if (files.color !== read) await read?.remove()
    // The library may have failed in the middle of it.
    if (!read) await rm(path, { force: true })
  }
}

/** Rows of a picture that a reader of our own can only decode whole. */
async function throughMemory(picture: Picture, files: Files, options: SourceScratchOptions): Promise<void> {
  const pixels = await decodePicture(picture)
  const { width, height, channels } = pixels
  const most = Math.max(1, Math.floor(options.bandBytes / (2 * width * channels)))
  for (let top = 0; top < height; top += most) {
    const [from, to] = [top * width, Math.min(height, top + most) * width]
    const rows: Rows = { data: pixels.data.subarray(from * channels, to * channels), alpha: pixels.alpha?.subarray(from, to) ?? null }
    await files.write(top, channels, options.widened ? spread(rows) : rows)
    await options.onBand(Math.min(1, (top + most) / height))
  }
}

/**
 * Decodes a picture onto the disk: the same samples as `decodePicture` gives.
 * @throws HourglassError as `decodePicture`; what writing throws
 */
export async function sourceScratch(picture: Picture, options: SourceScratchOptions): Promise<SourceScratch> {
  const files = new Files(options.beside, picture.info)
  try {
    await (picture.reader === 'sharp' ? throughLibrary : throughMemory)(picture, files, options)
    if (!files.color) throw new Error('A picture has at least one row')
    // The first rows told that they are grey or RGB.
    return { color: files.color as SourceScratch['color'], alpha: files.alpha, remove: () => files.remove() }
  } catch (thrown) {
    await files.remove()
    throw thrown
  }
}
