/** Levels: old scans are flat, networks are used to full contrast. Only the network sees the levelled L*. */

/** Shares of pixels that become black and white. */
const blackShare = 0.005
const whiteShare = 0.995
/** A picture with less contrast than this (L*) holds no picture to stretch. */
const leastContrast = 10

/** L* at the given shares (0…1, ascending) of all pixels. */
export function percentiles(plane: Float32Array, shares: readonly number[]): number[] {
  const values = Float32Array.from(plane)
  return shares.map((share) => selected(values, Math.round(share * (values.length - 1))))
}

/** The value that would stand at `rank` if the values were sorted; reorders them. Hoare's selection: a tenth of a sort. */
function selected(values: Float32Array, rank: number): number {
  let [low, high] = [0, values.length - 1]
  while (low < high) {
    const pivot = values[(low + high) >> 1] ?? 0
    let [left, right] = [low, high]
    while (left <= right) {
      while ((values[left] ?? 0) < pivot) left++
      while ((values[right] ?? 0) > pivot) right--
      if (left > right) break
      const value = values[left] ?? 0
      values[left++] = values[right] ?? 0
      values[right--] = value
    }
    if (rank <= right) high = right
    else if (rank >= left) low = left
    else break
  }
  return values[rank] ?? 0
}

/** L* stretched so that the darkest and brightest half percent become 0 and 100; as it is where it has hardly any contrast. */
export function levelled(lightness: Float32Array): Float32Array {
  const [low = 0, high = 100] = percentiles(lightness, [blackShare, whiteShare])
  if (high - low < leastContrast) return lightness
  return lightness.map((value) => Math.min(100, Math.max(0, ((value - low) * 100) / (high - low))))
}
