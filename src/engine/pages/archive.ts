/** Chapters as CBZ or ZIP: pages out of an archive, and pages into one. */
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'
import { byPageName, entryKind } from '../../core/pages/files/entries.ts'
import { writeAtomically, type AtomicOptions } from '../pictures/atomic.ts'
import { named, writeFailure } from '../pictures/failures.ts'
import { openZip, readWhole, writeZip, zipComment, zipLimits, type OpenZip, type ZipEntry, type ZipLimits } from './zip.ts'

export interface ArchivePage {
  /** Its path inside the archive, as the archive has it. */
  readonly name: string
  /** The file it was unpacked to. */
  readonly path: string
}

export interface OpenedArchive {
  /** In natural order of their names. */
  readonly pages: readonly ArchivePage[]
  /** The text of `ComicInfo.xml`, where there is one; handed on when the chapter is written. */
  readonly comicInfo: string | null
  /** Files that are no pages, by name. */
  readonly skipped: readonly string[]
}

export interface OpenArchiveOptions {
  readonly limits?: ZipLimits
  readonly signal?: AbortSignal
  /** 0…1 */
  readonly onProgress?: (done: number) => void
}

const maxComicInfoBytes = 1 << 20

function sorted(path: string, entries: readonly ZipEntry[]): { pages: ZipEntry[]; info: ZipEntry | null; skipped: string[] } {
  const pages: ZipEntry[] = []
  const skipped: string[] = []
  let info: ZipEntry | null = null
  for (const entry of entries) {
    switch (entryKind(entry.name)) {
      case 'unsafe':
        throw fault('bad-input', 'fault.entryUnsafe', 'remedy.doNotTrust', { file: named(path), entry: entry.name })
      case 'page':
        pages.push(entry)
        break
      case 'info':
        if (entry.bytes <= maxComicInfoBytes) info = entry
        break
      default:
        if (!entry.name.endsWith('/')) skipped.push(entry.name)
    }
  }
  if (pages.length === 0) throw fault('bad-input', 'fault.archiveNoPage', 'remedy.archiveWithPictures', { file: named(path) })
  pages.sort((one, other) => byPageName(one.name, other.name))
  return { pages, info, skipped }
}

/**
 * Unpacks the pages of a CBZ or ZIP into a folder, in natural order. What they are called on the disk comes from their
 * number and ending alone, so that no name of the archive becomes a path. On failure or cancel nothing of it stays.
 * @param folder is made; must be empty where it stands
 * @throws HourglassError `bad-input` (damaged, a bomb, a path that leads outside, no pages), `unsupported` (RAR, 7-Zip,
 * password), `too-large`, `no-space`, `not-writable`, `cancelled`
 */
export async function openArchive(path: string, folder: string, { limits = zipLimits, signal, onProgress }: OpenArchiveOptions = {}): Promise<OpenedArchive> {
  const zip = await openZip(path, limits)
  try {
    const { pages, info, skipped } = sorted(path, zip.entries)
    const comicInfo = info ? (await readWhole(zip, info, signal)).toString('utf8') : null
    const unpacked = await unpack(zip, pages, folder, signal, onProgress)
    return { pages: unpacked, comicInfo, skipped }
  } finally {
    zip.close()
  }
}

async function unpack(zip: OpenZip, pages: readonly ZipEntry[], folder: string, signal: AbortSignal | undefined, onProgress?: (done: number) => void): Promise<ArchivePage[]> {
  const made = await mkdir(folder, { recursive: true }).catch((thrown: unknown) => {
    throw writeFailure(folder, thrown)
  })
  if ((await readdir(folder)).length > 0) throw fault('not-writable', 'fault.folderNotEmpty', 'remedy.newFolder', { file: named(folder) })
  const digits = Math.max(4, String(pages.length).length)
  const done: ArchivePage[] = []
  try {
    for (const [n, page] of pages.entries()) {
      const target = join(folder, String(n + 1).padStart(digits, '0') + extname(page.name).toLowerCase())
      done.push({ name: page.name, path: target })
      await pipeline(zip.read(page, signal), createWriteStream(target, { flags: 'wx' })).catch((thrown: unknown) => {
        throw thrown instanceof HourglassError ? thrown : writeFailure(target, thrown)
      })
      onProgress?.((n + 1) / pages.length)
    }
    return done
  } catch (thrown) {
    await Promise.all(done.map((page) => rm(page.path, { force: true })))
    if (made !== undefined) await rm(made, { recursive: true, force: true })
    throw thrown
  }
}

export interface PageFile {
  /** Its path inside the archive, with `/` between folders. */
  readonly name: string
  /** Where its bytes are now. */
  readonly path: string
}

function assertNames(target: string, pages: readonly PageFile[]): void {
  const taken = new Set<string>()
  for (const { name } of pages) {
    const key = name.normalize('NFC').toLowerCase()
    if (entryKind(name) !== 'page') throw fault('bad-input', 'fault.pageName', 'remedy.pageName', { file: named(target), entry: name })
    if (taken.has(key)) throw fault('bad-input', 'fault.pageNameTwice', 'remedy.renameOne', { file: named(target), entry: name })
    taken.add(key)
  }
}

/** Before the stamp in an archive's comment. */
const stampMark = 'hourglass:Work '

/** What `writeArchive` stamped into an archive; null where there is none. */
export async function archiveStamp(path: string): Promise<string | null> {
  const comment = await zipComment(path)
  return comment?.startsWith(stampMark) ? comment.slice(stampMark.length) : null
}

/**
 * Writes pages into a CBZ or ZIP in the order given, whole or not at all. Pictures are stored as they are, dates are
 * fixed: the same pages give the same bytes, wherever and whenever.
 * @param options.stamp names the work, so that it is known again
 * @throws HourglassError `bad-input`, `not-writable`, `no-space`, `cancelled`
 */
export async function writeArchive(pages: readonly PageFile[], target: string, options: AtomicOptions & { comicInfo?: string | null; stamp?: string | null }): Promise<{ bytes: number }> {
  assertNames(target, pages)
  const { comicInfo } = options
  const entries = [
    ...(comicInfo ? [{ name: 'ComicInfo.xml', content: () => Buffer.from(comicInfo, 'utf8'), compress: true }] : []),
    ...pages.map(({ name, path }) => ({ name, content: () => readFile(path) })),
  ]
  return writeAtomically(target, options, async (temporary) => {
    await writeZip(temporary, entries, options.signal, options.stamp ? stampMark + options.stamp : '')
    return { bytes: (await stat(temporary)).size }
  })
}
