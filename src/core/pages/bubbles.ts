import type { PageMap } from './basins.ts'
import { inkPartsOf, type InkPart } from './inkParts.ts'
import type { PageBox } from './panels.ts'
import type { Regions } from './regions.ts'
import { sheetOf } from './sheet.ts'

/** A region that looks like a speech bubble or caption: a proposal. */
export interface Bubble {
  /** What its paper consists of, its body first: then what letters enclose or part off. None where a toned page shows it nowhere. */
  readonly regions: readonly number[]
  readonly box: PageBox
}

/** Share of the page, of a strip of a sheet, that a bubble has. */
const [leastShare, mostShare] = [0.0008, 0.08]
/** Filled area ÷ area of the convex hull, at least. */
const leastSolidity = 0.8
/** Parts of lettering inside, and share of the bubble that they cover. */
const leastParts = 4
const [leastCover, mostCover] = [0.02, 0.45]
/** No letter takes more of the bubble's width or height. */
const mostLetter = 0.4
/** A letter is at least so high, as a share of the longer side of the page or sheet: the dots of a tone are lower. */
const leastLetter = 0.005
/** Small parts (dots over letters, full stops) for each letter, at most. */
const mostSmall = 2
/** Letters of like height that stand in a row or a column, at least. */
const leastAligned = 3
const likeHeight = 0.35
/** What belongs to a bubble beside its body has at most this share of the body's area. */
const mostParted = 0.1
/** Letters that are compared with each other at most. */
const mostCompared = 300

/** Rows' extents of a region, on padded coordinates. */
interface Shape {
  top: number
  bottom: number
  left: number
  right: number
  readonly from: Map<number, number>
  readonly to: Map<number, number>
}

/** Pieces of ink that lie wholly inside one region, by region. */
function islandsOf({ basins, relief }: PageMap, { of }: Regions): Map<number, InkPart[]> {
  const islands = new Map<number, InkPart[]>()
  for (const part of inkPartsOf(relief)) {
    const [label = 0, ...others] = part.around.map((p) => of[Math.max(0, basins.labels.at(p))] as number)
    if (label === 0 || others.some((other) => other !== label)) continue
    const known = islands.get(label)
    if (known) known.push(part)
    else islands.set(label, [part])
  }
  return islands
}

function shapesOf({ basins, relief }: PageMap, { of, count }: Regions, wanted: Iterable<number>): Map<number, Shape> {
  const isWanted = new Uint8Array(count + 1)
  for (const region of wanted) isWanted[region] = 1
  const shapes = new Map<number, Shape>()
  const { height, stride, heights } = relief
  for (let y = 1; y <= height; y++) {
    basins.labels.eachRun(y - 1, (start, end, basin) => {
      const region = of[basin] as number
      if (isWanted[region] !== 1) return
      let [from, to] = [start + 1, end]
      while (from <= to && heights[y * stride + from] === 0) from++
      while (to > from && heights[y * stride + to] === 0) to--
      if (from > to) return
      let shape = shapes.get(region)
      if (!shape) shapes.set(region, (shape = { top: y, bottom: y, left: from, right: to, from: new Map(), to: new Map() }))
      if (!shape.from.has(y)) shape.from.set(y, from)
      shape.to.set(y, to)
      shape.bottom = y
      if (from < shape.left) shape.left = from
      if (to > shape.right) shape.right = to
    })
  }
  return shapes
}

/** Area inside the outline ÷ area of its convex hull (Andrew's monotone chain over the rows' ends). */
function solidityOf({ from, to }: Shape): { filled: number; solidity: number } {
  const points: [number, number][] = []
  let filled = 0
  for (const [y, x] of from) {
    const end = (to.get(y) as number) + 1
    filled += end - x
    points.push([x, y], [end, y], [x, y + 1], [end, y + 1])
  }
  points.sort((one, other) => one[0] - other[0] || one[1] - other[1])
  const turn = (a: readonly number[], b: readonly number[], c: readonly number[]): number => ((b[0] as number) - (a[0] as number)) * ((c[1] as number) - (a[1] as number)) - ((b[1] as number) - (a[1] as number)) * ((c[0] as number) - (a[0] as number))
  const chain = (list: readonly [number, number][]): [number, number][] => {
    const hull: [number, number][] = []
    for (const point of list) {
      while (hull.length > 1 && turn(hull.at(-2) as [number, number], hull.at(-1) as [number, number], point) <= 0) hull.pop()
      hull.push(point)
    }
    return hull.slice(0, -1)
  }
  const hull = [...chain(points), ...chain(points.toReversed())]
  const doubled = hull.reduce((sum, [x, y], n) => {
    const [nextX, nextY] = hull[(n + 1) % hull.length] as [number, number]
    return sum + x * nextY - nextX * y
  }, 0)
  return { filled, solidity: filled / Math.max(1, Math.abs(doubled) / 2) }
}

/** True where at least three parts of like height stand in one row or one column. */
function looksLettered(parts: readonly InkPart[]): boolean {
  const some = parts.slice(0, mostCompared)
  return some.some((part) => {
    const high = part.bottom - part.top + 1
    const wide = part.right - part.left + 1
    let [inRow, inColumn] = [0, 0]
    for (const other of some) {
      const otherHigh = other.bottom - other.top + 1
      if (Math.abs(otherHigh - high) > likeHeight * high) continue
      if (Math.abs(other.top + other.bottom - part.top - part.bottom) <= high) inRow++
      else if (Math.abs(other.left + other.right - part.left - part.right) <= wide) inColumn++
    }
    return inRow >= leastAligned || inColumn + 1 >= leastAligned
  })
}

/** Small regions inside a bubble's outline: the hollow of an O, the pocket of an E, what letters that touch the outline part off. */
function partedOff({ basins, relief }: PageMap, { of, areas }: Regions, body: number, { from, to }: Shape): number[] {
  const pixels = new Map<number, number>()
  for (const [y, first] of from) {
    const last = to.get(y) as number
    basins.labels.eachRun(y - 1, (start, end, basin) => {
      const region = of[basin] as number
      if (region === body || region === 0) return
      let paper = 0
      for (let x = Math.max(first, start + 1); x <= Math.min(last, end); x++) if (relief.heights[y * relief.stride + x] !== 0) paper++
      if (paper > 0) pixels.set(region, (pixels.get(region) ?? 0) + paper)
    })
  }
  const most = mostParted * (areas[body] as number)
  return [...pixels].flatMap(([region, paper]) => (paper === areas[region] && paper <= most ? [region] : [])).sort((one, other) => one - other)
}

/**
 * Closed white regions with text-like parts inside, from the top.
 * @param edges by region, 1 where it cannot be a bubble (gutters)
 */
export function bubblesOf(map: PageMap, regions: Regions, edges: Uint8Array): Bubble[] {
  const { width, height } = map.relief
  const sheet = sheetOf(map.relief)
  const page = sheet.width * sheet.height
  const islands = islandsOf(map, regions)
  const candidates = [...islands].filter(([region, parts]) => {
    const area = regions.areas[region] as number
    return edges[region] !== 1 && parts.length >= leastParts && area >= leastShare * page * (1 - mostCover) && area <= mostShare * page
  })
  const shapes = shapesOf(map, regions, candidates.map(([region]) => region))
  const found: Bubble[] = []
  for (const [region, parts] of candidates) {
    const shape = shapes.get(region)
    if (!shape) continue
    const [wide, high] = [shape.right - shape.left + 1, shape.bottom - shape.top + 1]
    const { filled, solidity } = solidityOf(shape)
    const cover = parts.reduce((sum, { area }) => sum + area, 0) / filled
    const letters = parts.every((part) => part.right - part.left + 1 <= mostLetter * wide && part.bottom - part.top + 1 <= mostLetter * high)
    const lettered = parts.filter((part) => part.bottom - part.top + 1 >= leastLetter * Math.max(sheet.width, sheet.height))
    const toned = parts.length - lettered.length > mostSmall * lettered.length
    const touchesEdge = shape.left === 1 || shape.top === 1 || shape.right === width || shape.bottom === height
    if (touchesEdge || solidity < leastSolidity || filled < leastShare * page || filled > mostShare * page || cover < leastCover || cover > mostCover || !letters || toned || !looksLettered(lettered)) continue
    found.push({ regions: [region, ...partedOff(map, regions, region, shape)], box: { x: (shape.left - 1) / width, y: (shape.top - 1) / height, width: wide / width, height: high / height } })
  }
  return found.sort((one, other) => one.box.y - other.box.y || one.box.x - other.box.x)
}
