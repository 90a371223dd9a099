import { distanceCap, type Relief } from './relief.ts'

/** Runs of summit pixels in rows, by padded index, in reading order: first and last pixel, and the plateau they belong to. */
export interface SummitRuns {
  readonly first: readonly number[]
  readonly last: readonly number[]
  readonly plateau: readonly number[]
}

/** True where no pixel of the 5×5 around is higher. Near neighbours first: they decide it nearly always. */
function isSummit(heights: Uint8Array, stride: number, p: number, height: number, x: number, y: number, width: number, rows: number): boolean {
  if ((heights[p + 1] as number) > height || (heights[p - 1] as number) > height || (heights[p + stride] as number) > height || (heights[p - stride] as number) > height) return false
  const [left, right] = [x > 2 ? -2 : 1 - x, x < width - 1 ? 2 : width - x]
  const [top, bottom] = [y > 2 ? -2 : 1 - y, y < rows - 1 ? 2 : rows - y]
  for (let dy = top; dy <= bottom; dy++) {
    const row = p + dy * stride
    for (let dx = left; dx <= right; dx++) if ((heights[row + dx] as number) > height) return false
  }
  return true
}

/**
 * The summits of some rows, and which of them make up one plateau (8-connected) within these rows.
 * @param top first padded row, `bottom` the one after the last
 */
export function summitsOf({ width, height, stride, heights, kind }: Relief, top: number, bottom: number): SummitRuns & { readonly count: number } {
  const highest = kind === 'lines' ? distanceCap : 255
  const [first, last, parent]: [number[], number[], number[]] = [[], [], []]
  const find = (n: number): number => {
    while (parent[n] !== n) n = parent[n] = parent[parent[n] as number] as number
    return n
  }
  let [above, aboveEnd] = [0, 0]
  for (let y = top; y < bottom; y++) {
    const rowStart = first.length
    const row = y * stride
    let open = false
    for (let x = 1; x <= width; x++) {
      const p = row + x
      const h = heights[p] as number
      const isOne = h !== 0 && (h === highest || isSummit(heights, stride, p, h, x, y, width, height))
      if (isOne && !open) {
        first.push(p)
        last.push(p)
        parent.push(parent.length)
      } else if (isOne) last[last.length - 1] = p
      open = isOne
    }
    for (let run = rowStart; run < first.length; run++) {
      const from = (first[run] as number) - stride - 1
      const to = (last[run] as number) - stride + 1
      while (above < aboveEnd && (last[above] as number) < from) above++
      for (let other = above; other < aboveEnd && (first[other] as number) <= to; other++) {
        const [a, b] = [find(other), find(run)]
        if (a < b) parent[b] = a
        else parent[a] = b
      }
    }
    ;[above, aboveEnd] = [rowStart, first.length]
  }
  // The lowest run names a plateau, so that numbers go in reading order.
  let count = 0
  const plateau: number[] = []
  for (let run = 0; run < first.length; run++) {
    const root = find(run)
    plateau.push(root === run ? ++count : (plateau[root] as number))
  }
  return { first, last, plateau, count }
}
