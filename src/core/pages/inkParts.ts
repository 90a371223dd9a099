import type { Relief } from './relief.ts'
import { Sets } from './sets.ts'

/** A connected piece of ink (8 neighbours) and the paper that surrounds it. */
export interface InkPart {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
  readonly area: number
  /** Padded index of a pixel of the paper outside at each of its four extremes. */
  readonly around: readonly [number, number, number, number]
}

/** Runs of ink in rows: first pixel and last pixel, by padded index. */
interface Runs {
  readonly first: Int32Array
  readonly last: Int32Array
  readonly count: number
}

/** A padded plane on which ink is 0. */
type Inked = Pick<Relief, 'width' | 'height' | 'stride' | 'heights'>

function runsOf({ width, height, stride, heights }: Inked): Runs {
  let count = 0
  for (let y = 1; y <= height; y++) {
    let before = 1
    for (let p = y * stride + 1, end = p + width; p < end; p++) {
      const here = heights[p] as number
      if (here === 0 && before !== 0) count++
      before = here
    }
  }
  const first = new Int32Array(count)
  const last = new Int32Array(count)
  let at = -1
  for (let y = 1; y <= height; y++) {
    let before = 1
    for (let p = y * stride + 1, end = p + width; p < end; p++) {
      const here = heights[p] as number
      if (here === 0) {
        if (before !== 0) first[++at] = p
        last[at] = p
      }
      before = here
    }
  }
  return { first, last, count }
}

/** Runs of ink, those of one piece joined. */
function joinedRuns(plane: Inked): Runs & { readonly sets: Sets } {
  const { stride } = plane
  const { first, last, count } = runsOf(plane)
  const sets = new Sets(count)
  // Runs are in reading order, so that those of the row above follow in the same order.
  for (let run = 0, above = 0; run < count; run++) {
    const from = (first[run] as number) - stride - 1
    const to = (last[run] as number) - stride + 1
    while (above < run && (last[above] as number) < from) above++
    for (let other = above; other < run && (first[other] as number) <= to; other++) sets.join(other, run)
  }
  return { first, last, count, sets }
}

/** Every piece of ink of a page, in reading order of their first pixels. */
export function inkPartsOf(relief: Relief): InkPart[] {
  const { stride } = relief
  const { first, last, count, sets } = joinedRuns(relief)
  const found = new Map<number, { left: number; right: number; top: number; bottom: number; area: number; around: [number, number, number, number] }>()
  for (let run = 0; run < count; run++) {
    const [from, to] = [first[run] as number, last[run] as number]
    const y = Math.floor(from / stride)
    const [left, right] = [from - y * stride, to - y * stride]
    const part = found.get(sets.find(run))
    if (!part) {
      found.set(sets.find(run), { left, right, top: y, bottom: y, area: to - from + 1, around: [from - 1, to + 1, from - stride, to + stride] })
      continue
    }
    part.area += to - from + 1
    if (left < part.left) [part.left, part.around[0]] = [left, from - 1]
    if (right > part.right) [part.right, part.around[1]] = [right, to + 1]
    if (y > part.bottom) [part.bottom, part.around[3]] = [y, to + stride]
  }
  return [...found.values()]
}

/**
 * Ink without the dots of a tone: of each piece that is longer or higher than `least` pixels.
 * @returns padded plane, 1 where it is
 */
export function inkWithoutDots(plane: Inked, least: number): Uint8Array {
  const { stride } = plane
  const { first, last, count, sets } = joinedRuns(plane)
  const [left, right, top, bottom] = [new Int32Array(count).fill(stride), new Int32Array(count), new Int32Array(count), new Int32Array(count)]
  for (let run = 0; run < count; run++) {
    const [from, piece] = [first[run] as number, sets.find(run)]
    const y = Math.floor(from / stride)
    if ((bottom[piece] as number) === 0) top[piece] = y
    bottom[piece] = y
    left[piece] = Math.min(left[piece] as number, from - y * stride)
    right[piece] = Math.max(right[piece] as number, (last[run] as number) - y * stride)
  }
  const out = new Uint8Array(plane.heights.length)
  for (let run = 0; run < count; run++) {
    const piece = sets.find(run)
    const size = 1 + Math.max((right[piece] as number) - (left[piece] as number), (bottom[piece] as number) - (top[piece] as number))
    if (size > least) out.fill(1, first[run] as number, (last[run] as number) + 1)
  }
  return out
}
