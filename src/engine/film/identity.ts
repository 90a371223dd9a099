import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clipIndex, type ClipIdentity, type ClipIndex } from '../../contract/film.ts'
import { fault } from '../../core/texts/wording.ts'
import { temporaryBeside } from '../pictures/atomic.ts'
import { named, readFailure } from '../pictures/failures.ts'
import { pictureOf, type SequenceSource } from './sequence.ts'

const edgeBytes = 2 ** 20

/**
 * What a file is known again by: size, time of change, first and last MiB.
 * @throws HourglassError `bad-input` for a file that is not there, may not be read or is empty
 */
export async function identify(path: string): Promise<ClipIdentity> {
  try {
    const { size, mtimeMs } = await stat(path)
    if (size === 0) throw fault('bad-input', 'fault.empty', 'remedy.getAgain', { file: named(path) })
    const file = await open(path, 'r')
    try {
      const hash = createHash('sha256')
      for (const position of size > edgeBytes ? [0, size - edgeBytes] : [0]) {
        const piece = Buffer.alloc(Math.min(edgeBytes, size))
        hash.update(piece.subarray(0, (await file.read(piece, 0, piece.length, position)).bytesRead))
      }
      return { bytes: size, modified: Math.round(mtimeMs), edges: hash.digest('hex') }
    } finally {
      await file.close()
    }
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') throw fault('bad-input', 'fault.notThere', 'remedy.checkPathQuoted', { file: named(path) })
    throw readFailure(path, thrown)
  }
}

/** Of a sequence: name, size and time of change of every picture. */
export async function identifySequence({ sequence, numbers }: SequenceSource): Promise<ClipIdentity> {
  const hash = createHash('sha256')
  let [bytes, modified] = [0, 0]
  for (const number of numbers) {
    const path = pictureOf(sequence, number)
    const found = await stat(path).catch((thrown: unknown) => {
      throw readFailure(path, thrown)
    })
    hash.update(`${number} ${found.size} ${found.mtimeMs}\n`)
    bytes += found.size
    modified = Math.max(modified, Math.round(found.mtimeMs))
  }
  return { bytes, modified, edges: hash.digest('hex') }
}

export const sameIdentity = (a: ClipIdentity, b: ClipIdentity): boolean => a.bytes === b.bytes && a.modified === b.modified && a.edges === b.edges

const fileOf = (cache: string, { bytes, modified, edges }: ClipIdentity): string =>
  join(cache, `${createHash('sha256').update(`${bytes} ${modified} ${edges}`).digest('hex').slice(0, 40)}.clip.json`)

/** The index kept for these bytes by this ffmpeg; null where there is none. A damaged one counts as none. */
export async function keptIndex(cache: string, identity: ClipIdentity, ffmpeg: string): Promise<ClipIndex | null> {
  try {
    const file = fileOf(cache, identity)
    const index = clipIndex.parse(JSON.parse(await readFile(file, 'utf8')))
    if (!sameIdentity(index.identity, identity) || index.ffmpeg !== ffmpeg) return null
    const now = new Date()
    await utimes(file, now, now).catch(() => undefined)
    return index
  } catch {
    return null
  }
}

/** Indexes that are kept, bytes: that of a 35-minute reel takes about 1 MB. */
const keptIndexBytes = 128 * 2 ** 20

/** Removes the indexes that were longest not used, until the others take no more than `most` bytes. */
export async function pruneIndexes(cache: string, most: number): Promise<void> {
  const names = (await readdir(cache)).filter((name) => name.endsWith('.clip.json'))
  const files = await Promise.all(names.map(async (name) => ({ path: join(cache, name), ...(await stat(join(cache, name)).then(({ size, mtimeMs }) => ({ size, mtimeMs }))) })))
  let bytes = files.reduce((sum, { size }) => sum + size, 0)
  for (const { path, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (bytes <= most) return
    await rm(path, { force: true })
    bytes -= size
  }
}

/** Keeps an index; a cache that cannot be written is no reason to fail. */
export async function keepIndex(cache: string, index: ClipIndex): Promise<void> {
  const target = fileOf(cache, index.identity)
  const temporary = temporaryBeside(target)
  try {
    await mkdir(cache, { recursive: true })
    await writeFile(temporary, JSON.stringify(index))
    await rename(temporary, target)
    await pruneIndexes(cache, keptIndexBytes)
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined)
  }
}
