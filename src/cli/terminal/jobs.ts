import type { Job } from '../../contract/jobs.ts'
import type { StudioAtHand } from './studio.ts'

const ended = new Set(['done', 'failed', 'cancelled'])

/**
 * Waits until all these jobs have ended; `onChange` hears every change of one of them. Aborting cancels them and
 * still waits until each has ended.
 */
export async function followJobs(at: StudioAtHand, ids: readonly Job['id'][], signal: AbortSignal, onChange: (job: Job) => void): Promise<Job[]> {
  const left = new Set<string>(ids)
  const last = new Map<string, Job>()
  const take = (job: Job): void => {
    if (!left.has(job.id)) return
    last.set(job.id, job)
    if (ended.has(job.state)) left.delete(job.id)
    onChange(job)
  }
  const cancel = (): void => void at.calls.jobs.cancel({ ids: [...ids] }).catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  const stop = new AbortController()
  try {
    const events = await at.calls.system.events(undefined, { signal: stop.signal })
    for await (const event of events) {
      // Whatever happened before the subscription is asked for; after that every change is told.
      if (event.type === 'hello') for (const job of (await at.calls.jobs.list()).jobs) take(job)
      else if (event.type === 'job.changed') take(event.job)
      if (left.size === 0) break
    }
  } finally {
    stop.abort()
    signal.removeEventListener('abort', cancel)
  }
  return ids.flatMap((id) => last.get(id) ?? [])
}
