import { readFile } from 'node:fs/promises'
import type { HourglassError } from '../../contract/errors.ts'
import { fault, worded } from '../../core/texts/wording.ts'
import { named } from './failures.ts'

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
  const broken = (): HourglassError => fault('bad-input', 'fault.bmpHeader', 'remedy.saveAsOther', { file: named(path) })
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

/** Values of biCompression for run-length coded pixels (BI_RLE8, BI_RLE4). */
const runLengths = [1, 2]

/**
 * Decodes a whole BMP (1 to 32 bits) to interleaved RGB, 8 bit.
 * Its fourth channel, where there is one, is nearly always unused and left out.
 * @throws HourglassError `unsupported` for run-length coding, whose colours the decoder mixes up
 */
export async function decodeBmp(path: string): Promise<{ data: Uint8Array; width: number; height: number }> {
  const [file, { decode }] = await Promise.all([readFile(path), import('bmp-ts')])
  if (file.readUInt32LE(14) >= 40 && runLengths.includes(file.readUInt32LE(30))) {
    throw fault('unsupported', 'fault.foreign', 'remedy.saveAsOther', { file: named(path), what: worded('fault.kind.runLengthBmp') })
  }
  // Pictures with a palette (1, 4, 8 bits) come as ABGR, whatever order is asked for.
  const palette = file.readUInt16LE(28) <= 8
  const { data, width, height } = decode(file, { toRGBA: !palette })
  const [red, green, blue] = palette ? ([3, 2, 1] as const) : ([0, 1, 2] as const)
  const rgb = new Uint8Array(3 * width * height)
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    rgb[to] = data[from + red] as number
    rgb[to + 1] = data[from + green] as number
    rgb[to + 2] = data[from + blue] as number
  }
  return { data: rgb, width, height }
}
