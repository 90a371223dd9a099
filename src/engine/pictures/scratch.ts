import { closeSync, openSync, readSync, rmSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { longEntry, shortEntry, writeTagTree, type Entry } from './metadata/ifd.ts'
import type { RowSource } from './rows.ts'
import { roomFor, type Samples } from './samples.ts'
import { sharp } from './vips.ts'

/** Tags of TIFF 6.0. */
const tags = { width: 256, height: 257, bits: 258, compression: 259, photometric: 262, stripOffsets: 273, channels: 277, rowsPerStrip: 278, stripBytes: 279, planar: 284, extra: 338 } as const
/** Rows of a TIFF strip: the decoder holds one at a time. */
const rowsPerStrip = 16
/** Pixels begin here, after the header of eight bytes; the directory is written behind them. */
const pixelsAt = 16

const list = (tag: number, type: 3 | 4, values: readonly number[]): Entry => {
  const size = type === 3 ? 2 : 4
  const data = Buffer.alloc(values.length * size)
  values.forEach((value, i) => (type === 3 ? data.writeUInt16LE(value, i * size) : data.writeUInt32LE(value, i * size)))
  return { tag, type, count: values.length, data }
}

const bytesOf = (samples: Samples): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)

export interface ScratchShape {
  readonly width: number
  readonly height: number
  /** 4: RGB with alpha. */
  readonly channels: 1 | 3 | 4
  readonly depth: 8 | 16
}

/**
 * Pixels on the disk instead of in memory: an uncompressed TIFF whose rows lie one after the other, so that they can be
 * written and read as they are, and the picture library can stream the file into any encoder. The machine is little-endian,
 * as every one that Node runs on is today.
 */
export class ScratchPicture implements RowSource {
  readonly path: string
  readonly width: number
  readonly height: number
  readonly channels: 1 | 3 | 4
  readonly depth: 8 | 16
  readonly #file: FileHandle
  readonly #fd: number
  readonly #rowBytes: number
  readonly #row: Samples

  private constructor(path: string, shape: ScratchShape, file: FileHandle) {
    this.path = path
    this.width = shape.width
    this.height = shape.height
    this.channels = shape.channels
    this.depth = shape.depth
    this.#file = file
    this.#fd = openSync(path, 'r')
    this.#rowBytes = shape.width * shape.channels * (shape.depth / 8)
    this.#row = roomFor(shape.depth, shape.width * shape.channels, false)
  }

  /** A new file for a picture of this shape, with no pixels yet. Remove it when it is not needed any more. */
  static async create(path: string, shape: ScratchShape): Promise<ScratchPicture> {
    const file = await open(path, 'wx')
    try {
      const scratch = new ScratchPicture(path, shape, file)
      await scratch.#writeHead()
      return scratch
    } catch (thrown) {
      await file.close()
      rmSync(path, { force: true })
      throw thrown
    }
  }

  async #writeHead(): Promise<void> {
    const { width, height, channels, depth } = this
    const strips = Math.ceil(height / rowsPerStrip)
    const stripBytes = rowsPerStrip * this.#rowBytes
    const end = pixelsAt + height * this.#rowBytes
    const directoryAt = end + (end & 1)
    const ifd0: Entry[] = [
      longEntry(tags.width, width),
      longEntry(tags.height, height),
      list(tags.bits, 3, new Array<number>(channels).fill(depth)),
      shortEntry(tags.compression, 1),
      shortEntry(tags.photometric, channels === 1 ? 1 : 2),
      list(tags.stripOffsets, 4, Array.from({ length: strips }, (_, i) => pixelsAt + i * stripBytes)),
      shortEntry(tags.channels, channels),
      longEntry(tags.rowsPerStrip, rowsPerStrip),
      list(tags.stripBytes, 4, Array.from({ length: strips }, (_, i) => Math.min(stripBytes, height * this.#rowBytes - i * stripBytes))),
      shortEntry(tags.planar, 1),
      // 2: alpha that colour was not multiplied with.
      ...(channels === 4 ? [shortEntry(tags.extra, 2)] : []),
    ]
    const head = Buffer.alloc(8)
    head.write('II', 'latin1')
    head.writeUInt16LE(42, 2)
    head.writeUInt32LE(directoryAt, 4)
    await this.#write(head, 0)
    await this.#write(writeTagTree({ ifd0, exif: [], gps: [], interop: [] }, directoryAt, false), directoryAt)
  }

  /** The disk may take a part and call that success: the rest then fails for its true reason. */
  async #write(bytes: Buffer, at: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) done += (await this.#file.write(bytes, done, bytes.length - done, at + done)).bytesWritten
  }

  /** Writes whole rows, from row `top` on. */
  writeRows(top: number, samples: Samples): Promise<void> {
    return this.#write(bytesOf(samples), pixelsAt + top * this.#rowBytes)
  }

  /** Fills `into` with whole rows, from row `top` on. */
  async readRows(top: number, into: Samples): Promise<void> {
    const bytes = bytesOf(into)
    for (let done = 0; done < bytes.length; ) {
      const { bytesRead } = await this.#file.read(bytes, done, bytes.length - done, pixelsAt + top * this.#rowBytes + done)
      if (bytesRead === 0) throw new Error(`The scratch file ${this.path} ended early`)
      done += bytesRead
    }
  }

  /** One row; it stays as it is until the next one is asked for. */
  row(y: number): Samples {
    readSync(this.#fd, bytesOf(this.#row), 0, this.#rowBytes, pixelsAt + y * this.#rowBytes)
    return this.#row
  }

  chain(): Sharp {
    return sharp(this.path, { limitInputPixels: false, unlimited: true, ignoreIcc: true })
  }

  async remove(): Promise<void> {
    closeSync(this.#fd)
    await this.#file.close()
    rmSync(this.path, { force: true })
  }
}
