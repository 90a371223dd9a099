import { isUnfinished, type Job, type QueueSummary } from '../../contract/jobs.ts'

export interface QueueProgress {
  /** Jobs of the unfinished batches that have ended. */
  readonly done: number
  readonly total: number
  /** 0…1, with the parts of what runs. */
  readonly share: number
  readonly paused: boolean
}

/** How far the batches are that still have something to do; null when there is none. */
export function progressOf(jobs: readonly Job[], { isPaused }: Pick<QueueSummary, 'isPaused'>): QueueProgress | null {
  const open = new Set(jobs.filter(isUnfinished).map(({ batch }) => batch))
  if (open.size === 0) return null
  const counted = jobs.filter(({ batch, state }) => open.has(batch) && state !== 'cancelled')
  const done = counted.filter((job) => !isUnfinished(job)).length
  const parts = counted.reduce((sum, job) => sum + (isUnfinished(job) ? job.progress : 1), 0)
  const paused = isPaused || counted.every(({ state }) => state !== 'running' && state !== 'waiting')
  return { done, total: counted.length, share: parts / counted.length, paused }
}
