import type { ClipIndex, ClipInfo } from '../../contract/film.ts'
import { passageOf } from '../../core/film/pixels.ts'
import { samplesOf, type Samples } from '../../core/film/samples.ts'
import type { YuvKind } from '../../core/film/yuv.ts'
import { fault } from '../../core/texts/wording.ts'
import { rawInput } from './decoding.ts'
import { causeOf } from './failures.ts'
import type { Reading } from './options.ts'
import { readFrame, type NativeFrame } from './planes.ts'
import { matrixOf, taggedRange } from './settling.ts'
import { outputOf } from './spawn.ts'

/** The samples of a frame, and what they mean. */
export interface FrameSamples {
  readonly samples: Samples
  readonly kind: YuvKind
}

/** Frames of a clip whose samples are kept: those that a hand goes back and forth between. */
const keptFrames = 4
const kept = new WeakMap<ClipIndex, Map<number, FrameSamples>>()

/** As players take it: grey without a tag is full range. */
function kindOf(info: ClipInfo, pixelFormat: string): YuvKind {
  const native = { ...info, pixelFormat }
  return { matrix: matrixOf(native), range: taggedRange({ info: native }, { range: 'pc' }) ?? 'tv' }
}

/** Mixed samples (NV12, RGB) as planes; RGB is converted once, by BT.709. */
async function madePlanar(frame: NativeFrame, { tools, signal }: Reading): Promise<Samples> {
  const { toPlanar, format } = passageOf(frame.pixelFormat, frame, { evenSides: false, keepAlpha: false })
  const { output, code, said } = await outputOf(tools.ffmpeg, ['-v', 'error', ...rawInput(frame.pixelFormat, frame, 'pipe:0'), '-vf', toPlanar, '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', format, 'pipe:1'], { signal, input: frame.planes })
  const samples = code === 0 ? samplesOf(output, format, frame) : null
  if (!samples) throw fault('internal', 'fault.stillNotMade', 'remedy.tryThenReport', undefined, { cause: causeOf(said) })
  return samples
}

/**
 * The samples of frame `n` as stored.
 * @throws HourglassError as `readFrame`; `internal` where ffmpeg cannot make planes of them
 */
export async function samplesOfFrame(path: string, index: ClipIndex, n: number, reading: Reading): Promise<FrameSamples> {
  const frames = kept.get(index) ?? new Map<number, FrameSamples>()
  kept.set(index, frames)
  const known = frames.get(n)
  if (known) return known
  const frame = await readFrame(path, index, n, reading)
  const samples = samplesOf(frame.planes, frame.pixelFormat, frame) ?? (await madePlanar(frame, reading))
  const found = { samples, kind: kindOf(index.info, frame.pixelFormat) }
  frames.set(n, found)
  for (const oldest of frames.keys()) {
    if (frames.size <= keptFrames) break
    frames.delete(oldest)
  }
  return found
}
