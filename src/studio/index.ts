import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { SpawnEngine } from '../contract/engine.ts'
import { HourglassError } from '../contract/errors.ts'
import { pictureKey } from '../contract/ids.ts'
import { studioMigrations } from '../contract/migrations/studio/index.ts'
import { fault, worded } from '../core/texts/wording.ts'
import { Assets } from './assets/assets.ts'
import { Thumbnails } from './assets/thumbnails.ts'
import { EngineClient, type EngineTimes } from './engine-client/client.ts'
import { engineConfig } from './engine-client/config.ts'
import { EventBus } from './events.ts'
import { Coloring } from './film/coloring.ts'
import { writeEdit } from './film/edit-exporting.ts'
import { Editing } from './film/editing.ts'
import { colorFilm, sweepChunks, type FilmParts } from './film/exporting.ts'
import { Film } from './film/film.ts'
import { Shots } from './film/shots.ts'
import { Proxies } from './film/proxies.ts'
import { Review } from './film/review.ts'
import { Takes } from './film/takes.ts'
import { Grants } from './grants/grants.ts'
import { forgetOldDownloads, TargetNames } from './jobs/exporting.ts'
import { clipIndexes } from './hosting/locations.ts'
import { Jobs } from './jobs/jobs.ts'
import { Queueing } from './jobs/queueing.ts'
import { JobStore, type JobKind } from './jobs/store.ts'
import type { Work } from './jobs/work.ts'
import { fileLog, type Log } from './log.ts'
import { Models } from './models/models.ts'
import { exportWork } from './pages/exporting.ts'
import { PageInsight } from './pages/insight.ts'
import { PaletteFiles } from './pages/palette-files.ts'
import { Pages } from './pages/pages.ts'
import { Recolouring } from './pages/recolouring.ts'
import { PictureCache } from './previews/cache.ts'
import { Previews } from './previews/previews.ts'
import { smallPicturePath, sweepSmallPictures } from './previews/results.ts'
import { Projects } from './projects/projects.ts'
import { References } from './references/references.ts'
import { createRouter, type StudioRouter } from './router.ts'
import { emptyEnvironment, type Environment } from './settings/environment.ts'
import { SettingsStore } from './settings/settings.ts'
import { openDatabase, type Database } from './storage/database.ts'
import { writeFailure } from './storage/failures.ts'
import { takeLock, type Lock } from './storage/lock.ts'
import { Machine } from './system/machine.ts'
import { System } from './system/system.ts'
import { Versions } from './versions/versions.ts'

export type { StudioRouter } from './router.ts'
export type { Grants } from './grants/grants.ts'
export type { EventBus } from './events.ts'

export interface StudioOptions {
  readonly paths: {
    /** Settings, cache, recent projects, own models. */
    readonly data: string
    /** Folders with models (and catalogue.json) that came with the product. */
    readonly bundledModels: readonly string[]
    /** Folders of HOURGLASS_MODELS. */
    readonly extraModels: readonly string[]
    /** Holds `samples/`. */
    readonly resources: string
  }
  readonly spawnEngine: SpawnEngine
  readonly version: string
  /** What `readEnvironment` found; nothing by default. */
  readonly environment?: Environment
  /** Opens the project that was open when the studio was last left; true by default. */
  readonly reopen?: boolean
  /** Where the log goes; by default `data/log/studio.log`. */
  readonly log?: Log
  /** Shorter ones for tests. */
  readonly engineTimes?: Partial<EngineTimes>
}

export interface Studio {
  /** Every call, for a transport's handler or `createRouterClient`. */
  readonly router: StudioRouter
  readonly grants: Grants
  readonly events: EventBus
  /** Pictures by key, for hosts to serve: encoded, immutable; the key's ending tells the type. */
  readonly pictures: { path(key: string): string | null }
  readonly engine: EngineClient
  readonly log: Log
  /** Settled once the last project is open again, or is not. */
  readonly ready: Promise<void>
  /** Settled once the originals of the open project have been looked for: `missing` is then true of each that is not there. */
  originalsChecked(): Promise<void>
  /** Stops jobs (they wait for the next start), closes the project, ends the engine. */
  close(): Promise<void>
}

/** The studio's own jobs on disk; in memory while another studio of this data folder has them. */
function openStudioStore(data: string, log: Log): { store: JobStore; lock: Lock | null; database: Database } {
  let lock: Lock | null = null
  try {
    lock = takeLock(join(data, 'studio.lock'), worded('fault.thing.downloads'))
  } catch (error) {
    if (!(error instanceof HourglassError)) throw writeFailure(error, data)
    log('jobs', 'another studio runs on this data folder: downloads of this one are not kept over a restart')
  }
  const database = openDatabase(lock ? join(data, 'studio.sqlite') : ':memory:', studioMigrations, worded('fault.thing.downloads'))
  return { store: new JobStore(database, null, log), lock, database }
}

/**
 * The application without a face. One open project, one engine, one queue; any number of windows and tabs talk to
 * it through `router` and hear of every change through `events`.
 *
 * @throws HourglassError `not-writable` or `no-space` where the data folder cannot be used.
 */
export function createStudio(options: StudioOptions): Studio {
  const { data } = options.paths
  try {
    mkdirSync(data, { recursive: true })
  } catch (error) {
    throw writeFailure(error, data)
  }
  const log = options.log ?? fileLog(join(data, 'log'))
  const bus = new EventBus()
  const grants = new Grants()
  const settings = new SettingsStore(join(data, 'settings.json'), options.environment ?? emptyEnvironment, bus, log)
  const machine = new Machine(join(data, 'machine.json'), options.version, log)
  const cache = new PictureCache(join(data, 'cache'), () => settings.current.cacheMb * 2 ** 20, log)

  const config = () => engineConfig(settings.current, options.version, { probed: machine.bestProvider, ffmpeg: settings.environment.ffmpeg, ffprobe: settings.environment.ffprobe })
  const engine = new EngineClient({
    spawn: options.spawnEngine,
    config,
    log,
    onState: (state) => {
      system.tell()
      if (state === 'ready') system.probeWhenIdle()
    },
    onProvider: (active, note) => system.providerChanged(active, note),
    times: options.engineTimes,
  })
  const models = new Models({ data, bundled: options.paths.bundledModels, extra: options.paths.extraModels, settings, engine, machine, bus, log })
  const system = new System({ version: options.version, data, engine, spawnEngine: options.spawnEngine, models, cache, settings, machine, bus, log })
  const projects: Projects = new Projects(data, bus, log, (asset) => jobs.isDoing(asset))
  const previews = new Previews({ projects, models, engine, cache, memoryMb: () => config().memoryMb, log })
  const references = new References({ projects, engine, cache })
  const indexes = clipIndexes(data)
  const film = new Film({ projects, engine, cache, previews, indexes })
  const shots = new Shots({ projects, engine, film, indexes })
  const thumbnails = new Thumbnails(engine, cache, indexes, log)
  const assets = new Assets({ projects, engine, thumbnails, indexes, samples: join(options.paths.resources, 'samples') })
  const names = new TargetNames()
  const exportsFolder = join(data, 'exports')
  const review = new Review({ projects, grants, film, shots, engine, cache, indexes, exportsFolder, names })

  const takes = new Takes({ projects, film, shots, engine, cache, indexes, log })

  let projectStore: JobStore | null = null
  const requireStore = (): JobStore => {
    projects.require()
    if (!projectStore) throw fault('bad-input', 'fault.noProjectOpen', 'remedy.openOrMakeProject')
    return projectStore
  }
  const proxies = new Proxies({ film, engine, cache, cacheMb: () => settings.current.cacheMb, indexes, jobs: () => jobs, projectStore: requireStore })

  const filmParts: FilmParts = { engine, models, previews, indexes, stillFile: (asset, frame, recipe, signal) => coloring.stillFile(asset, frame, recipe, signal) }
  const works: Record<JobKind, Work> = {
    proxy: (job, context) => proxies.work(job, context),
    colorize: async (job, context) => {
      if (!job.version) throw fault('internal', 'fault.jobWithoutVersion', 'remedy.startAgain')
      await previews.renderResult(projects.require(), job.version, context)
      return null
    },
    export: (job, context) => exportWork(projects.require(), job, context, { engine, previews, names }),
    film: (job, context) => colorFilm(projects.require(), job, context, filmParts),
    edit: (job, context) => writeEdit(projects.require(), job, context, filmParts),
    'model-download': async (job, context) => {
      if (!job.model) throw fault('internal', 'fault.jobWithoutModel', 'remedy.startAgain')
      await models.fetch(job.model, context)
      return null
    },
  }
  const jobs = new Jobs({
    bus,
    grants,
    log,
    works,
    isEngineDown: () => engine.isDown,
    onAsset: (asset, job, error) => {
      const session = projects.current
      if (!session || job.kind !== 'colorize') return
      if (error) session.assets.setError(asset, error.toData())
      session.announceAssets(asset)
    },
  })
  const own = openStudioStore(data, log)
  jobs.attach(own.store)

  let checked = Promise.resolve()
  projects.watch({
    opened(session) {
      thumbnails.opened(session)
      projectStore = new JobStore(session.project.database, session.project.id, log)
      jobs.attach(projectStore)
      checked = assets.findMissing(session).catch((error: unknown) => log('assets', String(error)))
      for (const sweep of [sweepChunks, sweepSmallPictures]) {
        try {
          sweep(session)
        } catch (error) {
          log('projects', String(error))
        }
      }
    },
    async closing() {
      thumbnails.closing()
      if (projectStore) await jobs.detach(projectStore)
      projectStore = null
    },
  })

  if (existsSync(exportsFolder)) forgetOldDownloads(exportsFolder, readdirSync(exportsFolder))
  const queueing = new Queueing({
    jobs,
    projects,
    previews,
    models,
    projectStore: requireStore,
    studioStore: own.store,
    exportsFolder,
  })
  const coloring = new Coloring({ projects, engine, models, cache, grants, film, shots, queueing, names, indexes, exportsFolder, memoryMb: () => config().memoryMb })
  const editing = new Editing({ projects, engine, film, coloring, queueing, indexes, exportsFolder })
  const recolouring = new Recolouring({ projects, previews, log })
  const stopFollowing = bus.listen((event) => {
    if (event.type === 'version.changed') previews.followSaved(event.version.id)
    if (event.type === 'palette.changed') recolouring.follow(event.swatches)
    if (event.type !== 'settings.changed') return
    engine.reconfigure()
    void cache.prune()
  })

  const ready = options.reopen === false ? Promise.resolve() : projects.reopenLast()
  const doctor = { version: options.version, data, engine, models, settings, system }
  const router = createRouter({ bus, grants, settings, projects, assets, versions: new Versions(projects), pages: new Pages(projects), insight: new PageInsight({ projects, previews, engine, cache }), paletteFiles: new PaletteFiles({ projects, engine, grants, exportsFolder }), film, shots, coloring, review, takes, editing, proxies, previews, references, jobs, queueing, models, system, doctor, ready })

  const findPicture = (key: string): string | null => {
    const parsed = pictureKey.safeParse(key)
    if (!parsed.success) return null
    const cached = cache.path(parsed.data)
    if (cached) return cached
    const small = projects.current ? smallPicturePath(projects.current, parsed.data) : null
    return small && existsSync(small) ? small : null
  }

  let closing: Promise<void> | null = null
  const close = async (): Promise<void> => {
    await ready
    stopFollowing()
    system.close()
    await projects.close(true)
    await jobs.close()
    await engine.close()
    own.database.close()
    own.lock?.release()
    bus.close()
  }
  return { router, grants, events: bus, pictures: { path: findPicture }, engine, log, ready, originalsChecked: () => checked, close: () => (closing ??= close()) }
}
