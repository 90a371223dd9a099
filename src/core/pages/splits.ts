import type { PageMap } from './basins.ts'
import { carryUnder, flood, roomForFlood } from './flooding.ts'
import { PairTable } from './graph.ts'
import type { Mark } from './marks.ts'

/** A basin that hints of different colours share, told apart pixel by pixel inside its box. */
export interface Split {
  readonly basin: number
  /** Box on the padded planes. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** For each pixel of the box the part it belongs to, from 1; 0 or −1 outside the basin. Padded by one pixel. */
  readonly parts: Int32Array
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

/** The boxes of some basins, lines with their colour included, in one pass. */
function boxesOf({ basins, relief }: PageMap, wanted: ReadonlySet<number>): Map<number, Box> {
  const { labels } = basins
  const { stride } = relief
  const isWanted = new Uint8Array(basins.count + 1)
  for (const basin of wanted) isWanted[basin] = 1
  const boxes = new Map<number, Box>()
  for (let p = stride; p < labels.length - stride; p++) {
    const label = labels[p] as number
    if (label <= 0 || isWanted[label] !== 1) continue
    const [x, y] = [p % stride, Math.floor(p / stride)]
    const box = boxes.get(label)
    if (!box) boxes.set(label, { left: x, right: x, top: y, bottom: y })
    else {
      if (x < box.left) box.left = x
      if (x > box.right) box.right = x
      box.bottom = y
    }
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

function splitBasin({ relief, basins }: PageMap, basin: number, box: Box, marks: readonly Mark[]): Split {
  const { stride } = relief
  const [width, height] = [box.right - box.left + 1, box.bottom - box.top + 1]
  const own = width + 2
  const parts = new Int32Array(own * (height + 2)).fill(-1)
  const heights = new Uint8Array(parts.length)
  for (let y = 0; y < height; y++) {
    const from = (box.top + y) * stride + box.left
    const to = (y + 1) * own + 1
    for (let x = 0; x < width; x++) {
      if (basins.labels[from + x] !== basin) continue
      heights[to + x] = relief.heights[from + x] as number
      if (heights[to + x] !== 0) parts[to + x] = 0
    }
  }
  const numbers = partsOf(marks)
  marks.forEach(({ pixel }, n) => {
    parts[(Math.floor(pixel / stride) - box.top + 1) * own + (pixel % stride) - box.left + 1] = numbers.parts[n] as number
  })
  const scratch = roomForFlood(parts.length)
  flood({ stride: own, heights }, parts, scratch)
  const borders = new PairTable()
  const partCount = numbers.colors.length
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y + 1) * own + x + 1
      const part = parts[at] as number
      if (part <= 0) continue
      const p = (box.top + y) * stride + box.left + x
      for (const q of [p - stride, p - 1, p + 1, p + stride]) {
        const other = basins.labels[q] as number
        // Basins come after the parts, so that the two kinds of numbers stay apart.
        if (other > 0 && other !== basin && relief.heights[q] !== 0) borders.raise(part, partCount + other, Math.min(heights[at] as number, relief.heights[q] as number))
      }
      }
  }
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y + 1) * own + x + 1
      if (parts[at] === -1 && basins.labels[(box.top + y) * stride + box.left + x] === basin) parts[at] = 0
    }
  }
  carryUnder(parts, own, scratch)
  const { low, high, values } = borders.sorted()
  return { basin, left: box.left, top: box.top, width, height, parts, partCount, borders: { low, high: high.map((number) => number - partCount), values } }
}

/** Splits made before: an edit elsewhere, and a change of colour, cost no flood. */
export type SplitCache = Map<string, Split>

/** Pixels of splits that are kept, at most. */
const keptPixels = 24_000_000

/** All splits for marks that are grouped by basin. */
export function splitsOf(map: PageMap, disputed: ReadonlyMap<number, readonly Mark[]>, cache: SplitCache): Split[] {
  const keyOf = (basin: number, marks: readonly Mark[]): string => `${basin}:${partsOf(marks).parts.join()}:${marks.map(({ pixel }) => pixel).join()}`
  const keys = new Map([...disputed].map(([basin, marks]) => [basin, keyOf(basin, marks)]))
  const missing = new Set([...keys].flatMap(([basin, key]) => (cache.has(key) ? [] : [basin])))
  const boxes = missing.size > 0 ? boxesOf(map, missing) : new Map<number, Box>()
  const splits = [...disputed].map(([basin, marks]) => {
    const key = keys.get(basin) as string
    const known = cache.get(key)
    const split = known ?? splitBasin(map, basin, boxes.get(basin) as Box, marks)
    cache.delete(key)
    cache.set(key, split)
    return split
  })
  let kept = 0
  for (const [key, { parts }] of [...cache].toReversed()) {
    kept += parts.length
    if (kept > keptPixels && !splits.includes(cache.get(key) as Split)) cache.delete(key)
  }
  return splits
}
