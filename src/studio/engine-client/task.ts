import { engineTasks, type EnginePriority, type EngineTaskName } from '../../contract/engine.ts'
import { asHourglassError, CancelledError, type HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'

export interface RunOptions {
  readonly priority?: EnginePriority
  /** A newer task of the same lane aborts the older. */
  readonly lane?: string
  readonly signal?: AbortSignal
  /** 0…1. */
  readonly onProgress?: (done: number) => void
  /** Sent once more when the engine ends under it; for what has no other keeper (a preview). */
  readonly resend?: boolean
  /** Answers only when the engine has let go, so that nothing half-written is left when the caller goes on. */
  readonly waitForEnd?: boolean
}

/** One question to the engine, from asking to its single answer. */
export class Task {
  readonly id: number
  readonly name: EngineTaskName
  readonly input: unknown
  readonly options: RunOptions
  readonly promise: Promise<unknown>
  /** The engine was asked; it owes an end to it. */
  sent = false
  cancelling = false
  resent = false
  #resolve!: (output: unknown) => void
  #reject!: (error: HourglassError) => void
  #settled = false

  constructor(id: number, name: EngineTaskName, input: unknown, options: RunOptions) {
    this.id = id
    this.name = name
    this.input = input
    this.options = options
    this.promise = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  get settled(): boolean {
    return this.#settled
  }

  /** The engine's answer, checked: it must be what this kind of task answers. */
  succeed(output: unknown): void {
    if (this.#settled) return
    const parsed = engineTasks[this.name].output.safeParse(output)
    if (!parsed.success) {
      this.fail(fault('internal', 'fault.engineAnswer', 'remedy.tryThenReport', { task: this.name }, { cause: parsed.error }))
      return
    }
    this.#settled = true
    this.#resolve(parsed.data)
  }

  fail(error: unknown): void {
    if (this.#settled) return
    this.#settled = true
    this.#reject(asHourglassError(error))
  }

  cancel(): void {
    this.fail(new CancelledError())
  }
}
