import { randomBytes } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { link, open, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import type { HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'
import { named, writeFailure } from './failures.ts'

export interface AtomicOptions {
  /** Replace an existing file; otherwise an existing one is refused. `same`: refused unless it holds the very same bytes, and then left. */
  overwrite: boolean | 'same'
  /** A file that must never be written over, whatever `overwrite` says. */
  original: string | null
  /** True (default): on the disk when done, also after a power cut. False: for what can be made again. */
  durable?: boolean
  signal?: AbortSignal
  /** The file that errors name, where the target is one of another's making; the target by default. */
  readonly shown?: string
}

/** Temporary names tell which machine and process they belong to, so that leftovers of a killed one can be swept. */
export const machine = Buffer.from(hostname()).toString('hex').slice(-8).padStart(8, '0')
const temporaryName = /^\.hourglass-([0-9a-f]{8})-(\d+)-[0-9a-f]{8}\.tmp$/
const sweptFolders = new Set<string>()

/** A new name for a file beside another that is gone soon, or is swept. */
export function temporaryBeside(path: string): string {
  return join(dirname(resolve(path)), `.hourglass-${machine}-${process.pid}-${randomBytes(4).toString('hex')}.tmp`)
}

/** A disk with less than this left counts as full when a write has failed. */
const fullBelowBytes = 1 << 20

/** Whether a process has ended and only waits for somebody to hear of it, as Linux tells (proc(5)). */
function isGone(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return /^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2))
  } catch {
    return false
  }
}

/** Whether a process of this machine runs. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !isGone(pid)
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM'
  }
}

/** Removes temporary files and folders that a killed process of this machine left in a folder. */
async function sweep(folder: string): Promise<void> {
  if (sweptFolders.has(folder)) return
  sweptFolders.add(folder)
  for (const name of await readdir(folder).catch((): string[] => [])) {
    const found = temporaryName.exec(name)
    if (found && found[1] === machine && !isAlive(Number(found[2]))) await rm(join(folder, name), { recursive: true, force: true })
  }
}

const sameFile = async (a: string, b: string): Promise<boolean> => {
  if (resolve(a) === resolve(b)) return true
  const [one, other] = await Promise.all([stat(a).catch(() => null), stat(b).catch(() => null)])
  return one !== null && other !== null && one.ino === other.ino && one.dev === other.dev
}

async function assertAllowed(target: string, options: AtomicOptions): Promise<void> {
  if (options.original !== null && (await sameFile(target, options.original))) {
    throw fault('not-writable', 'fault.isOriginal', 'remedy.otherNameOrFolder', { file: named(target) })
  }
  const found = await stat(target).catch(() => null)
  if (found?.isDirectory()) throw fault('not-writable', 'fault.targetIsFolder', 'remedy.chooseFileName', { file: named(target) })
  if (found && !options.overwrite) throw exists(target)
}

const exists = (target: string): HourglassError =>
  fault('not-writable', 'fault.exists', 'remedy.otherNameOrOverwrite', { file: named(target) })

/** Whether the disk of a folder has next to nothing left. */
export async function isFull(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => null)
  return disk !== null && disk.bavail * disk.bsize < fullBelowBytes
}

async function syncFolder(folder: string): Promise<void> {
  // Some systems cannot open a folder; the rename is then as durable as they make it.
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

async function commit(temporary: string, target: string, overwrite: boolean): Promise<void> {
  if (!overwrite) {
    try {
      // A link fails where a rename would replace: nothing that appeared meanwhile is lost.
      await link(temporary, target)
      await rm(temporary, { force: true })
      return
    } catch (thrown) {
      if (thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST') throw exists(target)
      // File systems without links (FAT, some network shares): rename below.
    }
  }
  await rename(temporary, target)
}

/** Whether two files hold the same bytes; what cannot be opened holds none. */
export async function sameBytes(one: string, other: string): Promise<boolean> {
  const files = await Promise.allSettled([open(one, 'r'), open(other, 'r')])
  const opened = files.flatMap((file) => (file.status === 'fulfilled' ? [file.value] : []))
  try {
    const [left, right] = opened
    if (!left || !right) return false
    const [a, b] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)]
    for (;;) {
      const [{ bytesRead }, { bytesRead: others }] = await Promise.all([left.read(a), right.read(b)])
      if (bytesRead !== others || a.compare(b, 0, others, 0, bytesRead) !== 0) return false
      if (bytesRead === 0) return true
    }
  } finally {
    await Promise.all(opened.map((file) => file.close()))
  }
}

/** A file read or copied in pieces goes through memory so many bytes at a time. */
const pieceBytes = 1 << 20

/** The start of a file, up to one piece. */
export async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(pieceBytes)
    return head.subarray(0, (await file.read(head, 0, head.length, 0)).bytesRead)
  } finally {
    await file.close()
  }
}

/**
 * Writes pieces one after another into a new file and, if `durable`, onto the disk.
 * @param options.rest a file of which all after its `headOf` is written at the end
 */
export async function writePieces(path: string, pieces: readonly Uint8Array[], options: { durable?: boolean; rest?: string } = {}): Promise<void> {
  const file = await open(path, 'wx')
  try {
    // Not writev: on a full disk it writes a part and calls that success.
    for (const piece of pieces) await file.writeFile(piece)
    if (options.rest !== undefined) for await (const piece of createReadStream(options.rest, { start: pieceBytes, highWaterMark: pieceBytes })) await file.writeFile(piece as Buffer)
    if (options.durable ?? true) await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Makes a file whole or not at all: `write` fills a temporary file beside the target, which is then renamed. On
 * failure or abort the temporary file is gone and the target is as it was.
 * @throws HourglassError `not-writable`, `no-space`, `cancelled`, or what `write` threw
 */
export async function writeAtomically<Result>(target: string, options: AtomicOptions, write: (temporary: string) => Promise<Result>): Promise<Result> {
  const folder = dirname(resolve(target))
  const temporary = temporaryBeside(target)
  try {
    options.signal?.throwIfAborted()
    await assertAllowed(target, options)
    await sweep(folder)
    const result = await write(temporary)
    options.signal?.throwIfAborted()
    if (options.overwrite === 'same' && (await sameBytes(temporary, target).catch(() => false))) await rm(temporary, { force: true })
    else await commit(temporary, join(folder, basename(target)), options.overwrite === true)
    if (options.durable ?? true) await syncFolder(folder)
    return result
  } catch (thrown) {
    const full = await isFull(folder)
    await rm(temporary, { force: true }).catch(() => undefined)
    throw writeFailure(options.shown ?? target, thrown, full)
  }
}
