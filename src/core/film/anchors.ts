/**
 * Colours that a person settled at single frames (hints, a picture of the frame as it should be), carried along the
 * motion through the shot, forwards and backwards: they hold where luma still shows the same thing, and give way to
 * the model's where it does not, or where something new has come in.
 */
import { fine, type Chroma, type StoredChroma } from './chroma.ts'
import { blockSide, motionBetween, type FrameSize } from './motion.ts'
import { countDifferences, mean, toleranceOf } from './steady.ts'

/** What a person settled at one frame. */
export interface Anchor {
  readonly color: Chroma
  /** 0…1 at each pixel: how far the colour was settled there. */
  readonly weight: Float32Array
}

export interface AnchoredShot {
  readonly size: FrameSize
  /** 8-bit luma of every frame from the first anchor (or `from`) to the last (or `to`). */
  readonly luma: readonly Uint8Array[]
  /** By place in `luma`; where there are several at a frame, later ones lie over earlier ones. */
  readonly anchors: ReadonlyMap<number, readonly Anchor[]>
  /** Places whose colours are wanted: [from, to). */
  readonly from: number
  readonly to: number
}

/** Trust below which the model's colour stands, and above which the settled one does; between them they mix. */
const [leastTrust, fullTrust] = [0.2, 0.5]
/** Narrower than for the model's colours: what a person settled is meant for one thing. */
const leastTolerance = 16
/** Steps of luma by which a pixel must fit better along the motion of its block than where it stands. */
const standing = 2

/** Settled colour of one frame, and its share at each pixel (0…255). */
export interface Settled extends StoredChroma {
  readonly share: Uint8Array
}

/** Settled colour on its way through the shot in one direction. */
class Trail {
  readonly u: Float32Array
  readonly v: Float32Array
  /** 0…1: how far the colour was settled, and as far as every match on the way was good. */
  readonly trust: Float32Array
  /** Frames since it was settled. */
  readonly age: Float32Array
  /** Luma where it was settled, less the mean of that frame: exposure may pump. */
  readonly #seen: Float32Array
  readonly #size: FrameSize
  readonly #spare: readonly Float32Array[]
  /** Nothing was settled yet. */
  empty = true

  constructor(size: FrameSize) {
    const plane = (): Float32Array => new Float32Array(size.width * size.height)
    this.#size = size
    this.u = plane()
    this.v = plane()
    this.trust = plane()
    this.age = plane()
    this.#seen = plane()
    this.#spare = Array.from({ length: 5 }, plane)
  }

  /** Moves on to the frame `now` from its neighbour `other`. */
  move(now: Uint8Array, other: Uint8Array): void {
    if (this.empty) return
    const { width, height } = this.#size
    const offsets = motionBetween(now, other, this.#size)
    const counts = new Float64Array(256)
    const level = mean(now)
    const change = level - mean(other)
    countDifferences(this.#size, now, other, offsets, Math.round(change), counts)
    const tolerance = toleranceOf(counts, leastTolerance)
    const planes = [this.u, this.v, this.trust, this.age, this.#seen]
    for (const [p, plane] of planes.entries()) (this.#spare[p] as Float32Array).set(plane)
    const [u, v, trust, age, seen] = this.#spare as [Float32Array, Float32Array, Float32Array, Float32Array, Float32Array]
    const columns = Math.ceil(width / blockSide)
    for (let y = 0, i = 0; y < height; y++) {
      const row = Math.floor(y / blockSide) * columns
      for (let x = 0; x < width; x++, i++) {
        const moved = i + (offsets[row + (x >> 3)] as number)
        const along = Math.abs((now[i] as number) - (other[moved] as number) - change)
        const still = Math.abs((now[i] as number) - (other[i] as number) - change)
        // A block with a moving edge in it also holds pixels that stand still: they are not to be taken along.
        const from = still <= along + standing ? i : moved
        const step = from === i ? still : along
        const drift = Math.abs((now[i] as number) - level - (seen[from] as number))
        this.u[i] = u[from] as number
        this.v[i] = v[from] as number
        this.#seen[i] = seen[from] as number
        this.age[i] = (age[from] as number) + 1
        // What matches well loses nothing, however long the shot.
        this.trust[i] = (trust[from] as number) * lasting(step, tolerance) * lasting(drift, 2 * tolerance)
      }
    }
  }

  /** Lays what was settled at this frame over what was carried here. */
  settle({ color, weight }: Anchor, luma: Uint8Array): void {
    const level = mean(luma)
    for (let i = 0; i < weight.length; i++) {
      const own = weight[i] as number
      if (own === 0) continue
      const rest = (1 - own) * (this.trust[i] as number)
      const share = own / (own + rest)
      this.u[i] = (this.u[i] as number) + share * ((color.u[i] as number) - (this.u[i] as number))
      this.v[i] = (this.v[i] as number) + share * ((color.v[i] as number) - (this.v[i] as number))
      this.trust[i] = own + rest
      if (share < 0.5) continue
      this.age[i] = 0
      this.#seen[i] = (luma[i] as number) - level
    }
    this.empty = false
  }
}

/** 1 up to half the tolerance, then falling to 1/e within another half. */
function lasting(difference: number, tolerance: number): number {
  const beyond = difference - tolerance / 2
  return beyond <= 0 ? 1 : Math.exp(-((beyond / (tolerance / 2)) ** 2))
}

interface Passed extends Settled {
  /** Weight of the colour that was carried forwards. */
  readonly weight: Float32Array
}

function passed({ u, v, trust, age }: Trail): Passed {
  const count = u.length
  const made: Passed = { u: new Int16Array(count), v: new Int16Array(count), share: new Uint8Array(count), weight: new Float32Array(count) }
  for (let i = 0; i < count; i++) {
    made.u[i] = Math.round((u[i] as number) * fine)
    made.v[i] = Math.round((v[i] as number) * fine)
    made.share[i] = shareOf(trust[i] as number)
    made.weight[i] = (trust[i] as number) / (1 + (age[i] as number))
  }
  return made
}

const shareOf = (trust: number): number => Math.round(255 * Math.min(1, Math.max(0, (trust - leastTrust) / (fullTrust - leastTrust))))

/** Brings what came backwards to what came forwards: the nearer in time counts more. */
function met(forth: Passed | null, back: Trail): Settled | null {
  if (back.empty) return forth
  const { u, v, share, weight } = forth ?? passed(back)
  if (!forth) return { u, v, share }
  for (let i = 0; i < u.length; i++) {
    const other = (back.trust[i] as number) / (1 + (back.age[i] as number))
    const sum = other + (weight[i] as number)
    if (sum === 0) continue
    const part = other / sum
    u[i] = Math.round((u[i] as number) + part * ((back.u[i] as number) * fine - (u[i] as number)))
    v[i] = Math.round((v[i] as number) + part * ((back.v[i] as number) * fine - (v[i] as number)))
    share[i] = Math.max(share[i] as number, shareOf(back.trust[i] as number))
  }
  return { u, v, share }
}

/** Settled colours of the wanted frames, in order; null where none reaches. Yields between frames. */
export function* carryAnchors({ size, luma, anchors, from, to }: AnchoredShot): Generator<void, (Settled | null)[]> {
  const settle = (trail: Trail, t: number): void => {
    for (const anchor of anchors.get(t) ?? []) trail.settle(anchor, luma[t] as Uint8Array)
  }
  const way: (Passed | null)[] = []
  const forth = new Trail(size)
  for (let t = 0; t < to; t++) {
    if (t > 0) forth.move(luma[t] as Uint8Array, luma[t - 1] as Uint8Array)
    settle(forth, t)
    if (t >= from) way.push(forth.empty ? null : passed(forth))
    yield
  }
  const found: (Settled | null)[] = []
  const back = new Trail(size)
  for (let t = luma.length - 1; t >= from; t--) {
    if (t < luma.length - 1) back.move(luma[t] as Uint8Array, luma[t + 1] as Uint8Array)
    settle(back, t)
    if (t < to) found[t - from] = met(way.pop() ?? null, back)
    yield
  }
  return found
}

/** A frame's own colour with what was settled over it. */
export function withSettled(color: Chroma, settled: Settled | null): Chroma {
  if (!settled) return color
  const mixed = (own: Float32Array, over: Int16Array): Float32Array => own.map((value, i) => value + ((settled.share[i] as number) / 255) * ((over[i] as number) / fine - value))
  return { u: mixed(color.u, settled.u), v: mixed(color.v, settled.v) }
}
