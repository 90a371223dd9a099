import { carryUnder, flood, roomForFlood, type Labels } from './flooding.ts'
import { distanceCap, type Relief } from './relief.ts'
import { graphOf, type Graph } from './graph.ts'

/** Pieces of a page that each hold one summit of the relief, numbered from 1 in reading order of their summits. */
export interface Basins {
  readonly count: number
  /** Padded; 0 where there is no paper near, −1 in the padding, else the basin, under the lines the nearest one. */
  readonly labels: Labels
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

const summit = -2

/** Marks summits with −2 in `labels`, everything that may be flooded with 0, the rest with −1. */
function markSummits({ width, height, stride, heights, kind }: Relief, labels: Labels): void {
  const top = kind === 'lines' ? distanceCap : 255
  for (let y = 1; y <= height; y++) {
    const row = y * stride
    for (let x = 1; x <= width; x++) {
      const p = row + x
      const h = heights[p] as number
      if (h === 0) continue
      labels[p] = h === top || isSummit(heights, stride, p, h, x, y, width, height) ? summit : 0
    }
  }
}

/** Numbers the 8-connected plateaus of marked pixels, in reading order. */
function numberSummits({ stride, heights }: Relief, labels: Labels, stack: Int32Array): { peaks: number[]; summits: number[] } {
  const peaks = [0]
  const summits = [0]
  const around = [-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1]
  const end = labels.length - stride
  for (let start = stride; start < end; start++) {
    if (labels[start] !== summit) continue
    const label = peaks.length
    let [first, last, sumX, sumY] = [0, 0, 0, 0]
    stack[last++] = start
    labels[start] = label
    while (first < last) {
      const p = stack[first++] as number
      sumX += p % stride
      sumY += Math.floor(p / stride)
      for (let side = 0; side < 8; side++) {
        const q = p + (around[side] as number)
        if (labels[q] !== summit) continue
        labels[q] = label
        stack[last++] = q
      }
    }
    peaks.push(heights[start] as number)
    summits.push(mostCentral(stack, last, stride, sumX / last, sumY / last))
  }
  return { peaks, summits }
}

/** Of some pixels the one closest to a point; the first of those equally close. */
function mostCentral(pixels: Int32Array, count: number, stride: number, x: number, y: number): number {
  let best = pixels[0] as number
  let least = Infinity
  for (let n = 0; n < count; n++) {
    const p = pixels[n] as number
    const dx = (p % stride) - x
    const dy = Math.floor(p / stride) - y
    const far = dx * dx + dy * dy
    if (far < least || (far === least && p < best)) [best, least] = [p, far]
  }
  return best
}

function areasOf(labels: Labels, count: number): Int32Array {
  const areas = new Int32Array(count + 1)
  for (let p = 0; p < labels.length; p++) {
    const label = labels[p] as number
    if (label > 0) areas[label] = (areas[label] as number) + 1
  }
  return areas
}

/** The padding stays closed; ink opens for the colour that runs under it. */
function openInk({ width, height, stride, heights }: Relief, labels: Labels): void {
  for (let y = 1; y <= height; y++) {
    for (let p = y * stride + 1, end = p + width; p < end; p++) if (heights[p] === 0) labels[p] = 0
  }
}

/** Tells a page apart: summits, their basins, the graph of what borders on what. Takes about 12 bytes a pixel while it runs. */
export function mapPage(relief: Relief): PageMap {
  const labels = new Int32Array(relief.heights.length).fill(-1)
  const scratch = roomForFlood(labels.length)
  markSummits(relief, labels)
  const { peaks, summits } = numberSummits(relief, labels, scratch)
  const count = peaks.length - 1
  flood(relief, labels, scratch)
  const areas = areasOf(labels, count)
  const graph = graphOf(relief, labels, count)
  openInk(relief, labels)
  carryUnder(labels, relief.stride, scratch)
  return { relief, graph, basins: { count, labels, peaks: Uint8Array.from(peaks), areas, summits: Int32Array.from(summits) } }
}
