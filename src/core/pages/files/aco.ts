/** Adobe Photoshop colour swatches, `.aco`: a list without names (version 1), then the same with names (version 2). */
import { labToSrgb } from '../../color/srgb.ts'
import { BigEndianReader, BigEndianWriter, EndOfData } from './bigEndian.ts'
import { bytesOfHex, cleanName, damaged, hexOf, hexOfCmyk, hexOfHsb, type FileSwatch, type PaletteFile } from './swatches.ts'

const full = 65535

const signed = (value: number): number => (value > 32767 ? value - 65536 : value)

/** Colour spaces as Adobe's file format specification numbers them: 0 RGB, 1 HSB, 2 CMYK, 7 Lab, 8 grey, 9 wide CMYK. */
function colorOf(space: number, [w, x, y, z]: readonly [number, number, number, number]): string | null {
  switch (space) {
    case 0:
      return hexOf(w / full, x / full, y / full)
    case 1:
      return hexOfHsb(w / full, x / full, y / full)
    case 2:
      // 0 is full ink.
      return hexOfCmyk(1 - w / full, 1 - x / full, 1 - y / full, 1 - z / full)
    case 7:
      return hexOf(...labToSrgb(w / 100, signed(x) / 100, signed(y) / 100))
    case 8:
      return hexOf(w / 10_000, w / 10_000, w / 10_000)
    case 9:
      return hexOfCmyk(w / 10_000, x / 10_000, y / 10_000, z / 10_000)
    default:
      return null
  }
}

function readList(reader: BigEndianReader, named: boolean): { swatches: FileSwatch[]; skipped: number } {
  const swatches: FileSwatch[] = []
  let skipped = 0
  const count = reader.u16()
  for (let n = 0; n < count; n++) {
    const space = reader.u16()
    const color = colorOf(space, [reader.u16(), reader.u16(), reader.u16(), reader.u16()])
    const name = named ? cleanName(reader.utf16(reader.u32())) : ''
    if (color === null) skipped += 1
    else swatches.push({ name, color, group: '' })
  }
  return { swatches, skipped }
}

/**
 * Reads an `.aco`, with names where it has them. Colours of colour books are passed over and counted.
 * @throws HourglassError `bad-input`
 */
export function readAco(bytes: Uint8Array, file: string): PaletteFile {
  const reader = new BigEndianReader(bytes)
  try {
    const version = reader.u16()
    if (version !== 1 && version !== 2) throw new EndOfData()
    const first = readList(reader, version === 2)
    if (version === 1 && reader.left >= 4 && reader.u16() === 2) return { name: '', ...readList(reader, true) }
    return { name: '', ...first }
  } catch (thrown) {
    if (thrown instanceof EndOfData) throw damaged(file)
    throw thrown
  }
}

/** Version 1 for old programs, then version 2 with Unicode names. Groups are not kept: the format has none. */
export function writeAco(palette: Pick<PaletteFile, 'swatches'>): Uint8Array {
  const out = new BigEndianWriter()
  for (const version of [1, 2]) {
    out.u16(version)
    out.u16(palette.swatches.length)
    for (const { color, name } of palette.swatches) {
      out.u16(0)
      for (const value of bytesOfHex(color)) out.u16(value * 257)
      out.u16(0)
      if (version === 1) continue
      out.u32(name.length + 1)
      out.utf16(name)
    }
  }
  return out.toBytes()
}
