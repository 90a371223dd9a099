import type { ColorizeParams } from '../../core/steps/colorize.ts'
import type { Hint } from '../../contract/hints.ts'
import type { Anchor } from '../../core/film/anchors.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { chromaOfLab, chromaOfRgb, greyOfLuma, type YuvKind } from '../../core/film/yuv.ts'
import { srgbToLab } from '../../core/color/srgb.ts'
import type { Chroma } from '../../core/film/chroma.ts'
import { lightnessTones } from '../../core/color/tones.ts'
import { networkSizeFor } from '../../core/color/networkSize.ts'
import { prepareChroma } from '../kernels/compose.ts'
import type { Model } from '../models/cards.ts'
import { resample, type Plane } from '../models/resample.ts'
import { decodePicture, type Pixels } from '../pictures/index.ts'
import { named } from '../pictures/failures.ts'
import { rowsOf } from '../pictures/rows.ts'
import { autoFactor } from '../steps/autoFactor.ts'
import { runColorize } from '../steps/colorize.ts'
import { factorFor } from '../steps/factor.ts'
import { spotsOf } from '../steps/hints.ts'
import { hintInfluence } from '../steps/hintSpread.ts'
import { LowCopy, sizeWithin } from '../steps/lowCopy.ts'
import { askNetwork, vividnessOf } from '../steps/network.ts'
import { referenceColors } from '../steps/reference.ts'
import { fault } from '../../core/texts/wording.ts'
import type { TaskContext } from '../workers/context.ts'

/** Long side of the luma that colour is carried along, and of the colour that the encoder is given. */
const workingSide = 256

/** How far the shapes of a frame and of a picture of it may differ. */
const sameShape = 0.03

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
  /** Of the picture as it is stored. */
  readonly stored: FrameSize
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

  /** A frame as a grey picture, upright. */
  #greyOf(luma: Uint8Array, size: FrameSize): Pixels {
    const grey = turned(greyOfLuma(luma, this.#options.kind.range), size, this.#turn)
    return { data: grey.data, ...grey.size, channels: 1, depth: 8, alpha: null }
  }

  #copyOf(luma: Uint8Array, size: FrameSize): Promise<LowCopy> {
    return LowCopy.of(rowsOf(this.#greyOf(luma, size)))
  }

  /** `size`, turned upright. */
  get #upright(): FrameSize {
    return this.#turn % 180 === 0 ? this.size : { width: this.size.height, height: this.size.width }
  }

  /** A plane of the upright picture as the film stores it. */
  #stored(plane: Float32Array): Float32Array {
    return turned(plane, this.#upright, (360 - this.#turn) % 360).data
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
    const upright = this.#upright
    const fitted = (plane: Plane): Float32Array => resample(plane, upright.width, upright.height).data
    const { data: lightness } = copy.lightnessAt(upright, lightnessTones)
    const network = { ...upright, lightness, a: fitted(run.a), b: fitted(run.b) }
    const wanted = params.reference === null ? network : await referenceColors(network, params.reference)
    const planes = prepareChroma({ ...network, a: wanted.a, b: wanted.b }, { edgeRepair: params.edgeRepair * model.card.defaults.edgeRepair })
    const { gain } = vividnessOf(model, params.vividness)
    const colors = chromaOfLab({ lightness, a: planes.a, b: planes.b }, kind, { factor: gain * params.strength * params.saturation, warmth: params.warmth, strength: params.strength })
    return { u: this.#stored(colors.u), v: this.#stored(colors.v) }
  }

  /** Planes 0…1 of red, green and blue of a picture, at the size that colours are worked on. */
  #planesOf({ data, width, height, channels }: Pixels): [Float32Array, Float32Array, Float32Array] {
    const plane = (channel: number): Float32Array => {
      const samples = Float32Array.from({ length: width * height }, (_, i) => (data[i * channels + (channels === 3 ? channel : 0)] as number) / 255)
      return resample({ width, height, data: samples }, this.#upright.width, this.#upright.height).data
    }
    return [plane(0), plane(1), plane(2)]
  }

  /**
   * What hints at one frame settle: the frame's colours as the same hints would make them in a photograph, as far as
   * the hints reach.
   */
  async hinted(luma: Uint8Array, from: FrameSize, factor: number | null, params: ColorizeParams, hints: readonly Hint[]): Promise<Anchor> {
    const { task, model, kind } = this.#options
    const colored = async (each: readonly Hint[]): Promise<[Float32Array, Float32Array, Float32Array]> => {
      const context = { task, model: model.folder, key: null, full: null, inPlace: false, window: null, times: { network: 0, compose: 0 } }
      const { pixels } = await runColorize(this.#greyOf(luma, from), { ...params, renderFactor: factor, hints: [...each] }, context)
      return this.#planesOf(pixels)
    }
    const [bare, wanted] = [await colored([]), await colored(hints)]
    const guide = { ...this.#upright, lightness: bare[0].slice(), a: bare[1].slice(), b: bare[2].slice() }
    for (let i = 0; i < guide.a.length; i++) [guide.lightness[i], guide.a[i], guide.b[i]] = srgbToLab(bare[0][i] as number, bare[1][i] as number, bare[2][i] as number)
    const { u, v } = chromaOfRgb(...wanted, kind)
    return { color: { u: this.#stored(u), v: this.#stored(v) }, weight: this.#stored(hintInfluence(guide, spotsOf(hints, this.#upright))) }
  }

  /**
   * What a picture of a frame settles: all of its colours.
   * @throws HourglassError `bad-input` where it cannot be read, or has another shape than the frame
   */
  async referenceOf(path: string): Promise<Anchor> {
    const { kind, shown, stored } = this.#options
    const pixels = await decodePicture(path, { box: this.#upright, depth: 8 })
    const shape = ({ width, height }: FrameSize): number => (this.#turn % 180 === 0 ? width / height : height / width)
    // Stills of films whose pixels are not square are as many pixels wide and high as the film.
    if (![shown, stored].some((each) => Math.abs(pixels.width / pixels.height / shape(each) - 1) < sameShape)) throw fault('bad-input', 'fault.clipReferenceShape', 'remedy.clipReference', { file: named(path), width: pixels.width, height: pixels.height })
    const { u, v } = chromaOfRgb(...this.#planesOf(pixels), kind)
    return { color: { u: this.#stored(u), v: this.#stored(v) }, weight: new Float32Array(u.length).fill(1) }
  }
}

/** Sides that halve evenly. */
const even = ({ width, height }: FrameSize): FrameSize => ({ width: Math.max(2, 2 * Math.round(width / 2)), height: Math.max(2, 2 * Math.round(height / 2)) })
