import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { z } from 'zod'
import type { Asset } from '../../contract/assets.ts'
import { pictureKey, type PictureKey } from '../../contract/ids.ts'
import type { Log } from '../log.ts'
import { writeFailure } from '../storage/failures.ts'

/** A picture in the cache with what is known of it, as JSON. */
interface Entry {
  readonly path: string
  readonly bytes: number
  /** ms since 1970; asking for a picture sets it. */
  readonly usedAt: number
}

/** What lies beside a picture: its size as it was written, and what is known of it. */
const note = z.object({ bytes: z.number(), facts: z.unknown() })

/** Of the cap; what pruning leaves, so that it is not called for again at once. */
const pruneTo = 0.9
/** How long the time of use may lag behind, ms: saves a write on every look. */
const useGrain = 60_000

/**
 * Encoded pictures by key, each beside a small JSON file with its facts. Files, not a database: two studios may
 * share the folder, and every picture can be lost without harm. The longest unused go when the cap is reached.
 */
export class PictureCache {
  #folder: string
  #capBytes: () => number
  #log: Log
  #bytes = 0
  #counted: Promise<void>
  #pruning = false

  constructor(folder: string, capBytes: () => number, log: Log) {
    this.#folder = folder
    this.#capBytes = capBytes
    this.#log = log
    this.#counted = this.#count().catch((error: unknown) => log('cache', `could not be counted: ${String(error)}`))
  }

  get megabytes(): number {
    return Math.round(this.#bytes / 2 ** 20)
  }

  #place(key: string): string {
    return join(this.#folder, key.slice(0, 2), key)
  }

  /** Where the picture of a key lies; null where it is not (any more) in the cache. */
  path(key: PictureKey): string | null {
    const path = this.#place(key)
    return existsSync(path) ? path : null
  }

  /** What was kept with a picture, null where there is none. Counts as use. */
  lookUp(key: PictureKey): unknown {
    const path = this.#place(key)
    try {
      const { bytes, facts } = note.parse(JSON.parse(readFileSync(`${path}.json`, 'utf8')))
      const { size, mtimeMs } = statSync(path)
      // Nothing here is forced onto the disk: after a power cut a picture may be cut short, or empty.
      if (size !== bytes) return null
      const now = Date.now()
      if (now - mtimeMs > useGrain) utimesSync(path, now / 1000, now / 1000)
      return facts
    } catch {
      return null
    }
  }

  /** A path for a picture in the making; give it to `keep`, or remove it. */
  temporary(extension: ScreenType): string {
    const folder = join(this.#folder, 'tmp')
    try {
      mkdirSync(folder, { recursive: true })
    } catch (error) {
      throw writeFailure(error, folder)
    }
    return join(folder, `${randomUUID()}.${extension}`)
  }

  /** Draws pictures and keeps them under these keys, with what the work tells of them; what was half drawn goes, however it ends. */
  async drawn<Facts>(keys: readonly PictureKey[], work: (places: readonly string[]) => Promise<Facts>): Promise<Facts> {
    const places = keys.map((key) => this.temporary(extname(key).slice(1) as ScreenType))
    try {
      const facts = await work(places)
      for (const [i, key] of keys.entries()) this.keep(key, places[i] as string, facts)
      return facts
    } finally {
      for (const place of places) rmSync(place, { force: true })
    }
  }

  /** Moves a finished picture in under its key. */
  keep(key: PictureKey, temporary: string, facts: unknown): void {
    const path = this.#place(key)
    try {
      mkdirSync(join(this.#folder, key.slice(0, 2)), { recursive: true })
      renameSync(temporary, path)
      const bytes = statSync(path).size
      // The facts go last: a picture without them does not count as there.
      writeFileSync(`${path}.json.tmp`, JSON.stringify({ bytes, facts }))
      renameSync(`${path}.json.tmp`, `${path}.json`)
      this.#bytes += bytes
    } catch (error) {
      rmSync(temporary, { force: true })
      throw writeFailure(error, path)
    }
    void this.prune()
  }

  async #entries(): Promise<Entry[]> {
    const found: Entry[] = []
    const shelves = await readdir(this.#folder).catch(() => [])
    for (const shelf of shelves.filter((name) => name !== 'tmp')) {
      for (const name of await readdir(join(this.#folder, shelf)).catch(() => [])) {
        if (name.endsWith('.json') || name.endsWith('.tmp')) continue
        const path = join(this.#folder, shelf, name)
        const facts = await stat(path).catch(() => null)
        if (facts) found.push({ path, bytes: facts.size, usedAt: facts.mtimeMs })
      }
    }
    return found
  }

  async #count(): Promise<void> {
    const tmp = join(this.#folder, 'tmp')
    for (const name of await readdir(tmp).catch(() => [])) {
      const facts = await stat(join(tmp, name)).catch(() => null)
      // What is older was left by a process that is gone.
      if (facts && Date.now() - facts.mtimeMs > 3_600_000) await rm(join(tmp, name), { force: true })
    }
    let bytes = 0
    for (const entry of await this.#entries()) bytes += entry.bytes
    this.#bytes += bytes
    await this.prune()
  }

  async #remove(entries: readonly Entry[]): Promise<number> {
    let freed = 0
    for (const { path, bytes } of entries) {
      await rm(`${path}.json`, { force: true })
      await rm(path, { force: true })
      freed += bytes
    }
    this.#bytes = Math.max(0, this.#bytes - freed)
    return freed
  }

  /** Takes the longest unused away where the cap is passed. Never rejects: what could not be removed stays. */
  async prune(): Promise<void> {
    const cap = this.#capBytes()
    if (this.#pruning || this.#bytes <= cap) return
    this.#pruning = true
    try {
      const entries = (await this.#entries()).sort((a, b) => a.usedAt - b.usedAt)
      const total = entries.reduce((sum, entry) => sum + entry.bytes, 0)
      this.#bytes = total
      let over = total - cap * pruneTo
      const going: Entry[] = []
      for (const entry of entries) {
        if (over <= 0) break
        going.push(entry)
        over -= entry.bytes
      }
      const freed = await this.#remove(going)
      this.#log('cache', `${going.length} pictures made room, ${Math.round(freed / 2 ** 20)} MB`)
    } catch (error) {
      this.#log('cache', `no room was made: ${String(error)}`)
    } finally {
      this.#pruning = false
    }
  }

  /** Empties it; answers the bytes freed. */
  async clear(): Promise<number> {
    await this.#counted
    return this.#remove(await this.#entries())
  }
}

/** Types of pictures for the screen, by their extension; `jpgs`: many JPEGs in one file. */
export type ScreenType = 'jpg' | 'webp' | 'png' | 'jpgs'

/** Key of an encoded picture: a hash and the extension that tells its type. */
export const keyOf = (hash: string, extension: ScreenType): PictureKey => pictureKey.parse(`${hash}.${extension}`)

/** JPEG is encoded fastest; only WebP keeps what is transparent; a page's fills are exact, and its lines without ringing. */
export const screenTypeOf = ({ kind, info }: Pick<Asset, 'kind' | 'info'>): ScreenType => (kind === 'page' ? 'png' : info.hasAlpha ? 'webp' : 'jpg')
