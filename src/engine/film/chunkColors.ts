import type { ShotReport } from '../../contract/clips.ts'
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

export interface Coloring {
  readonly task: TaskContext
  readonly footage: Footage
  readonly colorist: Colorist
  readonly plan: Manifest
  readonly lookOf: LookOf
}

/** 8-bit picture of three planes: no luma, U, V. */
export function pictureOf({ u, v }: Chroma): Uint8Array {
  const count = u.length
  const picture = new Uint8Array(3 * count)
  for (let i = 0; i < count; i++) {
    picture[count + i] = Math.min(255, Math.max(0, Math.round(128 + (u[i] as number))))
    picture[2 * count + i] = Math.min(255, Math.max(0, Math.round(128 + (v[i] as number))))
  }
  return picture
}

function fitted(luma: Uint8Array, from: FrameSize, to: FrameSize): Uint8Array {
  if (from.width === to.width && from.height === to.height) return luma
  return Uint8Array.from(resample({ ...from, data: Float32Array.from(luma) }, to.width, to.height).data, Math.round)
}

/** Luma of a segment, and the model's colours of the frames that it was asked for. */
async function look({ task, footage, colorist, plan, lookOf }: Coloring, { shot, read }: Segment, onFrame: () => void, signal: AbortSignal): Promise<{ luma: Uint8Array[]; colors: (Chroma | null)[] }> {
  const factor = plan.shots.find(({ from }) => from === shot.from)?.factor ?? null
  const { params, steady } = lookOf(shot.from)
  const size = colorist.sizeFor(factor)
  const every = steady === 0 ? 1 : askedEvery
  const luma: Uint8Array[] = []
  const colors: (Chroma | null)[] = []
  await readLuma(footage, read, size, async (n, frame) => {
    await task.pause()
    luma.push(fitted(frame, size, colorist.size))
    colors.push(isAsked(n, shot, every) ? await colorist.colorsOf(frame, size, factor, params) : null)
    onFrame()
  }, signal)
  return { luma, colors }
}

/** Colours of all frames of a chunk, steady within each shot. */
export async function colorsOfChunk(coloring: Coloring, chunk: Span, onProgress: (done: number) => void, signal: AbortSignal): Promise<ChunkColors & { readonly shots: readonly ShotReport[] }> {
  const { task, colorist, plan, lookOf } = coloring
  const frames: Uint8Array[] = []
  const shots: ShotReport[] = []
  const segments = segmentsOf(chunk, plan.shots)
  const all = segments.reduce((sum, { read }) => sum + read.to - read.from, 0)
  let seen = 0
  for (const segment of segments) {
    const { luma, colors } = await look(coloring, segment, () => onProgress(++seen / all), signal)
    const meter = new FlickerMeter(colorist.size)
    const { read, wanted } = segment
    const steps = steadyShot({ size: colorist.size, luma, colors }, lookOf(segment.shot.from).steady, (t, color, toNext) => {
      const n = read.from + t
      if (n < wanted.from || n >= wanted.to) return
      meter.push(luma[t] as Uint8Array, color, n + 1 < wanted.to ? toNext : null)
      frames[n - chunk.from] = pictureOf(color)
    })
    while (steps.next().done !== true) await task.pause()
    shots.push({ from: wanted.from, to: wanted.to, flicker: meter.result().percent })
  }
  return { size: colorist.size, frames, shots }
}
