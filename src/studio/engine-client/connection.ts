import { z } from 'zod'
import type { EngineProcess, FromEngine, ToEngine } from '../../contract/engine.ts'
import { errorData } from '../../contract/errors.ts'
import { providerName } from '../../contract/settings.ts'

const message = z.union([
  z.object({ type: z.literal('ready'), pid: z.number() }),
  z.object({ type: z.literal('pong'), n: z.number() }),
  z.object({ type: z.literal('progress'), id: z.number(), done: z.number() }),
  z.object({ type: z.literal('settled'), id: z.number(), ok: z.literal(true), output: z.unknown() }),
  z.object({ type: z.literal('settled'), id: z.number(), ok: z.literal(false), error: errorData }),
  z.object({ type: z.literal('provider'), active: providerName, note: z.string().nullable() }),
])

/** Milliseconds; shortened by tests. */
export interface ConnectionTimes {
  /** A ping goes out this often. */
  readonly ping: number
  /** As many pings without any sign of life end the process. */
  readonly silentPings: number
  /** A new process must say `ready` within this. */
  readonly start: number
}

export interface ConnectionListener {
  ready(): void
  message(from: FromEngine): void
  /** Once; `expected` where this side asked for the end. */
  ended(expected: boolean): void
}

/** One engine process: messages checked, heartbeat listened to, killed where it is silent. */
export class Connection {
  #process: EngineProcess
  #listener: ConnectionListener
  #times: ConnectionTimes
  #beat: ReturnType<typeof setInterval> | null = null
  #starting: ReturnType<typeof setTimeout>
  #unanswered = 0
  #expected = false
  #isReady = false

  constructor(process: EngineProcess, listener: ConnectionListener, times: ConnectionTimes) {
    this.#process = process
    this.#listener = listener
    this.#times = times
    this.#starting = setTimeout(() => process.kill(), times.start)
    process.onMessage((raw) => this.#hear(raw))
    process.onExit(() => {
      clearTimeout(this.#starting)
      this.#stopBeat()
      listener.ended(this.#expected)
    })
  }

  get isReady(): boolean {
    return this.#isReady
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  #hear(raw: unknown): void {
    this.#unanswered = 0
    const parsed = message.safeParse(raw)
    // Not understood: its task stays open, the heartbeat goes on, and a cancel still ends it.
    if (!parsed.success) return
    if (parsed.data.type === 'ready') {
      if (this.#isReady) return
      this.#isReady = true
      clearTimeout(this.#starting)
      this.#listener.ready()
    } else {
      this.#listener.message(parsed.data as FromEngine)
    }
  }

  post(to: ToEngine): void {
    this.#process.post(to)
  }

  /** Listens for the heartbeat while there is work; an idle engine is left in peace. */
  watch(busy: boolean): void {
    if (!busy) this.#stopBeat()
    else if (!this.#beat) {
      this.#unanswered = 0
      let n = 0
      // Counting pings, not time: after the machine slept, or this process was held up, none was missed.
      this.#beat = setInterval(() => {
        if (this.#unanswered >= this.#times.silentPings) {
          this.#process.kill()
          return
        }
        this.#unanswered++
        this.#process.post({ type: 'ping', n: ++n })
      }, this.#times.ping)
      this.#beat.unref()
    }
  }

  #stopBeat(): void {
    if (this.#beat) clearInterval(this.#beat)
    this.#beat = null
  }

  /** Ends the process without calling it a crash. */
  kill(): void {
    this.#expected = true
    this.#process.kill()
  }

  /** Asks it to leave; killed where it has not within `graceMs`. */
  async quit(graceMs: number, exited: Promise<void>): Promise<void> {
    this.#expected = true
    this.#process.post({ type: 'quit' })
    const timer = setTimeout(() => this.#process.kill(), graceMs)
    await exited
    clearTimeout(timer)
  }
}
