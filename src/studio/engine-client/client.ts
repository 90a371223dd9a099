import type { EngineConfig, EngineInput, EngineOutput, EngineTaskName, FromEngine, SpawnEngine } from '../../contract/engine.ts'
import { CancelledError, type HourglassError } from '../../contract/errors.ts'
import type { ProviderName } from '../../contract/settings.ts'
import type { SystemInfo } from '../../contract/system.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Log } from '../log.ts'
import { BackOff } from './back-off.ts'
import { Connection, type ConnectionTimes } from './connection.ts'
import { Task, type RunOptions } from './task.ts'

export type EngineState = SystemInfo['engine']

export interface EngineTimes extends ConnectionTimes {
  /** A cancel not heard within this ends the process, ms. */
  readonly cancel: number
  /** Grace for an ordinary end, ms. */
  readonly quit: number
}

export const usualTimes: EngineTimes = { ping: 1000, silentPings: 5, start: 60_000, cancel: 3000, quit: 2000 }

export interface EngineClientOptions {
  readonly spawn: SpawnEngine
  /** Asked each time an engine starts. */
  readonly config: () => EngineConfig
  readonly log: Log
  readonly onState?: (state: EngineState) => void
  readonly onProvider?: (active: ProviderName, note: string | null) => void
  readonly times?: Partial<EngineTimes>
}

/**
 * The studio's end of the engine: started with the first task, started again when it dies, every task answered
 * exactly once. Nothing here blocks or waits on a pixel.
 */
export class EngineClient {
  #options: EngineClientOptions
  #times: EngineTimes
  #connection: Connection | null = null
  #exited: Promise<void> = Promise.resolve()
  #tasks = new Map<number, Task>()
  #lanes = new Map<string, Task>()
  #nextId = 1
  #backOff = new BackOff()
  #restart: ReturnType<typeof setTimeout> | null = null
  #state: EngineState = 'starting'
  #closed = false

  constructor(options: EngineClientOptions) {
    this.#options = options
    this.#times = { ...usualTimes, ...options.times }
  }

  get state(): EngineState {
    return this.#state
  }

  /** Process id of the running engine, for the doctor and for tests that kill it. */
  get pid(): number | undefined {
    return this.#connection?.pid
  }

  /** True after too many crashes, until a minute has passed: a question would be refused. */
  get isDown(): boolean {
    return this.#connection === null && this.#backOff.givenUp
  }

  get isRunning(): boolean {
    return this.#connection?.isReady ?? false
  }

  #setState(state: EngineState): void {
    if (state === this.#state) return
    this.#state = state
    this.#options.onState?.(state)
  }

  /**
   * Asks the engine. Rejects with the engine's own error, `cancelled` (signal, or a newer task of the lane), or
   * `engine-crashed`.
   */
  run<Name extends EngineTaskName>(name: Name, input: EngineInput<Name>, options: RunOptions = {}): Promise<EngineOutput<Name>> {
    const task = new Task(this.#nextId++, name, input, options)
    // The table of tasks ties the checked output to the name.
    const promise = task.promise as Promise<EngineOutput<Name>>
    if (options.lane) this.supersede(options.lane)
    if (this.#closed || options.signal?.aborted) {
      task.cancel()
      return promise
    }
    const onAbort = (): void => this.#cancel(task)
    options.signal?.addEventListener('abort', onAbort, { once: true })
    this.#tasks.set(task.id, task)
    if (options.lane) this.#lanes.set(options.lane, task)
    const forget = (): void => options.signal?.removeEventListener('abort', onAbort)
    promise.then(forget, forget)
    this.#ensureStarted()
    if (this.#connection?.isReady) this.#send(task)
    this.#refresh()
    return promise
  }

  /** Starts the engine ahead of the first question, so that it need not wait. */
  warm(): void {
    this.#ensureStarted()
  }

  /** Ends what a lane is doing: a newer question there was answered without the engine. */
  supersede(lane: string): void {
    const older = this.#lanes.get(lane)
    if (older) this.#cancel(older)
  }

  /** Tells a running engine its settings; a later one is told when it starts. */
  reconfigure(): void {
    if (this.#connection?.isReady) this.#connection.post({ type: 'configure', config: this.#options.config() })
  }

  #ensureStarted(): void {
    if (this.#connection || this.#restart || this.#closed) return
    if (this.#backOff.givenUp) {
      this.#setState('failed')
      this.#failAll()
      return
    }
    let exit!: () => void
    this.#exited = new Promise((resolve) => (exit = resolve))
    try {
      const connection: Connection = new Connection(
        this.#options.spawn(),
        {
          ready: () => this.#onReady(),
          message: (from) => this.#onMessage(from),
          ended: (expected) => {
            exit()
            if (this.#connection === connection) this.#onEnded(expected)
          },
        },
        this.#times,
      )
      this.#connection = connection
      this.#setState(this.#state === 'restarting' ? 'restarting' : 'starting')
    } catch (error) {
      exit()
      this.#options.log('engine', `could not be started: ${String(error)}`)
      this.#onEnded(false)
    }
  }

  #onReady(): void {
    this.#options.log('engine', `ready, process ${this.#connection?.pid}`)
    this.#connection?.post({ type: 'configure', config: this.#options.config() })
    for (const task of this.#tasks.values()) this.#send(task)
    this.#refresh()
  }

  #send(task: Task): void {
    task.sent = true
    const { priority = 'job', lane } = task.options
    this.#connection?.post({ type: 'task', id: task.id, name: task.name, input: task.input, priority, lane })
  }

  #onMessage(from: FromEngine): void {
    if (from.type === 'provider') this.#options.onProvider?.(from.active, from.note)
    if (from.type !== 'progress' && from.type !== 'settled') return
    const task = this.#tasks.get(from.id)
    if (!task) return
    if (from.type === 'progress') {
      if (!task.cancelling) task.options.onProgress?.(Math.min(1, Math.max(0, from.done)))
      return
    }
    // A cancel that came too late: the file stands, so the caller that waited is told so.
    if (from.ok) task.succeed(from.output)
    else task.fail(task.cancelling ? new CancelledError() : from.error)
    this.#drop(task)
  }

  #cancel(task: Task): void {
    if (task.settled && !task.sent) return
    if (!task.sent || !this.#connection) {
      task.cancel()
      this.#drop(task)
      return
    }
    if (task.cancelling) return
    task.cancelling = true
    this.#connection.post({ type: 'cancel', id: task.id })
    const timer = setTimeout(() => {
      if (!this.#tasks.has(task.id)) return
      this.#options.log('engine', `"${task.name}" did not hear cancel: the process is ended`)
      this.#connection?.kill()
    }, this.#times.cancel)
    timer.unref()
    if (!task.options.waitForEnd) task.cancel()
    if (task.options.lane && this.#lanes.get(task.options.lane) === task) this.#lanes.delete(task.options.lane)
  }

  #drop(task: Task): void {
    this.#tasks.delete(task.id)
    if (task.options.lane && this.#lanes.get(task.options.lane) === task) this.#lanes.delete(task.options.lane)
    this.#refresh()
  }

  #onEnded(expected: boolean): void {
    this.#connection = null
    for (const task of [...this.#tasks.values()]) {
      if (task.cancelling) task.cancel()
      else if (task.sent && !expected && !(task.options.resend && !task.resent)) task.fail(crashed())
      else if (!task.sent) continue
      else {
        // Ended for another's sake, or may be asked once more: sent again to the next process.
        task.resent = true
        task.sent = false
        continue
      }
      this.#drop(task)
    }
    if (this.#closed) return
    if (expected) {
      if (this.#tasks.size > 0) this.#ensureStarted()
      return
    }
    const delay = this.#backOff.crashed()
    this.#options.log('engine', delay === null ? 'ended unexpectedly too often; giving up for a minute' : `ended unexpectedly; next start in ${delay} ms`)
    if (delay === null) {
      this.#setState('failed')
      this.#failAll()
      return
    }
    this.#setState('restarting')
    this.#restart = setTimeout(() => {
      this.#restart = null
      // Started again even without work: the next question should not have to wait.
      this.#ensureStarted()
    }, delay)
  }

  #failAll(): void {
    for (const task of [...this.#tasks.values()]) {
      task.fail(crashed())
      this.#drop(task)
    }
  }

  #refresh(): void {
    const busy = this.#tasks.size > 0
    if (!this.#connection?.isReady) return
    this.#connection.watch(busy)
    this.#setState(busy ? 'busy' : 'ready')
  }

  /** Cancels everything and ends the process, killed where it does not go by itself. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    if (this.#restart) clearTimeout(this.#restart)
    for (const task of [...this.#tasks.values()]) this.#cancel(task)
    await this.#connection?.quit(this.#times.quit, this.#exited)
  }
}

function crashed(): HourglassError {
  return fault('engine-crashed', 'fault.engineEnded', 'remedy.tryThenReportFile')
}
