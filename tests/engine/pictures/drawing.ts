import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp, { type Sharp } from 'sharp'
import { afterAll } from 'vitest'
import { iccChunk, pngHeadBytes } from '../../../src/engine/pictures/metadata/png.ts'

/** A folder for the tests of one file, with a name as people have them; removed at the end. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hourglass 照片 '))
  afterAll(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** A picture whose four quarters differ, so that every turn and mirror shows: RGB, 8 bit. */
export function quarters(width: number, height: number): Uint8Array {
  const colors = [[230, 30, 30], [30, 200, 40], [40, 60, 220], [240, 220, 60]]
  const data = new Uint8Array(width * height * 3)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const color = colors[(x * 2 >= width ? 1 : 0) + (y * 2 >= height ? 2 : 0)] as number[]
      data.set(color, (y * width + x) * 3)
    }
  }
  return data
}

/** Smooth colours inside the sRGB gamut with some grain. */
export function tones(width: number, height: number): Uint8Array {
  const data = new Uint8Array(width * height * 3)
  let seed = 7
  for (let i = 0; i < data.length; i++) {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff
    const x = Math.floor(i / 3) % width
    data[i] = Math.min(255, 60 + (x * 120) / width + (i % 3) * 12 + (seed >> 28))
  }
  return data
}

export const rgb = (data: Uint8Array | Uint16Array, width: number, height: number, channels: 1 | 2 | 3 | 4 = 3): Sharp =>
  sharp(data as Uint8Array<ArrayBuffer>, { raw: { width, height, channels } })

/** Writes a PNG that carries a profile without its pixels being converted to it. */
export async function pngWithProfile(path: string, png: Buffer, profile: Buffer): Promise<string> {
  await writeFile(path, Buffer.concat([png.subarray(0, pngHeadBytes), iccChunk(profile), png.subarray(pngHeadBytes)]))
  return path
}

function xyzTag(x: number, y: number, z: number): Buffer {
  const tag = Buffer.alloc(20)
  tag.write('XYZ ', 'latin1')
  for (const [i, value] of [x, y, z].entries()) tag.writeInt32BE(Math.round(value * 65536), 8 + 4 * i)
  return tag
}

/** A gamma as a single number, or a whole table. */
function curveTag(curve: number | number[]): Buffer {
  const values = typeof curve === 'number' ? [Math.round(curve * 256)] : curve.map((value) => Math.round(value * 65535))
  const tag = Buffer.alloc(12 + 2 * values.length)
  tag.write('curv', 'latin1')
  tag.writeUInt32BE(values.length, 8)
  for (const [i, value] of values.entries()) tag.writeUInt16BE(value, 12 + 2 * i)
  return tag
}

function textTag(text: string): Buffer {
  const tag = Buffer.alloc(12 + text.length + 1 + 78)
  tag.write('desc', 'latin1')
  tag.writeUInt32BE(text.length + 1, 8)
  tag.write(text, 12, 'latin1')
  return tag
}

function profileOf(space: string, kind: string, tags: Record<string, Buffer>, pcs = 'XYZ '): Buffer {
  const entries = Object.entries(tags)
  const table = Buffer.alloc(4 + 12 * entries.length)
  table.writeUInt32BE(entries.length)
  let offset = 128 + table.length
  const parts: Buffer[] = []
  for (const [i, [name, data]] of entries.entries()) {
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)])
    table.write(name, 4 + 12 * i, 'latin1')
    table.writeUInt32BE(offset, 8 + 12 * i)
    table.writeUInt32BE(data.length, 12 + 12 * i)
    parts.push(padded)
    offset += padded.length
  }
  const head = Buffer.alloc(128)
  head.writeUInt32BE(offset, 0)
  head.writeUInt32BE(0x02400000, 8)
  head.write(kind + space + pcs, 12, 'latin1')
  head.write('acsp', 36, 'latin1')
  head.writeInt32BE(Math.round(0.9642 * 65536), 68)
  head.writeInt32BE(65536, 72)
  head.writeInt32BE(Math.round(0.8249 * 65536), 76)
  return Buffer.concat([head, table, ...parts])
}

const white = xyzTag(0.9642, 1, 0.8249)

/** A profile with the primaries and the gamma of Adobe RGB (1998). */
export const wideRgbProfile = (): Buffer => {
  const curve = curveTag(2.19921875)
  return profileOf('RGB ', 'mntr', {
    desc: textTag('Wide RGB of the tests'),
    wtpt: white,
    rXYZ: xyzTag(0.60974, 0.31111, 0.01947),
    gXYZ: xyzTag(0.20528, 0.62567, 0.06087),
    bXYZ: xyzTag(0.14919, 0.06322, 0.74457),
    rTRC: curve,
    gTRC: curve,
    bTRC: curve,
  })
}

/**
 * A scanner's profile of tables alone (lut8, two nodes a side): greys are greys, and full red of the scanner is a
 * muted blue, so that nobody can miss whether it was applied.
 */
export const tableProfile = (): Buffer => {
  const head = Buffer.alloc(48)
  head.write('mft1', 'latin1')
  head.set([3, 3, 2], 8)
  for (const diagonal of [0, 4, 8]) head.writeInt32BE(65536, 12 + 4 * diagonal)
  const identity = Buffer.from(Array.from({ length: 3 * 256 }, (_, i) => i % 256))
  const nodes = Array.from({ length: 8 }, (_, i) => {
    const lightness = [0, 32, 60, 70, 40, 60, 80, 100][i] ?? 0
    return i === 4 ? [lightness * 2.55, 128 + 10, 128 - 40] : [lightness * 2.55, 128, 128]
  })
  return profileOf('RGB ', 'scnr', { desc: textTag('Table of the tests'), wtpt: white, A2B0: Buffer.concat([head, identity, Buffer.from(nodes.flat()), identity]) }, 'Lab ')
}

/** A grey profile: a gamma, or a table as dot gain profiles have it. */
export const greyProfile = (curve: number | number[]): Buffer => profileOf('GRAY', 'scnr', { desc: textTag('Grey of the tests'), wtpt: white, kTRC: curveTag(curve) })

export const xmpPacket = (inner: string): string =>
  `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">${inner}</rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
