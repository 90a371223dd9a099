/** A second, independent reader of EXIF and TIFF tags: tags of the first directory and of the ones it points to. */
export interface ReadTags {
  littleEndian: boolean
  /** By tag number: raw bytes, in the file's byte order. */
  ifd0: Map<number, Buffer>
  exif: Map<number, Buffer>
  gps: Map<number, Buffer>
  /** Offset of the second directory, 0 where there is none. */
  next: number
}

const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]

export function readTags(block: Buffer): ReadTags {
  const littleEndian = block.toString('latin1', 0, 2) === 'II'
  const u16 = (at: number): number => (littleEndian ? block.readUInt16LE(at) : block.readUInt16BE(at))
  const u32 = (at: number): number => (littleEndian ? block.readUInt32LE(at) : block.readUInt32BE(at))
  const directory = (at: number): { tags: Map<number, Buffer>; next: number } => {
    const tags = new Map<number, Buffer>()
    const count = u16(at)
    for (let i = 0; i < count; i++) {
      const place = at + 2 + 12 * i
      const bytes = (sizes[u16(place + 2)] ?? 0) * u32(place + 4)
      const from = bytes <= 4 ? place + 8 : u32(place + 8)
      tags.set(u16(place), block.subarray(from, from + bytes))
    }
    return { tags, next: u32(at + 2 + 12 * count) }
  }
  const first = directory(u32(4))
  const follow = (tag: number): Map<number, Buffer> => {
    const pointer = first.tags.get(tag)
    return pointer ? directory(littleEndian ? pointer.readUInt32LE() : pointer.readUInt32BE()).tags : new Map<number, Buffer>()
  }
  return { littleEndian, ifd0: first.tags, exif: follow(0x8769), gps: follow(0x8825), next: first.next }
}

export const numberIn = (tags: ReadTags, value: Buffer | undefined): number => {
  if (!value) return Number.NaN
  return tags.littleEndian ? value.readUIntLE(0, Math.min(4, value.length)) : value.readUIntBE(0, Math.min(4, value.length))
}

export const textIn = (value: Buffer | undefined): string => value?.toString('latin1').replace(/\0+$/, '') ?? ''

type Value = { type: number; count: number; data: (u16: (v: number) => Buffer, u32: (v: number) => Buffer) => Buffer }

const ascii = (text: string): Value => ({ type: 2, count: text.length + 1, data: () => Buffer.from(`${text}\0`, 'latin1') })
const short = (value: number): Value => ({ type: 3, count: 1, data: (u16) => u16(value) })
const long = (value: number): Value => ({ type: 4, count: 1, data: (_u16, u32) => u32(value) })
const opaque = (bytes: Buffer): Value => ({ type: 7, count: bytes.length, data: () => bytes })
const rationals = (...values: number[]): Value => ({ type: 5, count: values.length, data: (_u16, u32) => Buffer.concat(values.flatMap((value) => [u32(value), u32(1)])) })

export const makerNote = Buffer.from('MAKER\0 bytes that only their maker understands', 'latin1')
export const thumbnailBytes = Buffer.from('\xff\xd8 the old thumbnail picture \xff\xd9', 'latin1')

/** A camera's block of EXIF as it comes: turned by 6, with maker note, place, and a thumbnail in a second directory. */
export function cameraExif(order: 'II' | 'MM', size: { width: number; height: number }): Buffer {
  const u16 = (value: number): Buffer => {
    const out = Buffer.alloc(2)
    return order === 'II' ? (out.writeUInt16LE(value), out) : (out.writeUInt16BE(value), out)
  }
  const u32 = (value: number): Buffer => {
    const out = Buffer.alloc(4)
    return order === 'II' ? (out.writeUInt32LE(value), out) : (out.writeUInt32BE(value), out)
  }
  const directory = (at: number, tags: [number, Value][], next: number): Buffer => {
    const table: Buffer[] = [u16(tags.length)]
    const data: Buffer[] = []
    let free = at + 2 + 12 * tags.length + 4
    for (const [tag, value] of tags) {
      const bytes = value.data(u16, u32)
      table.push(u16(tag), u16(value.type), u32(value.count))
      if (bytes.length <= 4) table.push(bytes, Buffer.alloc(4 - bytes.length))
      else {
        const whole = bytes.length % 2 ? Buffer.concat([bytes, Buffer.alloc(1)]) : bytes
        table.push(u32(free))
        data.push(whole)
        free += whole.length
      }
    }
    return Buffer.concat([...table, u32(next), ...data])
  }
  const build = (exifAt: number, gpsAt: number, secondAt: number, thumbAt: number): Buffer[] => [
    directory(8, [[0x010f, ascii('Kamerawerk')], [0x0112, short(6)], [0x011a, rationals(240)], [0x011b, rationals(240)], [0x0128, short(2)], [0x8298, ascii('Copyright Anna')], [0x8769, long(exifAt)], [0x8825, long(gpsAt)]], secondAt),
    directory(exifAt, [[0x9003, ascii('1987:06:05 10:20:30')], [0x9011, ascii('+02:00')], [0x927c, opaque(makerNote)], [0xa002, long(size.width)], [0xa003, long(size.height)]], 0),
    directory(gpsAt, [[0x0001, ascii('N')], [0x0002, rationals(51, 30, 12)]], 0),
    directory(secondAt, [[0x0201, long(thumbAt)], [0x0202, long(thumbnailBytes.length)]], 0),
  ]
  const places = [8, 0, 0, 0, 0]
  const sizesOf = build(0, 0, 0, 0).map((part) => part.length)
  for (const [i, length] of sizesOf.entries()) places[i + 1] = (places[i] as number) + length
  const parts = build(places[1] as number, places[2] as number, places[3] as number, places[4] as number)
  return Buffer.concat([Buffer.from(order, 'latin1'), u16(42), u32(8), ...parts, thumbnailBytes, order === 'MM' ? Buffer.from('something behind it') : Buffer.alloc(0)])
}
