import type { ClipReference, ShotReport } from '../../contract/clips.ts'
import { carryAnchors, withSettled, type Anchor, type Settled } from '../../core/film/anchors.ts'
import { isAsked, segmentsOf, type Segment, type Span } from '../../core/film/chunks.ts'
import { FlickerMeter } from '../../core/film/flicker.ts'
import type { LookOf } from '../../core/film/looks.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { steadyShot, type Chroma } from '../../core/film/steady.ts'
import { resample } from '../models/resample.ts'
import type { TaskContext } from '../workers/context.ts'
import type { ChunkColors } from './chunkWriter.ts'
import type { Colorist } from './colorist.ts'
import { readLuma, type Footage } from './luma.ts'
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

/** 8-bit picture of two planes, U and V. */
function pictureOf({ u, v }: Chroma): Uint8Array {
  const count = u.length
  const picture = new Uint8Array(2 * count)
  for (let i = 0; i < count; i++) {
    picture[i] = Math.min(255, Math.max(0, Math.round(128 + (u[i] as number))))
    picture[count + i] = Math.min(255, Math.max(0, Math.round(128 + (v[i] as number))))
  }
  return picture
}

function fitted(luma: Uint8Array, from: FrameSize, to: FrameSize): Uint8Array {
  if (from.width === to.width && from.height === to.height) return luma
  return Uint8Array.from(resample({ ...from, data: Float32Array.from(luma) }, to.width, to.height).data, Math.round)
}

/** What was seen of a segment: frames from the first that settles something in it to the last, and those that are read anyway. */
interface Seen {
  readonly from: number
  readonly luma: Uint8Array[]
  /** The model's colours, by frame number, of the frames that it was asked for. */
  readonly colors: Map<number, Chroma>
  /** What hints and references settle, by frame number. */
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
  const seen: Seen = { from, luma: [], colors: new Map(), anchors: new Map() }
  await readLuma(footage, { from, to }, size, async (n, frame) => {
    await task.pause()
    seen.luma.push(fitted(frame, size, colorist.size))
    if (n >= read.from && n < read.to && isAsked(n, shot, every)) seen.colors.set(n, await colorist.colorsOf(frame, size, factor, params))
    if (settled.includes(n)) {
      const anchors = await Promise.all(references.filter((reference) => reference.frame === n).map(({ path }) => colorist.referenceOf(path)))
      const hints = params.hints.filter((hint) => hint.frame === n)
      if (hints.length > 0) anchors.push(await colorist.hinted(frame, size, factor, params, hints))
      seen.anchors.set(n, anchors)
    }
    onFrame(n)
  }, signal)
  return seen
}

/** Settled colours of the wanted frames of a segment; none where nothing was settled. */
async function carried({ task, colorist }: Coloring, { wanted }: Segment, { from, luma, anchors }: Seen): Promise<(Settled | null)[]> {
  if (anchors.size === 0) return []
  const steps = carryAnchors({ size: colorist.size, luma, anchors: new Map([...anchors].map(([n, each]) => [n - from, each])), from: wanted.from - from, to: wanted.to - from })
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    await task.pause()
  }
}

/** Colours of all frames of a chunk, steady within each shot. */
export async function colorsOfChunk(coloring: Coloring, chunk: Span, onProgress: (done: number) => void, signal: AbortSignal): Promise<ChunkColors & { readonly shots: readonly ShotReport[] }> {
  const { task, colorist, plan, lookOf } = coloring
  const frames: Uint8Array[] = []
  const shots: ShotReport[] = []
  const segments = segmentsOf(chunk, plan.shots)
  const all = segments.reduce((sum, { read }) => sum + read.to - read.from, 0)
  let done = 0
  for (const segment of segments) {
    const { read, wanted } = segment
    const seen = await look(coloring, segment, (n) => n >= read.from && n < read.to && onProgress(++done / all), signal)
    const settled = await carried(coloring, segment, seen)
    const meter = new FlickerMeter(colorist.size)
    const luma = seen.luma.slice(read.from - seen.from, read.to - seen.from)
    const steps = steadyShot({ size: colorist.size, luma, colors: luma.map((_, t) => seen.colors.get(read.from + t) ?? null) }, lookOf(segment.shot.from).steady, (t, steady, toNext) => {
      const n = read.from + t
      if (n < wanted.from || n >= wanted.to) return
      const color = withSettled(steady, settled[n - wanted.from] ?? null)
      meter.push(luma[t] as Uint8Array, color, n + 1 < wanted.to ? toNext : null)
      frames[n - chunk.from] = pictureOf(color)
    })
    while (steps.next().done !== true) await task.pause()
    shots.push({ from: wanted.from, to: wanted.to, flicker: meter.result().percent })
  }
  return { size: colorist.size, frames, shots }
}
