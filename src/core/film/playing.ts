import type { Rational } from '../../contract/rational.ts'

/** Where each frame of a clip lies in time. Ticks count in `timeBase`. */
export interface FrameTimes {
  readonly pts: readonly number[]
  readonly timeBase: Rational
}

/** Milliseconds from the start of frame 0 to the start of frame `n`. For clocks of a screen alone: films are cut by ticks. */
export const startOf = ({ pts, timeBase }: FrameTimes, n: number): number => (((pts[n] ?? pts.at(-1) ?? 0) - (pts[0] ?? 0)) * 1000 * timeBase.num) / timeBase.den

/** The frame that is on the screen `ms` after frame 0 came: the last one that has started. */
export function frameAt(times: FrameTimes, ms: number): number {
  let [low, high] = [0, times.pts.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (startOf(times, middle) <= ms + 1e-6) low = middle
    else high = middle - 1
  }
  return low
}

/** First and last frame that playing stays within. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Frame `n` kept inside a clip of `frames` frames. */
export const within = (n: number, frames: number): number => Math.min(frames - 1, Math.max(0, Math.round(n)))

/** Speeds that repeated presses of J or L climb: 1, 2, 4, 8 times, as on any editing desk. */
export function nextSpeed(speed: number, direction: 1 | -1): number {
  return Math.sign(speed) === direction ? direction * Math.min(8, Math.abs(speed) * 2) : direction
}
