/**
 * Colour that holds still over a shot, without a network: the mean colour of each coloured frame is brought to the
 * running median of its neighbours (a tint that comes and goes is the model's, not the scene's), then colour is
 * carried along the motion from both ends of the shot and averaged, as far as luma says it is the same thing.
 */
import { Carried, joinWays, noChroma, WayForth, type Shift, type WayRoom } from './carried.ts'
import type { Chroma } from './chroma.ts'
import { blockSide, type FrameSize, type Motion } from './motion.ts'

/** One shot: small luma of every frame, and the model's colour of those frames that it was asked for. */
export interface Shot {
  readonly size: FrameSize
  /** 8-bit luma, rows from the top. */
  readonly luma: readonly Uint8Array[]
  /** As many as luma; null where the model was not asked. At least one frame has colour. */
  readonly colors: readonly (Chroma | null)[]
  readonly motion: Motion
  /** Used by one shot at a time. */
  readonly room: WayRoom
}

/** Frames on either side whose mean colours make the running median. */
export const medianReach = 24
/** Share of the colour carried on, at full strength. */
const memory = 0.92
/** Difference of luma at which the trust in a match falls to 1/e; larger where the film is grainy. Measured with `npm run soak flicker`: narrower flickers more, and errs no less. */
const leastTolerance = 56
const toleranceOfGrain = 3

/** Mean of a plane's samples, in their own units. */
export function mean(plane: Float32Array | Uint8Array): number {
  let sum = 0
  for (const value of plane) sum += value
  return sum / plane.length
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

/** Shifts that bring the mean of each coloured frame towards the running median, by `strength` of its distance. */
function meanLocks(colors: readonly (Chroma | null)[], strength: number): (Shift | null)[] {
  const means = colors.map((color) => color && { u: mean(color.u), v: mean(color.v) })
  return means.map((own, t) => {
    if (!own) return null
    const around = means.slice(Math.max(0, t - medianReach), t + medianReach + 1).filter((each) => each !== null)
    const shift = (key: 'u' | 'v'): number => strength * (median(around.map((each) => each[key])) - own[key])
    return { u: shift('u'), v: shift('v') }
  })
}

/** exp(−(e/τ)²) for every difference of 8-bit luma. */
const trustTable = (tolerance: number): Float32Array => Float32Array.from({ length: 256 }, (_, e) => Math.exp(-((e / tolerance) ** 2)))

/**
 * Counts |difference| of luma along the motion, exposure aside.
 * @param change whole steps by which the frame is lighter than its neighbour: exposure that pumps says nothing of what is seen
 * @param counts 256 of them, added to
 */
export function countDifferences(size: FrameSize, now: Uint8Array, other: Uint8Array, offsets: Int32Array, change: number, counts: Float64Array): void {
  const columns = Math.ceil(size.width / blockSide)
  for (let y = 0, i = 0; y < size.height; y++) {
    const row = Math.floor(y / blockSide) * columns
    for (let x = 0; x < size.width; x++, i++) {
      const e = Math.min(255, Math.abs((now[i] as number) - (other[i + (offsets[row + (x >> 3)] as number)] as number) - change))
      counts[e] = (counts[e] as number) + 1
    }
  }
}

/**
 * Difference of luma at which the trust in a match falls to 1/e, from the differences that there were.
 * @param least where there is no grain
 */
export function toleranceOf(counts: Float64Array, least: number): number {
  const half = counts.reduce((sum, count) => sum + count, 0) / 2
  let sum = 0
  const grain = counts.findIndex((count) => (sum += count) > half)
  return Math.max(least, toleranceOfGrain * grain)
}

/**
 * Steadies the colours of one shot and gives every frame its own. Calls `give` for each frame, from the last to the
 * first, with its motion to the frame after it; yields between frames. Given colour may be changed; it stands until the
 * frame after the next is given.
 * @param strength 0…1: 0 leaves coloured frames as they are and carries colour only to those without
 */
export function* steadyShot(shot: Shot, strength: number, give: (frame: number, color: Chroma, toNext: Int32Array | null) => void): Generator<void, void> {
  const { size, luma, colors, motion, room } = shot
  const shifts = meanLocks(colors, strength)
  const keep = memory * strength
  const means = luma.map(mean)
  const lighter = (t: number, other: number): number => Math.round((means[t] ?? 0) - (means[other] ?? 0))
  const forward: (Int32Array | null)[] = [null]
  const counts = new Float64Array(256)
  for (let t = 1; t < luma.length; t++) {
    const offsets = motion(luma[t] as Uint8Array, luma[t - 1] as Uint8Array)
    countDifferences(size, luma[t] as Uint8Array, luma[t - 1] as Uint8Array, offsets, lighter(t, t - 1), counts)
    forward.push(offsets)
    yield
  }
  const trustOf = trustTable(toleranceOf(counts, leastTolerance))
  const mixIn = (carried: Carried, t: number): void => {
    const [color, shift] = [colors[t], shifts[t]]
    if (color && shift) carried.mix(color, shift, keep)
  }
  const forth = new WayForth(room, (carried, t) => {
    carried.move(luma[t] as Uint8Array, luma[t - 1] ?? null, forward[t] ?? null, lighter(t, t - 1), trustOf)
    mixIn(carried, t)
  })
  for (let t = 0; t < luma.length; t++) {
    forth.go(t)
    yield
  }
  const back = new Carried(size)
  const given = [noChroma(size), noChroma(size)] as const
  for (let t = luma.length - 1; t >= 0; t--) {
    const next = luma[t + 1] ?? null
    const offsets = next && motion(luma[t] as Uint8Array, next)
    back.move(luma[t] as Uint8Array, next, offsets, lighter(t, t + 1), trustOf)
    mixIn(back, t)
    const color = given[t % 2 === 0 ? 0 : 1]
    joinWays(forth.meet(t), back, color)
    give(t, color, offsets)
    yield
  }
}

/** How far, in 8-bit steps, a sample may be from its colour before it changes from one frame to the next. */
const roundingPlay = 0.65

/**
 * 8-bit planes of U and V, one after the other. A sample keeps the value that it has in the neighbouring frame as long as
 * that is hardly farther from its colour than rounding would be: rounded by itself, it would flicker between two values.
 * @param neighbour planes of the neighbouring frame, and the motion to it
 */
export function steadyPicture({ u, v }: Chroma, { width, height }: FrameSize, neighbour: Uint8Array | null, offsets: Int32Array | null): Uint8Array {
  const count = width * height
  const columns = Math.ceil(width / blockSide)
  const picture = new Uint8Array(2 * count)
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.floor(y / blockSide) * columns
    for (let x = 0; x < width; x++, i++) {
      const from = offsets ? i + (offsets[row + (x >> 3)] as number) : i
      for (let plane = 0; plane < 2; plane++) {
        const wanted = Math.min(255, Math.max(0, 128 + ((plane === 0 ? u : v)[i] as number)))
        const other = neighbour && offsets ? (neighbour[plane * count + from] as number) : -2
        picture[plane * count + i] = Math.abs(wanted - other) <= roundingPlay ? other : Math.round(wanted)
      }
    }
  }
  return picture
}
