/** Colours at network size, as they stand: a, b in Lab units, L* 0…100 as guide. */
export interface GuidedColor {
  readonly width: number
  readonly height: number
  readonly lightness: Float32Array
  readonly a: Float32Array
  readonly b: Float32Array
}

/** Cost of a way across the long side, of a step in L* beyond 1.5 and of a step in ab beyond 1 (measured on segmented photographs of 240 px). */
const wayCost = 0.48
const lightnessCost = 1 / 40
const chromaCost = 1 / 15
const lightnessPlay = 1.5
const chromaPlay = 1
/** Difference of L* from where the way began that costs nothing. */
const tonePlay = 6

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

/** The cheapest way to every pixel. */
export interface Ways {
  /** Infinity beyond the limit. */
  readonly cost: Float64Array
  /** The pixel where it began; −1 beyond the limit. */
  readonly from: Int32Array
}

/**
 * The cheapest ways from a set of pixels to all others (Dijkstra 1959; eight neighbours, so that a way has no corners):
 * length, steps of lightness and steps of colour cost, small ones beyond which texture would stop every way do not.
 * @param limit cost at which a way is given up
 * @param toneCost cost per L* of being off the tone where the way began, for a way across the long side
 */
export function waysFrom(guide: GuidedColor, sources: readonly number[], limit: number, toneCost = 0): Ways {
  const { width, height, lightness, a, b } = guide
  const cost = new Float64Array(width * height).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(width * height).fill(-1)
  const queue: Queue = { cost: [], node: [] }
  const pixel = 1 / Math.max(width, height)
  for (const source of sources) {
    cost[source] = 0
    from[source] = source
    push(queue, 0, source)
  }
  for (let next = pop(queue); next; next = pop(queue)) {
    const { value, index } = next
    if (value > (cost[index] as number)) continue
    const x = index % width
    const y = (index - x) / width
    const begin = from[index] as number
    const [hereL, hereA, hereB, beginL] = [lightness[index] as number, a[index] as number, b[index] as number, lightness[begin] as number]
    const last = { x: Math.min(width - 1, x + 1), y: Math.min(height - 1, y + 1) }
    for (let v = Math.max(0, y - 1); v <= last.y; v++) {
      for (let u = Math.max(0, x - 1); u <= last.x; u++) {
        const other = v * width + u
        const known = cost[other] as number
        if (value + wayCost * pixel >= known) continue
        const length = u !== x && v !== y ? Math.SQRT2 : 1
        const otherL = lightness[other] as number
        const stepL = Math.abs(otherL - hereL)
        const [stepA, stepB] = [(a[other] as number) - hereA, (b[other] as number) - hereB]
        const stepAb = Math.sqrt(stepA * stepA + stepB * stepB)
        const offTone = Math.max(0, Math.abs(otherL - beginL) - tonePlay)
        const way = (wayCost + toneCost * offTone) * pixel * length
        const reached = value + way + Math.max(0, stepL - lightnessPlay * length) * lightnessCost + Math.max(0, stepAb - chromaPlay * length) * chromaCost
        if (reached >= known || reached > limit) continue
        cost[other] = reached
        from[other] = begin
        push(queue, reached, other)
      }
    }
  }
  return { cost, from }
}

/** A picture's colours as ways are laid through them: without fine texture. */
export function guideOf(color: GuidedColor): GuidedColor {
  const { width, height } = color
  return { width, height, lightness: calmed(color.lightness, width, height), a: calmed(color.a, width, height), b: calmed(color.b, width, height) }
}
