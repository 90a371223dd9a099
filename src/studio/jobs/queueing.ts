import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { z } from 'zod'
import { HourglassError } from '../../contract/errors.ts'
import type { AssetId, JobId, ModelId, VersionId } from '../../contract/ids.ts'
import { isUnfinished } from '../../contract/jobs.ts'
import type { pageExportOptions } from '../../contract/pages.ts'
import { commonFolder } from '../../core/photos/naming.ts'
import { fault } from '../../core/texts/wording.ts'
import type { EditInput } from '../film/edit-exporting.ts'
import { filmPlace, type FilmInput } from '../film/exporting.ts'
import type { Grant } from '../grants/grants.ts'
import type { Models } from '../models/models.ts'
import type { Previews } from '../previews/previews.ts'
import type { Projects } from '../projects/projects.ts'
import { makeFolder, type ExportInput } from './exporting.ts'
import type { Jobs } from './jobs.ts'
import type { JobStore, NewJob } from './store.ts'

export interface QueueingOptions {
  readonly jobs: Jobs
  readonly projects: Projects
  readonly previews: Previews
  readonly models: Models
  /** Store of the open project, and the studio's own. */
  readonly projectStore: () => JobStore
  readonly studioStore: JobStore
  readonly exportsFolder: string
}

/** Turns wishes into jobs. */
export class Queueing {
  #options: QueueingOptions

  constructor(options: QueueingOptions) {
    this.#options = options
  }

  #isRendered(version: VersionId): boolean {
    try {
      return this.#options.previews.isRendered(this.#options.projects.require(), version)
    } catch (error) {
      // A recipe whose model is not there: the job says so, for this picture alone.
      if (error instanceof HourglassError) return false
      throw error
    }
  }

  /** One job a picture; what is rendered already, or waits in the queue, gets none. A paused one goes on. */
  colorAll(assets: readonly AssetId[], again: boolean): JobId[] {
    const { jobs, projects } = this.#options
    const session = projects.require()
    const store = this.#options.projectStore()
    const batch = randomUUID()
    const fresh: NewJob[] = []
    const paused: JobId[] = []
    for (const id of new Set(assets)) {
      const asset = session.assets.require(id)
      const version = asset.currentVersion
      const under = store.unfinished('colorize', version)
      if (under?.state === 'paused') paused.push(under.id)
      if (under || (!again && this.#isRendered(version))) continue
      fresh.push({ batch, kind: 'colorize', title: { key: 'jobs.colorize', values: { name: asset.name } }, asset: id, version, model: null, input: {} })
    }
    if (paused.length > 0) jobs.resume({ ids: paused })
    return [...paused, ...jobs.submit(store, fresh)]
  }

  /** One job a version; of a CBZ or a contact sheet one for all. Without a folder the files go into one of the studio's own, to be downloaded from there. */
  export(versions: readonly VersionId[], folder: Grant | null, options: z.output<typeof pageExportOptions>): JobId[] {
    const { jobs, projects, exportsFolder } = this.#options
    const session = projects.require()
    const batch = randomUUID()
    const target = folder?.path ?? join(exportsFolder, batch)
    makeFolder(target)
    const input: ExportInput = { folder: target, downloadable: folder === null, options }
    const assets = versions.map((id) => session.assets.require(session.versions.require(id).asset))
    const job = { batch, kind: 'export', model: null } as const
    if (options.format === 'cbz' || options.format === 'sheet-png' || options.format === 'sheet-jpeg') {
      const name = commonFolder(assets.map((asset) => asset.folder)).split('/').at(-1) || session.project.describe().name
      const chapter = { name, versions: [...versions] }
      return jobs.submit(this.#options.projectStore(), [{ ...job, title: { key: options.format === 'cbz' ? 'jobs.exportChapter' : 'jobs.exportSheet', values: { name } }, asset: null, version: null, input: { ...input, chapter } }])
    }
    const fresh = versions.flatMap((id, n): NewJob[] => {
      const asset = assets[n]
      return asset ? [{ ...job, title: { key: 'jobs.export', values: { name: asset.name } }, asset: asset.id, version: id, input }] : []
    })
    return jobs.submit(this.#options.projectStore(), fresh)
  }

  /** One job that colours frames of a clip into a file. */
  film(asset: AssetId, input: FilmInput): JobId[] {
    const { name } = this.#options.projects.require().assets.require(asset)
    return this.#options.jobs.submit(this.#options.projectStore(), [{ batch: randomUUID(), kind: 'film', title: { key: 'jobs.film', values: { name } }, asset, version: null, model: null, input }])
  }

  /** One job that writes a film of the edit. */
  edit(input: EditInput): JobId[] {
    const { name } = this.#options.projects.require().project.describe()
    return this.#options.jobs.submit(this.#options.projectStore(), [{ batch: randomUUID(), kind: 'edit', title: { key: 'jobs.edit', values: { name } }, asset: null, version: null, model: null, input }])
  }

  /** Where the films that are still to be written will stand. */
  filmTargets(): string[] {
    const open = this.#options.projectStore().list().filter((job) => (job.kind === 'film' || job.kind === 'edit') && isUnfinished(job))
    return open.map(({ input }) => filmPlace.pick({ target: true }).parse(input).target)
  }

  /** A download that the user agreed to; one of the same model that is under way is answered instead. */
  fetchModel(id: ModelId): JobId {
    const { jobs, models, studioStore } = this.#options
    const entry = models.entry(id)
    const under = studioStore.list().find((job) => job.model === id && isUnfinished(job))
    if (under) {
      if (under.state === 'paused') jobs.resume({ ids: [under.id] })
      return under.id
    }
    const job: NewJob = { batch: randomUUID(), kind: 'model-download', title: { key: 'jobs.modelDownload', values: { name: entry.title } }, asset: null, version: null, model: id, input: {} }
    const [made] = jobs.submit(studioStore, [job])
    if (made === undefined) throw fault('internal', 'fault.downloadNotStarted', 'remedy.tryAgain')
    return made
  }
}
