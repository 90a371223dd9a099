import { fork, type ChildProcess } from 'node:child_process'
import type { EngineInput, EngineOutput, EnginePriority, EngineTaskName, FromEngine, ToEngine } from '../../../src/contract/engine.ts'
import { HourglassError } from '../../../src/contract/errors.ts'
import { engineEntry } from '../studio.ts'

interface Waiting {
  readonly resolve: (output: unknown) => void
  readonly reject: (error: Error) => void
}

export interface Asked<Output> {
  readonly id: number
  readonly answer: Promise<Output>
}

/** A real engine process, held by a test. */
export class TestEngine {
  readonly messages: FromEngine[] = []
  readonly exit: Promise<number | null>
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #pongs = new Map<number, () => void>()
  #ids = 0

  constructor() {
    this.#child = fork(engineEntry, [], { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    this.exit = new Promise((resolve) => this.#child.on('exit', (code) => resolve(code)))
    this.#child.on('message', (raw) => this.#hear(raw as FromEngine))
    this.post({ type: 'configure', config: { provider: 'cpu', threads: 1, memoryMb: 1024, version: '1.2.3' } })
  }

  #hear(message: FromEngine): void {
    this.messages.push(message)
    if (message.type === 'pong') this.#pongs.get(message.n)?.()
    if (message.type !== 'settled') return
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if (message.ok) waiting?.resolve(message.output)
    else waiting?.reject(HourglassError.fromData(message.error))
  }

  post(message: ToEngine): void {
    this.#child.send(message)
  }

  /** Sends anything at all, as a broken owner would. */
  postRaw(message: object): void {
    this.#child.send(message)
  }

  disconnect(): void {
    this.#child.disconnect()
  }

  ask<Name extends EngineTaskName>(name: Name, input: EngineInput<Name>, options: { priority?: EnginePriority; lane?: string } = {}): Asked<EngineOutput<Name>> {
    const id = ++this.#ids
    const answer = new Promise<EngineOutput<Name>>((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (output: unknown) => void, reject })
    })
    this.post({ type: 'task', id, name, input, priority: options.priority ?? 'job', ...(options.lane ? { lane: options.lane } : {}) })
    return { id, answer }
  }

  /** Milliseconds until the loop answers. */
  async ping(): Promise<number> {
    const n = ++this.#ids
    const from = performance.now()
    await new Promise<void>((resolve) => {
      this.#pongs.set(n, resolve)
      this.post({ type: 'ping', n })
    })
    return performance.now() - from
  }

  /** Ends the process whatever it is doing. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }
}
