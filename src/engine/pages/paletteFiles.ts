import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { colorsOfPicture } from '../../core/pages/files/pictureColors.ts'
import { readPalette, writePalette, type PaletteFormat } from '../../core/pages/files/palettes.ts'
import type { PaletteFile } from '../../core/pages/files/swatches.ts'
import { writeAtomically, writePieces, type AtomicOptions } from '../pictures/atomic.ts'
import { decodePicture } from '../pictures/decode.ts'
import { readFailure } from '../pictures/failures.ts'
import { openPicture } from '../pictures/open.ts'
import { sniffPicture } from '../pictures/sniff.ts'

/** A reference picture is looked at in this size: its main colours do not hang on more. */
const lookedAt = { width: 512, height: 512 }

/** Grey or colour samples as RGB, transparent pixels left out. */
function opaqueRgb(data: Uint8Array, channels: 1 | 3, alpha: Uint8Array | null): Uint8Array {
  const pixels = data.length / channels
  const rgb = new Uint8Array(3 * pixels)
  let to = 0
  for (let i = 0; i < pixels; i++) {
    if (alpha && (alpha[i] as number) < 128) continue
    for (let n = 0; n < 3; n++) rgb[to++] = data[i * channels + (channels === 3 ? n : 0)] as number
  }
  return rgb.subarray(0, to)
}

/**
 * A palette from a file: `.ase`, `.gpl`, `.aco`, `.json`, a list of hex colours, or a picture, whose main colours are taken.
 * @param count colours of a picture, at most; 12 unless said
 * @throws HourglassError `bad-input`, `unsupported`, `too-large`
 */
export async function readPaletteFile(path: string, count = 12): Promise<PaletteFile & { readonly isPicture: boolean }> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    throw readFailure(path, thrown)
  })
  const file = basename(path)
  if (sniffPicture(bytes.subarray(0, 64)).kind !== 'picture') return { ...readPalette(bytes, file), isPicture: false }
  const { data, channels, alpha } = await decodePicture(await openPicture(path), { box: lookedAt, depth: 8 })
  return { name: file.replace(/\.[^.]+$/, ''), swatches: colorsOfPicture(opaqueRgb(data as Uint8Array, channels, alpha as Uint8Array | null), { count }), skipped: 0, isPicture: true }
}

/** Writes a palette, whole or not at all. @throws HourglassError `not-writable`, `no-space`, `cancelled` */
export async function writePaletteFile(palette: Pick<PaletteFile, 'name' | 'swatches'>, format: PaletteFormat, target: string, options: AtomicOptions): Promise<void> {
  const bytes = writePalette(palette, format)
  await writeAtomically(target, options, (temporary) => writePieces(temporary, [bytes]))
}
