import { oc } from '@orpc/contract'
import { z } from 'zod'
import { errorData } from './errors.ts'
import { assetId, grantId, jobId, modelId } from './ids.ts'
import { wording } from './texts.ts'

export const jobKind = z.enum(['colorize', 'export', 'film', 'edit', 'proxy', 'model-download'])
export const jobState = z.enum(['waiting', 'running', 'paused', 'done', 'failed', 'cancelled'])
export type JobState = z.infer<typeof jobState>

/** States of work that is still to be done, or under way. */
export const unfinishedStates = ['waiting', 'running', 'paused'] as const satisfies readonly JobState[]

/** Whether a job is still to be done, or under way. */
export const isUnfinished = ({ state }: { readonly state: JobState }): boolean => (unfinishedStates as readonly JobState[]).includes(state)

export const job = z.object({
  id: jobId,
  /** Jobs started together; pause and cancel work on the whole. */
  batch: z.string(),
  kind: jobKind,
  state: jobState,
  title: wording,
  project: z.string().nullable(),
  asset: assetId.nullable(),
  model: modelId.nullable(),
  progress: z.number().min(0).max(1),
  /** Of a job that runs, by its pace since it was started or resumed; null: not known yet. */
  secondsLeft: z.number().nonnegative().nullable(),
  attempts: z.number().int(),
  error: errorData.nullable(),
  /** Sentences for people, oldest first. */
  log: z.array(z.object({ at: z.string(), text: wording })),
  /** What came out, once done: a file to show or to download. */
  result: z.object({ name: z.string(), grant: grantId, downloadable: z.boolean() }).nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
})
export type Job = z.infer<typeof job>

const which = z.union([z.object({ ids: z.array(jobId).min(1) }), z.object({ batch: z.string() }), z.object({ all: z.literal(true) })])
export type JobSelection = z.infer<typeof which>

export const queueSummary = z.object({
  running: z.number().int(),
  waiting: z.number().int(),
  paused: z.number().int(),
  failed: z.number().int(),
  /** Of the jobs not yet cleared. */
  done: z.number().int(),
  total: z.number().int(),
  /** Jobs a minute over the last ones; null until two are done. */
  ratePerMinute: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  isPaused: z.boolean(),
})
export type QueueSummary = z.infer<typeof queueSummary>

export const jobsContract = {
  list: oc.output(z.object({ jobs: z.array(job), summary: queueSummary })),
  pause: oc.input(which).output(z.void()),
  resume: oc.input(which).output(z.void()),
  cancel: oc.input(which).output(z.void()),
  retry: oc.input(which).output(z.void()),
  /** Forgets jobs that have ended. */
  clear: oc.input(z.object({ states: z.array(z.enum(['done', 'failed', 'cancelled'])).min(1) })).output(z.void()),
}
