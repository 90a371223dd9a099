import type { JobOutput, JobRecord } from './store.ts'

export interface WorkContext {
  readonly signal: AbortSignal
  /** 0…1. */
  readonly onProgress: (done: number) => void
}

/** Does one job; answers the file that came out, if one did. */
export type Work = (job: JobRecord, context: WorkContext) => Promise<JobOutput | null>
