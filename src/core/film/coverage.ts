/**
 * Where flagged frames lie along a drawing: runs [from, to) of columns in which at least half of the frames are flagged.
 * @param flags one a frame, 0 or 1
 * @param first frame at the left edge, in parts of frames too
 * @param last frame at the right edge; beyond the end nothing is flagged
 */
export function coveredRuns(flags: Uint8Array, first: number, last: number, columns: number): [from: number, to: number][] {
  const perColumn = (last - first) / Math.max(1, columns)
  const runs: [number, number][] = []
  for (let column = 0; column < columns; column++) {
    const from = Math.floor(first + column * perColumn)
    const to = Math.max(from + 1, Math.floor(first + (column + 1) * perColumn))
    let count = 0
    for (let n = Math.max(0, from); n < to; n++) count += flags[n] ?? 0
    if (2 * count < to - from) continue
    const before = runs.at(-1)
    if (before?.[1] === column) before[1] = column + 1
    else runs.push([column, column + 1])
  }
  return runs
}
