import { blockSide, type FrameSize } from './motion.ts'

/** Mean differences of 8-bit luma below which two frames show one picture: of all of it, and of its worst block. */
const [sameFrame, sameBlock] = [0.5, 3]

/**
 * Finds frames that repeat a picture: silent film of 16 frames a second is often stored as 24. A frame is compared with
 * the first one of its run, so that a slow change adds up to a new picture.
 */
export class RepeatFinder {
  readonly #size: FrameSize
  #first: Uint8Array | null = null

  constructor(size: FrameSize) {
    this.#size = size
  }

  /** Whether a frame shows the picture of the frame before it. */
  push(luma: Uint8Array): boolean {
    const repeats = this.#first !== null && this.#same(luma, this.#first)
    if (!repeats) this.#first = luma
    return repeats
  }

  #same(luma: Uint8Array, other: Uint8Array): boolean {
    const { width, height } = this.#size
    let all = 0
    for (let top = 0; top < height; top += blockSide) {
      for (let left = 0; left < width; left += blockSide) {
        const [bottom, right] = [Math.min(height, top + blockSide), Math.min(width, left + blockSide)]
        let sum = 0
        for (let y = top; y < bottom; y++) for (let i = y * width + left, end = y * width + right; i < end; i++) sum += Math.abs((luma[i] as number) - (other[i] as number))
        if (sum > sameBlock * (bottom - top) * (right - left)) return false
        all += sum
      }
    }
    return all <= sameFrame * width * height
  }
}
