/**
 * Motion between two frames by block matching on 8-bit luma: each block of 8×8 pixels takes the place of least cost in
 * the other frame, cost being the mean difference of luma plus a price of distance, so that of two equally good
 * places the nearer wins.
 */
export interface FrameSize {
  readonly width: number
  readonly height: number
}

export interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export const blockSide = 8
const farthest = 8
/** Cost of a pixel of motion in steps of luma. */
const priceOfMotion = 0.06

interface Step {
  readonly dx: number
  readonly dy: number
  readonly price: number
}

/** All steps by price: once the price alone exceeds the best cost, nothing that follows can win. */
const steps: readonly Step[] = Array.from({ length: (2 * farthest + 1) ** 2 }, (_, i) => {
  const dy = Math.floor(i / (2 * farthest + 1)) - farthest
  const dx = (i % (2 * farthest + 1)) - farthest
  return { dx, dy, price: priceOfMotion * (Math.abs(dx) + Math.abs(dy)) }
}).sort((a, b) => a.price - b.price || a.dy - b.dy || a.dx - b.dx)

/** Sum of luma differences of a block against its place `shift` pixels on, given up once it exceeds `limit`. */
function difference(now: Uint8Array, other: Uint8Array, width: number, area: Area, shift: number, limit: number): number {
  let sum = 0
  for (let y = area.top; y < area.bottom; y++) {
    for (let i = y * width + area.left, end = y * width + area.right; i < end; i++) {
      const step = (now[i] as number) - (other[i + shift] as number)
      sum += step < 0 ? -step : step
    }
    if (sum > limit) return sum
  }
  return sum
}

/** Where a block of `now` lies in `other`, as an offset of the pixel's index; of equal costs the first in reading order. */
export function matchBlock(now: Uint8Array, other: Uint8Array, { width, height }: FrameSize, area: Area): number {
  const pixels = (area.right - area.left) * (area.bottom - area.top)
  let best = Number.POSITIVE_INFINITY
  let found: Step = { dx: 0, dy: 0, price: 0 }
  for (const step of steps) {
    const { dx, dy, price } = step
    if (price > best) break
    if (area.top + dy < 0 || area.bottom + dy > height || area.left + dx < 0 || area.right + dx > width) continue
    const cost = difference(now, other, width, area, dy * width + dx, (best - price) * pixels + 1e-6) / pixels + price
    const earlier = dy < found.dy || (dy === found.dy && dx < found.dx)
    if (cost < best || (cost === best && earlier)) {
      best = cost
      found = step
    }
  }
  return found.dy * width + found.dx
}

/** Means of 2×2 pixels; an odd last row or column is left out. */
function halved(luma: Uint8Array, { width, height }: FrameSize): { luma: Uint8Array; size: FrameSize } {
  const size = { width: width >> 1, height: height >> 1 }
  const half = new Uint8Array(size.width * size.height)
  for (let y = 0, i = 0; y < size.height; y++) {
    for (let x = 0, at = 2 * y * width; x < size.width; x++, i++, at += 2) {
      half[i] = ((luma[at] as number) + (luma[at + 1] as number) + (luma[at + width] as number) + (luma[at + width + 1] as number) + 2) >> 2
    }
  }
  return { luma: half, size }
}

const areaOf = (n: number, columns: number, { width, height }: FrameSize): Area => {
  const [left, top] = [(n % columns) * blockSide, Math.floor(n / columns) * blockSide]
  return { left, top, right: Math.min(width, left + blockSide), bottom: Math.min(height, top + blockSide) }
}

/** Frames narrower or lower than this are searched as they are. */
const leastHalved = 4 * blockSide

interface Vector {
  readonly dx: number
  readonly dy: number
}

/** The place of least cost among a few. */
function bestOf(candidates: readonly Vector[], now: Uint8Array, other: Uint8Array, { width, height }: FrameSize, area: Area): Vector {
  const pixels = (area.right - area.left) * (area.bottom - area.top)
  let [best, found]: [number, Vector] = [Number.POSITIVE_INFINITY, { dx: 0, dy: 0 }]
  for (const { dx, dy } of candidates) {
    if (area.top + dy < 0 || area.bottom + dy > height || area.left + dx < 0 || area.right + dx > width) continue
    const price = priceOfMotion * (Math.abs(dx) + Math.abs(dy))
    if (price >= best) continue
    const cost = difference(now, other, width, area, dy * width + dx, (best - price) * pixels) / pixels + price
    if (cost < best) [best, found] = [cost, { dx, dy }]
  }
  return found
}

/**
 * The offset of every block, rows from the top: pixel i of `now` is pixel i + offset of `other`. Searched at half size
 * first, ±8 pixels there, then refined around what was found there, around standing still and around the neighbours.
 */
export function motionBetween(now: Uint8Array, other: Uint8Array, size: FrameSize): Int32Array {
  const columns = Math.ceil(size.width / blockSide)
  const offsets = new Int32Array(columns * Math.ceil(size.height / blockSide))
  if (Math.min(size.width, size.height) < leastHalved) {
    for (let n = 0; n < offsets.length; n++) offsets[n] = matchBlock(now, other, size, areaOf(n, columns, size))
    return offsets
  }
  const [small, smallOther] = [halved(now, size), halved(other, size)]
  const smallColumns = Math.ceil(small.size.width / blockSide)
  const smallRows = Math.ceil(small.size.height / blockSide)
  const coarse = Array.from({ length: smallColumns * smallRows }, (_, n): Vector => {
    const offset = matchBlock(small.luma, smallOther.luma, small.size, areaOf(n, smallColumns, small.size))
    const dy = Math.round(offset / small.size.width)
    return { dx: 2 * (offset - dy * small.size.width), dy: 2 * dy }
  })
  const vectors: Vector[] = []
  for (let n = 0; n < offsets.length; n++) {
    const column = n % columns
    const parent = coarse[Math.min(smallRows - 1, Math.floor(n / columns) >> 1) * smallColumns + Math.min(smallColumns - 1, column >> 1)] as Vector
    const candidates: Vector[] = [parent, { dx: 0, dy: 0 }]
    if (column > 0) candidates.push(vectors[n - 1] as Vector)
    if (n >= columns) candidates.push(vectors[n - columns] as Vector)
    const area = areaOf(n, columns, size)
    const start = bestOf(candidates, now, other, size, area)
    const around = [start]
    for (let dy = -1; dy <= 1; dy++) for (let dx = -1; dx <= 1; dx++) if (dx !== 0 || dy !== 0) around.push({ dx: start.dx + dx, dy: start.dy + dy })
    const found = bestOf(around, now, other, size, area)
    vectors.push(found)
    offsets[n] = found.dy * size.width + found.dx
  }
  return offsets
}

/** The offset of every block from one frame to another one, as `motionBetween` finds it. */
export type Motion = (now: Uint8Array, other: Uint8Array) => Int32Array

/** Motion that is searched once for each two frames, for as long as both are held. */
export function rememberedMotion(size: FrameSize): Motion {
  const known = new WeakMap<Uint8Array, WeakMap<Uint8Array, Int32Array>>()
  return (now, other) => {
    const ofNow = known.get(now) ?? new WeakMap<Uint8Array, Int32Array>()
    const found = ofNow.get(other) ?? motionBetween(now, other, size)
    ofNow.set(other, found)
    known.set(now, ofNow)
    return found
  }
}
