import { closeSync, fstatSync, openSync, readSync, rmSync } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { Sharp } from 'sharp'
import { entryOf, integerOf, integersOf, longEntry, readIfd, readTiffHeader, shortEntry, writeTagTree, type ByteSource, type Entry } from './metadata/ifd.ts'
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

/** Shape and strips of an uncompressed little-endian TIFF, as the picture library writes it. */
function readShape(path: string): { shape: ScratchShape; strips: number[]; rows: number } {
  const file = openSync(path, 'r')
  try {
    const source: ByteSource = {
      size: fstatSync(file).size,
      read(offset, length) {
        const bytes = Buffer.alloc(length)
        return bytes.subarray(0, readSync(file, bytes, 0, length, offset))
      },
    }
    const header = readTiffHeader(source)
    const entries = header?.littleEndian ? readIfd(source, header, header.firstIfd) : []
    const number = (tag: number): number => integerOf(entryOf(entries, tag)) ?? 0
    const [width, height, channels, depth] = [number(tags.width), number(tags.height), number(tags.channels), number(tags.bits)]
    const strips = integersOf(entryOf(entries, tags.stripOffsets))
    const rows = Math.min(number(tags.rowsPerStrip), height)
    const known = (channels === 1 || channels === 3 || channels === 4) && (depth === 8 || depth === 16) && number(tags.compression) === 1
    if (!known || strips.length !== Math.ceil(height / rows)) throw new Error('The picture library wrote a TIFF that cannot be read back')
    return { shape: { width, height, channels, depth }, strips, rows }
  } finally {
    closeSync(file)
  }
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
  /** Where each strip begins. */
  readonly #strips: readonly number[]
  readonly #rowsPerStrip: number
  #removed = false

  private constructor(path: string, shape: ScratchShape, file: FileHandle, strips: readonly number[] | null, rows: number) {
    this.path = path
    this.width = shape.width
    this.height = shape.height
    this.channels = shape.channels
    this.depth = shape.depth
    this.#file = file
    this.#fd = openSync(path, 'r')
    this.#rowBytes = shape.width * shape.channels * (shape.depth / 8)
    this.#row = roomFor(shape.depth, shape.width * shape.channels, false)
    this.#rowsPerStrip = rows
    this.#strips = strips ?? Array.from({ length: Math.ceil(shape.height / rows) }, (_, i) => pixelsAt + i * rows * this.#rowBytes)
  }

  /** A new file for a picture of this shape, with no pixels yet. Remove it when it is not needed any more. */
  static async create(path: string, shape: ScratchShape): Promise<ScratchPicture> {
    const file = await open(path, 'wx+')
    try {
      const scratch = new ScratchPicture(path, shape, file, null, rowsPerStrip)
      await scratch.#writeHead()
      return scratch
    } catch (thrown) {
      await file.close()
      rmSync(path, { force: true })
      throw thrown
    }
  }

  /** An uncompressed TIFF that the picture library wrote; from then on it is this one's to remove. */
  static async open(path: string): Promise<ScratchPicture> {
    const file = await open(path, 'r+')
    try {
      const { shape, strips, rows } = readShape(path)
      return new ScratchPicture(path, shape, file, strips, rows)
    } catch (thrown) {
      await file.close()
      throw thrown
    }
  }

  async #writeHead(): Promise<void> {
    const { width, height, channels, depth } = this
    const stripBytes = rowsPerStrip * this.#rowBytes
    const end = pixelsAt + height * this.#rowBytes
    const directoryAt = end + (end & 1)
    const ifd0: Entry[] = [
      longEntry(tags.width, width),
      longEntry(tags.height, height),
      list(tags.bits, 3, new Array<number>(channels).fill(depth)),
      shortEntry(tags.compression, 1),
      shortEntry(tags.photometric, channels === 1 ? 1 : 2),
      list(tags.stripOffsets, 4, this.#strips),
      shortEntry(tags.channels, channels),
      longEntry(tags.rowsPerStrip, rowsPerStrip),
      list(tags.stripBytes, 4, this.#strips.map((_, i) => Math.min(stripBytes, height * this.#rowBytes - i * stripBytes))),
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

  /** The parts of `count` rows from `top` on that lie in one strip each: where, and how many bytes. */
  *#parts(top: number, count: number): Generator<{ at: number; from: number; bytes: number }> {
    for (let row = top; row < top + count; ) {
      const strip = Math.floor(row / this.#rowsPerStrip)
      const end = Math.min(top + count, (strip + 1) * this.#rowsPerStrip)
      const at = (this.#strips[strip] ?? 0) + (row - strip * this.#rowsPerStrip) * this.#rowBytes
      yield { at, from: (row - top) * this.#rowBytes, bytes: (end - row) * this.#rowBytes }
      row = end
    }
  }

  /** Writes whole rows, from row `top` on. */
  async writeRows(top: number, samples: Samples): Promise<void> {
    const all = bytesOf(samples)
    for (const { at, from, bytes } of this.#parts(top, all.length / this.#rowBytes)) await this.#write(all.subarray(from, from + bytes), at)
  }

  /** Fills `into` with whole rows, from row `top` on. */
  async readRows(top: number, into: Samples): Promise<void> {
    const all = bytesOf(into)
    for (const { at, from, bytes } of this.#parts(top, all.length / this.#rowBytes)) {
      for (let done = 0; done < bytes; ) {
        const { bytesRead } = await this.#file.read(all, from + done, bytes - done, at + done)
        if (bytesRead === 0) throw new Error(`The scratch file ${this.path} ended early`)
        done += bytesRead
      }
    }
  }

  /** One row; it stays as it is until the next one is asked for. */
  row(y: number): Samples {
    for (const { at, bytes } of this.#parts(y, 1)) readSync(this.#fd, bytesOf(this.#row), 0, bytes, at)
    return this.#row
  }

  chain(): Sharp {
    return sharp(this.path, { limitInputPixels: false, unlimited: true, ignoreIcc: true })
  }

  /** Closes and deletes the file; a second time does nothing. */
  async remove(): Promise<void> {
    if (this.#removed) return
    this.#removed = true
    closeSync(this.#fd)
    await this.#file.close()
    rmSync(this.path, { force: true })
  }
}
