/**
 * Flicker: how much colour changes between a frame and the one before where the picture itself did not. The truth's
 * motion is found by block matching on luma; pixels that it explains within 6 of 255 are compared along it. Measured
 * on copies of at most 320 px: coarser than grain, as an eye sees it from the front.
 */
import type { FlickerMeasures } from '../../contract/evaluate.ts'
import { blockSide, matchBlock } from '../film/motion.ts'
import { labPlanes, toWhole, type LabPlanes, type Rgb } from './picture.ts'
import { fitted, resizedSamples, type PictureSide } from './resize.ts'

const frameSide = 320
const sameWithin = 6
/** Frames of which less than this share can be followed have a cut between them. */
const leastShare = 0.5

export interface Frame {
  readonly truth: Rgb
  readonly output: Rgb
}

interface Small {
  readonly size: PictureSide
  readonly luma: Uint8Array
  readonly truth: LabPlanes
  readonly output: LabPlanes
}

function* smallSamples(rgb: Rgb): Generator<void, Float32Array> {
  return yield* resizedSamples(rgb, fitted(rgb, frameSide))
}

/** 8-bit luma (0.299, 0.587, 0.114) of samples rounded to 8 bit, in whole numbers so that nothing depends on rounding. */
function lumaOf(samples: Float32Array): Uint8Array {
  const byte = (value: number): number => Math.min(255, Math.max(0, toWhole(value)))
  return Uint8Array.from({ length: samples.length / 3 }, (_, i) => Math.floor((299 * byte(samples[3 * i] as number) + 587 * byte(samples[3 * i + 1] as number) + 114 * byte(samples[3 * i + 2] as number) + 500) / 1000))
}

function* smallFrame({ truth, output }: Frame): Generator<void, Small> {
  const truthSamples = yield* smallSamples(truth)
  const outputSamples = yield* smallSamples(output)
  return { size: fitted(truth, frameSide), luma: lumaOf(truthSamples), truth: labPlanes(truthSamples), output: labPlanes(outputSamples) }
}

/**
 * Flicker of a frame against the one before; null across a cut, or where the frames are of different sizes. Yields
 * between rows of blocks.
 */
export function* flickerOf(before: Frame, now: Frame): Generator<void, FlickerMeasures | null> {
  if (before.truth.width !== now.truth.width || before.truth.height !== now.truth.height) return null
  const [last, next] = [yield* smallFrame(before), yield* smallFrame(now)]
  const { width, height } = next.size
  let [count, output, truth] = [0, 0, 0]
  for (let top = 0; top < height; top += blockSide) {
    for (let left = 0; left < width; left += blockSide) {
      const area = { left, top, right: Math.min(width, left + blockSide), bottom: Math.min(height, top + blockSide) }
      const shift = matchBlock(next.luma, last.luma, next.size, area)
      for (let y = area.top; y < area.bottom; y++) {
        for (let i = y * width + area.left; i < y * width + area.right; i++) {
          if (Math.abs((next.luma[i] as number) - (last.luma[i + shift] as number)) > sameWithin) continue
          count++
          output += changeOf(next.output, i, last.output, i + shift)
          truth += changeOf(next.truth, i, last.truth, i + shift)
        }
      }
    }
    yield
  }
  const share = count / (width * height)
  if (share < leastShare) return null
  const chroma = next.output.a.reduce((sum, a, i) => sum + Math.hypot(a, next.output.b[i] as number), 0) / (width * height)
  return { output: output / count, truth: truth / count, chroma, share }
}

function changeOf(now: LabPlanes, i: number, before: LabPlanes, j: number): number {
  return Math.hypot((now.a[i] as number) - (before.a[j] as number), (now.b[i] as number) - (before.b[j] as number))
}
