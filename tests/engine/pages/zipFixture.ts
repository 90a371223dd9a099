import { crc32, deflateRawSync } from 'node:zlib'

export interface FixtureEntry {
  name: string | Buffer
  data: Buffer
  deflate?: boolean
  /** What the directory says of the unpacked size, where it lies. */
  claimed?: number
  flags?: number
  method?: number
  badSum?: boolean
}

/** A ZIP by hand, so that it can be as wrong as people meet them: local headers, directory, end record. */
export function zipBytes(entries: readonly FixtureEntry[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, data, deflate, claimed, flags = 0x800, method, badSum } of entries) {
    const raw = Buffer.from(name as string)
    const packed = deflate ? deflateRawSync(data) : data
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(method ?? (deflate ? 8 : 0), 4)
    common.writeUInt32LE(0x00210000, 6)
    common.writeUInt32LE((crc32(data) ^ (badSum ? 1 : 0)) >>> 0, 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed ?? data.length, 18)
    common.writeUInt16LE(raw.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, raw, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, tail, raw]))
    locals.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, list, end])
}
