import { isUnfinished, type Job } from '../../contract/jobs.ts'

/** Jobs that were started together, as the Queue shows them: one row. */
export interface Batch {
  readonly id: string
  readonly kind: Job['kind']
  readonly project: string | null
  readonly jobs: readonly Job[]
  /** running: something runs or waits; paused: nothing will run by itself. */
  readonly state: 'running' | 'waiting' | 'paused' | 'done' | 'failed' | 'cancelled'
  /** Jobs that have ended well. */
  readonly done: number
  /** Of all jobs but the cancelled ones. */
  readonly total: number
  /** 0…1, with the parts of what runs. */
  readonly progress: number
  readonly failed: readonly Job[]
  /** Jobs a second over the last ones; null until two are done. */
  readonly rate: number | null
  readonly secondsLeft: number | null
  readonly startedAt: string | null
  readonly endedAt: string | null
}

/** How many of the last jobs tell the present rate. */
const recentJobs = 20

/** Jobs a second between the ends of the last `recentJobs`. */
function rateOf(jobs: readonly Job[]): number | null {
  const ends = jobs
    .filter(({ state, endedAt }) => state === 'done' && endedAt !== null)
    .map(({ endedAt }) => Date.parse(endedAt ?? ''))
    .sort((left, right) => left - right)
    .slice(-recentJobs)
  const first = ends[0]
  const last = ends.at(-1)
  if (first === undefined || last === undefined || ends.length < 2 || last <= first) return null
  return ((ends.length - 1) / (last - first)) * 1000
}

function stateOf(jobs: readonly Job[]): Batch['state'] {
  const states = new Set(jobs.map(({ state }) => state))
  if (states.has('running')) return 'running'
  if (states.has('waiting')) return jobs.some(({ state }) => state === 'done') ? 'running' : 'waiting'
  if (states.has('paused')) return 'paused'
  if (states.has('failed')) return 'failed'
  return states.has('done') ? 'done' : 'cancelled'
}

function batchOf(id: string, jobs: readonly Job[]): Batch {
  const counted = jobs.filter(({ state }) => state !== 'cancelled')
  const open = counted.filter(isUnfinished)
  const started = jobs.map(({ startedAt }) => startedAt).filter((at) => at !== null).sort()
  const ended = jobs.map(({ endedAt }) => endedAt).filter((at) => at !== null).sort()
  const rate = rateOf(jobs)
  const remaining = open.reduce((sum, { progress }) => sum + 1 - progress, 0)
  const only = open.length === 1 && jobs.length === 1 ? open[0] : undefined
  return {
    id,
    kind: jobs[0]?.kind ?? 'colorize',
    project: jobs[0]?.project ?? null,
    jobs,
    state: stateOf(jobs),
    done: counted.filter(({ state }) => state === 'done').length,
    total: counted.length,
    progress: counted.length === 0 ? 0 : counted.reduce((sum, job) => sum + (isUnfinished(job) ? job.progress : 1), 0) / counted.length,
    failed: jobs.filter(({ state }) => state === 'failed'),
    rate,
    secondsLeft: only ? only.secondsLeft : rate === null ? null : remaining / rate,
    startedAt: started[0] ?? null,
    endedAt: open.length > 0 ? null : (ended.at(-1) ?? null),
  }
}

/** All jobs as batches: what has something to do first, oldest first; then what has ended, newest first. */
export function batchesOf(jobs: readonly Job[]): { readonly open: Batch[]; readonly ended: Batch[] } {
  const byBatch = new Map<string, Job[]>()
  for (const job of jobs) {
    const list = byBatch.get(job.batch)
    if (list) list.push(job)
    else byBatch.set(job.batch, [job])
  }
  const batches = [...byBatch].map(([id, list]) => batchOf(id, list))
  const created = ({ jobs: [first] }: Batch) => first?.createdAt ?? ''
  const hasOpen = ({ jobs: list }: Batch) => list.some(isUnfinished)
  return {
    open: batches.filter(hasOpen).sort((left, right) => created(left).localeCompare(created(right))),
    ended: batches.filter((batch) => !hasOpen(batch)).sort((left, right) => (right.endedAt ?? '').localeCompare(left.endedAt ?? '')),
  }
}

export interface LogLine {
  readonly key: string
  readonly at: string
  readonly text: Job['log'][number]['text']
  /** Whose line it is, where several jobs tell. */
  readonly name: string | null
}

/** The last lines of what the jobs have to tell, newest first. Of several jobs only what is news: that one started is not. */
export function logOf(jobs: readonly Job[], limit: number): readonly LogLine[] {
  const several = jobs.length > 1
  return jobs
    .flatMap(({ id, log, title }) => log.map(({ at, text }, index) => ({ key: `${id}:${index}`, at, text, name: several ? String(title.values?.['name'] ?? '') : null })))
    .filter(({ text }) => !several || text.key !== 'jobs.log.started')
    .sort((left, right) => right.at.localeCompare(left.at))
    .slice(0, limit)
}
