import type { ColorizeParams } from '../../core/steps/colorize.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { chromaOfLab, greyOfLuma, type YuvKind } from '../../core/film/yuv.ts'
import type { Chroma } from '../../core/film/steady.ts'
import { lightnessTones } from '../../core/color/tones.ts'
import { networkSizeFor } from '../../core/color/networkSize.ts'
import { prepareChroma } from '../kernels/compose.ts'
import type { Model } from '../models/cards.ts'
import { resample, type Plane } from '../models/resample.ts'
import { rowsOf } from '../pictures/rows.ts'
import { autoFactor } from '../steps/autoFactor.ts'
import { factorFor } from '../steps/factor.ts'
import { LowCopy, sizeWithin } from '../steps/lowCopy.ts'
import { askNetwork, vividnessOf } from '../steps/network.ts'
import type { TaskContext } from '../workers/context.ts'

/** Long side of the luma that colour is carried along, and of the colour that the encoder is given. */
const workingSide = 256

/** A plane turned by quarter turns clockwise. */
export function turned<Values extends Uint8Array | Float32Array>(plane: Values, { width, height }: FrameSize, degrees: number): { data: Values; size: FrameSize } {
  if (degrees === 0) return { data: plane, size: { width, height } }
  const half = degrees === 180
  const size = half ? { width, height } : { width: height, height: width }
  const data = plane.slice() as Values
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [tx, ty] = half ? [width - 1 - x, height - 1 - y] : degrees === 90 ? [height - 1 - y, x] : [y, width - 1 - x]
      data[ty * size.width + tx] = plane[i] as number
    }
  }
  return { data, size }
}

export interface ColoristOptions {
  readonly task: TaskContext
  readonly model: Model
  readonly kind: YuvKind
  /** Of the picture as it is shown, but not turned: pixels are made square. */
  readonly shown: FrameSize
  /** Degrees counter-clockwise that a player turns it by; what is no quarter turn counts as none. */
  readonly rotation: number
}

/** Asks the photo model for the colours of single frames. */
export class Colorist {
  /** Size of luma and colour that frames are worked on at. */
  readonly size: FrameSize
  readonly #options: ColoristOptions
  /** Degrees clockwise. */
  readonly #turn: number
  readonly #notes = new Map<string, { code: string; message: string }>()

  constructor(options: ColoristOptions) {
    this.#options = options
    this.size = even(sizeWithin(options.shown, workingSide))
    this.#turn = options.rotation % 90 === 0 ? (360 - options.rotation) % 360 : 0
  }

  /** What the model had to say that a person should know. */
  get notes(): { code: string; message: string }[] {
    return [...this.#notes.values()]
  }

  /** Size of luma that a factor needs: as much as the network looks at. */
  sizeFor(factor: number | null): FrameSize {
    const { model, shown } = this.#options
    const wanted = factorFor(model.card, factor)
    if (wanted === null) return this.size
    const network = networkSizeFor(wanted, shown, model.card.size)
    const side = Math.max(network.width, network.height)
    return side <= workingSide ? this.size : even(sizeWithin(shown, side))
  }

  async #copyOf(luma: Uint8Array, size: FrameSize): Promise<LowCopy> {
    const grey = turned(greyOfLuma(luma, this.#options.kind.range), size, this.#turn)
    return LowCopy.of(rowsOf({ data: grey.data, ...grey.size, channels: 1, depth: 8, alpha: null }))
  }

  /** The factor that `auto` chooses for a frame. */
  async factorOf(luma: Uint8Array, size: FrameSize, params: ColorizeParams): Promise<number | null> {
    const { task, model } = this.#options
    return (await autoFactor(task, await this.#copyOf(luma, size), model, params)).renderFactor || null
  }

  /** U and V of a frame at `size`. @param luma 8 bits, at `from` */
  async colorsOf(luma: Uint8Array, from: FrameSize, factor: number | null, params: ColorizeParams): Promise<Chroma> {
    const { task, model, kind } = this.#options
    const copy = await this.#copyOf(luma, from)
    const run = await askNetwork(task, { copy, model, tones: lightnessTones, params: { vividness: params.vividness, hints: [] }, factor })
    for (const note of run.notes) this.#notes.set(note.code, note)
    const upright = this.#turn % 180 === 0 ? this.size : { width: this.size.height, height: this.size.width }
    const fitted = (plane: Plane): Float32Array => resample(plane, upright.width, upright.height).data
    const { data: lightness } = copy.lightnessAt(upright, lightnessTones)
    const planes = prepareChroma({ ...upright, lightness, a: fitted(run.a), b: fitted(run.b) }, { edgeRepair: params.edgeRepair * model.card.defaults.edgeRepair })
    const { gain } = vividnessOf(model, params.vividness)
    const colors = chromaOfLab({ lightness, a: planes.a, b: planes.b }, kind, { factor: gain * params.strength * params.saturation, warmth: params.warmth, strength: params.strength })
    const back = (plane: Float32Array): Float32Array => turned(plane, upright, (360 - this.#turn) % 360).data
    return { u: back(colors.u), v: back(colors.v) }
  }
}

/** Sides that halve evenly. */
const even = ({ width, height }: FrameSize): FrameSize => ({ width: Math.max(2, 2 * Math.round(width / 2)), height: Math.max(2, 2 * Math.round(height / 2)) })
