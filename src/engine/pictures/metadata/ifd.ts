/**
 * Tag directories of TIFF 6.0, which EXIF blocks share: read from either byte order, classic or BigTIFF,
 * and written again elsewhere with all offsets rebased. Values are held little-endian, whatever they came as.
 */

/** Bytes that can be read at any place: a whole EXIF block, or a file on disk. */
export interface ByteSource {
  size: number
  /** May return fewer bytes at the end. */
  read(offset: number, length: number): Buffer
}

export interface Entry {
  tag: number
  /** TIFF field type, 1…18. */
  type: number
  count: number
  /** The value, little-endian. */
  data: Buffer
}

/** The directories that describe a picture, pointers between them resolved. */
export interface TagTree {
  ifd0: Entry[]
  exif: Entry[]
  gps: Entry[]
  interop: Entry[]
}

export interface TiffHeader {
  littleEndian: boolean
  big: boolean
  firstIfd: number
}

export const pointerTags = { exif: 0x8769, gps: 0x8825, interop: 0xa005 } as const
const subIfdTag = 0x014a
const iptcTag = 0x83bb

/** Bytes of one value of each field type; undefined for types that do not exist. */
const typeBytes: readonly (number | undefined)[] = [undefined, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, undefined, undefined, 8, 8, 8]
/** Bytes of the numbers inside a value: a rational is two of 4. */
const wordBytes: readonly (number | undefined)[] = [undefined, 1, 1, 2, 4, 4, 1, 1, 2, 4, 4, 4, 8, 4, undefined, undefined, 8, 8, 8]

/** No descriptive value is longer than this; longer ones are layers or previews and are left out. */
const maxValueBytes = 16 << 20
const maxEntries = 4096

export const bufferSource = (bytes: Buffer): ByteSource => ({ size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) })

export function readTiffHeader(source: ByteSource): TiffHeader | null {
  const head = source.read(0, 16)
  if (head.length < 8) return null
  const order = head.toString('latin1', 0, 2)
  if (order !== 'II' && order !== 'MM') return null
  const littleEndian = order === 'II'
  const magic = littleEndian ? head.readUInt16LE(2) : head.readUInt16BE(2)
  if (magic === 42) return { littleEndian, big: false, firstIfd: littleEndian ? head.readUInt32LE(4) : head.readUInt32BE(4) }
  if (magic !== 43 || head.length < 16) return null
  return { littleEndian, big: true, firstIfd: Number(littleEndian ? head.readBigUInt64LE(8) : head.readBigUInt64BE(8)) }
}

const numberAt = (bytes: Buffer, at: number, size: number, littleEndian: boolean): number => {
  if (size === 8) return Number(littleEndian ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
  return littleEndian ? bytes.readUIntLE(at, size) : bytes.readUIntBE(at, size)
}

function toLittleEndian(raw: Buffer, type: number): Buffer {
  const copy = Buffer.from(raw)
  const word = wordBytes[type]
  if (word === 2) return copy.swap16()
  if (word === 4) return copy.swap32()
  if (word === 8) return copy.swap64()
  return copy
}

/** One place in a directory: where its value lies, for patching in place. */
export interface Place {
  tag: number
  type: number
  count: number
  /** Offset of the value's bytes, in the entry itself or elsewhere. */
  at: number
  bytes: number
}

/** Where each value of the directory at `offset` lies, and where the next directory is (0: none). */
export function readPlaces(source: ByteSource, header: TiffHeader, offset: number): { places: Place[]; nextAt: number; next: number } | null {
  const { littleEndian, big } = header
  const countBytes = big ? 8 : 2
  const entryBytes = big ? 20 : 12
  const pointerBytes = big ? 8 : 4
  const head = source.read(offset, countBytes)
  if (offset <= 0 || head.length < countBytes) return null
  const count = numberAt(head, 0, countBytes, littleEndian)
  if (count > maxEntries) return null
  const table = source.read(offset + countBytes, count * entryBytes + pointerBytes)
  const places: Place[] = []
  for (let i = 0; i < count; i++) {
    const at = i * entryBytes
    if (at + entryBytes > table.length) return null
    const type = numberAt(table, at + 2, 2, littleEndian)
    const valueCount = numberAt(table, at + 4, pointerBytes, littleEndian)
    const bytes = (typeBytes[type] ?? 0) * valueCount
    const inEntry = at + 4 + pointerBytes
    const where = bytes <= pointerBytes ? offset + countBytes + inEntry : numberAt(table, inEntry, pointerBytes, littleEndian)
    places.push({ tag: numberAt(table, at, 2, littleEndian), type, count: valueCount, at: where, bytes })
  }
  const nextAt = count * entryBytes
  const next = nextAt + pointerBytes <= table.length ? numberAt(table, nextAt, pointerBytes, littleEndian) : 0
  return { places, nextAt: offset + countBytes + nextAt, next }
}

/** All values of one directory. Values that lie outside the file or are absurdly long are left out. */
export function readIfd(source: ByteSource, header: TiffHeader, offset: number): Entry[] {
  const entries: Entry[] = []
  for (const { tag, type, count, at, bytes } of readPlaces(source, header, offset)?.places ?? []) {
    if (bytes === 0 || bytes > maxValueBytes || at + bytes > source.size) continue
    const raw = source.read(at, bytes)
    if (raw.length < bytes) continue
    // IPTC is a run of bytes that many writers declare as LONG: its bytes keep their order.
    const plain = header.littleEndian || tag === iptcTag
    entries.push(tag === iptcTag ? { tag, type: 7, count: bytes, data: Buffer.from(raw) } : { tag, type, count, data: plain ? Buffer.from(raw) : toLittleEndian(raw, type) })
  }
  return entries
}

/** Numbers of an entry of integer type; none of another. */
export function integersOf(entry: Entry | undefined): number[] {
  const size = (entry && typeBytes[entry.type]) ?? 0
  if (!entry || ![1, 2, 4, 8].includes(size) || entry.type === 5 || entry.type === 10) return []
  return Array.from({ length: Math.floor(entry.data.length / size) }, (_, i) => numberAt(entry.data, i * size, size, true))
}

/** First number of an entry of integer type, or null. */
export function integerOf(entry: Entry | undefined): number | null {
  return integersOf(entry)[0] ?? null
}

export const entryOf = (entries: readonly Entry[], tag: number): Entry | undefined => entries.find((entry) => entry.tag === tag)

/** Text of an ASCII entry, without padding. */
export function textOf(entry: Entry | undefined): string | null {
  if (!entry || entry.type !== 2) return null
  const text = entry.data.toString('utf8').replace(/\0.*$/s, '').trim()
  return text === '' ? null : text
}

/** Dots per inch by XResolution and ResolutionUnit, or null where they say nothing. */
export function densityOf(tree: TagTree): number | null {
  const resolution = entryOf(tree.ifd0, 0x011a)
  const unit = integerOf(entryOf(tree.ifd0, 0x0128)) ?? 2
  if (resolution?.type !== 5 || resolution.data.length < 8 || (unit !== 2 && unit !== 3)) return null
  const value = resolution.data.readUInt32LE(0) / resolution.data.readUInt32LE(4)
  return Number.isFinite(value) && value > 0 ? Math.round(value * (unit === 3 ? 2.54 : 1) * 100) / 100 : null
}

/** Reads the first directory and what it points to. Null where the bytes are no TIFF structure. */
export function readTagTree(source: ByteSource): TagTree | null {
  const header = readTiffHeader(source)
  if (!header) return null
  const ifd0 = readIfd(source, header, header.firstIfd)
  if (ifd0.length === 0) return null
  const follow = (entries: Entry[], tag: number): Entry[] => readIfd(source, header, integerOf(entryOf(entries, tag)) ?? 0)
  const exif = follow(ifd0, pointerTags.exif)
  const isPointer = (entry: Entry): boolean => entry.tag === subIfdTag || Object.values(pointerTags).some((tag) => tag === entry.tag)
  const plain = (entries: Entry[]): Entry[] => entries.filter((entry) => !isPointer(entry))
  return { ifd0: plain(ifd0), exif: plain(exif), gps: plain(follow(ifd0, pointerTags.gps)), interop: plain(follow(exif, pointerTags.interop)) }
}

export const shortEntry = (tag: number, value: number): Entry => {
  const data = Buffer.alloc(2)
  data.writeUInt16LE(value)
  return { tag, type: 3, count: 1, data }
}

export const longEntry = (tag: number, value: number): Entry => {
  const data = Buffer.alloc(4)
  data.writeUInt32LE(value)
  return { tag, type: 4, count: 1, data }
}

export const bytesEntry = (tag: number, type: 1 | 7, data: Buffer): Entry => ({ tag, type, count: data.length, data })

export const rationalEntry = (tag: number, value: number): Entry => {
  const data = Buffer.alloc(8)
  const denominator = Number.isInteger(value) ? 1 : 1000
  data.writeUInt32LE(Math.round(value * denominator), 0)
  data.writeUInt32LE(denominator, 4)
  return { tag, type: 5, count: 1, data }
}

const padded = (length: number): number => length + (length & 1)

/**
 * Writes the directories one after another for a place `base` bytes into a file (an even number).
 * Returns their bytes; the first directory starts at `base`. Entries are sorted by tag, as TIFF demands.
 */
export function writeTagTree(tree: TagTree, base: number, big: boolean): Buffer {
  const countBytes = big ? 8 : 2
  const entryBytes = big ? 20 : 12
  const pointerBytes = big ? 8 : 4
  const pointer = (tag: number, to: number): Entry => {
    if (!big) return longEntry(tag, to)
    const data = Buffer.alloc(8)
    data.writeBigUInt64LE(BigInt(to))
    return { tag, type: 18, count: 1, data }
  }
  const sizeOf = (entries: readonly Entry[], pointers: number): number =>
    entries.reduce(
      (sum, { data }) => sum + entryBytes + (data.length > pointerBytes ? padded(data.length) : 0),
      countBytes + pointerBytes + pointers * entryBytes,
    )
  const write = (entries: readonly Entry[], at: number): Buffer => {
    const sorted = entries.toSorted((a, b) => a.tag - b.tag)
    const out = Buffer.alloc(sizeOf(sorted, 0))
    if (big) out.writeBigUInt64LE(BigInt(sorted.length), 0)
    else out.writeUInt16LE(sorted.length, 0)
    let place = countBytes
    let free = countBytes + sorted.length * entryBytes + pointerBytes
    for (const { tag, type, count, data } of sorted) {
      out.writeUInt16LE(tag, place)
      out.writeUInt16LE(type, place + 2)
      if (big) out.writeBigUInt64LE(BigInt(count), place + 4)
      else out.writeUInt32LE(count, place + 4)
      const value = place + 4 + pointerBytes
      if (data.length <= pointerBytes) data.copy(out, value)
      else {
        if (big) out.writeBigUInt64LE(BigInt(at + free), value)
        else out.writeUInt32LE(at + free, value)
        data.copy(out, free)
        free += padded(data.length)
      }
      place += entryBytes
    }
    return out
  }
  const hasInterop = tree.interop.length > 0
  const hasExif = tree.exif.length > 0 || hasInterop
  const hasGps = tree.gps.length > 0
  const exifAt = base + sizeOf(tree.ifd0, Number(hasExif) + Number(hasGps))
  const gpsAt = exifAt + (hasExif ? sizeOf(tree.exif, Number(hasInterop)) : 0)
  const interopAt = gpsAt + (hasGps ? sizeOf(tree.gps, 0) : 0)
  const parts = [write([...tree.ifd0, ...(hasExif ? [pointer(pointerTags.exif, exifAt)] : []), ...(hasGps ? [pointer(pointerTags.gps, gpsAt)] : [])], base)]
  if (hasExif) parts.push(write([...tree.exif, ...(hasInterop ? [pointer(pointerTags.interop, interopAt)] : [])], exifAt))
  if (hasGps) parts.push(write(tree.gps, gpsAt))
  if (hasInterop) parts.push(write(tree.interop, interopAt))
  return Buffer.concat(parts)
}
