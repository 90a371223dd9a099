import { readFile } from 'node:fs/promises'
import { HourglassError } from '../../contract/errors.ts'
import { named, otherFormats } from './failures.ts'

export interface BmpHeader {
  width: number
  height: number
  /** Dots per inch. */
  density: number | null
}

const inchesPerMetre = 39.3701

/**
 * Size and density from a BMP's first bytes (file header 14 bytes, then BITMAPCOREHEADER or BITMAPINFOHEADER and later).
 */
export function readBmpHeader(path: string, head: Buffer): BmpHeader {
  const broken = (): HourglassError => new HourglassError('bad-input', `${named(path)} is damaged: its header makes no sense.`, otherFormats)
  if (head.length < 26) throw broken()
  const headerSize = head.readUInt32LE(14)
  const core = headerSize === 12
  if (!core && (headerSize < 40 || head.length < 54)) throw broken()
  const width = core ? head.readUInt16LE(18) : head.readInt32LE(18)
  const height = Math.abs(core ? head.readInt16LE(20) : head.readInt32LE(22))
  if (width <= 0 || height <= 0) throw broken()
  const perMetre = core ? 0 : head.readInt32LE(38)
  return { width, height, density: perMetre > 0 ? Math.round(perMetre / inchesPerMetre) : null }
}

/**
 * Decodes a whole BMP (1 to 32 bits, run-length coded too) to interleaved RGB, 8 bit.
 * Its fourth channel, where there is one, is nearly always unused and left out.
 */
export async function decodeBmp(path: string): Promise<{ data: Uint8Array; width: number; height: number }> {
  const [file, { decode }] = await Promise.all([readFile(path), import('bmp-ts')])
  const { data, width, height } = decode(file, { toRGBA: true })
  const pixels = width * height
  const rgb = new Uint8Array(3 * pixels)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from] as number
    rgb[to + 1] = data[from + 1] as number
    rgb[to + 2] = data[from + 2] as number
  }
  return { data: rgb, width, height: Math.abs(height) }
}
