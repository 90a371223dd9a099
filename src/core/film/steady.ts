/**
 * Colour that holds still over a shot, without a network: the mean colour of each coloured frame is brought to the
 * running median of its neighbours (a tint that comes and goes is the model's, not the scene's), then colour is
 * carried along the motion from both ends of the shot and averaged, as far as luma says it is the same thing.
 */
import { blockSide, motionBetween, type FrameSize } from './motion.ts'

/** Colour of one frame: U and V in 8-bit steps around 0, one value for each pixel of the frame. */
export interface Chroma {
  readonly u: Float32Array
  readonly v: Float32Array
}

/** One shot: small luma of every frame, and the model's colour of those frames that it was asked for. */
export interface Shot {
  readonly size: FrameSize
  /** 8-bit luma, rows from the top. */
  readonly luma: readonly Uint8Array[]
  /** As many as luma; null where the model was not asked. At least one frame has colour. */
  readonly colors: readonly (Chroma | null)[]
}

/** Frames on either side whose mean colours make the running median. */
export const medianReach = 24
/** Share of the colour carried on, at full strength. */
const memory = 0.92
/** Difference of luma at which the trust in a match falls to 1/e; larger where the film is grainy. Measured with `npm run soak flicker`: narrower flickers more, and errs no less. */
const leastTolerance = 56
const toleranceOfGrain = 3
/** What is carried across several frames without new colour never loses all weight: it may be all there is. */
const leastTrust = 1 / 4096
/** Stored steps of colour for each 8-bit step. */
const fine = 64

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

/** What is added to all of a frame's colour. */
interface Shift {
  readonly u: number
  readonly v: number
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

/** Colour on its way through the shot, and how far it is to be trusted at each pixel (1: as new). */
class Carried {
  readonly u: Float32Array
  readonly v: Float32Array
  readonly trust: Float32Array
  /** Nothing was given yet. */
  empty = true
  readonly #size: FrameSize
  readonly #spare: readonly [Float32Array, Float32Array, Float32Array]

  constructor(size: FrameSize) {
    const plane = (): Float32Array => new Float32Array(size.width * size.height)
    this.#size = size
    this.u = plane()
    this.v = plane()
    this.trust = plane()
    this.#spare = [plane(), plane(), plane()]
  }

  /** Moves on to the frame `now` from the frame `other`, as far as the motion is known. @param change as in `countDifferences` */
  move(now: Uint8Array, other: Uint8Array | null, offsets: Int32Array | null, change: number, trustOf: Float32Array): void {
    if (!this.empty && other && offsets) this.#move(now, other, offsets, change, trustOf)
  }

  /** Mixes in new colour, moved by `shift`; `keep`: share of the old where it is trusted. */
  mix(color: Chroma, shift: Shift, keep: number): void {
    for (let i = 0; i < this.u.length; i++) {
      const share = this.empty ? 0 : keep * (this.trust[i] as number)
      const [u, v] = [(color.u[i] as number) + shift.u, (color.v[i] as number) + shift.v]
      this.u[i] = u + share * ((this.u[i] as number) - u)
      this.v[i] = v + share * ((this.v[i] as number) - v)
    }
    this.trust.fill(1)
    this.empty = false
  }

  #move(now: Uint8Array, other: Uint8Array, offsets: Int32Array, change: number, trustOf: Float32Array): void {
    const { width, height } = this.#size
    const columns = Math.ceil(width / blockSide)
    const [u, v, trust] = this.#spare
    for (let y = 0, i = 0; y < height; y++) {
      const row = Math.floor(y / blockSide) * columns
      for (let x = 0; x < width; x++, i++) {
        const from = i + (offsets[row + (x >> 3)] as number)
        const e = Math.min(255, Math.abs((now[i] as number) - (other[from] as number) - change))
        u[i] = this.u[from] as number
        v[i] = this.v[from] as number
        trust[i] = Math.max(leastTrust, (this.trust[from] as number) * (trustOf[e] as number))
      }
    }
    this.u.set(u)
    this.v.set(v)
    this.trust.set(trust)
  }
}

/** One frame of the way forth, kept until the way back meets it. */
interface Kept {
  readonly u: Int16Array
  readonly v: Int16Array
  readonly trust: Uint16Array
}

function kept({ u, v, trust, empty }: Carried): Kept | null {
  if (empty) return null
  const made: Kept = { u: new Int16Array(u.length), v: new Int16Array(u.length), trust: new Uint16Array(u.length) }
  for (let i = 0; i < u.length; i++) {
    made.u[i] = Math.round((u[i] as number) * fine)
    made.v[i] = Math.round((v[i] as number) * fine)
    made.trust[i] = Math.max(1, Math.round((trust[i] as number) * 4096))
  }
  return made
}

function met(forth: Kept | null, back: Carried): Chroma {
  const [u, v] = [Float32Array.from(back.u), Float32Array.from(back.v)]
  if (!forth) return { u, v }
  for (let i = 0; i < u.length; i++) {
    const forthTrust = (forth.trust[i] as number) / 4096
    const share = back.empty ? 1 : forthTrust / (forthTrust + (back.trust[i] as number))
    u[i] = (u[i] as number) + share * ((forth.u[i] as number) / fine - (u[i] as number))
    v[i] = (v[i] as number) + share * ((forth.v[i] as number) / fine - (v[i] as number))
  }
  return { u, v }
}

/**
 * Steadies the colours of one shot and gives every frame its own. Calls `give` for each frame, from the last to the
 * first, with its motion to the frame after it; yields between frames.
 * @param strength 0…1: 0 leaves coloured frames as they are and carries colour only to those without
 */
export function* steadyShot(shot: Shot, strength: number, give: (frame: number, color: Chroma, toNext: Int32Array | null) => void): Generator<void, void> {
  const { size, luma, colors } = shot
  const shifts = meanLocks(colors, strength)
  const keep = memory * strength
  const means = luma.map(mean)
  const lighter = (t: number, other: number): number => Math.round((means[t] ?? 0) - (means[other] ?? 0))
  const forward: (Int32Array | null)[] = [null]
  const counts = new Float64Array(256)
  for (let t = 1; t < luma.length; t++) {
    const offsets = motionBetween(luma[t] as Uint8Array, luma[t - 1] as Uint8Array, size)
    countDifferences(size, luma[t] as Uint8Array, luma[t - 1] as Uint8Array, offsets, lighter(t, t - 1), counts)
    forward.push(offsets)
    yield
  }
  const trustOf = trustTable(toleranceOf(counts, leastTolerance))
  const mixIn = (carried: Carried, t: number): void => {
    const [color, shift] = [colors[t], shifts[t]]
    if (color && shift) carried.mix(color, shift, keep)
  }
  const forth = new Carried(size)
  const way: (Kept | null)[] = []
  for (let t = 0; t < luma.length; t++) {
    forth.move(luma[t] as Uint8Array, luma[t - 1] ?? null, forward[t] ?? null, lighter(t, t - 1), trustOf)
    mixIn(forth, t)
    way.push(kept(forth))
    yield
  }
  const back = new Carried(size)
  for (let t = luma.length - 1; t >= 0; t--) {
    const next = luma[t + 1] ?? null
    const offsets = next && motionBetween(luma[t] as Uint8Array, next, size)
    back.move(luma[t] as Uint8Array, next, offsets, lighter(t, t + 1), trustOf)
    mixIn(back, t)
    give(t, met(way.pop() ?? null, back), offsets)
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
