/** Adobe Swatch Exchange, `.ase`, version 1.0. */
import { labToSrgb } from '../../color/srgb.ts'
import { BigEndianReader, BigEndianWriter, EndOfData } from './bigEndian.ts'
import { bytesOfHex, cleanName, damaged, hexOf, hexOfCmyk, type FileSwatch, type PaletteFile } from './swatches.ts'

const groupStart = 0xc001
const groupEnd = 0xc002
const colorEntry = 0x0001
/** Type of a colour: neither global nor spot. */
const normal = 2

export const isAse = (bytes: Uint8Array): boolean => bytes.length >= 4 && String.fromCharCode(...bytes.subarray(0, 4)) === 'ASEF'

function readColor(reader: BigEndianReader): string | null {
  const model = reader.latin(4)
  switch (model) {
    case 'RGB ':
      return hexOf(reader.f32(), reader.f32(), reader.f32())
    case 'CMYK':
      return hexOfCmyk(reader.f32(), reader.f32(), reader.f32(), reader.f32())
    case 'LAB ': {
      const [lightness, a, b] = [reader.f32(), reader.f32(), reader.f32()]
      // Adobe writes L as 0…1; some programs write 0…100.
      return hexOf(...labToSrgb(lightness <= 1 ? 100 * lightness : lightness, a, b))
    }
    case 'Gray': {
      const grey = reader.f32()
      return hexOf(grey, grey, grey)
    }
    default:
      return null
  }
}

/**
 * Reads an `.ase`: names in UTF-16, groups, colours in RGB, CMYK, Lab and grey (CMYK without a profile).
 * @param file name for messages
 * @throws HourglassError `bad-input`
 */
export function readAse(bytes: Uint8Array, file: string): PaletteFile {
  const reader = new BigEndianReader(bytes)
  const swatches: FileSwatch[] = []
  let skipped = 0
  let group = ''
  try {
    reader.skip(8)
    const blocks = reader.u32()
    for (let block = 0; block < blocks && reader.left > 0; block++) {
      const type = reader.u16()
      const end = reader.u32() + reader.at
      if (type === groupStart) group = cleanName(reader.utf16(reader.u16()))
      else if (type === groupEnd) group = ''
      else if (type === colorEntry) {
        const name = cleanName(reader.utf16(reader.u16()))
        const color = readColor(reader)
        if (color === null) skipped += 1
        else swatches.push({ name, color, group })
      }
      if (end < reader.at) throw new EndOfData()
      reader.skip(end - reader.at)
    }
  } catch (thrown) {
    if (thrown instanceof EndOfData) throw damaged(file)
    throw thrown
  }
  return { name: '', swatches, skipped }
}

function writeBlock(out: BigEndianWriter, type: number, content: BigEndianWriter): void {
  out.u16(type)
  out.u32(content.length)
  out.append(content)
}

function nameBlock(name: string): BigEndianWriter {
  const content = new BigEndianWriter()
  content.u16(name.length + 1)
  content.utf16(name)
  return content
}

/** Swatches of one group next to each other become a group of the file; the order is kept. */
export function writeAse(palette: Pick<PaletteFile, 'swatches'>): Uint8Array {
  const blocks = new BigEndianWriter()
  let count = 0
  let group = ''
  const close = (): void => {
    if (group === '') return
    writeBlock(blocks, groupEnd, new BigEndianWriter())
    count += 1
  }
  for (const swatch of palette.swatches) {
    if (swatch.group !== group) {
      close()
      group = swatch.group
      if (group !== '') {
        writeBlock(blocks, groupStart, nameBlock(group))
        count += 1
      }
    }
    const content = nameBlock(swatch.name)
    content.latin('RGB ')
    for (const value of bytesOfHex(swatch.color)) content.f32(value / 255)
    content.u16(normal)
    writeBlock(blocks, colorEntry, content)
    count += 1
  }
  close()
  const out = new BigEndianWriter()
  out.latin('ASEF')
  out.u16(1)
  out.u16(0)
  out.u32(count)
  out.append(blocks)
  return out.toBytes()
}
