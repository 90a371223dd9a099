import type { Size } from '../../contract/pictures.ts'
import type { PageMap } from './basins.ts'
import { panelsOf, type PageBox, type Panels } from './panels.ts'
import { regionRow, type Regions } from './regions.ts'

/** What a region looks like, in numbers that can be compared over pages. */
export type RegionFeatures = Float64Array

/**
 * Weights bring the features to one scale, on which 1 is a visible difference; measured on drawn pages, a panel at a time against the others. Places are those inside the region's panel;
 * tone and texture are levels of the page itself, without its colours.
 */
const features = [
  { name: 'area', weight: 0.35 },
  { name: 'x', weight: 0.7 },
  { name: 'y', weight: 2 },
  { name: 'shape', weight: 0.5 },
  { name: 'fill', weight: 1.5 },
  { name: 'outline', weight: 0.25 },
  { name: 'ink', weight: 3 },
  { name: 'frame', weight: 2 },
  { name: 'tone', weight: 8 },
  { name: 'texture', weight: 2 },
] as const
const toneFeatures = new Set<string>(['tone', 'texture'])

interface Sums {
  area: number
  ink: number
  x: number
  y: number
  left: number
  right: number
  top: number
  bottom: number
  grey: number
  square: number
  outline: number
  frame: number
}

const noSums = (): Sums => ({ area: 0, ink: 0, x: 0, y: 0, left: Infinity, right: -1, top: Infinity, bottom: -1, grey: 0, square: 0, outline: 0, frame: 0 })

/** Features of every region of a page, gathered row by row from the top. */
export class FeatureGatherer {
  readonly #map: PageMap
  readonly #regions: Regions
  readonly #panels: Panels
  readonly #sums: Sums[]
  #row: Int32Array
  #below: Int32Array
  #y = 0
  #hasTones = true

  constructor(map: PageMap, regions: Regions) {
    this.#map = map
    this.#regions = regions
    this.#panels = panelsOf(map, regions)
    this.#sums = Array.from({ length: regions.count + 1 }, noSums)
    this.#row = new Int32Array(map.relief.width)
    this.#below = new Int32Array(map.relief.width)
    regionRow(map, regions, 0, this.#below)
  }

  /** Takes the next row. @param grey the page's own levels, 0…255; null: unknown, as where only a coloured page is at hand */
  addRow(grey: Uint8Array | null): void {
    const y = this.#y++
    this.#hasTones &&= grey !== null
    const { width, height, stride, heights } = this.#map.relief
    const { gutters } = this.#panels
    const sums = this.#sums
    ;[this.#row, this.#below] = [this.#below, this.#row]
    if (y + 1 < height) regionRow(this.#map, this.#regions, y + 1, this.#below)
    const [row, below] = [this.#row, this.#below]
    for (let x = 0, p = (y + 1) * stride + 1; x < width; x++, p++) {
      const region = row[x] as number
      if (region === 0) continue
      const sum = sums[region] as Sums
      const edge = (other: number): void => {
        if (other === region) return
        sum.outline += 1
        const beyond = sums[other] as Sums
        if (other > 0) beyond.outline += 1
        if (other === 0 || gutters[other] === 1) sum.frame += 1
        if (other > 0 && gutters[region] === 1) beyond.frame += 1
      }
      if (x + 1 < width) edge(row[x + 1] as number)
      if (y + 1 < height) edge(below[x] as number)
      if (heights[p] === 0) {
        sum.ink += 1
        continue
      }
      sum.area += 1
      sum.x += x
      sum.y += y
      if (x < sum.left) sum.left = x
      if (x > sum.right) sum.right = x
      if (y < sum.top) sum.top = y
      sum.bottom = y
      if (grey) {
        const level = (grey[x] as number) / 255
        sum.grey += level
        sum.square += level * level
      }
    }
  }

  /** By region; [0] is empty. */
  features(): RegionFeatures[] {
    const { width, height } = this.#map.relief
    const { boxes } = this.#panels
    return this.#sums.map((sum, region) => featuresOfSums(sum, region, boxes, { width, height }, this.#hasTones))
  }
}

const whole: PageBox = { x: 0, y: 0, width: 1, height: 1 }

function featuresOfSums(sum: Sums, region: number, boxes: readonly PageBox[], { width, height }: Size, hasTones: boolean): RegionFeatures {
  if (region === 0 || sum.area === 0) return new Float64Array(features.length)
  const [x, y] = [sum.x / sum.area / width, sum.y / sum.area / height]
  const panel = boxes.find((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) ?? whole
  const [wide, high] = [sum.right - sum.left + 1, sum.bottom - sum.top + 1]
  const tone = sum.grey / sum.area
  const values: Record<(typeof features)[number]['name'], number> = {
    // Of its panel: a figure is drawn small in a small panel.
    area: Math.log2(sum.area / (width * height * panel.width * panel.height)),
    x: (x - panel.x) / panel.width,
    y: (y - panel.y) / panel.height,
    shape: Math.log2(wide / high),
    fill: sum.area / (wide * high),
    outline: Math.log2((sum.outline * sum.outline) / sum.area),
    ink: sum.ink / (sum.area + sum.ink),
    frame: sum.outline > 0 ? sum.frame / sum.outline : 0,
    tone,
    texture: Math.sqrt(Math.max(0, sum.square / sum.area - tone * tone)),
  }
  return Float64Array.from(features, ({ name, weight }) => (!hasTones && toneFeatures.has(name) ? Number.NaN : weight * values[name]))
}

/** Squared distance of two regions over the features that both have, as if they had all. */
export function featureDistance(one: RegionFeatures, other: RegionFeatures): number {
  let [sum, known] = [0, 0]
  for (let n = 0; n < one.length; n++) {
    const away = (one[n] as number) - (other[n] as number)
    if (Number.isNaN(away)) continue
    sum += away * away
    known += 1
  }
  return known === 0 ? Infinity : (sum * one.length) / known
}
