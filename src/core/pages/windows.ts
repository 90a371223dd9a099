/**
 * Floods of some rows of a page, with rows to spare on both sides. Water from outside cannot be known: at the window's edges
 * it is let in as early and as high as it could ever come, under a number of its own, `outside`. What it does not reach
 * even so is what it is whatever lies outside, since of water that came all its way inside the window the order of
 * arrival is that on the page. Where it reaches the wanted rows they are flooded again with more to spare. So the result is
 * that of the page flooded as a whole, pixel by pixel.
 */
import { flood, type FloodHooks, type Labels } from './flooding.ts'
import type { Relief } from './relief.ts'
import { summitsOf, type SummitRuns } from './summits.ts'

/** Padded rows: `top` up to, but not including, `bottom`. */
export interface Rows {
  readonly top: number
  readonly bottom: number
}

/** A window on a page: its rows, and of these the ones that are wanted. */
export interface Window extends Rows {
  readonly wanted: Rows
}

/**
 * Windows around wanted rows, ever larger, until `work` gives a result.
 * @param within rows there are at all
 * @param spare rows on each side to begin with
 * @param least the window reaches down to this row at least
 * @param work null: water from outside may have come to the wanted rows, which in a window of all rows is not so
 */
export function widened<Result>(wanted: Rows, within: Rows, spare: number, least: number, work: (window: Window) => Result | null): Result {
  for (let more = spare; ; more *= 4) {
    const result = work({ wanted, top: Math.max(within.top, wanted.top - more), bottom: Math.min(within.bottom, Math.max(wanted.bottom + more, least)) })
    if (result !== null) return result
  }
}

/** Lets water from outside in: every place that is not reached yet in the first or the last row of a window, where the page goes on behind it. */
export function letIn(labels: Labels, stride: number, { top, bottom }: Rows, within: Rows, outside: number): void {
  for (const [row, isOpen] of [[1, top > within.top], [bottom - top, bottom < within.bottom]] as const) {
    for (let p = row * stride + 1, end = p + stride - 2; isOpen && p < end; p++) if (labels[p] === 0) labels[p] = outside
  }
}

/** Whether water from outside came to some rows of a window. */
export function isWet(labels: Labels, stride: number, { top }: Rows, rows: Rows, outside: number): boolean {
  return labels.subarray((rows.top - top + 1) * stride, (rows.bottom - top + 1) * stride).includes(outside)
}

/** A flooded window. */
export interface FloodedWindow extends Window {
  readonly summits: SummitRuns & { readonly count: number }
  /** Of the padded rows `top − 1` to `bottom`: number of the plateau in this window, 0 not reached, −1 ink and padding. */
  readonly labels: Int32Array
}

/** Basins of some rows of a page. Arguments as those of `widened`. */
export function floodedFor(relief: Relief, wanted: Rows, margin: number, least: number, check: FloodHooks['check']): FloodedWindow {
  const { stride, width, height, heights } = relief
  const within = { top: 1, bottom: height + 1 }
  // What borders on the row below is looked at too.
  const known = { top: wanted.top, bottom: Math.min(within.bottom, wanted.bottom + 1) }
  return widened(wanted, within, margin, least, (window) => {
    const { top, bottom } = window
    const start = (top - 1) * stride
    const own = heights.subarray(start, (bottom + 1) * stride)
    const labels = new Int32Array(own.length).fill(-1)
    for (let y = 1; y <= bottom - top; y++) {
      for (let p = y * stride + 1, end = p + width; p < end; p++) if (own[p] !== 0) labels[p] = 0
    }
    const summits = summitsOf(relief, top, bottom)
    for (let run = 0; run < summits.first.length; run++) labels.fill(summits.plateau[run] as number, (summits.first[run] as number) - start, (summits.last[run] as number) - start + 1)
    const outside = summits.count + 1
    letIn(labels, stride, window, within, outside)
    flood({ stride, heights: own }, labels, { outside, check })
    return isWet(labels, stride, window, known, outside) ? null : { ...window, summits, labels }
  })
}
