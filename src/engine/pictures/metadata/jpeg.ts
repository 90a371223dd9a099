import { open, type FileHandle } from 'node:fs/promises'

/** A marker segment before the picture data: marker (second byte) and payload without its length field. */
export interface Segment {
  marker: number
  payload: Buffer
}

export const app0 = 0xe0
export const app1 = 0xe1
export const app2 = 0xe2
export const app13 = 0xed
const startOfScan = 0xda

export const signatures = {
  exif: Buffer.from('Exif\0\0', 'latin1'),
  xmp: Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1'),
  extendedXmp: Buffer.from('http://ns.adobe.com/xmp/extension/\0', 'latin1'),
  icc: Buffer.from('ICC_PROFILE\0', 'latin1'),
  photoshop: Buffer.from('Photoshop 3.0\0', 'latin1'),
} as const

const maxPayload = 65533
const wanted = new Set([app0, app1, app2, app13])

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  const { bytesRead } = await file.read(bytes, 0, length, at)
  return bytes.subarray(0, bytesRead)
}

/** The APP0, APP1, APP2 and APP13 segments of a JPEG file, up to the start of its picture data. */
export async function readSegments(path: string): Promise<Segment[]> {
  const file = await open(path, 'r')
  try {
    const segments: Segment[] = []
    let at = 2
    for (;;) {
      const head = await readAt(file, at, 4)
      if (head.length < 4 || head[0] !== 0xff) return segments
      const marker = head[1] as number
      if (marker === 0xff) {
        at += 1
        continue
      }
      if (marker === startOfScan || marker === 0xd9) return segments
      const length = head.readUInt16BE(2)
      if (length < 2) return segments
      if (wanted.has(marker)) segments.push({ marker, payload: await readAt(file, at + 4, length - 2) })
      at += 2 + length
    }
  } finally {
    await file.close()
  }
}

/** Payloads of the segments that begin with a signature, without it. */
export const payloadsOf = (segments: readonly Segment[], marker: number, signature: Buffer): Buffer[] =>
  segments
    .filter((segment) => segment.marker === marker && segment.payload.subarray(0, signature.length).equals(signature))
    .map((segment) => segment.payload.subarray(signature.length))

/** Dots per inch of a JFIF segment; null where it gives a mere aspect ratio. */
export function jfifDensity(segments: readonly Segment[]): number | null {
  const jfif = payloadsOf(segments, app0, Buffer.from('JFIF\0', 'latin1'))[0]
  if (!jfif || jfif.length < 7) return null
  const value = jfif.readUInt16BE(3)
  return value === 0 || jfif[2] === 0 ? null : jfif[2] === 2 ? value * 2.54 : value
}

function segmentBytes({ marker, payload }: Segment): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(payload.length + 2, 2)
  return Buffer.concat([head, payload])
}

/** A profile cut into numbered APP2 segments (ICC.1 annex B.4). */
export function iccSegments(profile: Buffer): Segment[] {
  const room = maxPayload - signatures.icc.length - 2
  const total = Math.ceil(profile.length / room)
  return Array.from({ length: total }, (_, i) => ({
    marker: app2,
    payload: Buffer.concat([signatures.icc, Buffer.from([i + 1, total]), profile.subarray(i * room, (i + 1) * room)]),
  }))
}

/** Photoshop resources as APP13 segments; long ones go on in the next segment. */
export function photoshopSegments(resources: Buffer): Segment[] {
  const room = maxPayload - signatures.photoshop.length
  const total = Math.ceil(resources.length / room)
  return Array.from({ length: total }, (_, i) => ({ marker: app13, payload: Buffer.concat([signatures.photoshop, resources.subarray(i * room, (i + 1) * room)]) }))
}

/** Bytes of an XMP packet that fit the one segment it may take (XMP part 3, 1.1.3). */
export const maxXmpBytes = maxPayload - signatures.xmp.length

/** A long XMP packet's second half, as extension segments named by its MD5 in hex (XMP part 3, 1.1.3.1). */
export function extendedXmpSegments(packet: Buffer, guid: string): Segment[] {
  const room = 65400
  const total = Math.ceil(packet.length / room)
  return Array.from({ length: total }, (_, i) => {
    const numbers = Buffer.alloc(8)
    numbers.writeUInt32BE(packet.length, 0)
    numbers.writeUInt32BE(i * room, 4)
    return { marker: app1, payload: Buffer.concat([signatures.extendedXmp, Buffer.from(guid, 'latin1'), numbers, packet.subarray(i * room, (i + 1) * room)]) }
  })
}

/** Puts the pieces of an extended packet together again; null where one is missing. */
export function joinExtendedXmp(payloads: readonly Buffer[]): Buffer | null {
  const first = payloads[0]
  if (!first || first.length < 40) return null
  const guid = first.toString('latin1', 0, 32)
  const total = first.readUInt32BE(32)
  if (total > 64 << 20) return null
  const whole = Buffer.alloc(total)
  let filled = 0
  for (const payload of payloads) {
    if (payload.length < 40 || payload.toString('latin1', 0, 32) !== guid) continue
    filled += payload.copy(whole, payload.readUInt32BE(36), 40)
  }
  return filled === total ? whole : null
}

/** JFIF 1.02 head segment: without one, some readers guess the colours. Without density it says only that pixels are square. */
function jfifSegment(density: number | null): Segment {
  const payload = Buffer.from('JFIF\0\x01\x02\0\0\x01\0\x01\0\0', 'latin1')
  if (density !== null) {
    const dots = Math.min(65535, Math.max(1, Math.round(density)))
    payload[7] = 1
    payload.writeUInt16BE(dots, 8)
    payload.writeUInt16BE(dots, 10)
  }
  return { marker: app0, payload }
}

/**
 * Puts a JFIF segment and others at the start of an encoded JPEG, in place of its own JFIF segment if it has one.
 * @param density dots per inch, null to leave it unsaid
 */
export function spliceJpeg(jpeg: Buffer, segments: readonly Segment[], density: number | null): Buffer[] {
  const own = jpeg[2] === 0xff && jpeg[3] === app0
  const rest = own ? 4 + jpeg.readUInt16BE(4) : 2
  return [jpeg.subarray(0, 2), segmentBytes(jfifSegment(density)), ...segments.map(segmentBytes), jpeg.subarray(rest)]
}
