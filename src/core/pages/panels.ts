import type { PageMap } from './basins.ts'
import type { Regions } from './regions.ts'
import { sheetOf } from './sheet.ts'

/** A rectangle in fractions of the page. */
export interface PageBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Panels {
  /** From the top, then from the left. */
  readonly boxes: readonly PageBox[]
  /** By region: 1 where it is gutter or margin. */
  readonly gutters: Uint8Array
}

/** Cells along the longer side of a page, of a strip along that of a sheet, when panels are looked for. */
const cells = 600
/** A panel has at least this share of the page, of a strip of a sheet, fills its box so far, and leaves some margin. */
const leastArea = 0.01
const leastFill = 0.8
const mostSide = 0.985
/** Of a gutter's cells, how many lie outside all panels at least. */
const outside = 0.9

interface Grid {
  readonly width: number
  readonly height: number
  /** Region of each cell's middle, 0 on ink. */
  readonly regions: Int32Array
}

function gridOf({ relief, basins }: PageMap, { of }: Regions): Grid {
  const sheet = sheetOf(relief)
  const step = Math.max(1, Math.max(sheet.width, sheet.height) / cells)
  const width = Math.max(1, Math.floor(relief.width / step))
  const height = Math.max(1, Math.floor(relief.height / step))
  const regions = new Int32Array(width * height)
  const labels = new Int32Array(relief.width)
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * relief.height) / height)
    basins.labels.readRow(row, labels)
    for (let x = 0; x < width; x++) {
      const column = Math.floor(((x + 0.5) * relief.width) / width)
      if (relief.heights[(row + 1) * relief.stride + column + 1] !== 0) regions[y * width + x] = of[labels[column] as number] as number
    }
  }
  return { width, height, regions }
}

/** Regions that touch the page's edge. */
function edgeRegions({ relief, basins }: PageMap, { of, count }: Regions): Uint8Array {
  const found = new Uint8Array(count + 1)
  const look = (x: number, y: number): void => {
    const p = (y + 1) * relief.stride + x + 1
    if (relief.heights[p] !== 0) found[of[basins.labels.labelAt(x, y)] as number] = 1
  }
  for (let x = 0; x < relief.width; x++) {
    look(x, 0)
    look(x, relief.height - 1)
  }
  for (let y = 0; y < relief.height; y++) {
    look(0, y)
    look(relief.width - 1, y)
  }
  // Where there is no paper near.
  found[0] = 0
  return found
}

/** 3×3 minimum or maximum of a mask. */
function spread(mask: Uint8Array, { width, height }: Grid, to: 0 | 1): Uint8Array {
  const out = mask.slice()
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (mask[y * width + x] === to) continue
      for (let dy = Math.max(-1, -y); dy <= Math.min(1, height - 1 - y); dy++) {
        for (let dx = Math.max(-1, -x); dx <= Math.min(1, width - 1 - x); dx++) if (mask[(y + dy) * width + x + dx] === to) out[y * width + x] = to
      }
    }
  }
  return out
}

interface Piece {
  left: number
  right: number
  top: number
  bottom: number
  cells: number
}

function piecesOf(mask: Uint8Array, { width, height }: Grid): Piece[] {
  const seen = new Uint8Array(mask.length)
  const pieces: Piece[] = []
  const queue = new Int32Array(mask.length)
  for (let start = 0; start < mask.length; start++) {
    if (mask[start] === 0 || seen[start] === 1) continue
    const piece: Piece = { left: width, right: -1, top: height, bottom: -1, cells: 0 }
    let [first, last] = [0, 0]
    queue[last++] = start
    seen[start] = 1
    while (first < last) {
      const p = queue[first++] as number
      const [x, y] = [p % width, Math.floor(p / width)]
      piece.left = Math.min(piece.left, x)
      piece.right = Math.max(piece.right, x)
      piece.top = Math.min(piece.top, y)
      piece.bottom = Math.max(piece.bottom, y)
      piece.cells++
      for (const q of [x > 0 ? p - 1 : -1, x < width - 1 ? p + 1 : -1, p - width, p + width]) {
        if (q < 0 || q >= mask.length || mask[q] === 0 || seen[q] === 1) continue
        seen[q] = 1
        queue[last++] = q
      }
    }
    pieces.push(piece)
  }
  return pieces
}

/**
 * Panels as what the gutter leaves: paper that reaches the page's edge is gutter, the rest, opened so that thin bridges
 * part, falls into pieces; those that fill their boxes are panels. On a page without panels nothing is gutter.
 */
export function panelsOf(map: PageMap, regions: Regions): Panels {
  const grid = gridOf(map, regions)
  const edges = edgeRegions(map, regions)
  const inside = Uint8Array.from(grid.regions, (region) => (edges[region] === 1 ? 0 : 1))
  const opened = spread(spread(inside, grid, 0), grid, 1)
  const sheet = sheetOf(grid)
  const pieces = piecesOf(opened, grid).filter(({ left, right, top, bottom, cells: count }) => {
    const [width, height] = [right - left + 1, bottom - top + 1]
    return width * height >= leastArea * sheet.width * sheet.height && count >= leastFill * width * height && (width < mostSide * grid.width || height < mostSide * grid.height)
  })
  const gutters = new Uint8Array(regions.count + 1)
  if (pieces.length > 0) markGutters(grid, edges, pieces, gutters)
  const boxes = pieces
    .sort((one, other) => one.top - other.top || one.left - other.left)
    .map(({ left, right, top, bottom }) => ({ x: left / grid.width, y: top / grid.height, width: (right - left + 1) / grid.width, height: (bottom - top + 1) / grid.height }))
  return { boxes, gutters }
}

function markGutters(grid: Grid, edges: Uint8Array, pieces: readonly Piece[], gutters: Uint8Array): void {
  const all = new Int32Array(edges.length)
  const free = new Int32Array(edges.length)
  const taken = new Uint8Array(grid.width * grid.height)
  for (const { left, right, top, bottom } of pieces) for (let y = top; y <= bottom; y++) taken.fill(1, y * grid.width + left, y * grid.width + right + 1)
  for (let y = 0; y < grid.height; y++) {
    for (let x = 0; x < grid.width; x++) {
      const region = grid.regions[y * grid.width + x] as number
      if (region === 0 || edges[region] !== 1) continue
      all[region] = (all[region] as number) + 1
      if (taken[y * grid.width + x] === 0) free[region] = (free[region] as number) + 1
    }
  }
  for (let region = 1; region < edges.length; region++) if (edges[region] === 1 && (free[region] as number) >= outside * (all[region] as number)) gutters[region] = 1
}
