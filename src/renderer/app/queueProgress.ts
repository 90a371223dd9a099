import type { Job, QueueSummary } from '../../contract/jobs.ts'

export interface QueueProgress {
  /** Jobs of the unfinished batches that have ended. */
  readonly done: number
  readonly total: number
  /** 0…1, with the parts of what runs. */
  readonly share: number
  readonly paused: boolean
}

const unfinished = new Set<Job['state']>(['waiting', 'running', 'paused'])

/** How far the batches are that still have something to do; null when there is none. */
export function progressOf(jobs: readonly Job[], { isPaused }: Pick<QueueSummary, 'isPaused'>): QueueProgress | null {
  const open = new Set(jobs.filter(({ state }) => unfinished.has(state)).map(({ batch }) => batch))
  if (open.size === 0) return null
  const counted = jobs.filter(({ batch, state }) => open.has(batch) && state !== 'cancelled')
  const done = counted.filter(({ state }) => !unfinished.has(state)).length
  const parts = counted.reduce((sum, { state, progress }) => sum + (unfinished.has(state) ? progress : 1), 0)
  const paused = isPaused || counted.every(({ state }) => state !== 'running' && state !== 'waiting')
  return { done, total: counted.length, share: parts / counted.length, paused }
}
