import { rmSync } from 'node:fs'
import type { ClipTruth, Still } from '../../contract/clipFrames.ts'
import type { AssetId } from '../../contract/ids.ts'
import type { Size } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import type { AssetRecord } from '../assets/rows.ts'
import type { EngineClient } from '../engine-client/client.ts'
import { keyOf, type PictureCache } from '../previews/cache.ts'
import { hashOf } from '../previews/keys.ts'
import type { Previews } from '../previews/previews.ts'
import type { Projects } from '../projects/projects.ts'

export interface FilmOptions {
  readonly projects: Projects
  readonly engine: EngineClient
  readonly cache: PictureCache
  /** Finds originals, and notes which are missing. */
  readonly previews: Pick<Previews, 'sourceOf'>
  /** Where indexes of clips are kept. */
  readonly indexes: string
}

interface StillRequest {
  readonly asset: AssetId
  readonly frame: number
  readonly box: Size
  readonly ahead: boolean
}

/** Clips of the open project: their frames, and pictures of them. */
export class Film {
  readonly #options: FilmOptions

  constructor(options: FilmOptions) {
    this.#options = options
  }

  /** @throws HourglassError `bad-input` where it is none, or not in the project */
  clip(id: AssetId): AssetRecord {
    const asset = this.#options.projects.require().assets.require(id)
    if (asset.kind !== 'clip') throw fault('bad-input', 'fault.noClip', 'remedy.chooseClip', { name: asset.name })
    return asset
  }

  /** Where a clip lies. @throws HourglassError `bad-input` where it is not there any more */
  pathOf(asset: AssetRecord): string {
    return this.#options.previews.sourceOf(this.#options.projects.require(), asset).path
  }

  /** What packets tell of a clip, or a decode, where there was one. */
  open(id: AssetId, signal?: AbortSignal): Promise<ClipTruth> {
    return this.#read(id, false, signal)
  }

  /** Every frame decoded once. */
  check(id: AssetId, signal?: AbortSignal): Promise<ClipTruth> {
    return this.#read(id, true, signal)
  }

  async #read(id: AssetId, verify: boolean, signal?: AbortSignal): Promise<ClipTruth> {
    const path = this.pathOf(this.clip(id))
    const rate = this.#options.projects.require().shots.find(id)?.rate ?? null
    const index = await this.#options.engine.run('clipIndex', { path, cache: this.#options.indexes, verify, rate }, { priority: verify ? 'job' : 'interactive', signal, resend: true })
    const { info, timeBase, pts, keys, doubtful, sequence } = index
    return { info, timeBase, pts, keys, doubtful, numbered: sequence !== null }
  }

  /** Exactly this frame, from the cache or the engine. */
  async still({ asset: id, frame, box, ahead }: StillRequest, signal?: AbortSignal): Promise<Still> {
    const { cache, engine, indexes } = this.#options
    const asset = this.clip(id)
    const key = keyOf(hashOf({ clip: asset.sha256, frame, box }), 'jpg')
    if (cache.lookUp(key) !== null) return { key, frame }
    const out = cache.temporary('jpg')
    try {
      const { pts } = await engine.run('clipStill', { path: this.pathOf(asset), cache: indexes, frame, box, ahead, out }, { priority: ahead ? 'interactive' : 'visible', signal, resend: true })
      cache.keep(key, out, { pts })
      return { key, frame }
    } finally {
      rmSync(out, { force: true })
    }
  }
}
