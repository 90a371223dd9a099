import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { z } from 'zod'
import type { AssetId, JobId, PictureKey } from '../../contract/ids.ts'
import { isUnfinished } from '../../contract/jobs.ts'
import { proxy, type Proxy } from '../../contract/review.ts'
import { proxyBox } from '../../core/film/proxy.ts'
import { fault } from '../../core/texts/wording.ts'
import type { AssetRecord } from '../assets/rows.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { JobRecord, JobStore } from '../jobs/store.ts'
import type { WorkContext } from '../jobs/work.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { hashOf } from '../previews/keys.ts'
import type { Film } from './film.ts'

interface ProxiesOptions {
  readonly film: Pick<Film, 'clip' | 'pathOf'>
  readonly engine: EngineClient
  readonly cache: PictureCache
  /** Megabytes that the cache may have. */
  readonly cacheMb: () => number
  /** Where indexes of clips are kept. */
  readonly indexes: string
  readonly jobs: () => Jobs
  readonly projectStore: () => JobStore
}

/** Of the cache; more would push out everything else, and at last itself. */
const share = 0.75
/** Kept with the file: where each picture begins. */
const facts = proxy.pick({ offsets: true })
const jobInput = z.object({ key: proxy.shape.key })

/** Small pictures of every frame, in the cache: as long as they are there, playing needs no decoder. */
export class Proxies {
  readonly #options: ProxiesOptions

  constructor(options: ProxiesOptions) {
    this.#options = options
  }

  #key(clip: AssetRecord): PictureKey {
    return keyOf(hashOf({ proxy: clip.sha256, box: proxyBox }), 'jpgs')
  }

  get(id: AssetId): Proxy | null {
    const key = this.#key(this.#options.film.clip(id))
    const known = facts.safeParse(this.#options.cache.lookUp(key))
    return known.success ? { key, offsets: known.data.offsets } : null
  }

  async estimate(id: AssetId, signal?: AbortSignal): Promise<{ bytes: number }> {
    const { film, engine, indexes } = this.#options
    return engine.run('estimateProxy', { path: film.pathOf(film.clip(id)), cache: indexes, box: proxyBox }, { priority: 'visible', signal, resend: true })
  }

  /**
   * Queues the work; one of the same clip that waits, rests or runs is answered instead.
   * @throws HourglassError `too-large` where the cache would not keep it
   */
  async make(id: AssetId, signal?: AbortSignal): Promise<JobId> {
    const { film, jobs, projectStore, cacheMb } = this.#options
    const clip = film.clip(id)
    const store = projectStore()
    const under = store.list().find((job) => job.kind === 'proxy' && job.asset === id && isUnfinished(job))
    if (under?.state === 'paused') jobs().resume({ ids: [under.id] })
    if (under) return under.id
    const { bytes } = await this.estimate(id, signal)
    const neededMb = Math.ceil(bytes / 2 ** 20)
    if (neededMb > share * cacheMb()) throw fault('too-large', 'fault.proxyTooLarge', 'remedy.largerCache', { name: clip.name, needed: neededMb, cache: cacheMb() })
    return jobs().submit(store, [{ batch: randomUUID(), kind: 'proxy', title: { key: 'jobs.proxy', values: { name: clip.name } }, asset: id, version: null, model: null, input: { key: this.#key(clip) } }])[0] as JobId
  }

  /** Does such a job. */
  async work({ asset, input }: JobRecord, { signal, onProgress }: WorkContext): Promise<null> {
    const { film, engine, cache, indexes } = this.#options
    const { key } = jobInput.parse(input)
    if (asset === null || facts.safeParse(cache.lookUp(key)).success) return null
    const out = cache.temporary('jpgs')
    try {
      const made = await engine.run('makeProxy', { path: film.pathOf(film.clip(asset)), cache: indexes, box: proxyBox, out }, { priority: 'job', signal, onProgress })
      cache.keep(key, out, made)
      return null
    } finally {
      rmSync(out, { force: true })
    }
  }
}
