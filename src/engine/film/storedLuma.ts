import { open, rename, rm, stat, type FileHandle } from 'node:fs/promises'
import { asHourglassError } from '../../contract/errors.ts'
import type { Span } from '../../core/film/chunks.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { temporaryBeside } from '../pictures/atomic.ts'

/** What luma that is put by may take of the disk: some five minutes of film. What lies behind is decoded a second time. */
const mostBytes = 256 * 2 ** 20

/** Where luma is put by while a film is looked through: raw frames, one after the other. */
export interface LumaStore {
  readonly file: string
  readonly size: FrameSize
  /** Frames that are put by at most. */
  readonly frames: number
}

const bytesOf = ({ width, height }: FrameSize): number => width * height

/** How much of a span is put by. */
export const lumaStore = (file: string, size: FrameSize, { from, to }: Span): LumaStore => ({ file, size, frames: Math.min(to - from, Math.floor(mostBytes / bytesOf(size))) })

/**
 * Has luma put by, which is there whole or not at all.
 * @param write gets a place to write to, null where there is no room: what cannot be put by is no reason to fail
 */
export async function putBy<Result>({ file, size, frames }: LumaStore, write: (file: string | null) => Promise<Result>): Promise<Result> {
  // Of its own: several processes may look through one film at once.
  const part = temporaryBeside(file)
  try {
    const result = await write(part)
    const written = await stat(part).catch(() => null)
    if (written?.size === frames * bytesOf(size)) await rename(part, file).catch(() => undefined)
    return result
  } catch (thrown) {
    // Before the second try, which may need the room.
    await rm(part, { force: true })
    // ffmpeg ends where one of its outputs finds no room; frames are then missing that the film has.
    if (asHourglassError(thrown).code !== 'bad-input') throw thrown
    return await write(null)
  } finally {
    await rm(part, { force: true })
  }
}

/** Luma of the first frames of a span, as it was put by. */
export class StoredLuma {
  readonly #store: LumaStore
  readonly #from: number
  readonly #file: FileHandle

  private constructor(store: LumaStore, from: number, file: FileHandle) {
    this.#store = store
    this.#from = from
    this.#file = file
  }

  /** @returns null where nothing was put by */
  static async open(store: LumaStore, { from }: Span): Promise<StoredLuma | null> {
    const file = await open(store.file).catch(() => null)
    if (!file) return null
    const { size } = await file.stat()
    if (size === store.frames * bytesOf(store.size)) return new StoredLuma(store, from, file)
    await file.close()
    return null
  }

  /** A frame at a size; null where it was not put by. */
  async frame(n: number, { width, height }: FrameSize): Promise<Uint8Array | null> {
    const { size, frames } = this.#store
    if (n < this.#from || n >= this.#from + frames || width !== size.width || height !== size.height) return null
    const luma = new Uint8Array(bytesOf(size))
    const { bytesRead } = await this.#file.read(luma, 0, luma.length, (n - this.#from) * luma.length)
    return bytesRead === luma.length ? luma : null
  }

  async close(): Promise<void> {
    await this.#file.close()
  }
}
