import { availableParallelism } from 'node:os'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { CancelledError } from '../../contract/errors.ts'
import { composeStats, type ComposeStats, type ComposeSums, type Samples } from '../kernels/compose.ts'
import { workerEntry } from './entry.ts'
import type { ComposeJob, DriftJob, FromPixels, ToPixels } from './messages.ts'
import { DriftTaker, StripTaker } from './strips.ts'

const mostThreads = 4
/** Pixels of one strip: a few milliseconds of work, so that cancelling and more urgent work wait no longer. */
const stripPixels = 1 << 18
/** Below this the calling thread is done before another one has heard of the work. */
const worthSharing = 1 << 19

export type ComposeRequest = Omit<ComposeJob, 'id' | 'rowsPerStrip' | 'counters'>

export interface ComposeHooks {
  /** Waits while more urgent work is going on; called between strips. */
  readonly yield: () => Promise<void>
  readonly progress: (done: number) => void
}

const isShared = (samples: Samples): boolean => samples.buffer instanceof SharedArrayBuffer

interface Waiting {
  readonly resolve: (answer: FromPixels) => void
  readonly reject: (error: Error) => void
}

interface Helper {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
}

/**
 * The threads that compose strips: the caller's own and up to four more, started when first needed. All take strips
 * of one picture from a shared counter; which thread takes which changes nothing in the bytes.
 */
export class StripPool {
  readonly #helpers: Helper[] = []
  readonly #count: number
  #ids = 0

  constructor(count = Math.min(mostThreads, Math.max(1, availableParallelism() - 1))) {
    this.#count = count
  }

  /**
   * Starts the threads, so that they are there when the pixels are.
   * @param pixels of the picture that is coming; small ones are composed by the calling thread alone
   */
  warmUp(pixels = Number.POSITIVE_INFINITY): void {
    if (pixels < worthSharing) return
    while (this.#helpers.length < this.#count) this.#helpers.push(this.#start())
  }

  #start(): Helper {
    const worker = new Worker(workerEntry(), { workerData: { role: 'pixels' } })
    const waiting = new Map<number, Waiting>()
    const helper: Helper = { worker, waiting }
    worker.on('message', (message: FromPixels) => {
      const job = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.type === 'failed') job?.reject(new Error(message.message))
      else job?.resolve(message)
    })
    const lost = (error: Error): void => {
      const index = this.#helpers.indexOf(helper)
      if (index >= 0) this.#helpers.splice(index, 1)
      for (const job of waiting.values()) job.reject(error)
      waiting.clear()
    }
    worker.on('error', lost)
    worker.on('exit', () => lost(new Error('a thread of the engine has ended')))
    worker.unref()
    return helper
  }

  #ask(helper: Helper, message: ToPixels): Promise<FromPixels> {
    return new Promise((resolve, reject) => {
      helper.waiting.set(message.job.id, { resolve, reject })
      helper.worker.postMessage(message)
    })
  }

  /** The other threads' answers, where the work is worth sharing and lies on shared memory. */
  #share(message: ToPixels, pixels: number, ...memory: readonly Samples[]): Promise<FromPixels>[] {
    if (pixels < worthSharing || !memory.every(isShared)) return []
    this.warmUp(pixels)
    return this.#helpers.map((helper) => this.#ask(helper, message))
  }

  /**
   * Composes a whole picture; `source` and `output` may be the same memory when they have the same layout.
   * @throws CancelledError once the cancel flag is set
   */
  async compose(request: ComposeRequest, hooks: ComposeHooks): Promise<ComposeStats> {
    return composeStats(await this.composeBand(request, hooks))
  }

  /** The same for a band of a picture's rows: answers its sums, to be joined with those of the others by `composeStats`. */
  async composeBand(request: ComposeRequest, hooks: ComposeHooks): Promise<ComposeSums[]> {
    const { size, source, output } = request
    const rowsPerStrip = Math.max(1, Math.round(stripPixels / size.width))
    const strips = Math.ceil((request.band?.height ?? size.height) / rowsPerStrip)
    const job: ComposeJob = { ...request, id: ++this.#ids, rowsPerStrip, counters: new Int32Array(new SharedArrayBuffer(8)) }
    const others = this.#share({ type: 'compose', job }, size.width * size.height, source, output)
    const taker = new StripTaker(job)
    while (taker.takeOne()) {
      hooks.progress(Atomics.load(job.counters, 1) / strips)
      // One turn of the loop: finished decodes, other tasks and questions are heard between strips.
      await nextTurn()
      await hooks.yield()
    }
    const answers = await Promise.all(others)
    const parts: ComposeSums[] = [taker.finish(), ...answers.flatMap((answer) => (answer.type === 'composed' ? [answer.sums] : []))]
    if (Atomics.load(request.cancel, 0) !== 0) throw new CancelledError()
    return parts
  }

  /** Mean and greatest difference of L* between two pictures of one size, over all pixels. @throws CancelledError */
  async drift(request: Omit<DriftJob, 'id' | 'pixelsPerStrip' | 'counters'>, hooks: Pick<ComposeHooks, 'yield'>): Promise<{ mean: number; max: number }> {
    const job: DriftJob = { ...request, id: ++this.#ids, pixelsPerStrip: stripPixels, counters: new Int32Array(new SharedArrayBuffer(4)) }
    const others = this.#share({ type: 'drift', job }, job.pixels, job.before, job.after)
    const taker = new DriftTaker(job)
    while (taker.takeOne()) {
      await nextTurn()
      await hooks.yield()
    }
    const answers = await Promise.all(others)
    if (Atomics.load(request.cancel, 0) !== 0) throw new CancelledError()
    const parts = [taker.finish(), ...answers.flatMap((answer) => (answer.type === 'compared' ? [answer.part] : []))]
    return { mean: parts.reduce((sum, part) => sum + part.mean * part.pixels, 0) / Math.max(1, job.pixels), max: Math.max(...parts.map((part) => part.max)) }
  }
}
