/**
 * Basins of a page, some rows at a time. A window of rows is flooded with rows to spare on both sides. What lies outside
 * can only change what hangs on it: `isSure` follows that from the window's edges inwards, and a window whose own rows it
 * reaches is flooded again with more to spare. So the basins are those of the page flooded as a whole, pixel by pixel.
 */
import { flood, type FloodHooks } from './flooding.ts'
import type { Relief } from './relief.ts'
import { summitsOf, type SummitRuns } from './summits.ts'

/** Padded rows: `top` up to, but not including, `bottom`. */
export interface Rows {
  readonly top: number
  readonly bottom: number
}

/** A flooded window. */
export interface FloodedWindow extends Rows {
  readonly summits: SummitRuns & { readonly count: number }
  /** Of the padded rows `top − 1` to `bottom`: number of the plateau in this window, 0 not reached, −1 ink and padding. */
  readonly labels: Int32Array
}

/** Floods some rows of a page. @param levels scratch, as large as the window's labels; null: nothing has to be proved */
function floodRows(relief: Relief, { top, bottom }: Rows, levels: Uint8Array | null, check: FloodHooks['check']): FloodedWindow {
  const { stride, width, heights } = relief
  const start = (top - 1) * stride
  const own = heights.subarray(start, (bottom + 1) * stride)
  const labels = new Int32Array(own.length).fill(-1)
  for (let y = 1; y <= bottom - top; y++) {
    for (let p = y * stride + 1, end = p + width; p < end; p++) if (own[p] !== 0) labels[p] = 0
  }
  const summits = summitsOf(relief, top, bottom)
  for (let run = 0; run < summits.first.length; run++) labels.fill(summits.plateau[run] as number, (summits.first[run] as number) - start, (summits.last[run] as number) - start + 1)
  levels?.fill(0)
  flood({ stride, heights: own }, labels, levels ? { levels, check } : { check })
  return { top, bottom, summits, labels }
}

/**
 * Whether a window's own rows are what they are whatever lies outside of it.
 *
 * A pixel belongs to the neighbour whose water is the first to go on from, higher levels before lower, on one level in the order
 * of arrival. Arrival is inherited: of pixels whose water came all its way inside the window, the order is the page's. So a pixel
 * is in doubt only if a neighbour in doubt may have been first: unless a sure neighbour's level is above that one's height,
 * than which its level cannot be higher. Summits are never in doubt: their place in the order is that on the page.
 * @param levels of the flood, 0 at summits
 */
function isSure(relief: Relief, { top, bottom, labels }: FloodedWindow, levels: Uint8Array, wanted: Rows): boolean {
  const { stride, width, height } = relief
  const own = relief.heights.subarray((top - 1) * stride, (bottom + 1) * stride)
  const doubtful = new Uint8Array(labels.length)
  const stack: number[] = []
  const isFlooded = (p: number): boolean => labels[p] !== -1 && !((labels[p] as number) > 0 && levels[p] === 0)
  // The row below is looked at too, for what borders on what.
  const [from, to] = [(wanted.top - top + 1) * stride, (wanted.bottom - top + 2) * stride]
  const doubt = (p: number): void => {
    doubtful[p] = 1
    stack.push(p)
  }
  for (const [row, isEdge] of [[1, top > 1], [bottom - top, bottom <= height]] as const) {
    for (let x = 1; isEdge && x <= width; x++) if (isFlooded(row * stride + x)) doubt(row * stride + x)
  }
  /** The highest sure water beside a pixel against the highest that may come from neighbours in doubt. */
  const mayDiffer = (q: number): boolean => {
    let [sure, other] = [0, 0]
    for (const r of [q - stride, q - 1, q + 1, q + stride]) {
      if (labels[r] === -1) continue
      const height = own[r] as number
      if (doubtful[r] === 1) other = Math.max(other, height)
      else if ((labels[r] as number) > 0) sure = Math.max(sure, levels[r] === 0 ? height : (levels[r] as number))
    }
    return sure <= other
  }
  while (stack.length > 0) {
    const p = stack.pop() as number
    if (p >= from && p < to) return false
    for (const q of [p - stride, p - 1, p + 1, p + stride]) {
      if (q >= stride && q < labels.length - stride && doubtful[q] === 0 && isFlooded(q) && mayDiffer(q)) doubt(q)
    }
  }
  return true
}

/**
 * Floods a window so that `wanted` rows are those of the page.
 * @param margin rows to spare on each side to begin with
 * @param least the window reaches down to this row at least
 */
export function floodedFor(relief: Relief, wanted: Rows, margin: number, least: number, check: FloodHooks['check']): FloodedWindow {
  for (let spare = margin; ; spare *= 4) {
    const rows = { top: Math.max(1, wanted.top - spare), bottom: Math.min(relief.height + 1, Math.max(wanted.bottom + spare, least)) }
    const isWhole = rows.top === 1 && rows.bottom === relief.height + 1
    const levels = isWhole ? null : new Uint8Array((rows.bottom - rows.top + 2) * relief.stride)
    const flooded = floodRows(relief, rows, levels, check)
    if (!levels || isSure(relief, flooded, levels, wanted)) return flooded
  }
}
