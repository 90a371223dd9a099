import type { ClipIndex } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import { startJpegs, type FrameKind, type JpegMaker } from './jpegs.ts'
import type { Reading } from './options.ts'
import { bytesOfFrame, readFrame, readFrames, startFor, type NativeFrame } from './planes.ts'

/** Frames that a decoder is ahead of the playhead. */
const aheadFrames = 48
/** Going backwards, frames are read in windows of so many, the next one while so many are left. */
const backWindow = { frames: 72, openAt: 32 }
/** Decoded frames before the one that was jumped to, kept until there is time to make JPEGs of them: for steps back. */
const heldFrames = 20
const heldBytes = 64 * 2 ** 20
/** Frames on their way to a JPEG at once. */
const together = 4
/** JPEGs kept, bytes: some 200 frames of 1080p. */
const keptBytes = 96 * 2 ** 20
/** A decoder that nobody wants anything of is ended after this. */
const idleMs = 30_000

/** One decoder at work; forwards it goes to the clip's end and waits for the playhead, backwards it has an end. */
interface Window {
  readonly last: number
  readonly stop: AbortController
  /** Frames that somebody waits for. */
  readonly awaited: Map<number, (() => void)[]>
  /** The frame that was asked for: it goes before those that come on the way to it. */
  readonly wanted: number
  next: number
  /** Lets a waiting decoder look again how far the playhead is. */
  resume: () => void
}

/**
 * Exact stills of one clip at one size, for a playhead that steps. A frame that is neither kept nor on its way is
 * decoded by itself; a decoder then reads on from there. What is not needed any more is stopped.
 */
class Stills {
  readonly #path: string
  readonly #index: ClipIndex
  readonly #box: Size
  readonly #kept = new Map<number, Buffer>()
  #bytes = 0
  /** Decoded frames that wait until somebody wants them or there is time. */
  readonly #held = new Map<number, NativeFrame>()
  /** Frames that are on their way to a JPEG. */
  readonly #making = new Map<number, Promise<void>>()
  #draining = false
  #window: Window | null = null
  #maker: { readonly like: string; readonly jpegs: JpegMaker } | null = null
  #at = -1

  constructor(path: string, index: ClipIndex, box: Size) {
    this.#path = path
    this.#index = index
    this.#box = box
  }

  isOf(index: ClipIndex, box: Size): boolean {
    return this.#index === index && this.#box.width === box.width && this.#box.height === box.height
  }

  /** Frame `n` as JPEG. @throws HourglassError as `readFrame` */
  async get(n: number, reading: Reading): Promise<Buffer> {
    const forwards = n >= this.#at
    this.#at = n
    this.#window?.resume()
    await this.#coming(n, reading)
    const bytes = bytesOfFrame(this.#index)
    if (!this.#kept.has(n) && bytes !== null && n <= this.#end) {
      // Started while the decoder is on its way to the frame.
      if (!this.#maker) this.#makerFor(this.#index.info, reading)
      // The decoder that reads on brings this frame first, and on its way to it those before.
      const held = Math.min(heldFrames, Math.floor(heldBytes / bytes))
      this.#open(Math.max(Math.min(n, startFor(this.#index, n)), n - held, 0), this.#end, reading, n)
      await this.#coming(n, reading)
    }
    const jpeg = this.#kept.get(n) ?? (await this.#alone(n, reading))
    this.#keep(n, jpeg)
    if (this.#at === n) this.#readOn(n, forwards, reading)
    return jpeg
  }

  get #end(): number {
    return this.#index.pts.length - 1
  }

  async #alone(n: number, reading: Reading): Promise<Buffer> {
    this.#stop()
    return this.#jpegOf(await readFrame(this.#path, this.#index, n, reading), reading)
  }

  close(): void {
    this.#stop()
    this.#held.clear()
    this.#maker?.jpegs.close()
    this.#maker = null
  }

  /** What makes JPEGs of frames like this one. */
  #makerFor(frame: FrameKind, { tools }: Reading): JpegMaker {
    const like = `${frame.width}x${frame.height} ${frame.pixelFormat}`
    if (this.#maker?.like !== like) {
      this.#maker?.jpegs.close()
      this.#maker = { like, jpegs: startJpegs(tools, this.#index.info, frame, this.#box) }
    }
    return this.#maker.jpegs
  }

  async #jpegOf(frame: NativeFrame, reading: Reading): Promise<Buffer> {
    const maker = this.#makerFor(frame, reading)
    try {
      return await maker.make(frame)
    } catch (thrown) {
      this.#maker = null
      throw thrown
    }
  }

  #keep(n: number, jpeg: Buffer): void {
    this.#bytes += jpeg.length - (this.#kept.get(n)?.length ?? 0)
    this.#kept.delete(n)
    this.#kept.set(n, jpeg)
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= keptBytes || oldest === n) break
      this.#kept.delete(oldest)
      this.#bytes -= length
    }
  }

  /** Settles when frame `n` was read by the decoder that is open, or will not be. */
  async #coming(n: number, reading: Reading): Promise<void> {
    const held = this.#held.get(n)
    const making = held ? this.#convert(held, n, reading) : this.#making.get(n)
    if (making) return making
    const window = this.#window
    if (!window || this.#kept.has(n) || n < window.next || n > Math.min(window.last, window.next + 2 * aheadFrames)) return
    await new Promise<void>((resolve) => window.awaited.set(n, [...(window.awaited.get(n) ?? []), resolve]))
  }

  #stop(): void {
    this.#window?.stop.abort()
    this.#window?.resume()
    this.#window = null
  }

  /** Sees to it that frames in the direction of the playhead are on their way. */
  #readOn(n: number, forwards: boolean, reading: Reading): void {
    const step = forwards ? 1 : -1
    const near = forwards ? aheadFrames : backWindow.openAt
    let missing = n
    const coming = (frame: number): boolean => this.#kept.has(frame) || this.#held.has(frame) || this.#making.has(frame)
    while (missing >= 0 && missing <= this.#end && coming(missing) && Math.abs(missing - n) <= near) missing += step
    if (missing < 0 || missing > this.#end || Math.abs(missing - n) > near) return
    const window = this.#window
    if (window && missing >= window.next && missing <= window.last) return
    if (forwards) this.#open(missing, this.#end, reading)
    else this.#open(Math.max(0, missing - backWindow.frames + 1), missing, reading)
  }

  #open(first: number, last: number, reading: Reading, wanted = first): void {
    this.#stop()
    const window: Window = { last, stop: new AbortController(), awaited: new Map(), wanted, next: first, resume: () => undefined }
    this.#window = window
    void this.#run(window, first, reading)
  }

  /** Waits until the playhead is near enough. Backwards there is nothing to wait for. */
  async #nearby(window: Window, n: number): Promise<void> {
    const far = (): boolean => window.last === this.#end && n > this.#at + aheadFrames && !window.stop.signal.aborted
    while (far()) {
      await new Promise<void>((resolve) => {
        const idle = setTimeout(() => {
          if (this.#window === window) this.#stop()
          resolve()
        }, idleMs).unref()
        window.resume = () => {
          clearTimeout(idle)
          resolve()
        }
      })
    }
  }

  /** Makes a JPEG of a frame. Whoever asks for one that fails is told what is wrong when it is read alone. */
  #convert(frame: NativeFrame, n: number, reading: Reading): Promise<void> {
    this.#held.delete(n)
    const made = this.#jpegOf(frame, reading).then((jpeg) => this.#keep(n, jpeg), () => undefined).finally(() => this.#making.delete(n))
    this.#making.set(n, made)
    return made
  }

  /** Makes JPEGs of the frames that are held, the latest first, one at a time. */
  async #drain(reading: Reading): Promise<void> {
    if (this.#draining) return
    this.#draining = true
    for (let n = Math.max(...this.#held.keys()); this.#held.size > 0; n = Math.max(...this.#held.keys())) await this.#convert(this.#held.get(n) as NativeFrame, n, reading)
    this.#draining = false
  }

  async #run(window: Window, first: number, reading: Reading): Promise<void> {
    const going: Promise<void>[] = []
    const settle = (n: number): void => {
      for (const resolve of window.awaited.get(n) ?? []) resolve()
      window.awaited.delete(n)
    }
    if (window.wanted > first) this.#held.clear()
    void this.#drain(reading)
    try {
      await readFrames(this.#path, this.#index, first, window.last, { ...reading, signal: window.stop.signal }, async (frame, n) => {
        window.next = n + 1
        if (n < window.wanted) {
          this.#held.set(n, frame)
          return
        }
        going.push(this.#convert(frame, n, reading).then(() => settle(n)))
        if (n === window.wanted) void going.at(-1)?.then(() => this.#drain(reading))
        if (going.length >= together) await going.shift()
        await this.#nearby(window, n)
      })
      await Promise.all(going)
    } catch {
      // A decoder ahead is only a help: what it could not read is read alone when it is asked for.
    } finally {
      if (this.#window === window) this.#window = null
      for (const n of [...window.awaited.keys()]) settle(n)
    }
  }
}

/** One clip is looked at at a time, or two that are compared. */
const open = new Map<string, Stills>()
const openClips = 2

/** Exactly frame `n` of a clip as JPEG, upright, in square pixels, fitted into a box; near ones are read ahead. */
export async function stillOf(path: string, index: ClipIndex, n: number, box: Size, reading: Reading): Promise<Buffer> {
  let stills = open.get(path)
  if (!stills?.isOf(index, box)) {
    stills?.close()
    stills = new Stills(path, index, box)
  }
  open.delete(path)
  open.set(path, stills)
  for (const [oldest, others] of open) {
    if (open.size <= openClips) break
    others.close()
    open.delete(oldest)
  }
  return stills.get(n, reading)
}

/** The same without a decoder that reads on: for small pictures of frames that lie far apart. */
export async function stillAlone(path: string, index: ClipIndex, n: number, box: Size, reading: Reading): Promise<Buffer> {
  const frame = await readFrame(path, index, n, reading)
  const jpegs = startJpegs(reading.tools, index.info, frame, box)
  try {
    return await jpegs.make(frame)
  } finally {
    jpegs.close()
  }
}

/** Ends every decoder that reads ahead. */
export function closeStills(): void {
  for (const stills of open.values()) stills.close()
  open.clear()
}
