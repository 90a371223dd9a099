import { open } from 'node:fs/promises'

/** WebP containers (RFC 9649): an extended header with flags, then ICCP, picture data, EXIF and XMP chunks. */
const flags = { icc: 0x20, alpha: 0x10, exif: 0x08, xmp: 0x04 } as const

interface Chunk {
  name: string
  data: Buffer
}

function chunksOf(webp: Buffer): Chunk[] {
  const chunks: Chunk[] = []
  let at = 12
  while (at + 8 <= webp.length) {
    const size = webp.readUInt32LE(at + 4)
    chunks.push({ name: webp.toString('latin1', at, at + 4), data: webp.subarray(at + 8, at + 8 + size) })
    at += 8 + size + (size & 1)
  }
  return chunks
}

/** A frame of an animation: its place and time, before the chunks of its picture (RFC 9649, 2.7.1.1). */
const frameHeadBytes = 16

/** Whether a WebP file's picture (the first of an animation) is stored without loss. */
export async function isLosslessWebp(path: string): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const head = Buffer.alloc(8)
    for (let at = 12; (await file.read(head, 0, 8, at)).bytesRead === 8; ) {
      const name = head.toString('latin1', 0, 4)
      if (name === 'VP8L' || name === 'VP8 ') return name === 'VP8L'
      const size = head.readUInt32LE(4)
      at += 8 + (name === 'ANMF' ? frameHeadBytes : size + (size & 1))
    }
    return false
  } finally {
    await file.close()
  }
}

function chunkBytes({ name, data }: Chunk): Buffer {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  head.writeUInt32LE(data.length, 4)
  return Buffer.concat([head, data, Buffer.alloc(data.length & 1)])
}

/** Puts metadata into an encoded still WebP. Sizes are of the picture, at most 16,384 a side. */
export function spliceWebp(webp: Buffer, size: { width: number; height: number }, blocks: { icc: Buffer | null; exif: Buffer | null; xmp: string | null }): Buffer {
  const chunks = chunksOf(webp)
  const picture = chunks.filter(({ name }) => name === 'VP8 ' || name === 'VP8L' || name === 'ALPH')
  const old = chunks.find(({ name }) => name === 'VP8X')
  // A lossless stream tells in bit 4 of its fifth byte whether it holds alpha (RFC 9649, 3.4).
  const lossless = picture.find(({ name }) => name === 'VP8L')
  const alpha = old ? ((old.data[0] as number) & flags.alpha) !== 0 : lossless !== undefined && ((lossless.data[4] as number) & 0x10) !== 0
  const header = Buffer.alloc(10)
  header[0] = (blocks.icc ? flags.icc : 0) | (alpha ? flags.alpha : 0) | (blocks.exif ? flags.exif : 0) | (blocks.xmp !== null ? flags.xmp : 0)
  header.writeUIntLE(size.width - 1, 4, 3)
  header.writeUIntLE(size.height - 1, 7, 3)
  const wanted: Chunk[] = [{ name: 'VP8X', data: header }]
  if (blocks.icc) wanted.push({ name: 'ICCP', data: blocks.icc })
  wanted.push(...picture)
  if (blocks.exif) wanted.push({ name: 'EXIF', data: blocks.exif })
  if (blocks.xmp !== null) wanted.push({ name: 'XMP ', data: Buffer.from(blocks.xmp, 'utf8') })
  const body = Buffer.concat(wanted.map(chunkBytes))
  const riff = Buffer.alloc(12)
  riff.write('RIFF', 'latin1')
  riff.writeUInt32LE(body.length + 4, 4)
  riff.write('WEBP', 8, 'latin1')
  return Buffer.concat([riff, body])
}
