import type { ShotReport } from '../../contract/clips.ts'
import { carryAnchors, withSettled, type Anchor, type Settled } from '../../core/film/anchors.ts'
import { WayRoom } from '../../core/film/carried.ts'
import { mixStored, storedChroma, type Chroma, type StoredChroma } from '../../core/film/chroma.ts'
import { bridgeOver, bridgeShare, segmentsOf, type Segment, type Span } from '../../core/film/chunks.ts'
import { FlickerMeter } from '../../core/film/flicker.ts'
import { steadyPicture, steadyShot } from '../../core/film/steady.ts'
import type { ChunkColors } from './chunkWriter.ts'
import { LumaReader } from './lumaReader.ts'
import { threadsBesideOthers } from './ranges.ts'
import { settledFrames, ShotFrames, type Coloring, type Pictures } from './shotFrames.ts'

/** Frames of one shot over which a settled colour is carried: a minute, of which luma at hand takes 55 MB. */
const farthestAnchor = 1500

export interface ColorsOfChunk extends ChunkColors {
  readonly shots: readonly ShotReport[]
  /** Frames that repeat the picture before them. */
  readonly repeated: number
}

/** Colours of the frames around a cut within a shot, by frame number. */
interface Bridge {
  readonly cut: number
  readonly colors: ReadonlyMap<number, StoredChroma>
}

/**
 * Colours of the chunks of a film, asked for one after the other. Those of one chunk are the same whichever others were
 * asked for before: a film that was interrupted becomes the same film.
 */
export class FilmColors {
  readonly #coloring: Coloring
  readonly #reader: LumaReader
  readonly #room: WayRoom
  #frames: ShotFrames | null = null
  #bridge: Bridge | null = null

  constructor(coloring: Coloring, signal: AbortSignal) {
    const { colorist, footage, plan, store } = coloring
    this.#coloring = coloring
    this.#room = new WayRoom(colorist.size)
    this.#reader = new LumaReader({ ...footage, threads: threadsBesideOthers(footage.threads) }, { from: plan.shots[0]?.from ?? 0, to: plan.shots.at(-1)?.to ?? 0 }, store, signal)
  }

  /** Ends what still reads the film. */
  close(): Promise<void> {
    return this.#reader.close()
  }

  /** Colours of all frames of a chunk, steady within each shot, and without a jump where a shot goes on in the next chunk. */
  async of(chunk: Span): Promise<ColorsOfChunk> {
    const { colorist, plan } = this.#coloring
    const frames: Uint8Array[] = []
    const shots: ShotReport[] = []
    let repeated = 0
    for (const segment of segmentsOf(chunk, plan.shots)) {
      const { wanted } = segment
      const { pictures, made, flicker } = await this.#segment(segment)
      for (let n = wanted.from; n < wanted.to; n++) frames[n - chunk.from] = made.get(pictures.of(n)) as Uint8Array
      shots.push({ ...wanted, flicker })
      repeated += wanted.to - wanted.from - made.size
    }
    return { size: colorist.size, frames, shots, repeated }
  }

  async #segment(segment: Segment): Promise<{ pictures: Pictures; made: ReadonlyMap<number, Uint8Array>; flicker: number }> {
    const { colorist } = this.#coloring
    const { shot, read, wanted, cuts } = segment
    if (this.#frames?.shot.from !== shot.from) {
      this.#frames = new ShotFrames(this.#coloring, shot, this.#reader)
      this.#bridge = null
    }
    const frames = this.#frames
    const settledAt = this.#settledFrames(segment)
    frames.forget(Math.min(read.from, settledAt[0] ?? read.from), read.from)
    const settled = await this.#carried(frames, settledAt, segment)
    const pictures = await frames.pictures(read, true)
    const bridges: Bridge[] = []
    for (const cut of cuts) bridges.push(await this.#bridgeAt(frames, cut))
    const given = { from: pictures.of(wanted.from), to: pictures.of(wanted.to - 1) + 1 }
    const meter = new FlickerMeter(colorist.size)
    const made = new Map<number, Uint8Array>()
    await this.#steady(frames, pictures, (picture, color, toNext) => {
      if (picture < given.from || picture >= given.to) return
      const frame = Math.max(wanted.from, pictures.first[picture] as number)
      for (const { cut, colors } of bridges) {
        const bridge = colors.get(frame)
        if (bridge) mixStored(color, bridge, bridgeShare(frame, cut))
      }
      const whole = withSettled(color, settled(frame))
      meter.push(pictures.luma[picture] as Uint8Array, whole, picture + 1 < given.to ? toNext : null)
      made.set(picture, steadyPicture(whole, colorist.size, made.get(picture + 1) ?? null, toNext))
    })
    return { pictures, made, flicker: meter.result().percent }
  }

  /** Steadies pictures that follow one another, from the last to the first. */
  async #steady({ shot, motion }: ShotFrames, { luma, colors }: Pictures, give: (picture: number, color: Chroma, toNext: Int32Array | null) => void): Promise<void> {
    const { task, colorist, lookOf } = this.#coloring
    const steps = steadyShot({ size: colorist.size, luma, colors, motion, room: this.#room }, lookOf(shot.from).steady, give)
    while (steps.next().done !== true) await task.pause()
  }

  /** The bridge over a cut; the part after it needs the same as the one before. */
  async #bridgeAt(frames: ShotFrames, cut: number): Promise<Bridge> {
    if (this.#bridge?.cut === cut) return this.#bridge
    const window = bridgeOver(cut, frames.shot)
    const pictures = await frames.pictures(window, true)
    const made: StoredChroma[] = []
    await this.#steady(frames, pictures, (picture, color) => void (made[picture] = storedChroma(color)))
    const colors = new Map<number, StoredChroma>()
    for (let n = window.from; n < window.to; n++) colors.set(n, made[pictures.of(n)] as StoredChroma)
    return (this.#bridge = { cut, colors })
  }

  /** Frames of a shot for which something was settled, as far as they matter for a segment, ascending. */
  #settledFrames({ shot, read }: Segment): number[] {
    const inReach = (frame: number): boolean => frame >= Math.max(shot.from, read.from - farthestAnchor) && frame < Math.min(shot.to, read.to + farthestAnchor)
    return settledFrames(this.#coloring, shot).filter(inReach)
  }

  /** What was settled, carried to the wanted frames of a segment: by frame, null where nothing reaches. */
  async #carried(frames: ShotFrames, settledAt: readonly number[], { read, wanted }: Segment): Promise<(frame: number) => Settled | null> {
    if (settledAt.length === 0) return () => null
    const { task, colorist } = this.#coloring
    const pictures = await frames.pictures({ from: Math.min(read.from, settledAt[0] as number), to: Math.max(read.to, (settledAt.at(-1) as number) + 1) }, false)
    const anchors = new Map<number, Anchor[]>()
    for (const frame of settledAt) anchors.set(pictures.of(frame), [...(anchors.get(pictures.of(frame)) ?? []), ...(await frames.anchorsAt(frame))])
    const from = pictures.of(wanted.from)
    const steps = carryAnchors({ size: colorist.size, luma: pictures.luma, anchors, from, to: pictures.of(wanted.to - 1) + 1 })
    for (;;) {
      const step = steps.next()
      if (step.done) return (frame) => step.value[pictures.of(frame) - from] ?? null
      await task.pause()
    }
  }
}
