import type { HintSpot } from './hints.ts'

/** Colours at network size, as they stand: a, b in Lab units, L* 0…100 as guide. */
export interface GuidedColor {
  readonly width: number
  readonly height: number
  readonly lightness: Float32Array
  readonly a: Float32Array
  readonly b: Float32Array
}

/** Cost of one pixel of way, of a step in L* beyond 1.5 and of a step in ab beyond 1 (measured on 30 segmented photos). */
const wayCost = 0.002
const lightnessCost = 1 / 40
const chromaCost = 1 / 15
const lightnessPlay = 1.5
const chromaPlay = 1
/** Width of the fall-off around the cut. */
const softness = 0.06

interface Queue {
  readonly cost: number[]
  readonly node: number[]
}

function push({ cost, node }: Queue, value: number, index: number): void {
  let at = cost.length
  cost.push(value)
  node.push(index)
  while (at > 0) {
    const parent = (at - 1) >> 1
    if ((cost[parent] as number) <= value) break
    cost[at] = cost[parent] as number
    node[at] = node[parent] as number
    at = parent
  }
  cost[at] = value
  node[at] = index
}

function pop(queue: Queue): { value: number; index: number } | null {
  const { cost, node } = queue
  if (cost.length === 0) return null
  const top = { value: cost[0] as number, index: node[0] as number }
  const value = cost.pop() as number
  const index = node.pop() as number
  if (cost.length === 0) return top
  let at = 0
  for (;;) {
    let child = 2 * at + 1
    if (child >= cost.length) break
    if (child + 1 < cost.length && (cost[child + 1] as number) < (cost[child] as number)) child++
    if ((cost[child] as number) >= value) break
    cost[at] = cost[child] as number
    node[at] = node[child] as number
    at = child
  }
  cost[at] = value
  node[at] = index
  return top
}

/** Steps of L*, a or b beyond about this much are kept while smoothing. */
const calmedStep = 6

/** A plane smoothed over 3×3 without crossing larger steps: texture must not stop the way. */
function calmed(plane: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(plane.length)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = plane[y * width + x] as number
      let [sum, weights] = [0, 0]
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const value = plane[v * width + u] as number
          const step = (value - here) / calmedStep
          const weight = 1 / (1 + step * step * step * step)
          sum += weight * value
          weights += weight
        }
      }
      out[y * width + x] = sum / weights
    }
  }
  return out
}

/** Way costs from a set of pixels to all others up to `reach`; Infinity beyond. */
function distances(guide: GuidedColor, sources: readonly number[], reach: number): Float64Array {
  const { width, height, lightness, a, b } = guide
  const found = new Float64Array(width * height).fill(Number.POSITIVE_INFINITY)
  const queue: Queue = { cost: [], node: [] }
  for (const source of sources) {
    found[source] = 0
    push(queue, 0, source)
  }
  for (let next = pop(queue); next; next = pop(queue)) {
    const { value, index } = next
    if (value > (found[index] as number)) continue
    const x = index % width
    const visit = (other: number): void => {
      const stepL = Math.abs((lightness[other] as number) - (lightness[index] as number))
      const stepAb = Math.hypot((a[other] as number) - (a[index] as number), (b[other] as number) - (b[index] as number))
      const cost = value + wayCost + Math.max(0, stepL - lightnessPlay) * lightnessCost + Math.max(0, stepAb - chromaPlay) * chromaCost
      if (cost < (found[other] as number) && cost <= reach) {
        found[other] = cost
        push(queue, cost, other)
      }
    }
    if (x > 0) visit(index - 1)
    if (x < width - 1) visit(index + 1)
    if (index >= width) visit(index - width)
    if (index < width * (height - 1)) visit(index + width)
  }
  return found
}

/** Colours placed earlier than this many last ones are only painted where they lie, not spread. */
const mostSearches = 24

interface Group {
  readonly pixels: number[]
  readonly wanted: readonly [number, number]
}

function groupsOf(spots: readonly HintSpot[], width: number, height: number): Group[] {
  const groups = new Map<string, Group>()
  for (const spot of spots) {
    const key = `${spot.a},${spot.b}`
    const group = groups.get(key) ?? { pixels: [], wanted: [spot.a, spot.b] }
    groups.set(key, group)
    const radius = Math.max(0.5, spot.radius)
    for (let y = Math.max(0, Math.floor(spot.y - radius)); y <= Math.min(height - 1, Math.floor(spot.y + radius)); y++) {
      for (let x = Math.max(0, Math.floor(spot.x - radius)); x <= Math.min(width - 1, Math.floor(spot.x + radius)); x++) {
        if (Math.hypot(x + 0.5 - spot.x, y + 0.5 - spot.y) <= radius + 0.5) group.pixels.push(y * width + x)
      }
    }
  }
  return [...groups.values()].filter((group) => group.pixels.length > 0)
}

function guideOf(color: GuidedColor): GuidedColor {
  const { width, height } = color
  return { width, height, lightness: calmed(color.lightness, width, height), a: calmed(color.a, width, height), b: calmed(color.b, width, height) }
}

/** Way cost at which a network's answer to hints still counts by a half, and how softly it fades. */
const answerReach = 1.1
const answerSoftness = 0.2

/**
 * Where a network's answer to hints should be taken instead of its answer without: 1 around the hints and across one
 * outline, 0 far away. A hint shifts the whole picture a little; its user meant one object.
 */
export function hintInfluence(color: GuidedColor, spots: readonly HintSpot[]): Float32Array {
  const pixels = groupsOf(spots, color.width, color.height).flatMap((group) => group.pixels)
  const found = distances(guideOf(color), pixels, answerReach + 6 * answerSoftness)
  return Float32Array.from(found, (distance) => (distance === Number.POSITIVE_INFINITY ? 0 : 1 / (1 + Math.exp((distance - answerReach) / answerSoftness))))
}

/**
 * What must be added to a and b so that every hint's colour really appears where it was placed, and spreads over
 * its object: by the cost of the way from the hint across steps of lightness and of the present colour, whose own
 * outline is the best guide. Halves the error of a wrongly coloured object with hardly any leak.
 * @param reach way cost at which the influence has fallen to a half (0.2 tight … 1.2 far)
 */
export function hintCorrections(color: GuidedColor, spots: readonly HintSpot[], reach: number): { a: Float32Array; b: Float32Array } {
  const { width, height } = color
  const count = width * height
  const guide = guideOf(color)
  const groups = groupsOf(spots, width, height)
  const result = { a: new Float32Array(count), b: new Float32Array(count) }
  const weights = new Float32Array(count)
  const searched = groups.slice(-mostSearches)
  for (const group of searched) {
    const found = distances(guide, group.pixels, reach + 6 * softness)
    const mean = (plane: Float32Array): number => group.pixels.reduce((sum, pixel) => sum + (plane[pixel] as number), 0) / group.pixels.length
    const shift = [group.wanted[0] - mean(color.a), group.wanted[1] - mean(color.b)] as const
    for (let i = 0; i < count; i++) {
      const distance = found[i] as number
      if (distance === Number.POSITIVE_INFINITY) continue
      const weight = 1 / (1 + Math.exp((distance - reach) / softness))
      // Squared weights over their sum: alone a hint has its full weight, between two the nearer one wins.
      result.a[i] = (result.a[i] as number) + weight * weight * shift[0]
      result.b[i] = (result.b[i] as number) + weight * weight * shift[1]
      weights[i] = (weights[i] as number) + weight
    }
  }
  for (let i = 0; i < count; i++) {
    const weight = weights[i] as number
    if (weight === 0) continue
    result.a[i] = (result.a[i] as number) / weight
    result.b[i] = (result.b[i] as number) / weight
  }
  for (const group of groups) {
    for (const pixel of group.pixels) {
      result.a[pixel] = group.wanted[0] - (color.a[pixel] as number)
      result.b[pixel] = group.wanted[1] - (color.b[pixel] as number)
    }
  }
  return result
}
