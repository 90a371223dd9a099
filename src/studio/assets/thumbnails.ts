import { rmSync } from 'node:fs'
import type { AssetId } from '../../contract/ids.ts'
import type { EngineClient } from '../engine-client/client.ts'
import type { Log } from '../log.ts'
import { screenTypeOf, type PictureCache } from '../previews/cache.ts'
import { hasSmallPicture, keepSmallPicture, thumbnailKey, thumbnailSide } from '../previews/results.ts'
import type { AssetRecord } from './rows.ts'
import type { Session } from '../projects/session.ts'

/** At once; the engine has other work too. */
const width = 2

/** Makes the small pictures of originals, one after another, in the background of one open project. */
export class Thumbnails {
  #engine: EngineClient
  #cache: PictureCache
  #indexes: string
  #log: Log
  #session: Session | null = null
  #waiting = new Set<AssetId>()
  #running = 0
  #stop = new AbortController()

  /** @param indexes folder of the indexes of clips */
  constructor(engine: EngineClient, cache: PictureCache, indexes: string, log: Log) {
    this.#engine = engine
    this.#cache = cache
    this.#indexes = indexes
    this.#log = log
  }

  /** Takes up a project: whatever has no small picture, or lost it, gets one. */
  opened(session: Session): void {
    this.#session = session
    this.#stop = new AbortController()
    this.want(session.assets.list().filter((asset) => !asset.missing && !(asset.thumbnail && hasSmallPicture(session, asset.thumbnail))).map((asset) => asset.id))
  }

  closing(): void {
    this.#stop.abort()
    this.#waiting.clear()
    this.#session = null
  }

  want(ids: readonly AssetId[]): void {
    for (const id of ids) this.#waiting.add(id)
    while (this.#running < width && this.#next()) this.#running++
  }

  #next(): boolean {
    const session = this.#session
    for (const id of this.#waiting) {
      this.#waiting.delete(id)
      if (!session) return false
      void this.#make(session, id).then(() => {
        this.#running--
        this.want([])
      })
      return true
    }
    return false
  }

  async #make(session: Session, id: AssetId): Promise<void> {
    const asset = session.assets.find(id)
    if (!asset) return
    const type = screenTypeOf(asset)
    const key = thumbnailKey(asset.sha256, type)
    const signal = this.#stop.signal
    let out: string | null = null
    try {
      if (!hasSmallPicture(session, key)) {
        out = this.#cache.temporary(type)
        await this.#draw(asset, out, signal)
        if (this.#session !== session) return
        keepSmallPicture(session, key, out)
      }
      session.edit((touched) => {
        session.assets.setThumbnail(id, key)
        touched.assets.add(id)
      })
    } catch (error) {
      if (!signal.aborted) this.#log('assets', `no small picture of ${asset.name}: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      if (out) rmSync(out, { force: true })
    }
  }

  /** Of a clip, the frame a tenth into it: films begin black. */
  async #draw({ kind, info, path, sha256 }: AssetRecord, out: string, signal: AbortSignal): Promise<void> {
    const options = { priority: 'visible', signal, resend: true } as const
    const box = { width: thumbnailSide, height: thumbnailSide }
    if (kind === 'clip') await this.#engine.run('clipStill', { path, cache: this.#indexes, frame: Math.floor(info.pages / 10), box, ahead: false, out }, options)
    else await this.#engine.run('thumbnail', { source: { path, sha256 }, side: thumbnailSide, isPage: kind === 'page', out }, options)
  }
}
