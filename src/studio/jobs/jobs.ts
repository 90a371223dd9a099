import { picturesAtOnce } from '../../contract/engine.ts'
import { asHourglassError, type HourglassError } from '../../contract/errors.ts'
import { saidBy } from '../../core/texts/wording.ts'
import type { AssetId, JobId } from '../../contract/ids.ts'
import { unfinishedStates, type Job, type JobSelection, type JobState, type QueueSummary } from '../../contract/jobs.ts'
import type { EventBus } from '../events.ts'
import type { Grants } from '../grants/grants.ts'
import type { Log } from '../log.ts'
import { forgetDownload } from './exporting.ts'
import { Rate } from './rate.ts'
import type { JobKind, JobOutput, JobRecord, JobStore, NewJob } from './store.ts'
import type { Work } from './work.ts'

export interface JobsOptions {
  readonly bus: EventBus
  readonly grants: Grants
  readonly log: Log
  readonly works: Readonly<Record<JobKind, Work>>
  /** An asset's state follows its job. */
  readonly onAsset: (asset: AssetId, job: JobRecord, error: HourglassError | null) => void
  /** True while the engine takes no work (it died too often): jobs wait then. */
  readonly isEngineDown: () => boolean
}

/** Kinds that share places, and how many run at once. */
const lanes: readonly { kinds: readonly JobKind[]; width: number; usesEngine: boolean }[] = [
  { kinds: ['colorize', 'export'], width: picturesAtOnce, usesEngine: true },
  // Hours of work: photos do not wait for it.
  { kinds: ['film', 'edit'], width: 1, usesEngine: true },
  { kinds: ['proxy'], width: 1, usesEngine: true },
  { kinds: ['model-download'], width: 1, usesEngine: false },
]
const mostCrashes = 3
const progressEveryMs = 100
/** Work that goes on where it was stopped: what was reached stands while it waits. */
const resumed: ReadonlySet<string> = new Set<JobKind>(['film', 'edit'])
const engineDownRetryMs = 5000
/** What an earlier run finished is found again in the first moments of a run, ms: its pace is measured after them, over at least this share of the work. */
const paceAfterMs = 3000
const leastPace = 0.02

type StopReason = 'pause' | 'cancel' | 'leave'

interface Running {
  readonly store: JobStore
  readonly job: JobRecord
  readonly abort: AbortController
  reason: StopReason | null
  progress: number
  readonly begunAt: number
  /** Where its pace is measured from; null: not yet. */
  pace: { readonly at: number; readonly progress: number } | null
  toldAt: number
  ended: Promise<void>
}

/** By the pace of this run, which says nothing of what was there before it. */
function secondsLeftOf({ pace, progress }: Running): number | null {
  if (pace === null || progress - pace.progress < leastPace) return null
  return ((Date.now() - pace.at) / 1000) * ((1 - progress) / (progress - pace.progress))
}

/** The queue: long work that is written down before it starts and goes on where it was after any end. */
export class Jobs {
  #options: JobsOptions
  #stores: JobStore[] = []
  #running = new Map<JobId, Running>()
  #rate = new Rate()
  #later: ReturnType<typeof setTimeout> | null = null
  #closed = false

  constructor(options: JobsOptions) {
    this.#options = options
  }

  /** Takes up a store's jobs; those that were under way when their process ended wait again. */
  attach(store: JobStore): void {
    store.recover()
    this.#stores.push(store)
    this.#pump()
  }

  /** Lets go of a store: what runs is stopped and waits again. */
  async detach(store: JobStore): Promise<void> {
    this.#stores = this.#stores.filter((other) => other !== store)
    const running = [...this.#running.values()].filter((run) => run.store === store)
    for (const run of running) this.#stop(run, 'leave')
    await Promise.all(running.map((run) => run.ended))
  }

  async close(): Promise<void> {
    this.#closed = true
    if (this.#later) clearTimeout(this.#later)
    for (const store of [...this.#stores]) await this.detach(store)
  }

  isDoing(asset: AssetId): boolean {
    for (const run of this.#running.values()) if (run.job.asset === asset && run.job.kind === 'colorize') return true
    return false
  }

  /** Writes jobs down, as one batch, and starts. */
  submit(store: JobStore, jobs: readonly NewJob[]): JobId[] {
    const ids = store.database.transaction(() => jobs.map((job) => store.insert(job)))
    this.#tell(store, ids)
    this.#pump()
    return ids
  }

  list(): { jobs: Job[]; summary: QueueSummary } {
    const jobs = this.#stores.flatMap((store) => store.list().map((job) => this.#describe(store, job)))
    jobs.sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0))
    return { jobs, summary: this.summary() }
  }

  summary(): QueueSummary {
    const sum: Record<JobState, number> = { waiting: 0, running: 0, paused: 0, done: 0, failed: 0, cancelled: 0 }
    for (const store of this.#stores) {
      const counts = store.counts()
      for (const state of Object.keys(sum) as JobState[]) sum[state] += counts[state]
    }
    const { waiting, running, paused, done, failed, cancelled } = sum
    const begun = [...this.#running.values()].reduce((total, run) => total + run.progress, 0)
    const ratePerMinute = this.#rate.perMinute
    const left = waiting + running - begun
    return {
      running,
      waiting,
      paused,
      failed,
      done,
      total: waiting + running + paused + done + failed + cancelled,
      ratePerMinute,
      secondsLeft: ratePerMinute === null ? null : Math.max(0, Math.round((left / ratePerMinute) * 60)),
      isPaused: paused > 0 && waiting + running === 0,
    }
  }

  #describe(store: JobStore, job: JobRecord): Job {
    const { position: _position, version: _version, crashes: _crashes, input: _input, result, ...plain } = job
    const run = this.#running.get(job.id)
    return {
      ...plain,
      project: store.project,
      progress: run?.progress ?? job.progress,
      secondsLeft: run ? secondsLeftOf(run) : null,
      result: result && { name: result.name, downloadable: result.downloadable, grant: this.#options.grants.give(result.path, { name: result.name }).grant },
    }
  }

  #tell(store: JobStore, ids: readonly JobId[]): void {
    const summary = this.summary()
    for (const id of ids) {
      const job = store.find(id)
      if (job) this.#options.bus.emit({ type: 'job.changed', job: this.#describe(store, job), summary })
    }
  }

  /** Applies a change to every selected job that is in one of `states`. */
  #each(which: JobSelection, states: readonly JobState[], change: (store: JobStore, job: JobRecord) => void): void {
    for (const store of this.#stores) {
      const chosen = store.select(which).filter((job) => states.includes(job.state))
      store.database.transaction(() => {
        for (const job of chosen) change(store, job)
      })
      this.#tell(store, chosen.map((job) => job.id))
    }
    this.#pump()
  }

  pause(which: JobSelection): void {
    this.#each(which, ['waiting', 'running'], (store, job) => {
      const run = this.#running.get(job.id)
      if (run) this.#stop(run, 'pause')
      else store.update(job.id, { state: 'paused' }, { key: 'jobs.log.paused' })
    })
    this.#rate.rested()
  }

  resume(which: JobSelection): void {
    this.#each(which, ['paused'], (store, job) => store.update(job.id, { state: 'waiting' }, { key: 'jobs.log.resumed' }))
  }

  cancel(which: JobSelection): void {
    this.#each(which, unfinishedStates, (store, job) => {
      const run = this.#running.get(job.id)
      if (run) this.#stop(run, 'cancel')
      else store.update(job.id, { state: 'cancelled', endedAt: new Date().toISOString() }, { key: 'jobs.log.cancelled' })
    })
  }

  /** Starts failed and cancelled jobs anew, with a clean slate. */
  retry(which: JobSelection): void {
    this.#each(which, ['failed', 'cancelled'], (store, job) =>
      store.update(job.id, { state: 'waiting', progress: 0, crashes: 0, error: null, endedAt: null }, { key: 'jobs.log.retried' }),
    )
  }

  clear(states: readonly JobState[]): void {
    for (const store of this.#stores) {
      for (const { result } of store.clear(states)) if (result?.downloadable) forgetDownload(result.path).catch((error: unknown) => this.#options.log('jobs', String(error)))
    }
    this.#options.bus.emit({ type: 'job.cleared', summary: this.summary() })
  }

  #stop(run: Running, reason: StopReason): void {
    run.reason = reason
    run.abort.abort()
  }

  #pump(): void {
    if (this.#closed) return
    for (const lane of lanes) {
      if (lane.usesEngine && this.#options.isEngineDown()) {
        this.#pumpLater()
        continue
      }
      for (const store of this.#stores) {
        for (let job = store.next(lane.kinds); job; job = store.next(lane.kinds)) {
          const busy = [...this.#running.values()].filter((run) => lane.kinds.includes(run.job.kind))
          if (busy.length >= lane.width) break
          // What brought the engine down runs alone, so that only the guilty one is counted again.
          if (busy.length > 0 && (job.crashes > 0 || busy.some((run) => run.job.crashes > 0))) break
          this.#start(store, job)
        }
      }
    }
  }

  #pumpLater(): void {
    if (this.#later) return
    this.#later = setTimeout(() => {
      this.#later = null
      this.#pump()
    }, engineDownRetryMs)
    this.#later.unref()
  }

  #start(store: JobStore, job: JobRecord): void {
    const run: Running = { store, job, abort: new AbortController(), reason: null, progress: job.progress, begunAt: Date.now(), pace: null, toldAt: 0, ended: Promise.resolve() }
    this.#running.set(job.id, run)
    store.update(job.id, { state: 'running', attempts: job.attempts + 1, error: null, startedAt: new Date().toISOString(), endedAt: null }, { key: 'jobs.log.started', values: { attempt: job.attempts + 1 } })
    this.#tell(store, [job.id])
    if (job.asset) this.#options.onAsset(job.asset, job, null)
    run.ended = this.#carryOut(run).catch((error: unknown) => this.#options.log('jobs', `the end of job ${job.id} was not written down: ${String(error)}`))
  }

  async #carryOut(run: Running): Promise<void> {
    const { store, job, abort } = run
    let result: JobOutput | null = null
    let error: HourglassError | null = null
    try {
      result = await this.#options.works[job.kind](job, { signal: abort.signal, onProgress: (done) => this.#progress(run, done) })
    } catch (thrown) {
      error = asHourglassError(thrown)
    }
    this.#running.delete(job.id)
    const final = this.#settle(run, result, error)
    this.#tell(store, [job.id])
    if (job.asset) this.#options.onAsset(job.asset, job, final)
    if (!this.#closed) this.#pump()
  }

  #progress(run: Running, done: number): void {
    const now = Date.now()
    const isSettled = now - run.begunAt >= paceAfterMs
    run.progress = isSettled ? done : Math.max(run.progress, done)
    if (isSettled) run.pace ??= { at: now, progress: done }
    if (now - run.toldAt < progressEveryMs || run.reason) return
    run.toldAt = now
    this.#tell(run.store, [run.job.id])
  }

  /** Writes the end of a run down; answers the error where the job failed for good. */
  #settle(run: Running, result: JobOutput | null, error: HourglassError | null): HourglassError | null {
    const { store, job } = run
    const endedAt = new Date().toISOString()
    const reached = resumed.has(job.kind) ? run.progress : 0
    if (!error) {
      this.#rate.ended()
      store.update(job.id, { state: 'done', progress: 1, result, endedAt }, { key: 'jobs.log.done' })
      return null
    }
    if (run.reason === 'leave') {
      store.update(job.id, { state: 'waiting', progress: reached, attempts: job.attempts, startedAt: null }, { key: 'jobs.log.left' })
      return null
    }
    if (run.reason === 'pause') {
      store.update(job.id, { state: 'paused', progress: reached, attempts: job.attempts }, { key: 'jobs.log.paused' })
      return null
    }
    if (run.reason === 'cancel' || error.code === 'cancelled') {
      store.update(job.id, { state: 'cancelled', endedAt }, { key: 'jobs.log.cancelled' })
      return null
    }
    const crashes = job.crashes + (error.code === 'engine-crashed' ? 1 : 0)
    if (crashes > job.crashes && crashes < mostCrashes) {
      store.update(job.id, { state: 'waiting', progress: 0, crashes }, { key: 'jobs.log.crashed', values: { crashes } })
      return null
    }
    store.update(job.id, { state: 'failed', crashes, error: error.toData(), endedAt }, { key: 'jobs.log.failed', values: { message: saidBy(error) } })
    return error
  }
}
