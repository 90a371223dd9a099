import { cleanup, configure, render } from '@testing-library/react'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, vi } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import type { Granted, Host, MenuCommand } from '../../../src/contract/host.ts'
import type { Job, QueueSummary } from '../../../src/contract/jobs.ts'
import type { ModelSummary } from '../../../src/contract/models.ts'
import type { NotReopened, Project } from '../../../src/contract/projects.ts'
import { settings as settingsSchema, type Settings } from '../../../src/contract/settings.ts'
import type { StudioEvent, SystemInfo } from '../../../src/contract/system.ts'
import { Studio } from '../../../src/renderer/app/Studio.tsx'
import { useConnectionState } from '../../../src/renderer/app/events.ts'
import { useView } from '../../../src/renderer/app/view.ts'
import type { StudioClient } from '../../../src/renderer/client/context.tsx'
import { createTexts, type Language } from '../../../src/renderer/i18n/index.ts'

/** What the pretended studio holds. Tests change it and tell the page by `tell`. */
export interface World {
  project: Project | null
  assets: Asset[]
  jobs: Job[]
  summary: QueueSummary
  models: ModelSummary[]
  settings: Settings
  system: SystemInfo
}

export const emptySummary: QueueSummary = { running: 0, waiting: 0, paused: 0, failed: 0, done: 0, total: 0, ratePerMinute: null, secondsLeft: null, isPaused: false }

export const aProject = (name: string): Project =>
  ({ id: `project-${name}`, name, folder: `/home/me/${name}.hourglass`, assets: 0, createdAt: '2026-01-01T10:00:00Z', changedAt: '2026-01-01T10:00:00Z' }) as Project

/** A photo without colour; its id is its name. */
export const anAsset = (name: string): Asset =>
  ({
    id: name,
    kind: 'photo',
    name,
    folder: '',
    sha256: name,
    info: { width: 100, height: 80, format: 'jpeg', bytes: 1000, depth: 8, channels: 1, hasAlpha: false, orientation: 1, density: null, profile: null, pages: 1, metadata: [], takenAt: null, notes: [] },
    storage: 'linked',
    missing: false,
    stars: 0,
    flag: 'none',
    state: 'todo',
    error: null,
    thumbnail: null,
    resultThumbnail: null,
    figures: null,
    currentVersion: `${name}-version`,
    addedAt: '2026-01-01T10:00:00Z',
  }) as unknown as Asset

export const aJob = (id: string, part: Partial<Job> = {}): Job =>
  ({
    id,
    batch: 'batch',
    kind: 'colorize',
    state: 'waiting',
    title: { key: 'jobs.colorize', values: { name: `${id}.jpg` } },
    project: null,
    asset: null,
    model: null,
    progress: 0,
    attempts: 0,
    error: null,
    log: [],
    result: null,
    createdAt: '2026-01-01T10:00:00Z',
    startedAt: null,
    secondsLeft: null,
    endedAt: null,
    ...part,
  }) as Job

export const aModel = (id: string, part: Partial<ModelSummary> = {}): ModelSummary =>
  ({
    id,
    title: id,
    description: '',
    task: 'colorize',
    state: 'installed',
    bytes: 5_000_000,
    licence: { spdx: 'MIT', commercial: true, note: '' },
    source: '',
    isDefault: false,
    renderFactor: null,
    takesHints: false,
    figures: {},
    speedMs: null,
    download: null,
    problem: null,
    ...part,
  }) as ModelSummary

export function aSystem(): World['system'] {
  return {
    version: '0.1.0',
    engine: 'ready',
    provider: 'cpu',
    providers: [
      { name: 'cuda', usable: false, reason: 'No NVIDIA driver was found.', remedy: null, ms: null },
      { name: 'cpu', usable: true, reason: 'Always there.', remedy: null, ms: 12 },
    ],
    memory: { usedMb: 400, limitMb: 6144 },
    disk: { dataFolder: '/home/me/.local/share/hourglass-studio', freeMb: 50_000, cacheMb: 120 },
    modelsInstalled: 1,
    environment: [],
  }
}

function aWorld(): World {
  return {
    project: null,
    assets: [],
    jobs: [],
    summary: emptySummary,
    models: [],
    settings: settingsSchema.parse({}),
    system: aSystem(),
  }
}

/** A stream of events that tests push into. */
function stream() {
  const waiting: StudioEvent[] = []
  let wake: () => void = () => undefined
  let broken: Error | null = null
  return {
    push(event: StudioEvent) {
      waiting.push(event)
      wake()
    },
    /** The connection is lost: the present listener gets an error. */
    lose() {
      broken = new Error('gone')
      wake()
    },
    async *listen(signal?: AbortSignal): AsyncGenerator<StudioEvent> {
      broken = null
      yield { type: 'hello' }
      while (!signal?.aborted) {
        const next = waiting.shift()
        if (next) yield next
        else if (broken) throw broken
        else
          await new Promise<void>((resolve) => {
            wake = resolve
            signal?.addEventListener('abort', () => resolve())
          })
      }
    },
  }
}

function aHost() {
  return {
    name: 'test',
    pictureUrl: (key: string) => `/pictures/${key}`,
    pickFiles: vi.fn(async (): Promise<Granted[]> => []),
    takeDropped: vi.fn(async (): Promise<Granted[]> => []),
    reveal: vi.fn(async () => undefined),
    download: vi.fn(async () => undefined),
    notify: vi.fn(async () => undefined),
    setProgress: vi.fn(),
    setTitle: vi.fn(),
    setMenu: vi.fn((_menu: MenuCommand[]) => undefined),
  }
}

function aClient(world: World, events: ReturnType<typeof stream>) {
  const nothing = () => vi.fn(async (_input?: unknown) => undefined)
  return {
    projects: {
      current: vi.fn(async () => world.project),
      recent: vi.fn(async () => []),
      notReopened: vi.fn(async (): Promise<NotReopened | null> => null),
      create: vi.fn(async ({ name }: { name: string }) => (world.project = aProject(name))),
      open: nothing(),
      close: nothing(),
      rename: vi.fn(async ({ name }: { name: string }) => ({ ...world.project, name })),
    },
    assets: { list: vi.fn(async () => world.assets), add: vi.fn(async () => ({ added: [], rejected: [] })), addSamples: vi.fn(async () => world.assets), mark: nothing(), remove: nothing(), relink: nothing() },
    versions: { list: vi.fn(async () => []), get: nothing() },
    history: { list: vi.fn(async () => []), undo: vi.fn(async () => null), redo: vi.fn(async () => null), goTo: nothing() },
    photos: {},
    jobs: { list: vi.fn(async () => ({ jobs: world.jobs, summary: world.summary })), pause: nothing(), resume: nothing(), cancel: nothing(), retry: nothing(), clear: nothing() },
    models: {
      list: vi.fn(async () => world.models),
      get: vi.fn(async () => ({ job: 'job' })),
      add: nothing(),
      verify: vi.fn(async () => []),
      remove: nothing(),
      setDefault: nothing(),
      measure: vi.fn(async () => ({ ms: 1, provider: 'cpu' })),
    },
    settings: {
      get: vi.fn(async () => world.settings),
      change: vi.fn(async (change: Partial<Settings>) => (world.settings = { ...world.settings, ...change })),
    },
    system: {
      info: vi.fn(async () => world.system),
      doctor: vi.fn(async () => []),
      probe: vi.fn(async () => world.system.providers),
      clearCache: vi.fn(async () => ({ freedMb: 120 })),
      events: async (_input: undefined, options?: { signal?: AbortSignal }) => events.listen(options?.signal),
    },
  }
}

// Rooms load when they are first opened, and the machine may be busy.
configure({ asyncUtilTimeout: 10_000 })

afterEach(() => {
  cleanup()
  useConnectionState.setState({ heard: false, lost: false })
  useView.setState({ dialog: null, panelsFolded: false, fullScreen: false })
  window.location.hash = ''
})

/** The whole page in front of a pretended studio. */
export async function openStudio(change: Partial<World> = {}, options: { language?: Language; hash?: string; host?: Partial<Host> } = {}) {
  const world: World = { ...aWorld(), ...change }
  const events = stream()
  const client = aClient(world, events)
  const host = { ...aHost(), ...options.host } as ReturnType<typeof aHost>
  if (options.language) world.settings = { ...world.settings, language: options.language }
  window.location.hash = options.hash ?? ''
  const queryClient = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY, retry: false } } })
  const translations = await createTexts(options.language ?? 'en')
  const page = render(<Studio connection={{ client: client as unknown as StudioClient, host: host as unknown as Host }} queryClient={queryClient} translations={translations} />)
  return { world, client, host, page, tell: events.push, lose: events.lose }
}
