import type { HourglassError } from '../../../contract/errors.ts'
import { formatHex } from '../../color/srgb.ts'
import { fault } from '../../texts/wording.ts'

/** A colour of a palette file. */
export interface FileSwatch {
  /** '' where the file names none. */
  readonly name: string
  /** `#rrggbb`, lower case, sRGB. */
  readonly color: string
  /** Character or place it belongs to; '' stands for none. Kept by .ase and .json. */
  readonly group: string
}

export interface PaletteFile {
  readonly name: string
  readonly swatches: readonly FileSwatch[]
  /** Colours that were passed over: of a colour book or another kind that has no sRGB value of its own. */
  readonly skipped: number
}

/** As many as the project's palette holds. */
export const maxSwatches = 2000
const maxNameLength = 100

/** A name on one line, as the project's palette takes it. */
export function cleanName(name: string): string {
  return name.replace(/[\u0000-\u001f\u007f\s]+/gu, ' ').trim().toWellFormed().slice(0, maxNameLength)
}

const clip = (value: number): number => (Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0)

/** `#rrggbb` of sRGB channels 0…1, clipped. */
export const hexOf = (red: number, green: number, blue: number): string => formatHex([clip(red), clip(green), clip(blue)])

/** `#rrggbb` of ink shares 0…1, without a profile: (1 − ink)(1 − black). */
export const hexOfCmyk = (cyan: number, magenta: number, yellow: number, black: number): string =>
  hexOf((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))

/** `#rrggbb` of hue (turns, 0…1), saturation and brightness (0…1). */
export function hexOfHsb(hue: number, saturation: number, brightness: number): string {
  const channel = (n: number): number => {
    const k = (n + hue * 6) % 6
    return brightness * (1 - saturation * Math.max(0, Math.min(k, 4 - k, 1)))
  }
  return hexOf(channel(5), channel(3), channel(1))
}

/** Red, green, blue 0…255 of `#rrggbb`. */
export function bytesOfHex(hex: string): [number, number, number] {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** A file's name as messages show it. */
export const quoted = (file: string): string => `"${file}"`

export function damaged(file: string): HourglassError {
  return fault('bad-input', 'fault.paletteDamaged', 'remedy.savePaletteAgain', { file: quoted(file) })
}
