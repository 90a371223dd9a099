import type { ClipReference, ShotReport } from '../../contract/clips.ts'
import { carryAnchors, withSettled, type Anchor, type Settled } from '../../core/film/anchors.ts'
import { isAsked, segmentsOf, type Segment, type Span } from '../../core/film/chunks.ts'
import { FlickerMeter } from '../../core/film/flicker.ts'
import type { LookOf } from '../../core/film/looks.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { RepeatFinder } from '../../core/film/repeats.ts'
import { steadyPicture, steadyShot, type Chroma } from '../../core/film/steady.ts'
import { resample } from '../models/resample.ts'
import type { TaskContext } from '../workers/context.ts'
import type { ChunkColors } from './chunkWriter.ts'
import type { Colorist } from './colorist.ts'
import { readLuma, type Footage } from './luma.ts'
import { threadsBesideOthers } from './ranges.ts'
import type { Manifest } from './workFolder.ts'

/** The model looks at every so many frames; between them colour is carried along the motion. */
const askedEvery = 4

/** Frames of one shot over which a settled colour is carried: a minute, of which luma at hand takes 55 MB. */
const farthestAnchor = 1500

export interface Coloring {
  readonly task: TaskContext
  readonly footage: Footage
  readonly colorist: Colorist
  readonly plan: Manifest
  readonly lookOf: LookOf
  readonly references: readonly ClipReference[]
}

function fitted(luma: Uint8Array, from: FrameSize, to: FrameSize): Uint8Array {
  if (from.width === to.width && from.height === to.height) return luma
  return Uint8Array.from(resample({ ...from, data: Float32Array.from(luma) }, to.width, to.height).data, Math.round)
}

/**
 * What was seen of a segment, from the first frame that settles something in it to the last, and those that are read
 * anyway. Frames that repeat a picture are one picture.
 */
interface Seen {
  /** Pictures, by frame number: places in `luma`. */
  readonly pictures: Map<number, number>
  readonly luma: Uint8Array[]
  /** The model's colours, by picture, of those that it was asked for. */
  readonly colors: Map<number, Chroma>
  /** What hints and references settle, by picture. */
  readonly anchors: Map<number, Anchor[]>
}

/** Frames of a shot for which something was settled, as far as they matter for a segment. */
function settledFrames({ lookOf, references }: Coloring, { shot, read }: Segment): number[] {
  const hinted = lookOf(shot.from).params.hints.flatMap(({ frame }) => frame ?? [])
  const inReach = (frame: number): boolean => frame >= Math.max(shot.from, read.from - farthestAnchor) && frame < Math.min(shot.to, read.to + farthestAnchor)
  return [...new Set([...hinted, ...references.map(({ frame }) => frame)])].filter(inReach).sort((a, b) => a - b)
}

/** Looks at a segment: reads its luma, asks the model. */
async function look(coloring: Coloring, segment: Segment, onFrame: (n: number) => void, signal: AbortSignal): Promise<Seen> {
  const { task, footage, colorist, plan, lookOf, references } = coloring
  const { shot, read } = segment
  const factor = plan.shots.find(({ from }) => from === shot.from)?.factor ?? null
  const { params, steady } = lookOf(shot.from)
  const size = colorist.sizeFor(factor)
  const every = steady === 0 ? 1 : askedEvery
  const settled = settledFrames(coloring, segment)
  const from = Math.min(read.from, settled[0] ?? read.from)
  const to = Math.max(read.to, (settled.at(-1) ?? 0) + 1)
  const seen: Seen = { pictures: new Map(), luma: [], colors: new Map(), anchors: new Map() }
  const repeats = new RepeatFinder(colorist.size)
  await readLuma({ ...footage, threads: threadsBesideOthers(footage.threads) }, { from, to }, size, async (n, frame) => {
    await task.pause()
    const luma = fitted(frame, size, colorist.size)
    if (!repeats.push(luma)) seen.luma.push(luma)
    const picture = seen.luma.length - 1
    seen.pictures.set(n, picture)
    if (n >= read.from && n < read.to && isAsked(n, shot, every) && !seen.colors.has(picture)) seen.colors.set(picture, await colorist.colorsOf(frame, size, factor, params))
    if (settled.includes(n)) {
      const anchors = await Promise.all(references.filter((reference) => reference.frame === n).map(({ path }) => colorist.referenceOf(path)))
      const hints = params.hints.filter((hint) => hint.frame === n)
      if (hints.length > 0) anchors.push(await colorist.hinted(frame, size, factor, params, hints))
      seen.anchors.set(picture, [...(seen.anchors.get(picture) ?? []), ...anchors])
    }
    onFrame(n)
  }, signal)
  return seen
}

/** Pictures of some frames, [from, to). */
const picturesOf = ({ pictures }: Seen, { from, to }: Span): Span => ({ from: pictures.get(from) as number, to: (pictures.get(to - 1) as number) + 1 })

/** Settled colours of the wanted pictures of a segment; none where nothing was settled. */
async function carried({ task, colorist }: Coloring, wanted: Span, { luma, anchors }: Seen): Promise<(Settled | null)[]> {
  if (anchors.size === 0) return []
  const steps = carryAnchors({ size: colorist.size, luma, anchors, ...wanted })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await task.pause()
  }
}

export interface ColorsOfChunk extends ChunkColors {
  readonly shots: readonly ShotReport[]
  /** Frames that repeat the picture before them. */
  readonly repeated: number
}

/** Colours of all frames of a chunk, steady within each shot. */
export async function colorsOfChunk(coloring: Coloring, chunk: Span, onProgress: (done: number) => void, signal: AbortSignal): Promise<ColorsOfChunk> {
  const { task, colorist, plan, lookOf } = coloring
  const frames: Uint8Array[] = []
  const shots: ShotReport[] = []
  const segments = segmentsOf(chunk, plan.shots)
  const all = segments.reduce((sum, { read }) => sum + read.to - read.from, 0)
  let [done, repeated] = [0, 0]
  for (const { shot, read, wanted } of segments) {
    const seen = await look(coloring, { shot, read, wanted }, (n) => n >= read.from && n < read.to && onProgress(++done / all), signal)
    const [looked, given] = [picturesOf(seen, read), picturesOf(seen, wanted)]
    const settled = await carried(coloring, given, seen)
    const meter = new FlickerMeter(colorist.size)
    const made = new Map<number, Uint8Array>()
    const luma = seen.luma.slice(looked.from, looked.to)
    const steps = steadyShot({ size: colorist.size, luma, colors: luma.map((_, t) => seen.colors.get(looked.from + t) ?? null) }, lookOf(shot.from).steady, (t, steady, toNext) => {
      const picture = looked.from + t
      if (picture < given.from || picture >= given.to) return
      const color = withSettled(steady, settled[picture - given.from] ?? null)
      meter.push(luma[t] as Uint8Array, color, picture + 1 < given.to ? toNext : null)
      made.set(picture, steadyPicture(color, colorist.size, made.get(picture + 1) ?? null, toNext))
    })
    while (steps.next().done !== true) await task.pause()
    for (let n = wanted.from; n < wanted.to; n++) frames[n - chunk.from] = made.get(seen.pictures.get(n) as number) as Uint8Array
    shots.push({ from: wanted.from, to: wanted.to, flicker: meter.result().percent })
    repeated += wanted.to - wanted.from - made.size
  }
  return { size: colorist.size, frames, shots, repeated }
}
