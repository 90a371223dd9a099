/** Colour that is carried along the motion from frame to frame, and the way that it went, kept in little room. */
import type { Chroma } from './chroma.ts'
import { blockSide, type FrameSize } from './motion.ts'

/** What is carried across several frames without new colour never loses all weight: it may be all there is. */
const leastTrust = 1 / 4096

/** What is added to all of a frame's colour. */
export interface Shift {
  readonly u: number
  readonly v: number
}

/** Colour that came to a frame, and how far it is to be trusted at each pixel (1: as new). */
interface State extends Chroma {
  readonly trust: Float32Array
  /** Nothing was given yet. */
  empty: boolean
}

/** No colour yet, for a frame of a size. */
export const noChroma = ({ width, height }: FrameSize): Chroma => ({ u: new Float32Array(width * height), v: new Float32Array(width * height) })

const noState = (size: FrameSize): State => ({ ...noChroma(size), trust: new Float32Array(size.width * size.height), empty: true })

function copyState(from: State, to: State): void {
  to.u.set(from.u)
  to.v.set(from.v)
  to.trust.set(from.trust)
  to.empty = from.empty
}

/** Colour on its way through the shot. */
export class Carried implements State {
  readonly u: Float32Array
  readonly v: Float32Array
  readonly trust: Float32Array
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

/** Frames between the states that are kept of a way. With as many of a stretch of it, 250 frames take the room of 32. */
const stretch = 16

/** What ways through shots of one size hold, one way after the other: else each frame would leave half a megabyte behind. */
export class WayRoom {
  readonly size: FrameSize
  /** Before the first frame of each stretch. */
  readonly kept: State[] = []
  /** After each frame of the stretch that is being met, as far as they were not met yet. */
  readonly stretch: State[] = []

  constructor(size: FrameSize) {
    this.size = size
  }
}

/**
 * The way forth through a shot, of which every frame is met once more on the way back: it is gone again, a stretch at a
 * time.
 */
export class WayForth {
  readonly #room: WayRoom
  readonly #step: (carried: Carried, frame: number) => void
  readonly #carried: Carried
  #left = 0

  /**
   * @param room no other way may be under way in it
   * @param step takes what was carried on to a frame, from the one before it
   */
  constructor(room: WayRoom, step: (carried: Carried, frame: number) => void) {
    this.#room = room
    this.#carried = new Carried(room.size)
    this.#step = step
  }

  #keep(list: State[], at: number): void {
    const state = (list[at] ??= noState(this.#room.size))
    copyState(this.#carried, state)
  }

  /** Goes on to the next frame, which is this one, from 0. */
  go(frame: number): void {
    if (frame % stretch === 0) this.#keep(this.#room.kept, frame / stretch)
    this.#step(this.#carried, frame)
  }

  /** What had come to a frame, until the next one is met. Frames are met from the last to the first, each once. */
  meet(frame: number): State {
    if (this.#left === 0) {
      const first = frame - (frame % stretch)
      copyState(this.#room.kept[first / stretch] as State, this.#carried)
      for (let t = first; t <= frame; t++) {
        this.#step(this.#carried, t)
        this.#keep(this.#room.stretch, this.#left++)
      }
    }
    return this.#room.stretch[--this.#left] as State
  }
}

/** What came forth and what came back to one frame, each as far as it is to be trusted. @param into where it is put */
export function joinWays(forth: State, back: State, into: Chroma): void {
  const { u, v } = into
  u.set(back.u)
  v.set(back.v)
  if (forth.empty) return
  for (let i = 0; i < u.length; i++) {
    const forthTrust = forth.trust[i] as number
    const share = back.empty ? 1 : forthTrust / (forthTrust + (back.trust[i] as number))
    u[i] = (u[i] as number) + share * ((forth.u[i] as number) - (u[i] as number))
    v[i] = (v[i] as number) + share * ((forth.v[i] as number) - (v[i] as number))
  }
}
