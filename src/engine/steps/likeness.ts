import type { Plane } from '../models/resample.ts'

/** A hint as others are likened to it. */
export interface LikenedHint {
  /** Its middle, in pixels of the planes. */
  readonly x: number
  readonly y: number
  /** What it says of each plane. */
  readonly values: readonly number[]
  /** L* at its place, and the colour (Lab units) that a place's look is compared with. */
  readonly lightness: number
  readonly lookA: number
  readonly lookB: number
}

/**
 * What sets a place apart from a hint's: a step of L*, a way (share of the longer side), a difference of look (Lab units), each
 * counting once at these; and how much what is there already counts beside the hints.
 */
export interface Unlike {
  readonly lightness: number
  readonly way: number
  readonly look: number
  readonly own: number
}

/** Side of the squares of pixels that look at the same hints, and how many: those nearest to them. */
const square = 32
const mostNear = 16
/** Hints that weigh less than e to the power of minus this change nothing that could be seen. */
const unlikest = 16

/** One hint for each: those of a stroke lie closer than they can be told apart. */
function apartFrom(hints: readonly LikenedHint[], least: number): LikenedHint[] {
  const kept: LikenedHint[] = []
  for (const hint of hints) {
    const isNear = (other: LikenedHint): boolean => Math.hypot(other.x - hint.x, other.y - hint.y) < least && other.values.every((value, i) => value === hint.values[i])
    if (!kept.some(isNear)) kept.push(hint)
  }
  return kept
}

/**
 * Brings planes nearer to what hints on like places say: what is as light, near, and looks alike is mostly the same thing. Each
 * value becomes a mean of itself and of the hints', by their likeness.
 * @param planes changed in place, all of the size of `lightness`
 * @param lightness L* 0…100
 * @param look a and b by which places are likened to hints; may be among `planes`
 * @param free 1 where values may change; null: everywhere
 */
export function spreadByLikeness(planes: readonly Float32Array[], lightness: Plane, look: readonly [Float32Array, Float32Array], all: readonly LikenedHint[], unlike: Unlike, free: Uint8Array | null): void {
  const { width, height, data } = lightness
  const far = unlike.way * Math.max(width, height)
  const hints = apartFrom(all, 0.1 * far)
  if (hints.length === 0) return
  const [lookA, lookB] = look
  const sums = new Float64Array(planes.length)
  for (let top = 0; top < height; top += square) {
    for (let left = 0; left < width; left += square) {
      const [middleX, middleY] = [left + square / 2, top + square / 2]
      const near = hints.length <= mostNear ? hints : hints.toSorted((one, other) => Math.hypot(one.x - middleX, one.y - middleY) - Math.hypot(other.x - middleX, other.y - middleY)).slice(0, mostNear)
      for (let y = top; y < Math.min(height, top + square); y++) {
        for (let i = y * width + left, x = left; x < Math.min(width, left + square); x++, i++) {
          if (free?.[i] === 0) continue
          let weights = unlike.own
          for (let k = 0; k < planes.length; k++) sums[k] = unlike.own * ((planes[k] as Float32Array)[i] as number)
          for (const hint of near) {
            const step = ((data[i] as number) - hint.lightness) / unlike.lightness
            const stepA = ((lookA[i] as number) - hint.lookA) / unlike.look
            const stepB = ((lookB[i] as number) - hint.lookB) / unlike.look
            const apart = step * step + stepA * stepA + stepB * stepB
            if (apart > unlikest) continue
            const [wayX, wayY] = [x - hint.x, y - hint.y]
            const weight = Math.exp(-apart - Math.sqrt(wayX * wayX + wayY * wayY) / far)
            weights += weight
            for (let k = 0; k < planes.length; k++) sums[k] = (sums[k] as number) + weight * (hint.values[k] as number)
          }
          for (let k = 0; k < planes.length; k++) (planes[k] as Float32Array)[i] = (sums[k] as number) / weights
        }
      }
    }
  }
}

/** The pixel that a place lies in. */
export function pixelAt({ x, y }: { readonly x: number; readonly y: number }, { width, height }: { readonly width: number; readonly height: number }): number {
  return Math.min(height - 1, Math.max(0, Math.floor(y))) * width + Math.min(width - 1, Math.max(0, Math.floor(x)))
}
