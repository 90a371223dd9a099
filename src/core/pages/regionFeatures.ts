import type { PageMap } from './basins.ts'
import { panelsOf, type PageBox } from './panels.ts'
import type { Regions } from './regions.ts'

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

/** @param gutters by region: 1 where it is gutter or margin */
function gather({ relief, basins }: PageMap, { of, count }: Regions, gutters: Uint8Array, grey: Uint8Array | null): Sums[] {
  const sums = Array.from({ length: count + 1 }, (): Sums => ({ area: 0, ink: 0, x: 0, y: 0, left: Infinity, right: -1, top: Infinity, bottom: -1, grey: 0, square: 0, outline: 0, frame: 0 }))
  const { width, height, stride, heights } = relief
  const regionAt = (p: number): number => of[Math.max(0, basins.labels[p] as number)] as number
  for (let y = 0; y < height; y++) {
    for (let x = 0, p = (y + 1) * stride + 1; x < width; x++, p++) {
      const region = regionAt(p)
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
      if (x + 1 < width) edge(regionAt(p + 1))
      if (y + 1 < height) edge(regionAt(p + stride))
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
        const level = (grey[y * width + x] as number) / 255
        sum.grey += level
        sum.square += level * level
      }
    }
  }
  return sums
}

const whole: PageBox = { x: 0, y: 0, width: 1, height: 1 }

/**
 * Features of every region of a page.
 * @param grey the page's own levels, not padded, 0…255; null: unknown, as where only a coloured page is at hand
 * @returns by region; [0] is empty
 */
export function featuresOf(map: PageMap, regions: Regions, grey: Uint8Array | null): RegionFeatures[] {
  const { boxes, gutters } = panelsOf(map, regions)
  const { width, height } = map.relief
  const pixels = width * height
  return gather(map, regions, gutters, grey).map((sum, region) => {
    if (region === 0 || sum.area === 0) return new Float64Array(features.length)
    const [x, y] = [sum.x / sum.area / width, sum.y / sum.area / height]
    const panel = boxes.find((box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) ?? whole
    const [wide, high] = [sum.right - sum.left + 1, sum.bottom - sum.top + 1]
    const tone = sum.grey / sum.area
    const values: Record<(typeof features)[number]['name'], number> = {
      // Of its panel: a figure is drawn small in a small panel.
      area: Math.log2(sum.area / (pixels * panel.width * panel.height)),
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
    return Float64Array.from(features, ({ name, weight }) => (grey === null && toneFeatures.has(name) ? Number.NaN : weight * values[name]))
  })
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
