export interface JustifiedRow {
  /** Index of the row's first picture. */
  readonly first: number
  /** Width of each picture of the row. */
  readonly widths: readonly number[]
  readonly height: number
}

/** Pictures wider or taller than this are cropped in their cell, so that a panorama does not eat a row. */
const widest = 2.4
const narrowest = 0.5

/**
 * Rows of about `wanted` height that fill `width` exactly, the last one excepted.
 * @param aspects width ÷ height of each picture
 * @param gap between pictures, in the unit of `width`
 */
export function justifiedRows(aspects: readonly number[], width: number, wanted: number, gap: number): JustifiedRow[] {
  const rows: JustifiedRow[] = []
  let first = 0
  while (first < aspects.length) {
    let sum = 0
    let end = first
    while (end < aspects.length) {
      const aspect = Math.min(widest, Math.max(narrowest, aspects[end] ?? 1))
      const next = sum + aspect
      // Take one more picture only while the row does not get flatter than leaving it out would make it tall.
      const heightWith = (width - gap * (end - first)) / next
      if (end > first && heightWith < wanted && wanted - heightWith > (width - gap * (end - first - 1)) / sum - wanted) break
      sum = next
      end += 1
      if (heightWith <= wanted) break
    }
    const space = width - gap * (end - first - 1)
    const isLast = end === aspects.length
    const height = isLast ? Math.min(wanted, space / sum) : Math.min(wanted * 1.6, space / sum)
    const widths = aspects.slice(first, end).map((aspect) => Math.min(widest, Math.max(narrowest, aspect)) * height)
    rows.push({ first, widths, height })
    first = end
  }
  return rows
}

/** Equal squares, as many as fit; the gap stays. */
export function squareRows(count: number, width: number, side: number, gap: number): JustifiedRow[] {
  const columns = Math.max(1, Math.floor((width + gap) / (side + gap)))
  const size = (width - gap * (columns - 1)) / columns
  const rows: JustifiedRow[] = []
  for (let first = 0; first < count; first += columns) {
    rows.push({ first, widths: Array.from({ length: Math.min(columns, count - first) }, () => size), height: size })
  }
  return rows
}
