import type { ClipIndex } from '../../contract/film.ts'
import { FlickerCurve } from '../../core/film/flickerCurve.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { passageOf, pixelKind } from '../../core/film/pixels.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import { sizeWithin } from '../steps/lowCopy.ts'
import { ffmpegQuietly } from './decoding.ts'
import { causeOf } from './failures.ts'
import { frameCutter } from './luma.ts'
import type { Reading } from './options.ts'
import { openRange } from './ranges.ts'
import { runTool } from './spawn.ts'

/** Long side of the frames that are measured. */
const side = 160

/** U and V around 0. */
const centred = (plane: Uint8Array): Float32Array => Float32Array.from(plane, (value) => value - 128)

function smallSize(index: ClipIndex): FrameSize {
  const { width, height } = sizeWithin(index.info, side)
  return { width: Math.max(2, width), height: Math.max(2, height) }
}

/**
 * Flicker of every frame of a film, in percent, from one decode at small size.
 * @param starts frames at which shots begin
 * @throws HourglassError `bad-input` where fewer frames come than were counted; `cancelled`
 */
export async function measureFlicker(path: string, index: ClipIndex, starts: readonly number[], onFrame: (done: number) => void | Promise<void>, { tools, threads, signal }: Reading): Promise<number[]> {
  const frames = index.pts.length
  const size = smallSize(index)
  const count = size.width * size.height
  const { pixelFormat } = index.info
  const { input, filter } = openRange(path, index, { from: 0, to: frames }, threads)
  const toPlanar = pixelKind(pixelFormat).luma === 'planar' ? '' : passageOf(pixelFormat, index.info, { evenSides: false, keepAlpha: false }).toPlanar
  // Both ranges are named, so that the scaler has nothing to convert.
  const filters = [filter, ...(toPlanar === '' ? [] : [toPlanar]), `scale=${size.width}:${size.height}:flags=area:in_range=pc:out_range=pc`, 'format=yuv444p'].join(',')
  const curve = new FlickerCurve(size, starts)
  let n = 0
  const cut = frameCutter(3 * count, async (frame) => {
    if (n >= frames) return
    curve.push(frame.subarray(0, count), { u: centred(frame.subarray(count, 2 * count)), v: centred(frame.subarray(2 * count)) })
    await onFrame(++n)
  })
  const { said } = await runTool(tools.ffmpeg, [...ffmpegQuietly, ...input, '-map', `0:${index.stream}`, '-vf', filters, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', 'yuv444p', 'pipe:1'], { signal, onOutput: cut })
  if (n !== frames) throw fault('bad-input', 'fault.clipFramesMissing', 'remedy.clipCheckFrames', { file: named(path), frame: n, wanted: frames, found: n }, { cause: causeOf(said) })
  return curve.result()
}
