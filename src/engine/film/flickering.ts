import type { ClipIndex } from '../../contract/film.ts'
import { FlickerCurve } from '../../core/film/flickerCurve.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { passageOf } from '../../core/film/pixels.ts'
import { sizeWithin } from '../steps/lowCopy.ts'
import { readColor } from './luma.ts'
import type { Reading } from './options.ts'

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
  const { toPlanar } = passageOf(pixelFormat, index.info, { evenSides: false, keepAlpha: false })
  const curve = new FlickerCurve(size, starts)
  const onPlanes = (n: number, yuv: Uint8Array): void | Promise<void> => {
    curve.push(yuv.subarray(0, count), { u: centred(yuv.subarray(count, 2 * count)), v: centred(yuv.subarray(2 * count)) })
    return onFrame(n + 1)
  }
  await readColor({ tools, path, index, threads, toPlanar }, { from: 0, to: frames }, size, onPlanes, signal)
  return curve.result()
}
