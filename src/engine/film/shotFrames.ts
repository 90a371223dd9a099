import type { ClipReference } from '../../contract/clips.ts'
import type { Anchor } from '../../core/film/anchors.ts'
import type { Chroma } from '../../core/film/chroma.ts'
import { isAsked, type Span } from '../../core/film/chunks.ts'
import type { LookOf } from '../../core/film/looks.ts'
import { rememberedMotion, type FrameSize, type Motion } from '../../core/film/motion.ts'
import { RepeatFinder } from '../../core/film/repeats.ts'
import { resample } from '../models/resample.ts'
import type { TaskContext } from '../workers/context.ts'
import type { Colorist } from './colorist.ts'
import type { Footage } from './luma.ts'
import type { LumaReader } from './lumaReader.ts'
import type { LumaStore } from './storedLuma.ts'
import type { Manifest } from './workFolder.ts'

/** The model looks at every so many frames; between them colour is carried along the motion. */
const askedEvery = 4

/** What the colours of a film are made of. */
export interface Coloring {
  readonly task: TaskContext
  readonly footage: Footage
  /** Where small luma may have been put by. */
  readonly store: LumaStore
  readonly colorist: Colorist
  readonly plan: Manifest
  readonly lookOf: LookOf
  readonly references: readonly ClipReference[]
}

function fitted(luma: Uint8Array, from: FrameSize, to: FrameSize): Uint8Array {
  if (from.width === to.width && from.height === to.height) return luma
  return Uint8Array.from(resample({ ...from, data: Float32Array.from(luma) }, to.width, to.height).data, Math.round)
}

/** Frames of a shot for which something was settled, by hints or as a reference, ascending. */
export function settledFrames({ lookOf, references }: Coloring, shot: Span): number[] {
  const hinted = lookOf(shot.from).params.hints.flatMap(({ frame }) => frame ?? [])
  const frames = [...hinted, ...references.map(({ frame }) => frame)].filter((frame) => frame >= shot.from && frame < shot.to)
  return [...new Set(frames)].sort((a, b) => a - b)
}

/** What is known of a frame. */
interface Known {
  /** At the size that is worked on. */
  readonly luma: Uint8Array
  /** As the model is given it; null once it was, or where it will not be. */
  seen: Uint8Array | null
  /** The model's colours. */
  color: Chroma | null
}

/** Frames of a shot as pictures: those that repeat the one before are one picture. */
export interface Pictures {
  readonly luma: Uint8Array[]
  /** The model's colours of those that it was asked for. */
  readonly colors: (Chroma | null)[]
  /** Of each picture its first frame. */
  readonly first: number[]
  /** The picture that a frame shows. */
  of(frame: number): number
}

/**
 * What is known of the frames of one shot, while its parts are coloured one after the other: each is decoded once, the
 * model is asked once, motion is searched once, however many parts and bridges they serve. What a window of frames gives
 * does not depend on what was looked at before.
 */
export class ShotFrames {
  readonly shot: Span
  readonly motion: Motion
  readonly #coloring: Coloring
  readonly #reader: LumaReader
  readonly #every: number
  readonly #factor: number | null
  /** Size of what is read: as much as the model looks at. */
  readonly #size: FrameSize
  readonly #settled: ReadonlySet<number>
  readonly #known = new Map<number, Known>()
  readonly #anchors = new Map<number, Anchor[]>()

  constructor(coloring: Coloring, shot: Span, reader: LumaReader) {
    const { colorist, plan, lookOf } = coloring
    this.shot = shot
    this.motion = rememberedMotion(colorist.size)
    this.#coloring = coloring
    this.#reader = reader
    this.#every = lookOf(shot.from).steady === 0 ? 1 : askedEvery
    this.#factor = plan.shots.find(({ from }) => from === shot.from)?.factor ?? null
    this.#size = colorist.sizeFor(this.#factor)
    this.#settled = new Set(settledFrames(coloring, shot))
  }

  /** Forgets what no later part of the shot needs. @param from the first frame that is still needed; `asked`: from which on the model's answers are */
  forget(from: number, asked: number): void {
    for (const [n, known] of this.#known) {
      if (n < from) this.#known.delete(n)
      else if (n < asked) known.seen = known.color = null
    }
    for (const n of this.#anchors.keys()) if (n < from) this.#anchors.delete(n)
  }

  async #frame(n: number): Promise<Known> {
    const there = this.#known.get(n)
    if (there) return there
    const { colorist, task } = this.#coloring
    await task.pause()
    const seen = await this.#reader.frame(n, this.#size)
    const shownToModel = this.#settled.has(n) || isAsked(n, this.shot, this.#every)
    const known: Known = { luma: fitted(seen, this.#size, colorist.size), seen: shownToModel ? seen : null, color: null }
    this.#known.set(n, known)
    return known
  }

  async #color(known: Known): Promise<Chroma> {
    const { colorist, lookOf } = this.#coloring
    known.color ??= await colorist.colorsOf(known.seen as Uint8Array, this.#size, this.#factor, lookOf(this.shot.from).params)
    known.seen = null
    return known.color
  }

  /** The pictures of a window. @param ask whether the model is asked for colours */
  async pictures({ from, to }: Span, ask: boolean): Promise<Pictures> {
    const repeats = new RepeatFinder(this.#coloring.colorist.size)
    const [luma, colors, first]: [Uint8Array[], (Chroma | null)[], number[]] = [[], [], []]
    const shown: number[] = []
    for (let n = from; n < to; n++) {
      const known = await this.#frame(n)
      if (!repeats.push(known.luma)) {
        luma.push(known.luma)
        colors.push(null)
        first.push(n)
      }
      const picture = luma.length - 1
      if (ask && isAsked(n, this.shot, this.#every)) colors[picture] ??= await this.#color(known)
      shown.push(picture)
    }
    return { luma, colors, first, of: (frame) => shown[frame - from] as number }
  }

  /** What hints and references settle at a frame, a later one over an earlier one. */
  async anchorsAt(frame: number): Promise<Anchor[]> {
    const there = this.#anchors.get(frame)
    if (there) return there
    const { colorist, lookOf, references } = this.#coloring
    const { params } = lookOf(this.shot.from)
    const anchors = await Promise.all(references.filter((reference) => reference.frame === frame).map(({ path }) => colorist.referenceOf(path)))
    const hints = params.hints.filter((hint) => hint.frame === frame)
    const { seen } = await this.#frame(frame)
    if (seen && hints.length > 0) anchors.push(await colorist.hinted(seen, this.#size, this.#factor, params, hints))
    this.#anchors.set(frame, anchors)
    return anchors
  }
}
