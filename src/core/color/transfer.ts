/**
 * The sRGB transfer curve (IEC 61966-2-1) between encoded values 0…1 and linear light 0…1.
 */

/** Encoded sRGB value (0…1) to linear light (0…1). */
export function decodeSrgb(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4
}

/** Linear light (0…1) to the encoded sRGB value (0…1). */
export function encodeSrgb(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055
}

/** Bits of one sample of a decoded picture. */
export type Depth = 8 | 16

/** The largest sample of a depth: 255 or 65,535. */
export function maxSample(depth: Depth): number {
  return depth === 8 ? 255 : 65_535
}

const linearTables = new Map<Depth, Float64Array>()

/** Linear light of every sample value of a depth: 256 or 65,536 entries, made once. */
export function linearTable(depth: Depth): Float64Array {
  const known = linearTables.get(depth)
  if (known) return known
  const top = maxSample(depth)
  const table = Float64Array.from({ length: top + 1 }, (_, sample) => decodeSrgb(sample / top))
  linearTables.set(depth, table)
  return table
}
