import { atOnce } from './atOnce.ts'
import { carriedUnder } from './carrying.ts'
import { graphOfPairs, PairTable, type Graph } from './graph.ts'
import { LabelPlane } from './labelPlane.ts'
import type { Relief } from './relief.ts'
import { Sets } from './sets.ts'
import { floodedFor, type FloodedWindow } from './windows.ts'

/** Pieces of a page that each hold one summit of the relief, numbered from 1 in reading order of their summits. */
export interface Basins {
  readonly count: number
  /** 0 where there is no paper near, else the basin, under the lines the nearest one. */
  readonly labels: LabelPlane
  /** All by basin; [0] is unused. Height of the summit. */
  readonly peaks: Uint8Array
  /** Pixels on paper. */
  readonly areas: Int32Array
  /** The summit's most central pixel, as an index of the padded planes. */
  readonly summits: Int32Array
}

/** A page told apart once; every hint then works on the graph of its basins alone. */
export interface PageMap {
  readonly relief: Relief
  readonly basins: Basins
  readonly graph: Graph
}

export interface MapOptions {
  /** Pixels that are flooded at once, rows to spare included, about. */
  readonly windowPixels?: number
  /** Rows to spare on each side of a window, to begin with. */
  readonly margin?: number
  /** Called often while a window is flooded; may throw to give up. */
  readonly check?: (() => void) | undefined
}

/** Pages up to this size are flooded at once; larger ones in windows of the size. It takes 9 bytes a pixel meanwhile. */
const usualWindow = 12_000_000
const usualMargin = 128
/** Pixels under whose lines labels are carried at once. */
const carriedPixels = 1 << 21

/** What is known of plateaus and their basins while windows come in, numbered over all windows. */
class Pieces {
  /** Of the rows that were wanted: first and last pixel of each run of summits, and its number. */
  readonly first: number[] = []
  readonly last: number[] = []
  readonly number: number[] = []
  readonly same: [number, number][] = []
  readonly areas: number[] = [0]
  readonly pairs = new PairTable()
  /** Summits of the last window below its wanted rows. */
  #ahead = new Map<number, number>()
  #count = 0

  /** Numbers a window's plateaus and finds those of windows before again. @returns what is to be added to its numbers */
  add({ summits, top, wanted }: FloodedWindow, stride: number): number {
    const base = this.#count
    this.#count += summits.count
    for (let n = 0; n < summits.count; n++) this.areas.push(0)
    // Runs of one row are the same in each window.
    const known = new Map<number, number>(this.#ahead)
    for (let n = this.first.length - 1; n >= 0 && (this.first[n] as number) >= top * stride; n--) known.set(this.first[n] as number, this.number[n] as number)
    this.#ahead = new Map()
    for (let run = 0; run < summits.first.length; run++) {
      const first = summits.first[run] as number
      const number = base + (summits.plateau[run] as number)
      const before = known.get(first)
      if (before !== undefined) this.same.push([before, number])
      const y = Math.floor(first / stride)
      if (y >= wanted.bottom) this.#ahead.set(first, number)
      else if (y >= wanted.top) {
        this.first.push(first)
        this.last.push(summits.last[run] as number)
        this.number.push(number)
      }
    }
    return base
  }

  get count(): number {
    return this.#count
  }
}

/** Takes a window's basins over: their labels, areas, and what they border on. */
function takeOver(relief: Relief, { labels, top, wanted }: FloodedWindow, base: number, pieces: Pieces, paper: LabelPlane): void {
  const { width, height, stride, heights } = relief
  const row = new Int32Array(width)
  const shift = (top - 1) * stride
  for (let y = wanted.top; y < wanted.bottom; y++) {
    for (let x = 0, p = y * stride + 1; x < width; x++, p++) {
      const label = labels[p - shift] as number
      if (label <= 0) {
        row[x] = 0
        continue
      }
      const number = base + label
      row[x] = number
      pieces.areas[number] = (pieces.areas[number] as number) + 1
      const right = labels[p - shift + 1] as number
      if (right > 0 && right !== label) pieces.pairs.raise(number, base + right, Math.min(heights[p] as number, heights[p + 1] as number))
      const below = y < height ? (labels[p - shift + stride] as number) : 0
      if (below > 0 && below !== label) pieces.pairs.raise(number, base + below, Math.min(heights[p] as number, heights[p + stride] as number))
    }
    paper.setRow(y - 1, row)
  }
}

/** By number over all windows, its basin: numbered in reading order of the summits. */
function namesOf({ first, number, same, count }: Pieces): { names: Int32Array; count: number } {
  const sets = new Sets(count)
  for (const [one, other] of same) sets.join(one, other)
  const names = new Int32Array(count + 1)
  let basins = 0
  for (let run = 0; run < first.length; run++) {
    const root = sets.find(number[run] as number)
    if (names[root] === 0) names[root] = ++basins
  }
  for (let n = 1; n <= count; n++) names[n] = names[sets.find(n)] as number
  return { names, count: basins }
}

/** Of each basin's summit the pixel closest to its centre of gravity; the first of those equally close. */
function centralPixels({ first, last, number }: Pieces, names: Int32Array, count: number, stride: number): Int32Array {
  const [pixels, sumX, sumY, least] = [new Float64Array(count + 1), new Float64Array(count + 1), new Float64Array(count + 1), new Float64Array(count + 1).fill(Infinity)]
  const place = (run: number): { basin: number; y: number; from: number; to: number } => {
    const y = Math.floor((first[run] as number) / stride)
    return { basin: names[number[run] as number] as number, y, from: (first[run] as number) - y * stride, to: (last[run] as number) - y * stride }
  }
  for (let run = 0; run < first.length; run++) {
    const { basin, y, from, to } = place(run)
    const length = to - from + 1
    pixels[basin] = (pixels[basin] as number) + length
    sumX[basin] = (sumX[basin] as number) + (length * (from + to)) / 2
    sumY[basin] = (sumY[basin] as number) + length * y
  }
  const best = new Int32Array(count + 1)
  for (let run = 0; run < first.length; run++) {
    const { basin, y, from, to } = place(run)
    const x = (sumX[basin] as number) / (pixels[basin] as number)
    const dy = y - (sumY[basin] as number) / (pixels[basin] as number)
    // The closest of a row is one of the two beside the centre.
    for (const near of [Math.floor(x), Math.ceil(x)].map((side) => Math.min(to, Math.max(from, side)))) {
      const far = (near - x) * (near - x) + dy * dy
      if (far >= (least[basin] as number)) continue
      least[basin] = far
      best[basin] = y * stride + near
    }
  }
  return best
}

/**
 * Tells a page apart: summits, their basins, the graph of what borders on what. Large pages are worked on in windows of
 * rows, which changes nothing in the result (see windows.ts). Yields, between windows, the share that is done.
 */
export function* mappingOf(relief: Relief, { windowPixels = usualWindow, margin = usualMargin, check }: MapOptions = {}): Generator<number, PageMap, void> {
  const { width, height, stride, heights } = relief
  const pieces = new Pieces()
  const paper = new LabelPlane(width, height)
  const step = width * height <= windowPixels ? height : Math.max(margin, Math.floor(windowPixels / width) - 2 * margin)
  let least = 0
  for (let top = 1; top <= height; top += step) {
    const wanted = { top, bottom: Math.min(height + 1, top + step) }
    const flooded = floodedFor(relief, wanted, margin, least, check)
    least = flooded.bottom
    takeOver(relief, flooded, pieces.add(flooded, stride), pieces, paper)
    yield (0.8 * wanted.bottom) / height
  }
  const { names, count } = namesOf(pieces)
  const pairs = new PairTable()
  pieces.pairs.each((one, other, value) => {
    const [a, b] = [names[one] as number, names[other] as number]
    if (a !== b) pairs.raise(a, b, value)
  })
  const areas = new Int32Array(count + 1)
  for (let n = 1; n <= pieces.count; n++) areas[names[n] as number] = (areas[names[n] as number] as number) + (pieces.areas[n] as number)
  const summits = centralPixels(pieces, names, count, stride)
  const peaks = Uint8Array.from(summits, (p, basin) => (basin === 0 ? 0 : (heights[p] as number)))
  const carrying = carriedUnder(paper, names, Math.min(windowPixels, carriedPixels))
  let labels = carrying.next()
  for (; !labels.done; labels = carrying.next()) yield 0.9
  return { relief, graph: graphOfPairs(pairs, count), basins: { count, labels: labels.value, peaks, areas, summits } }
}

/** The same without a pause. */
export function mapPage(relief: Relief, options: MapOptions = {}): PageMap {
  return atOnce(mappingOf(relief, options))
}
