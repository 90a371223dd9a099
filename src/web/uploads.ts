import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat, statfs } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { basename, dirname, join, sep } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CancelledError, type HourglassError } from '../contract/errors.ts'
import type { Granted } from '../contract/host.ts'
import { fault } from '../core/texts/wording.ts'
import type { Grants } from '../studio/grants/grants.ts'

/** Left free on the disk, for the database and everybody else. */
const reserveBytes = 256 * 1024 * 1024
const checkEveryBytes = 64 * 1024 * 1024

const batchShape = /^[a-z0-9-]{8,64}$/i

/** The parts of a path that came from a page: names only, so that nothing outside the batch is ever meant. */
function partsOf(path: string): string[] {
  const parts = path.split('/').filter((part) => part !== '')
  const isBad = (part: string): boolean => part === '.' || part === '..' || part.includes('\\') || part.includes('\0') || part.includes(sep) || Buffer.byteLength(part) > 255
  if (parts.length === 0 || parts.length > 64 || parts.some(isBad)) {
    throw fault('bad-input', 'fault.uploadName', 'remedy.renameFile', { name: JSON.stringify(path.slice(0, 100)) })
  }
  return parts
}

/**
 * Files that a browser hands over: streamed to disk as they come, never held in memory, limited only by the free
 * disk. A batch is a folder of its own; what was broken off is removed. `grant` turns an arrived file or folder
 * into a permission.
 */
export class Uploads {
  readonly #folder: string
  readonly #projects: string
  readonly #grants: Grants
  readonly #freeBytes: () => Promise<number>

  constructor(folders: { uploads: string; projects: string }, grants: Grants, freeBytes?: () => Promise<number>) {
    const folder = folders.uploads
    this.#folder = folder
    this.#projects = folders.projects
    this.#grants = grants
    this.#freeBytes =
      freeBytes ??
      (async () => {
        const disk = await statfs(folder)
        return disk.bavail * disk.bsize
      })
  }

  /** Uploads of an earlier run belong to no grant any more. */
  async clear(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true })
  }

  /**
   * Takes the body of one request as the file `path` of a batch.
   * @throws HourglassError `bad-input` for a name that cannot be, `no-space`, `cancelled` when the sender left.
   */
  async take(request: IncomingMessage, batch: string, path: string): Promise<void> {
    const file = join(this.#batchFolder(batch), ...partsOf(path))
    await mkdir(dirname(file), { recursive: true })
    const announced = Number(request.headers['content-length'] ?? 0)
    let room = (await this.#freeBytes()) - reserveBytes
    const full = (): HourglassError => fault('no-space', 'fault.noSpaceForUpload', 'remedy.roomForData', { file: path })
    if (announced > room) throw full()
    let sinceCheck = 0
    const meter = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        sinceCheck += chunk.length
        if (sinceCheck > room) return done(full())
        if (sinceCheck < checkEveryBytes) return done(null, chunk)
        sinceCheck = 0
        this.#freeBytes().then(
          (free) => {
            room = free - reserveBytes
            done(null, chunk)
          },
          (error: Error) => done(error),
        )
      },
    })
    const partial = `${file}.part`
    try {
      await pipeline(request, meter, createWriteStream(partial))
      if (request.headers['content-length'] !== undefined && (await stat(partial)).size !== announced) throw new CancelledError(`The upload of ${path}`)
      await rename(partial, file)
    } catch (thrown) {
      await rm(partial, { force: true })
      const code = (thrown as NodeJS.ErrnoException).code
      if (code === 'ENOSPC' || code === 'EDQUOT') throw full()
      if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') throw new CancelledError(`The upload of ${path}`)
      throw thrown
    }
  }

  /**
   * A grant for what arrived in a batch under this name: one file, or the folder of that name. A whole project moves
   * to the studio's own projects first: uploads do not outlive the host.
   */
  async grant(batch: string, name: string): Promise<Granted> {
    const path = join(this.#batchFolder(batch), ...partsOf(name))
    if (!(await stat(path).catch(() => null))) throw fault('bad-input', 'fault.didNotArrive', 'remedy.sendAgain', { file: name })
    if (await stat(join(path, 'project.sqlite')).catch(() => null)) return this.#grants.give(await this.#keepProject(path), { write: true })
    return this.#grants.give(path, { ownership: 'uploaded' })
  }

  async #keepProject(path: string): Promise<string> {
    await mkdir(this.#projects, { recursive: true })
    const stem = basename(path).replace(/\.hourglass$/, '')
    for (let n = 1; ; n++) {
      const target = join(this.#projects, `${n === 1 ? stem : `${stem}-${n}`}.hourglass`)
      if (await stat(target).catch(() => null)) continue
      await rename(path, target)
      return target
    }
  }

  #batchFolder(batch: string): string {
    if (!batchShape.test(batch)) throw fault('bad-input', 'fault.notAnnounced', 'remedy.reloadAndSend')
    return join(this.#folder, batch)
  }
}
