import { open } from 'node:fs/promises'
import { crc32, deflateSync, inflateSync } from 'node:zlib'
import { iptcOf, resourcesWithIptc } from './photoshop.ts'

/** Signature and IHDR of a PNG: chunks of ours go right after, before any that must follow them. */
export const pngHeadBytes = 8 + 25
const maxTextChunk = 8 << 20

/** A PNG chunk: length, type, data, checksum (PNG 5.3). */
export function pngChunk(type: string, data: Buffer): Buffer {
  const out = Buffer.alloc(12 + data.length)
  out.writeUInt32BE(data.length, 0)
  out.write(type, 4, 'latin1')
  data.copy(out, 8)
  out.writeUInt32BE(crc32(out.subarray(4, 8 + data.length)), 8 + data.length)
  return out
}

/** iCCP (PNG 11.3.2.3): name, zero, method 0, deflated profile. */
export const iccChunk = (profile: Buffer): Buffer => pngChunk('iCCP', Buffer.concat([Buffer.from('ICC profile\0\0', 'latin1'), deflateSync(profile)]))
export const exifChunk = (block: Buffer): Buffer => pngChunk('eXIf', block)

/** XMP as an uncompressed iTXt (XMP part 3, 1.1.5). */
export const xmpChunk = (packet: string): Buffer => pngChunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\0\0\0\0', 'latin1'), Buffer.from(packet, 'utf8')]))

const metresPerInch = 0.0254
/** The unit of pHYs that is one; 0 says only how pixels are shaped. */
const metres = 1

/** Density in pixels a metre (PNG 11.3.4.3). */
export function densityChunk(dotsPerInch: number): Buffer {
  const data = Buffer.alloc(9)
  const perMetre = Math.max(1, Math.round(dotsPerInch / metresPerInch))
  data.writeUInt32BE(perMetre, 0)
  data.writeUInt32BE(perMetre, 4)
  data[8] = metres
  return pngChunk('pHYs', data)
}

const iptcKeyword = 'Raw profile type iptc'

/**
 * IPTC the way ImageMagick began it and ExifTool reads it: PNG has no chunk for it, so its bytes travel as hex in a
 * compressed text chunk.
 */
export function iptcChunk(iptc: Buffer): Buffer {
  const block = resourcesWithIptc(iptc)
  const lines = block.toString('hex').replace(/(.{72})/g, '$1\n')
  const text = `\niptc\n${String(block.length).padStart(8)}\n${lines}\n`
  return pngChunk('zTXt', Buffer.concat([Buffer.from(`${iptcKeyword}\0\0`, 'latin1'), deflateSync(Buffer.from(text, 'latin1'))]))
}

function parseRawProfile(text: string): Buffer | null {
  const found = /^\s*(?:iptc|8bim)\s+\d+\s+([0-9a-f\s]+)/i.exec(text)
  return found ? Buffer.from((found[1] as string).replace(/\s/g, ''), 'hex') : null
}

function iptcOfText(type: string, data: Buffer): Buffer | null {
  const nameEnd = data.indexOf(0)
  const name = data.toString('latin1', 0, nameEnd)
  if (name !== iptcKeyword && name !== 'Raw profile type 8bim') return null
  const text = type === 'zTXt' ? inflateSync(data.subarray(nameEnd + 2), { maxOutputLength: maxTextChunk }) : data.subarray(nameEnd + 1)
  const block = parseRawProfile(text.toString('latin1'))
  return block && (block.toString('latin1', 0, 4) === '8BIM' ? iptcOf(block) : block)
}

/** What the chunks before the picture data say: the IPTC record, and dots per inch (none where the unit is unknown). */
export async function readPngHead(path: string): Promise<{ iptc: Buffer | null; density: number | null }> {
  const found: { iptc: Buffer | null; density: number | null } = { iptc: null, density: null }
  const file = await open(path, 'r')
  try {
    let at = 8
    for (;;) {
      const head = Buffer.alloc(8)
      const { bytesRead } = await file.read(head, 0, 8, at)
      const type = head.toString('latin1', 4, 8)
      if (bytesRead < 8 || type === 'IDAT' || type === 'IEND') return found
      const length = head.readUInt32BE(0)
      if (['zTXt', 'tEXt', 'pHYs'].includes(type) && length < maxTextChunk) {
        const data = Buffer.alloc(length)
        await file.read(data, 0, length, at + 8)
        if (type !== 'pHYs') found.iptc ??= iptcOfText(type, data)
        else if (data[8] === metres) found.density = Math.round(data.readUInt32BE(0) * metresPerInch * 100) / 100
      }
      at += 12 + length
    }
  } catch {
    // A broken text chunk loses its text, not the picture.
    return found
  } finally {
    await file.close()
  }
}
