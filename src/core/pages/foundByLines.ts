import type { PageMap } from './basins.ts'
import { bubblesOf } from './bubbles.ts'
import { gapRule } from './gaps.ts'
import { LabelPlane } from './labelPlane.ts'
import { panelsOf, type PageBox } from './panels.ts'
import { regionRow, regionsOf, type Regions } from './regions.ts'

/** What the lines of a page tell of it: kept small, for a look through its tones, which sees neither letters nor thin outlines. */
export interface FoundByLines {
  readonly panels: readonly PageBox[]
  readonly bubbles: readonly { readonly piece: number; readonly box: PageBox }[]
  /** 0 where colour may go, else a piece that stays paper: gutters are piece 1. Runs on under the lines. */
  readonly pieces: LabelPlane
}

/** Of a region's pixels, so many lie in a piece that it is part of. */
const within = 0.8

/** Panels, gutters and bubbles of a page that was told apart by its lines. */
export function foundByLines(map: PageMap): FoundByLines {
  const regions = regionsOf(map, map.graph, gapRule(map.relief, null))
  const { boxes, gutters } = panelsOf(map, regions)
  const pieces = Int32Array.from(gutters)
  const bubbles = bubblesOf(map, regions, gutters).map(({ regions: own, box }, n) => {
    for (const region of own) pieces[region] = n + 2
    return { piece: n + 2, box }
  })
  return { panels: boxes, bubbles, pieces: planeOf(map, regions, pieces) }
}

function planeOf(map: PageMap, regions: Regions, pieces: Int32Array): LabelPlane {
  const { width, height } = map.relief
  const plane = new LabelPlane(width, height)
  const row = new Int32Array(width)
  for (let y = 0; y < height; y++) {
    regionRow(map, regions, y, row)
    for (let x = 0; x < width; x++) row[x] = pieces[row[x] as number] as number
    plane.setRow(y, row)
  }
  return plane
}

/** By region of another look at the page, the piece that it lies in; 0: in none. */
export function regionsWithin({ pieces }: FoundByLines, { basins }: PageMap, { of, count }: Regions): Int32Array {
  const shares = new Map<number, Map<number, number>>()
  const areas = new Int32Array(count + 1)
  const row = new Int32Array(pieces.width)
  for (let y = 0; y < pieces.height; y++) {
    pieces.readRow(y, row)
    basins.labels.eachRun(y, (from, to, basin) => {
      const region = of[basin] as number
      areas[region] = (areas[region] as number) + to - from
      for (let x = from, end = from; x < to; x = end) {
        const piece = row[x] as number
        while (end < to && row[end] === piece) end++
        if (piece === 0) continue
        const known = shares.get(region) ?? new Map<number, number>()
        shares.set(region, known.set(piece, (known.get(piece) ?? 0) + end - x))
      }
    })
  }
  const found = new Int32Array(count + 1)
  for (const [region, byPiece] of shares) {
    for (const [piece, pixels] of byPiece) if (region > 0 && pixels >= within * (areas[region] as number)) found[region] = piece
  }
  return found
}
