import type { PageMap } from './basins.ts'
import { carryUnder, flood, type FloodHooks, type Labels } from './flooding.ts'
import { PairTable } from './graph.ts'
import { LabelPlane } from './labelPlane.ts'
import type { Mark } from './marks.ts'
import { isWet, letIn, widened, type Rows, type Window } from './windows.ts'

/** Parts and what they border on: part, basin, height of the pass. */
interface Borders {
  readonly low: Int32Array
  readonly high: Int32Array
  readonly values: Uint8Array
}

/** Some rows of a basin that is told apart. */
export interface SplitPiece {
  /** Column and row of the page where its box begins. */
  readonly left: number
  readonly top: number
  /** For each pixel of the box the part it belongs to, from 1; 0 or −1 outside the basin. */
  readonly parts: LabelPlane
  /** By part of the piece, less 1, its number in the split. */
  readonly numbers: readonly number[]
}

/** A basin that hints of different colours share, told apart pixel by pixel. */
export interface Split {
  readonly basin: number
  /** From the top, without gaps. */
  readonly pieces: readonly SplitPiece[]
  /** By part, less 1. */
  readonly colors: readonly number[]
  readonly borders: Borders
}

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

/** The boxes of some basins, lines with their colour included, in one pass. Padded rows and columns, `right` and `bottom` not included. */
function boxesOf({ basins, relief }: PageMap, wanted: ReadonlySet<number>): Map<number, Box> {
  const isWanted = new Uint8Array(basins.count + 1)
  for (const basin of wanted) isWanted[basin] = 1
  const boxes = new Map<number, Box>()
  for (let y = 1; y <= relief.height; y++) {
    basins.labels.eachRun(y - 1, (from, to, label) => {
      if (isWanted[label] !== 1) return
      const box = boxes.get(label)
      if (!box) boxes.set(label, { left: from + 1, right: to + 1, top: y, bottom: y + 1 })
      else {
        if (from + 1 < box.left) box.left = from + 1
        if (to + 1 > box.right) box.right = to + 1
        box.bottom = y + 1
      }
    })
  }
  return boxes
}

/** Parts are numbered by the first mark of each colour, so that a change of colour alone is no other split. */
function partsOf(marks: readonly Mark[]): { parts: readonly number[]; colors: number[] } {
  const numbers = new Map<number, number>()
  const parts = marks.map(({ color }) => {
    const number = numbers.get(color) ?? numbers.size + 1
    numbers.set(color, number)
    return number
  })
  return { parts, colors: [...numbers.keys()] }
}

/** Above so many colours parts need more than 15 bits. */
const mostParts = 32_766

/** Rows of a basin, their parts numbered by the marks in the window around them. */
interface Flooded extends Omit<SplitPiece, 'numbers'> {
  readonly borders: Borders
}

/** Floods a basin in a window from the marks in it; null where water from outside may have come to the wanted rows. */
function floodPiece({ relief, basins }: PageMap, basin: number, box: Box, { top, bottom, wanted }: Window, marks: readonly Mark[], { parts: numbers, colors }: ReturnType<typeof partsOf>, check: FloodHooks['check']): Flooded | null {
  const { stride } = relief
  // A wide box takes whole rows, so that it shares the page's heights.
  const isWide = 2 * (box.right - box.left) > relief.width
  const [left, width] = isWide ? [1, relief.width] : [box.left, box.right - box.left]
  const own = width + 2
  const size = own * (bottom - top + 2)
  const parts: Labels = colors.length <= mostParts ? new Int16Array(size).fill(-1) : new Int32Array(size).fill(-1)
  const heights = isWide ? relief.heights.subarray((top - 1) * stride, (bottom + 1) * stride) : new Uint8Array(size)
  /** Visits the basin's runs in some rows: index in the window, index on the page, length. */
  const eachRun = (rows: Rows, visit: (at: number, p: number, length: number) => void): void => {
    for (let y = rows.top; y < rows.bottom; y++) {
      const [to, from] = [(y - top + 1) * own + 1 - left, y * stride]
      basins.labels.eachRun(y - 1, (start, end, label) => {
        if (label === basin) visit(to + start + 1, from + start + 1, end - start)
      })
    }
  }
  eachRun({ top, bottom }, (at, p, length) => {
    for (let n = 0; n < length; n++) if (relief.heights[p + n] !== 0) parts[at + n] = 0
    if (!isWide) heights.set(relief.heights.subarray(p, p + length), at)
  })
  const outside = colors.length + 1
  marks.forEach(({ pixel }, n) => {
    parts[(Math.floor(pixel / stride) - top + 1) * own + (pixel % stride) - left + 1] = numbers[n] as number
  })
  letIn(parts, own, { top, bottom }, box, outside)
  flood({ stride: own, heights }, parts, { outside, check })
  if (isWet(parts, own, { top, bottom }, wanted, outside)) return null
  const borders = new PairTable()
  const beside = (part: number, at: number, p: number, height: number): void => {
    if (parts[at] !== -1 || relief.heights[p] === 0) return
    const other = basins.labels.at(p)
    // Basins come after the parts, so that the two kinds of numbers stay apart.
    if (other > 0 && other !== basin) borders.raise(part, outside + other, Math.min(height, relief.heights[p] as number))
  }
  eachRun(wanted, (start, first, length) => {
    for (let n = 0, at = start, p = first; n < length; n++, at++, p++) {
      const part = parts[at] as number
      if (part <= 0) continue
      const height = relief.heights[p] as number
      beside(part, at - own, p - stride, height)
      beside(part, at - 1, p - 1, height)
      beside(part, at + 1, p + 1, height)
      beside(part, at + own, p + stride, height)
    }
  })
  eachRun({ top, bottom }, (at, _p, length) => {
    for (let n = 0; n < length; n++) if (parts[at + n] === -1) parts[at + n] = 0
  })
  letIn(parts, own, { top, bottom }, box, outside)
  carryUnder(parts, own, outside)
  if (isWet(parts, own, { top, bottom }, wanted, outside)) return null
  const plane = new LabelPlane(width, wanted.bottom - wanted.top)
  for (let y = wanted.top; y < wanted.bottom; y++) plane.setRow(y - wanted.top, parts, (y - top + 1) * own + 1)
  const { low, high, values } = borders.sorted()
  return { left: left - 1, top: wanted.top - 1, parts: plane, borders: { low, high: high.map((number) => number - outside), values } }
}

/** Bytes of pieces that are kept, at most. */
const keptBytes = 48_000_000

/** Pieces flooded before, and windows that were too small (null): an edit elsewhere, and a change of colour, cost no flood. */
export class SplitCache {
  readonly #pieces = new Map<string, Flooded | null>()
  /** By basin: with so many marks they lay too far apart for windows. */
  readonly sparse = new Map<number, number>()

  /** The piece of a key: basin, window, and the marks in it. */
  get(key: string, make: () => Flooded | null): Flooded | null {
    const known = this.#pieces.get(key)
    const piece = known === undefined ? make() : known
    this.#pieces.delete(key)
    this.#pieces.set(key, piece)
    return piece
  }

  has(key: string): boolean {
    return this.#pieces.has(key)
  }

  /** Lets go of what was not asked for the longest where it is too much. */
  trim(): void {
    let kept = 0
    for (const [key, piece] of [...this.#pieces].toReversed()) {
      kept += 100 + key.length + (piece?.parts.bytes ?? 0)
      if (kept > keptBytes) this.#pieces.delete(key)
    }
  }
}

/** Larger boxes are flooded in windows of so many pixels, rows to spare not included. */
const usualPiece = 6_000_000
/** Where marks lie so far apart that windows come to more than this many times the box, the box is flooded at once; with more marks by this factor windows are tried again. */
const [mostSpent, denser] = [3, 1.25]

/** The pieces of a split, `step` rows each; null where it is better flooded at once. */
function piecesOf(map: PageMap, basin: number, box: Box, marks: readonly Mark[], colors: readonly number[], step: number, cache: SplitCache, check: FloodHooks['check']): (Flooded & SplitPiece)[] | null {
  const { stride } = map.relief
  const width = box.right - box.left
  const isWhole = step >= box.bottom - box.top
  let left = isWhole ? Infinity : mostSpent * width * (box.bottom - box.top)
  const pieces: (Flooded & SplitPiece)[] = []
  for (let top = box.top; top < box.bottom; top += step) {
    const wanted = { top, bottom: Math.min(box.bottom, top + step) }
    const piece = widened(wanted, box, Math.ceil(step / 2), 0, (window) => {
      const inside = marks.filter(({ pixel }) => pixel >= window.top * stride && pixel < window.bottom * stride)
      const numbers = partsOf(inside)
      const key = `${basin}:${wanted.top}:${wanted.bottom}:${window.top}:${window.bottom}:${numbers.parts.join()}:${inside.map(({ pixel }) => pixel).join()}`
      if (!cache.has(key)) left -= width * (window.bottom - window.top)
      if (left < 0) return 'sparse'
      const flooded = cache.get(key, () => floodPiece(map, basin, box, window, inside, numbers, check))
      return flooded && { ...flooded, numbers: numbers.colors.map((color) => colors.indexOf(color) + 1) }
    })
    if (piece === 'sparse') return null
    pieces.push(piece)
  }
  return pieces
}

function splitOf(map: PageMap, basin: number, box: Box, marks: readonly Mark[], cache: SplitCache, { pieceOf = usualPiece, check }: SplitOptions): Split {
  const { colors } = partsOf(marks)
  const [width, height] = [box.right - box.left, box.bottom - box.top]
  const inWindows = width * height > 2 * pieceOf && marks.length > denser * (cache.sparse.get(basin) ?? 0)
  let pieces = inWindows ? piecesOf(map, basin, box, marks, colors, Math.max(64, Math.floor(pieceOf / width)), cache, check) : null
  if (inWindows && !pieces) cache.sparse.set(basin, marks.length)
  pieces ??= piecesOf(map, basin, box, marks, colors, height, cache, check) ?? []
  const borders = new PairTable()
  for (const { borders: own, numbers } of pieces) {
    for (let k = 0; k < own.low.length; k++) borders.raise(numbers[(own.low[k] as number) - 1] as number, colors.length + (own.high[k] as number), own.values[k] as number)
  }
  const { low, high, values } = borders.sorted()
  return { basin, pieces, colors, borders: { low, high: high.map((number) => number - colors.length), values } }
}

export interface SplitOptions {
  /** Pixels of a basin's box that are flooded at once, rows to spare not included. */
  readonly pieceOf?: number
  readonly check?: FloodHooks['check']
}

/** All splits for marks that are grouped by basin. */
export function splitsOf(map: PageMap, disputed: ReadonlyMap<number, readonly Mark[]>, cache: SplitCache, options: SplitOptions): Split[] {
  if (disputed.size === 0) return []
  const boxes = boxesOf(map, new Set(disputed.keys()))
  const splits = [...disputed].map(([basin, marks]) => splitOf(map, basin, boxes.get(basin) as Box, marks, cache, options))
  cache.trim()
  return splits
}
