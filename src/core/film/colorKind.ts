import { colorKindOf } from '../color/colorKind.ts'
import { rgbOfYuv } from './rgb.ts'
import type { YuvKind } from './yuv.ts'

/** One frame in so many is judged: two a second. */
const judgedEvery = 12
/** Share of judged frames in colour from which the film counts as in colour: a coloured title does not make it so. */
const colorShare = 0.5

/** Judges whether a film is in colour already, from small frames of it. Sepia, tinted and toned film is not. */
export class FilmColorJudge {
  readonly #kind: YuvKind
  #judged = 0
  #inColor = 0
  #frames = 0

  constructor(kind: YuvKind) {
    this.#kind = kind
  }

  /** @param yuv 8-bit planes of luma, U and V, all of one size, one after the other */
  push(yuv: Uint8Array): void {
    if (this.#frames++ % judgedEvery !== 0) return
    this.#judged++
    if (colorKindOf(...rgbOfYuv(yuv, this.#kind)).kind === 'color') this.#inColor++
  }

  get isColor(): boolean {
    return this.#inColor > colorShare * this.#judged
  }
}
