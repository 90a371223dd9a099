import { CancelledError } from '../../contract/errors.ts'
import type { Span } from '../../core/film/chunks.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { readLuma, type Footage } from './luma.ts'
import { StoredLuma, type LumaStore } from './storedLuma.ts'

/** So many frames are sooner read and passed over than sought. */
const passedOver = 24

/** One decoder at work: it waits with the next frame until somebody takes it. */
class Reading {
  readonly size: FrameSize
  /** The frame that comes next. */
  next: number
  readonly #stop = new AbortController()
  readonly #ended: Promise<void>
  #offered: { luma: Uint8Array; taken: () => void } | null = null
  #arrived: () => void = () => undefined

  constructor(footage: Footage, span: Span, size: FrameSize, signal: AbortSignal) {
    this.size = size
    this.next = span.from
    this.#ended = readLuma(footage, span, size, (_, luma) => this.#offer(luma), AbortSignal.any([signal, this.#stop.signal]))
    // Whoever waits for a frame is told; nobody may be waiting.
    this.#ended.catch(() => undefined)
  }

  #offer(luma: Uint8Array): Promise<void> {
    // What was decoded before the end is still handed on.
    if (this.#stop.signal.aborted) return Promise.resolve()
    return new Promise((taken) => {
      this.#offered = { luma, taken }
      this.#arrived()
    })
  }

  async take(): Promise<Uint8Array> {
    if (!this.#offered) await Promise.race([this.#ended, new Promise<void>((arrived) => (this.#arrived = arrived))])
    const offered = this.#offered
    if (!offered) throw new CancelledError()
    this.#offered = null
    this.next++
    offered.taken()
    return offered.luma
  }

  async close(): Promise<void> {
    this.#stop.abort()
    this.#offered?.taken()
    await this.#ended.catch(() => undefined)
  }
}

/** Small luma of single frames: as it was put by, else by one decode as long as they are asked for in order, since seeking costs up to two groups of frames. */
export class LumaReader {
  readonly #footage: Footage
  readonly #span: Span
  readonly #store: LumaStore
  readonly #signal: AbortSignal
  #stored: Promise<StoredLuma | null> | null = null
  #reading: Reading | null = null

  /** @param span all that is read of the film; luma of its first frames may have been put by in `store` */
  constructor(footage: Footage, span: Span, store: LumaStore, signal: AbortSignal) {
    this.#footage = footage
    this.#span = span
    this.#store = store
    this.#signal = signal
  }

  /** Luma of a frame. @throws as `readLuma` */
  async frame(n: number, size: FrameSize): Promise<Uint8Array> {
    this.#stored ??= StoredLuma.open(this.#store, this.#span)
    const stored = await (await this.#stored)?.frame(n, size)
    return stored ?? this.#decoded(n, size)
  }

  async #decoded(n: number, size: FrameSize): Promise<Uint8Array> {
    const { width, height } = this.#reading?.size ?? {}
    if (!this.#reading || width !== size.width || height !== size.height || n < this.#reading.next || n > this.#reading.next + passedOver) {
      await this.#reading?.close()
      this.#reading = new Reading(this.#footage, { from: n, to: this.#span.to }, size, this.#signal)
    }
    while (this.#reading.next < n) await this.#reading.take()
    return this.#reading.take()
  }

  /** Ends the decoder, if one is at work. */
  async close(): Promise<void> {
    await this.#reading?.close()
    await (await this.#stored)?.close()
    this.#reading = this.#stored = null
  }
}
