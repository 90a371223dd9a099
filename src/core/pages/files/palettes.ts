import { fault } from '../../texts/wording.ts'
import { readAco, writeAco } from './aco.ts'
import { isAse, readAse, writeAse } from './ase.ts'
import { maxSwatches, quoted, type PaletteFile } from './swatches.ts'
import { isGpl, readGpl, readHexList, readJsonPalette, writeGpl, writeHexList, writeJsonPalette } from './textPalettes.ts'
import { decodeText, encodeUtf8 } from './utf8.ts'

export const paletteFormats = ['ase', 'gpl', 'aco', 'json', 'hex'] as const
export type PaletteFormat = (typeof paletteFormats)[number]

const formatOfEnding: Readonly<Record<string, PaletteFormat>> = { ase: 'ase', gpl: 'gpl', aco: 'aco', json: 'json', hex: 'hex', txt: 'hex' }

/** The palette format that a file name asks for, or null. */
export function paletteFormatOf(name: string): PaletteFormat | null {
  return formatOfEnding[/\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? null
}

function parse(bytes: Uint8Array, file: string): PaletteFile {
  if (isAse(bytes)) return readAse(bytes, file)
  // Version 1 or 2 as a 16-bit number; no text begins with a null.
  if (bytes[0] === 0 && (bytes[1] === 1 || bytes[1] === 2)) return readAco(bytes, file)
  const text = decodeText(bytes)
  if (isGpl(text)) return readGpl(text, file)
  return readHexList(text) ?? readJsonPalette(text, file)
}

/**
 * Reads a palette: `.ase`, `.gpl`, `.aco`, `.json` or a list of hex colours, told apart by content.
 * @param file its name, for messages and where it holds none itself
 * @throws HourglassError `bad-input` (damaged, no palette, no colours), `too-large` (more than 2000 colours)
 */
export function readPalette(bytes: Uint8Array, file: string): PaletteFile {
  const palette = parse(bytes, file)
  if (palette.swatches.length === 0) {
    if (palette.skipped > 0) throw fault('bad-input', 'fault.paletteOfBooks', 'remedy.otherPalette', { file: quoted(file), count: palette.skipped })
    throw fault('bad-input', 'fault.paletteEmpty', 'remedy.otherPalette', { file: quoted(file) })
  }
  if (palette.swatches.length > maxSwatches) {
    throw fault('too-large', 'fault.paletteTooLarge', 'remedy.splitPalette', { file: quoted(file), count: palette.swatches.length, most: maxSwatches })
  }
  return palette.name === '' ? { ...palette, name: file.replace(/\.[^.]+$/, '') } : palette
}

/** The bytes of a palette file. `.gpl`, `.aco` and hex lists hold no groups, hex lists no palette name. */
export function writePalette(palette: Pick<PaletteFile, 'name' | 'swatches'>, format: PaletteFormat): Uint8Array {
  switch (format) {
    case 'ase':
      return writeAse(palette)
    case 'aco':
      return writeAco(palette)
    case 'gpl':
      return encodeUtf8(writeGpl(palette))
    case 'json':
      return encodeUtf8(writeJsonPalette(palette))
    case 'hex':
      return encodeUtf8(writeHexList(palette))
  }
}
