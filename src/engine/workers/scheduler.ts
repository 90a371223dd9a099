import { enginePriority, picturesAtOnce, type EnginePriority } from '../../contract/engine.ts'

/** One task as the scheduler sees it. */
export interface Scheduled {
  readonly id: number
  readonly priority: EnginePriority
  readonly lane: string | null
}

export interface SchedulerHooks<Task extends Scheduled> {
  /** Starts it; `finished(id)` is called when it has settled. */
  start(task: Task): void
  /** It was still waiting: nothing of it has run. */
  drop(task: Task): void
  /** It runs: its flag is to be set; it settles by itself soon after. */
  interrupt(task: Task): void
}

/** How many tasks of a kind run at once; a film beside the pictures of a batch. */
const most: Readonly<Record<EnginePriority, number>> = { interactive: 4, visible: 2, job: picturesAtOnce + 1 }

/**
 * Decides which task runs next: interactive before visible before job, in order of arrival within each. While more
 * urgent work runs or waits, less urgent work is not started. A newer task of a lane aborts the older one.
 */
export class Scheduler<Task extends Scheduled> {
  readonly #waiting: Task[] = []
  readonly #running = new Map<number, Task>()
  readonly #hooks: SchedulerHooks<Task>

  constructor(hooks: SchedulerHooks<Task>) {
    this.#hooks = hooks
  }

  get idle(): boolean {
    return this.#waiting.length === 0 && this.#running.size === 0
  }

  /** Number of interactive tasks that run or wait. */
  get urgent(): number {
    return this.#of('interactive').length
  }

  #of(priority: EnginePriority): Task[] {
    return [...this.#running.values(), ...this.#waiting].filter((task) => task.priority === priority)
  }

  submit(task: Task): void {
    if (task.lane !== null) {
      for (const older of [...this.#running.values(), ...this.#waiting]) {
        if (older.lane === task.lane) this.cancel(older.id)
      }
    }
    this.#waiting.push(task)
    this.#next()
  }

  cancel(id: number): void {
    const running = this.#running.get(id)
    if (running) {
      this.#hooks.interrupt(running)
      return
    }
    const at = this.#waiting.findIndex((task) => task.id === id)
    if (at < 0) return
    const [task] = this.#waiting.splice(at, 1)
    if (task) this.#hooks.drop(task)
    this.#next()
  }

  cancelAll(): void {
    for (const task of [...this.#waiting, ...this.#running.values()]) this.cancel(task.id)
  }

  finished(id: number): void {
    if (this.#running.delete(id)) this.#next()
  }

  #next(): void {
    for (const priority of enginePriority.options) {
      const running = [...this.#running.values()].filter((task) => task.priority === priority).length
      const free = most[priority] - running
      for (const task of this.#waiting.filter((candidate) => candidate.priority === priority).slice(0, free)) {
        this.#waiting.splice(this.#waiting.indexOf(task), 1)
        this.#running.set(task.id, task)
        this.#hooks.start(task)
      }
      if (this.#of(priority).length > 0) return
    }
  }
}
