import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createRouterClient, type RouterClient } from '@orpc/server'
import type { Job } from '../../../src/contract/jobs.ts'
import { createStudio, type Studio, type StudioOptions, type StudioRouter } from '../../../src/studio/index.ts'
import { FakeEngine, fakePicture } from './fake-engine.ts'

/** A folder for one test, gone afterwards. */
export function temporaryFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'hourglass-studio-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** A model folder with a valid card; the weights are four bytes that no engine reads. */
export function writeModel(folder: string, id: string, extra: Record<string, unknown> = {}): void {
  mkdirSync(join(folder, id), { recursive: true })
  writeFileSync(join(folder, id, 'model.onnx'), 'onnx')
  const card = {
    id,
    title: id,
    task: 'colorize',
    file: 'model.onnx',
    sha256: 'a'.repeat(64),
    bytes: 4,
    licence: { spdx: 'MIT', commercial: true },
    source: 'drawn by the test',
    inputs: [{ role: 'lightness', name: 'L', channels: 1, build: 'lightness' }],
    outputs: [{ name: 'ab', meaning: 'ab' }],
    size: { mode: 'free' },
    renderFactor: { default: 12 },
    ...extra,
  }
  writeFileSync(join(folder, id, 'card.json'), JSON.stringify(card))
}

export interface Fixture {
  readonly folder: string
  readonly engine: FakeEngine
  readonly studio: Studio
  readonly client: RouterClient<StudioRouter>
  /** Writes a test picture and grants it. */
  picture(name: string): { path: string; grant: string }
  job(id: string): Promise<Job | undefined>
  /** Waits until a job is done, has failed or was cancelled. */
  ended(id: string): Promise<Job>
  /** Closes the studio and opens another on the same data. */
  restart(options?: Partial<StudioOptions>): Promise<Fixture>
  close(): Promise<void>
}

export function openStudio(folder: string, engine = new FakeEngine(), options: Partial<StudioOptions> = {}): Fixture {
  writeModel(join(folder, 'models'), 'colorize-test')
  const samples = join(folder, 'resources', 'samples')
  mkdirSync(samples, { recursive: true })
  for (const name of ['photo-girl.jpg', 'photo-lake.jpg']) writeFileSync(join(samples, name), fakePicture(name))
  const studio = createStudio({
    paths: { data: join(folder, 'data'), bundledModels: [join(folder, 'models')], extraModels: [], resources: join(folder, 'resources') },
    spawnEngine: engine.spawn,
    version: '0.0.0-test',
    engineTimes: { ping: 50, silentPings: 4, cancel: 200, quit: 200, start: 5000 },
    ...options,
  })
  const client = createRouterClient(studio.router)
  const job = async (id: string) => (await client.jobs.list()).jobs.find((one) => one.id === id)
  return {
    folder,
    engine,
    studio,
    client,
    picture: (name) => {
      const path = join(folder, 'pictures', name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, fakePicture(name))
      return { path, grant: studio.grants.give(path).grant }
    },
    job,
    ended: (id) =>
      until(async () => {
        const one = await job(id)
        return one && ['done', 'failed', 'cancelled'].includes(one.state) && one
      }, 'the end of the job'),
    restart: async (more = {}) => {
      await studio.close()
      return openStudio(folder, engine, { ...options, ...more })
    },
    close: () => studio.close(),
  }
}

/** Waits until `check` answers something, asking again and again. */
export async function until<Value>(check: () => Promise<Value | null | undefined | false> | Value | null | undefined | false, what = 'it'): Promise<Value> {
  const end = Date.now() + 30_000
  while (Date.now() < end) {
    const value = await check()
    if (value) return value
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error(`${what} did not happen within 30 s`)
}
