import type { PageMap } from './basins.ts'
import { carryUnder, flood, type FloodHooks, type Labels } from './flooding.ts'
import { PairTable } from './graph.ts'
import { LabelPlane } from './labelPlane.ts'
import type { Mark } from './marks.ts'

/** A basin that hints of different colours share, told apart pixel by pixel inside its box. */
export interface Split {
  readonly basin: number
  /** Column and row of the page where its box begins. */
  readonly left: number
  readonly top: number
  /** For each pixel of the box the part it belongs to, from 1; 0 or −1 outside the basin. */
  readonly parts: LabelPlane
  readonly partCount: number
  /** Borders of parts with neighbouring basins: part, basin, height of the pass. */
  readonly borders: { readonly low: Int32Array; readonly high: Int32Array; readonly values: Uint8Array }
}

interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** The boxes of some basins, lines with their colour included, in one pass. Padded rows and columns. */
function boxesOf({ basins, relief }: PageMap, wanted: ReadonlySet<number>): Map<number, Box> {
  const isWanted = new Uint8Array(basins.count + 1)
  for (const basin of wanted) isWanted[basin] = 1
  const boxes = new Map<number, Box>()
  for (let y = 1; y <= relief.height; y++) {
    basins.labels.eachRun(y - 1, (from, to, label) => {
      if (isWanted[label] !== 1) return
      const box = boxes.get(label)
      if (!box) boxes.set(label, { left: from + 1, right: to, top: y, bottom: y })
      else {
        if (from + 1 < box.left) box.left = from + 1
        if (to > box.right) box.right = to
        box.bottom = y
      }
    })
  }
  return boxes
}

/** Parts are numbered by the first mark of each colour, so that a change of colour alone is no other split. */
export function partsOf(marks: readonly Mark[]): { parts: Int32Array; colors: number[] } {
  const colors: number[] = []
  const parts = Int32Array.from(marks, ({ color }) => {
    const known = colors.indexOf(color)
    return known >= 0 ? known + 1 : colors.push(color)
  })
  return { parts, colors }
}

/** Above so many colours parts need more than 15 bits. */
const mostParts = 32_767

function splitBasin({ relief, basins }: PageMap, basin: number, box: Box, marks: readonly Mark[], check: FloodHooks['check']): Split {
  const { stride } = relief
  // A wide box takes whole rows, so that it shares the page's heights.
  const isWide = 2 * (box.right - box.left) > relief.width
  const [left, width, height] = [isWide ? 1 : box.left, isWide ? relief.width : box.right - box.left + 1, box.bottom - box.top + 1]
  const own = width + 2
  const numbers = partsOf(marks)
  const size = own * (height + 2)
  const parts: Labels = numbers.colors.length <= mostParts ? new Int16Array(size).fill(-1) : new Int32Array(size).fill(-1)
  const heights = isWide ? relief.heights.subarray((box.top - 1) * stride, (box.bottom + 2) * stride) : new Uint8Array(size)
  /** Visits the basin's pixels: index in the box, index on the page. */
  const eachPixel = (visit: (at: number, p: number) => void): void => {
    for (let y = 0; y < height; y++) {
      const [to, from] = [(y + 1) * own + 1, (box.top + y) * stride + left]
      basins.labels.eachRun(box.top + y - 1, (start, end, label) => {
        if (label === basin) for (let x = start + 1 - left; x < end + 1 - left; x++) visit(to + x, from + x)
      })
    }
  }
  eachPixel((at, p) => {
    if (relief.heights[p] === 0) return
    parts[at] = 0
    heights[at] = relief.heights[p] as number
  })
  marks.forEach(({ pixel }, n) => {
    parts[(Math.floor(pixel / stride) - box.top + 1) * own + (pixel % stride) - left + 1] = numbers.parts[n] as number
  })
  flood({ stride: own, heights }, parts, { check })
  const borders = new PairTable()
  const partCount = numbers.colors.length
  eachPixel((at, p) => {
    const part = parts[at] as number
    if (part <= 0) return
    for (const [beside, q] of [[at - own, p - stride], [at - 1, p - 1], [at + 1, p + 1], [at + own, p + stride]] as const) {
      if (parts[beside] !== -1 || relief.heights[q] === 0) continue
      const other = basins.labels.at(q)
      // Basins come after the parts, so that the two kinds of numbers stay apart.
      if (other > 0 && other !== basin) borders.raise(part, partCount + other, Math.min(relief.heights[p] as number, relief.heights[q] as number))
    }
  })
  eachPixel((at) => {
    if (parts[at] === -1) parts[at] = 0
  })
  carryUnder(parts, own)
  const plane = new LabelPlane(width, height)
  for (let y = 0; y < height; y++) plane.setRow(y, parts, (y + 1) * own + 1)
  const { low, high, values } = borders.sorted()
  return { basin, left: left - 1, top: box.top - 1, parts: plane, partCount, borders: { low, high: high.map((number) => number - partCount), values } }
}

/** Splits made before: an edit elsewhere, and a change of colour, cost no flood. */
export type SplitCache = Map<string, Split>

/** Bytes of splits that are kept, at most. */
const keptBytes = 48_000_000

/** All splits for marks that are grouped by basin. */
export function splitsOf(map: PageMap, disputed: ReadonlyMap<number, readonly Mark[]>, cache: SplitCache, check?: FloodHooks['check']): Split[] {
  const keyOf = (basin: number, marks: readonly Mark[]): string => `${basin}:${partsOf(marks).parts.join()}:${marks.map(({ pixel }) => pixel).join()}`
  const keys = new Map([...disputed].map(([basin, marks]) => [basin, keyOf(basin, marks)]))
  const missing = new Set([...keys].flatMap(([basin, key]) => (cache.has(key) ? [] : [basin])))
  const boxes = missing.size > 0 ? boxesOf(map, missing) : new Map<number, Box>()
  const splits = [...disputed].map(([basin, marks]) => {
    const key = keys.get(basin) as string
    const known = cache.get(key)
    const split = known ?? splitBasin(map, basin, boxes.get(basin) as Box, marks, check)
    cache.delete(key)
    cache.set(key, split)
    return split
  })
  let kept = 0
  for (const [key, { parts }] of [...cache].toReversed()) {
    kept += parts.bytes
    if (kept > keptBytes && !splits.includes(cache.get(key) as Split)) cache.delete(key)
  }
  return splits
}
