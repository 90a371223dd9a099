import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { CancelledError, type HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'
import { writeFailure } from '../storage/failures.ts'

export interface DownloadRequest {
  readonly url: string
  /** The unfinished file; it stays where the download ends early, and the next goes on from it. */
  readonly part: string
  /** null where the publisher does not say. */
  readonly bytes: number | null
  readonly sha256: string | null
  readonly signal?: AbortSignal
  /** Bytes so far, and in all where that is known. */
  readonly onProgress?: (done: number, total: number | null) => void
}

const offline = (url: string, cause: unknown): HourglassError =>
  fault('bad-input', 'fault.hostUnreachable', 'remedy.checkConnection', { host: new URL(url).host }, { cause })

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece as Buffer)
  return hash.digest('hex')
}

/** Total length that an answer promises: of `Content-Range` for a part, else of `Content-Length`. */
function totalOf(response: Response, have: number): number | null {
  const range = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')
  if (range) return Number(range[1])
  const length = response.headers.get('content-length')
  return length === null ? null : Number(length) + (response.status === 206 ? have : 0)
}

async function request(url: string, have: number, signal?: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers: have > 0 ? { Range: `bytes=${have}-` } : {}, redirect: 'follow', signal: signal ?? null })
  } catch (error) {
    if (signal?.aborted) throw new CancelledError('The download')
    throw offline(url, error)
  }
}

async function fetchRest(job: DownloadRequest): Promise<void> {
  const have = (await stat(job.part).catch(() => null))?.size ?? 0
  if (job.bytes !== null && have === job.bytes) return
  const response = await request(job.url, have, job.signal)
  if (response.status === 416) {
    // The part is longer than what there is: begin anew.
    await response.body?.cancel()
    await rm(job.part, { force: true })
    return fetchRest(job)
  }
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    throw fault('bad-input', 'fault.hostAnswered', 'remedy.laterOrByHand', { host: new URL(job.url).host, status: response.status })
  }
  const goesOn = response.status === 206
  let done = goesOn ? have : 0
  const total = job.bytes ?? totalOf(response, have)
  const reader = response.body.getReader()
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      yield read.value
      done += read.value.length
      job.onProgress?.(done, total)
    }
  }
  try {
    await pipeline(pieces, createWriteStream(job.part, { flags: goesOn ? 'a' : 'w' }), { signal: job.signal })
  } catch (error) {
    if (job.signal?.aborted) throw new CancelledError('The download')
    const code = (error as NodeJS.ErrnoException).code ?? ''
    throw ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS', 'EPERM'].includes(code) ? writeFailure(error, job.part) : offline(job.url, error)
  }
  if (total !== null && done < total) throw offline(job.url, new Error(`ended after ${done} of ${total} bytes`))
}

/**
 * Fetches a file into `part`, going on where an earlier try ended, and checks length and hash. A file that is not
 * what was announced is removed.
 * @returns the SHA-256 of what came
 */
export async function download(job: DownloadRequest): Promise<string> {
  try {
    await mkdir(dirname(job.part), { recursive: true })
  } catch (error) {
    throw writeFailure(error, job.part)
  }
  await fetchRest(job)
  const found = await hashFile(job.part)
  const { size } = await stat(job.part)
  if ((job.sha256 !== null && found !== job.sha256) || (job.bytes !== null && size !== job.bytes)) {
    await rm(job.part, { force: true })
    throw fault('bad-model', 'fault.otherFileSent', 'remedy.publisherChanged', { host: new URL(job.url).host })
  }
  return found
}
