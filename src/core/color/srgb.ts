/** Encoded sRGB (0…1 or #rrggbb) to Lab and back. */
import { labToLinear, linearToLab } from './lab.ts'
import type { Triple } from './lab.ts'
import { decodeSrgb, encodeSrgb } from './transfer.ts'

/** Lab of an encoded sRGB colour, channels 0…1. */
export function srgbToLab(red: number, green: number, blue: number): Triple {
  return linearToLab(decodeSrgb(red), decodeSrgb(green), decodeSrgb(blue))
}

/** Encoded sRGB (0…1, clipped) of a Lab colour. Fit the colour into the gamut first where its lightness must hold. */
export function labToSrgb(lightness: number, a: number, b: number): Triple {
  const [red, green, blue] = labToLinear(lightness, a, b)
  return [encodeClipped(red), encodeClipped(green), encodeClipped(blue)]
}

/** Encoded sRGB channels (0…1) of `#rrggbb`. */
export function parseHex(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16)
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255]
}

/** `#rrggbb` of encoded sRGB channels (0…1, clipped). */
export function formatHex(color: Triple): string {
  const byte = (value: number): string => Math.round(Math.min(1, Math.max(0, value)) * 255).toString(16).padStart(2, '0')
  return `#${byte(color[0])}${byte(color[1])}${byte(color[2])}`
}

/** Lab of `#rrggbb`. */
export function hexToLab(hex: string): Triple {
  return srgbToLab(...parseHex(hex))
}

function encodeClipped(linear: number): number {
  return encodeSrgb(Math.min(1, Math.max(0, linear)))
}
