/** ZIP files: entries read one by one under limits, and written so that the same content gives the same bytes. */
import { createWriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { once } from 'node:events'
import type { PassThrough, Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type ZipFile } from 'yauzl'
import yazl from 'yazl'
import { CancelledError, HourglassError } from '../../contract/errors.ts'
import { fault, worded } from '../../core/texts/wording.ts'
import { named, readFailure } from '../pictures/failures.ts'

export interface ZipLimits {
  readonly entries: number
  /** Of one entry, unpacked, bytes. */
  readonly entryBytes: number
  /** Of all entries together, unpacked, bytes. */
  readonly totalBytes: number
}

export const zipLimits: ZipLimits = { entries: 20_000, entryBytes: 2 ** 31, totalBytes: 2 ** 35 }
/** Pages hardly shrink in a ZIP; what grows this much and beyond a small size is a bomb (Deflate reaches 1032). */
const bombRatio = 200
const bombBytes = 2 ** 28

export interface ZipEntry {
  readonly name: string
  /** Unpacked, as the archive says; more is refused while reading. */
  readonly bytes: number
  readonly entry: Entry
}

export const damagedZip = (path: string, cause: unknown): HourglassError =>
  fault('bad-input', 'fault.archiveDamaged', 'remedy.getAgain', { file: named(path) }, { cause })

const utf8Flag = 0x800

/** Names without the UTF-8 mark are often UTF-8 all the same, else in the code page of where they were made; only order and labels hang on it. */
function decodeName(raw: Buffer, flags: number): string {
  for (const encoding of flags & utf8Flag ? ['utf-8'] : ['utf-8', 'shift_jis', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(raw)
    } catch {
      // the next one
    }
  }
  return raw.toString('latin1')
}

async function assertZip(path: string): Promise<number> {
  const file = await open(path, 'r').catch((thrown: unknown) => {
    throw readFailure(path, thrown)
  })
  try {
    const stat = await file.stat()
    if (stat.isDirectory()) throw fault('bad-input', 'fault.archiveFolder', 'remedy.openAsFolder', { file: named(path) })
    if (stat.size === 0) throw fault('bad-input', 'fault.empty', 'remedy.getAgain', { file: named(path) })
    const head = Buffer.alloc(8)
    await file.read(head, 0, 8, 0)
    const start = head.toString('latin1')
    const foreign = start.startsWith('Rar!') ? worded('fault.kind.rar') : start.startsWith('7z\xbc\xaf') ? worded('fault.kind.sevenZip') : null
    if (foreign) throw fault('unsupported', 'fault.foreign', 'remedy.unpackOrZip', { file: named(path), what: foreign })
    if (!start.startsWith('PK')) throw fault('bad-input', 'fault.noZip', 'remedy.chooseCbz', { file: named(path) })
    return stat.size
  } finally {
    await file.close()
  }
}

export interface OpenZip {
  readonly entries: readonly ZipEntry[]
  /** Reads one entry in pieces, checked against its size and checksum. @throws HourglassError `bad-input`, `unsupported`, `cancelled` */
  read(entry: ZipEntry, signal?: AbortSignal): AsyncGenerator<Buffer, void, void>
  close(): void
}

/** An archive whose unpacked size is far beyond its own is refused before anything of it is unpacked. */
function assertModest(path: string, size: number, entries: readonly ZipEntry[], limits: ZipLimits): void {
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  const gigabytes = (total / 2 ** 30).toFixed(1)
  if (total > bombBytes && total > bombRatio * size) {
    throw fault('bad-input', 'fault.zipBomb', 'remedy.unpackIfTrusted', { file: named(path), gigabytes, times: Math.round(total / size) })
  }
  const largest = entries.find(({ bytes }) => bytes > limits.entryBytes)
  if (largest) throw fault('too-large', 'fault.entryTooLarge', 'remedy.splitOrUnpack', { file: named(path), entry: largest.name, gigabytes: (largest.bytes / 2 ** 30).toFixed(1) })
  if (total > limits.totalBytes) throw fault('too-large', 'fault.archiveTooLarge', 'remedy.splitOrUnpack', { file: named(path), gigabytes })
}

/**
 * Opens a ZIP by its directory. Its names are as they stand: whoever unpacks must not make paths of them.
 * @throws HourglassError `bad-input` (missing, damaged, no ZIP, a bomb), `unsupported` (RAR, 7-Zip), `too-large`
 */
export async function openZip(path: string, limits: ZipLimits = zipLimits): Promise<OpenZip> {
  const size = await assertZip(path)
  let zip: ZipFile
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true, autoClose: false })
  } catch (thrown) {
    throw damagedZip(path, thrown)
  }
  try {
    if (zip.entryCount > limits.entries) throw fault('too-large', 'fault.tooManyEntries', 'remedy.splitChapters', { file: named(path), count: zip.entryCount, most: limits.entries })
    const entries: ZipEntry[] = []
    for await (const entry of zip.eachEntry()) {
      entries.push({ name: decodeName(entry.fileNameRaw, entry.generalPurposeBitFlag), bytes: entry.uncompressedSize, entry })
    }
    assertModest(path, size, entries, limits)
    return { entries, read: (entry, signal) => readEntry(path, zip, entry, signal), close: () => zip.close() }
  } catch (thrown) {
    zip.close()
    throw thrown instanceof HourglassError ? thrown : damagedZip(path, thrown)
  }
}

async function* readEntry(path: string, zip: ZipFile, { name, entry }: ZipEntry, signal?: AbortSignal): AsyncGenerator<Buffer, void, void> {
  const about = { file: named(path), entry: name }
  if (entry.isEncrypted()) throw fault('unsupported', 'fault.entryLocked', 'remedy.unpackThere', about)
  if (!entry.canDecodeFileData()) throw fault('unsupported', 'fault.entryMethod', 'remedy.unpackThere', { ...about, method: entry.compressionMethod })
  let sum = 0
  try {
    const stream: Readable = await zip.openReadStreamPromise(entry)
    for await (const part of stream) {
      signal?.throwIfAborted()
      sum = crc32(part as Buffer, sum)
      yield part as Buffer
    }
  } catch (thrown) {
    if (thrown instanceof HourglassError) throw thrown
    if (signal?.aborted) throw new CancelledError('Unpacking')
    throw damagedZip(path, thrown)
  }
  if (sum !== entry.crc32) throw fault('bad-input', 'fault.entrySum', 'remedy.getAgain', about)
}

/** The comment of a ZIP; null where there is no readable ZIP. */
export async function zipComment(path: string): Promise<string | null> {
  try {
    const zip = await yauzl.openPromise(path, { autoClose: false })
    zip.close()
    return zip.comment
  } catch {
    return null
  }
}

/** A whole entry of modest size. */
export async function readWhole(zip: OpenZip, entry: ZipEntry, signal?: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of zip.read(entry, signal)) parts.push(part)
  return Buffer.concat(parts)
}

/** The first day that a ZIP can name, in whatever zone: the same content gives the same bytes. */
const fixedDate = new Date(1980, 0, 1)
/** So much may wait to be written before the next entry is read. */
const waitAbove = 16 << 20

export interface NewEntry {
  readonly name: string
  readonly content: () => Promise<Buffer> | Buffer
  /** Deflate it; pictures are packed already and stay as they are. */
  readonly compress?: boolean
}

/**
 * Writes a ZIP entry by entry, holding about one of them in memory; no dates, no rights, sizes before the content.
 * @param comment of the archive, ASCII
 */
export async function writeZip(target: string, entries: Iterable<NewEntry> | AsyncIterable<NewEntry>, signal?: AbortSignal, comment = ''): Promise<void> {
  const zip = new yazl.ZipFile()
  const out = zip.outputStream as PassThrough
  const file = createWriteStream(target, { flags: 'wx', flush: true })
  const failure = Promise.withResolvers<never>()
  zip.on('error', failure.reject)
  failure.promise.catch(() => undefined)
  const done = finished(out.pipe(file))
  done.catch(failure.reject)
  try {
    for await (const { name, content, compress } of entries) {
      signal?.throwIfAborted()
      zip.addBuffer(await content(), name, { mtime: fixedDate, forceDosTimestamp: true, mode: 0o100644, compress: compress ?? false })
      while (out.writableLength + out.readableLength > waitAbove) await Promise.race([once(file, 'drain'), failure.promise])
    }
    zip.end({ forceZip64Format: false, comment })
    await Promise.race([done, failure.promise])
  } catch (thrown) {
    file.destroy()
    throw thrown
  }
}
