/** Levels: old scans are flat, networks are used to full contrast. Only the network sees the levelled L*. */

/** Shares of pixels that become black and white. */
const blackShare = 0.005
const whiteShare = 0.995
/** A picture with less contrast than this (L*) holds no picture to stretch. */
const leastContrast = 10

/** L* at the given shares (0…1, ascending) of all pixels. */
export function percentiles(plane: Float32Array, shares: readonly number[]): number[] {
  const sorted = Float32Array.from(plane).sort()
  return shares.map((share) => sorted[Math.round(share * (sorted.length - 1))] ?? 0)
}

/** L* stretched so that the darkest and brightest half percent become 0 and 100; as it is where it has hardly any contrast. */
export function levelled(lightness: Float32Array): Float32Array {
  const [low = 0, high = 100] = percentiles(lightness, [blackShare, whiteShare])
  if (high - low < leastContrast) return lightness
  return lightness.map((value) => Math.min(100, Math.max(0, ((value - low) * 100) / (high - low))))
}
