import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { errorData } from '../../contract/errors.ts'
import { assetId, jobId, modelId, versionId, type AssetId, type JobId, type ModelId, type VersionId } from '../../contract/ids.ts'
import { jobKind, jobState, unfinishedStates, type JobSelection, type JobState } from '../../contract/jobs.ts'
import { wording, type Wording } from '../../contract/texts.ts'
import { readColumn } from '../assets/rows.ts'
import type { Log } from '../log.ts'
import type { Database, Row } from '../storage/database.ts'

export type JobKind = z.infer<typeof jobKind>

/** What came out of a job, as stored; pages get a grant instead of the path. */
export const jobOutput = z.object({ name: z.string(), path: z.string(), downloadable: z.boolean() })
export type JobOutput = z.infer<typeof jobOutput>

const logLines = z.array(z.object({ at: z.string(), text: wording }))

const columns = z.object({
  position: z.number(),
  id: jobId,
  batch: z.string(),
  kind: jobKind,
  state: jobState,
  asset: assetId.nullable(),
  version: versionId.nullable(),
  model: modelId.nullable(),
  progress: z.number(),
  attempts: z.number(),
  crashes: z.number(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
})

export interface JobRecord extends Omit<z.infer<typeof columns>, 'created_at' | 'started_at' | 'ended_at'> {
  readonly title: Wording
  /** What the kind of work needs to know; each kind parses its own. */
  readonly input: unknown
  readonly error: z.infer<typeof errorData> | null
  readonly log: z.infer<typeof logLines>
  readonly result: JobOutput | null
  readonly createdAt: string
  readonly startedAt: string | null
  readonly endedAt: string | null
}

export interface NewJob {
  readonly batch: string
  readonly kind: JobKind
  readonly title: Wording
  readonly asset: AssetId | null
  readonly version: VersionId | null
  readonly model: ModelId | null
  readonly input: unknown
}

/** The jobs table of a project, or of the studio itself. */
export class JobStore {
  /** Id of the project the jobs belong to; null: the studio's own. */
  readonly project: string | null
  readonly database: Database
  #log: Log

  constructor(database: Database, project: string | null, log: Log) {
    this.database = database
    this.project = project
    this.#log = log
  }

  #read(row: Row): JobRecord[] {
    const parsed = columns.safeParse(row)
    if (!parsed.success) {
      this.#log('jobs', `The row of job ${String(row['id'])} is damaged and was passed over`)
      return []
    }
    const { created_at, started_at, ended_at, ...plain } = parsed.data
    const what = `Job ${plain.id}`
    return [
      {
        ...plain,
        title: readColumn(wording, row['title'], what, this.#log) ?? { key: `jobs.${plain.kind}` },
        input: readColumn(z.unknown(), row['input'], what, this.#log),
        error: readColumn(errorData, row['error'], what, this.#log),
        log: readColumn(logLines, row['log'], what, this.#log) ?? [],
        result: readColumn(jobOutput, row['result'], what, this.#log),
        createdAt: created_at,
        startedAt: started_at,
        endedAt: ended_at,
      },
    ]
  }

  list(): JobRecord[] {
    return this.database.all('SELECT * FROM jobs ORDER BY position').flatMap((row) => this.#read(row))
  }

  find(id: JobId): JobRecord | null {
    return this.database.all('SELECT * FROM jobs WHERE id = ?', id).flatMap((row) => this.#read(row))[0] ?? null
  }

  select(which: JobSelection): JobRecord[] {
    if ('ids' in which) return which.ids.flatMap((id) => this.find(id) ?? [])
    if ('batch' in which) return this.database.all('SELECT * FROM jobs WHERE batch = ? ORDER BY position', which.batch).flatMap((row) => this.#read(row))
    return this.list()
  }

  /** The next to start: those that never brought the engine down go first. */
  next(kinds: readonly JobKind[]): JobRecord | null {
    const marks = kinds.map(() => '?').join(', ')
    return this.database.all(`SELECT * FROM jobs WHERE state = 'waiting' AND kind IN (${marks}) ORDER BY crashes, position LIMIT 1`, ...kinds).flatMap((row) => this.#read(row))[0] ?? null
  }

  /** An unfinished job that colours this version. */
  unfinished(kind: JobKind, version: VersionId): JobRecord | null {
    return (
      this.database
        .all(`SELECT * FROM jobs WHERE kind = ? AND version = ? AND state IN (${unfinishedStates.map(() => '?').join(', ')}) LIMIT 1`, kind, version, ...unfinishedStates)
        .flatMap((row) => this.#read(row))[0] ?? null
    )
  }

  counts(): Record<JobState, number> {
    const counts: Record<JobState, number> = { waiting: 0, running: 0, paused: 0, done: 0, failed: 0, cancelled: 0 }
    for (const row of this.database.all('SELECT state, count(*) AS count FROM jobs GROUP BY state')) {
      const state = jobState.safeParse(row['state'])
      if (state.success) counts[state.data] = Number(row['count'])
    }
    return counts
  }

  insert(job: NewJob): JobId {
    const id = jobId.parse(randomUUID())
    this.database.run(
      'INSERT INTO jobs (id, batch, kind, state, title, asset, version, model, input, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      job.batch,
      job.kind,
      'waiting',
      JSON.stringify(job.title),
      job.asset,
      job.version,
      job.model,
      JSON.stringify(job.input),
      new Date().toISOString(),
    )
    return id
  }

  /** Writes the changeable part of a job; a sentence is added to its log. */
  update(id: JobId, changes: Partial<Pick<JobRecord, 'state' | 'progress' | 'attempts' | 'crashes' | 'error' | 'result' | 'startedAt' | 'endedAt'>>, sentence?: Wording): void {
    const job = this.find(id)
    if (!job) return
    const next = { ...job, ...changes }
    const log = sentence ? [...job.log, { at: new Date().toISOString(), text: sentence }] : job.log
    this.database.run(
      'UPDATE jobs SET state = ?, progress = ?, attempts = ?, crashes = ?, error = ?, result = ?, started_at = ?, ended_at = ?, log = ? WHERE id = ?',
      next.state,
      next.progress,
      next.attempts,
      next.crashes,
      next.error ? JSON.stringify(next.error) : null,
      next.result ? JSON.stringify(next.result) : null,
      next.startedAt,
      next.endedAt,
      JSON.stringify(log.slice(-50)),
      id,
    )
  }

  /** What was running when its process ended waits again. */
  recover(): void {
    this.database.run("UPDATE jobs SET state = 'waiting', progress = 0, started_at = NULL WHERE state = 'running'")
  }

  /** Forgets jobs in these states and answers them. */
  clear(states: readonly JobState[]): JobRecord[] {
    const gone = this.list().filter((job) => states.includes(job.state))
    this.database.transaction(() => {
      for (const job of gone) this.database.run('DELETE FROM jobs WHERE id = ?', job.id)
    })
    return gone
  }
}
