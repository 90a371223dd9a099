/**
 * Composing: the source's lightness and a network's chroma become the picture, strip by strip.
 * L* of the result is the source's; colours that sRGB cannot show are reined in at constant L* and hue.
 */
import { chromaFactor, effectiveWarmth } from '../../core/color/adjustments.ts'
import type { ComposeSettings } from '../../core/color/adjustments.ts'
import { cubicPosition, cubicTaps } from '../../core/color/bicubic.ts'
import { colorMoments, colorfulnessOf } from '../../core/color/colorfulness.ts'
import type { ColorMoments } from '../../core/color/colorfulness.ts'
import type { PictureSize, SourceFormat } from '../../core/color/composing.ts'
import { gamutTable } from '../../core/color/gamut.ts'
import type { ChromaPlanes } from '../../core/color/lifting.ts'
import { lightnessTones } from '../../core/color/tones.ts'
import type { Depth } from '../../core/color/transfer.ts'
import type { Arena } from './arena.ts'
import * as at from './assembly/color/layout.ts'
import { KernelBlock, pixelBytes } from './block.ts'
import type { Samples } from './block.ts'
import { copySamples } from './copySamples.ts'
import { linearFloats } from './tables.ts'

export { prepareChroma } from './prepare.ts'
export type { NetworkChroma } from '../../core/color/lifting.ts'
export type { ChromaPlanes, ComposeSettings, PictureSize, SourceFormat }

export type { Samples }

/** Sums over composed pixels; they add up across strips and threads. */
export interface ComposeSums extends ColorMoments {
  /** Sum and greatest of |L* of the result − L* asked for|. */
  readonly drift: number
  readonly driftMax: number
  readonly reined: number
}

/** Figures of the rows composed so far. */
export interface ComposeStats {
  /** |L* of the result − L* of the tones asked for|, after rounding. */
  readonly lumaDrift: { readonly mean: number; readonly max: number }
  /** Hasler and Süsstrunk 2003. */
  readonly colorfulness: number
  /** Share of pixels whose colour had to be reined in, 0…1. */
  readonly gamutShare: number
  readonly pixels: number
}

/** Network colour as it is, nothing added. */
export const plainSettings: ComposeSettings = { strength: 1, saturation: 1, warmth: 0, keepTone: false, tones: lightnessTones }

/** Samples and result of one block of rows in the kernel's memory. */
const blockBytes = 512 * 1024

/** Sums of several composers (strips, threads) as one. */
function addSums(parts: readonly ComposeSums[]): ComposeSums {
  const total = { pixels: 0, redGreen: 0, redGreenSquares: 0, yellowBlue: 0, yellowBlueSquares: 0, drift: 0, driftMax: 0, reined: 0 }
  for (const part of parts) {
    for (const key of ['pixels', 'redGreen', 'redGreenSquares', 'yellowBlue', 'yellowBlueSquares', 'drift', 'reined'] as const) total[key] += part[key]
    total.driftMax = Math.max(total.driftMax, part.driftMax)
  }
  return total
}

/** Figures of several composers (threads) as one. */
export function composeStats(parts: readonly ComposeSums[]): ComposeStats {
  const total = addSums(parts)
  const pixels = Math.max(1, total.pixels)
  return {
    lumaDrift: { mean: total.drift / pixels, max: total.driftMax },
    colorfulness: colorfulnessOf(total),
    gamutShare: total.reined / pixels,
    pixels: total.pixels,
  }
}

/**
 * Composes strips of one picture. Any cut into strips, on any threads, gives the same bytes as one whole call.
 * Strength 0 gives back the source's samples, grey repeated to RGB.
 */
export class StripComposer {
  readonly #size: PictureSize
  readonly #format: SourceFormat
  /** Absent where the composer only copies (strength 0). */
  readonly #block: KernelBlock | undefined
  #blockRows = 0
  #outDepth: Depth | undefined
  #copied = addSums([])

  /**
   * @param size the whole picture's size
   * @param planes from `prepareChroma`; may be shared between threads
   * @param source what `compose` will be given
   * @throws HourglassError `missing-component` where the kernels were not built
   */
  constructor(size: PictureSize, planes: ChromaPlanes, settings: ComposeSettings, source: SourceFormat) {
    this.#size = size
    this.#format = source
    if (settings.strength === 0) return
    this.#block = KernelBlock.borrow()
    this.#fillBlock(this.#block, planes, settings)
  }

  /**
   * Composes `rows` rows.
   *
   * @param source these rows' samples, grey or RGB interleaved, tightly packed; may be a view on shared memory
   * @param firstRow their first row's place in the picture
   * @param output RGB interleaved, rows × width × 3; its type sets the depth of the result
   */
  compose(source: Samples, firstRow: number, rows: number, output: Samples): void {
    const { width } = this.#size
    const { channels } = this.#format
    const outDepth: Depth = output instanceof Uint16Array ? 16 : 8
    const block = this.#block
    if (!block) {
      copySamples(source, channels, this.#format.depth, output, outDepth, width * rows)
      const moments = colorMoments(output.subarray(0, width * rows * 3), outDepth === 8 ? 1 : 1 / 257)
      this.#copied = addSums([this.#copied, { ...moments, drift: 0, driftMax: 0, reined: 0 }])
      return
    }
    if (this.#outDepth !== outDepth) this.#reserveBlock(block, outDepth)
    const input = block.samples(this.#format.depth, block.whole(at.sourceAt), this.#blockRows * width * channels)
    const result = block.samples(outDepth, block.whole(at.outputAt), this.#blockRows * width * 3)
    for (let row = 0; row < rows; row += this.#blockRows) {
      const count = Math.min(this.#blockRows, rows - row)
      input.set(source.subarray(row * width * channels, (row + count) * width * channels))
      block.kernels.compose(firstRow + row, count)
      output.set(result.subarray(0, count * width * 3), row * width * 3)
    }
  }

  /** Sums of what this composer did, to be joined with those of other threads by `composeStats`; the composer's end. */
  finish(): ComposeSums {
    const block = this.#block
    if (!block) return this.#copied
    const scale = this.#outDepth === 16 ? 1 / 257 : 1
    const sums = {
      pixels: block.figure(at.pixelsAt),
      redGreen: block.figure(at.redGreenSumAt) * scale,
      redGreenSquares: block.figure(at.redGreenSquaresAt) * scale * scale,
      yellowBlue: block.figure(at.yellowBlueSumAt) * scale,
      yellowBlueSquares: block.figure(at.yellowBlueSquaresAt) * scale * scale,
      drift: block.figure(at.driftSumAt),
      driftMax: block.figure(at.driftMaxAt),
      reined: block.figure(at.gamutCountAt),
    }
    block.giveBack()
    return sums
  }

  /** Everything but the rows themselves: sizes, tables, planes, taps. */
  #fillBlock(block: KernelBlock, planes: ChromaPlanes, settings: ComposeSettings): void {
    const { width, height } = this.#size
    const { arena } = block
    const rows = cubicTaps(planes.height, height)
    const gaps = new Int32Array(width + 4)
    const positions = new Float32Array(width + 4)
    for (let x = 0; x < width; x++) {
      const position = cubicPosition(x, planes.width, width)
      // 64 bytes of coefficients a gap; gap 0 lies left of the first column.
      gaps[x] = (Math.floor(position) + 1) * 64
      positions[x] = position - Math.floor(position)
    }
    block.setWhole(
      [at.widthAt, width],
      [at.channelsAt, this.#format.channels],
      [at.depthAt, this.#format.depth],
      [at.planeWidthAt, planes.width],
      [at.planeHeightAt, planes.height],
      [at.keepToneAt, settings.keepTone ? 1 : 0],
      [at.planesAt, packPlanes(planes, settings, arena)],
      [at.lineAt, arena.reserve((planes.width + 1) * 64)],
      [at.gapsAt, arena.placeWhole(gaps)],
      [at.positionsAt, arena.place(positions)],
      [at.rowFirstAt, arena.placeWhole(rows.first)],
      [at.rowWeightsAt, arena.place(rows.weights)],
      [at.toneTableAt, block.placeToneTable(this.#format)],
      [at.neutralTableAt, block.placeNeutralTable(this.#format)],
      [at.gamutAt, arena.place(gamutTable())],
      // Ten lines of a chunk.
      [at.scratchAt, arena.reserve(10 * at.chunk * 4)],
    )
    const [warmA, warmB] = effectiveWarmth(settings)
    block.setTones(settings.tones)
    block.setReal([at.warmXAt, warmA / 500], [at.warmZAt, -warmB / 200])
  }

  /** Room for rows and result, and the table of the result's depth. */
  #reserveBlock(block: KernelBlock, outDepth: Depth): void {
    const inRow = this.#size.width * pixelBytes(this.#format)
    const outRow = this.#size.width * pixelBytes({ channels: 3, depth: outDepth })
    this.#blockRows = Math.max(1, Math.floor(blockBytes / (inRow + outRow)))
    block.setWhole(
      [at.outDepthAt, outDepth],
      [at.outTableAt, block.arena.place(linearFloats(outDepth))],
      [at.sourceAt, block.arena.reserve(this.#blockRows * inRow + 64)],
      [at.outputAt, block.arena.reserve(this.#blockRows * outRow + 64)],
    )
    this.#outDepth = outDepth
  }
}

/**
 * The planes in the kernel's units, interleaved: x = a/500 and z = −b/200, each as rest + slope · f(Y).
 * Strength, saturation and corrections are linear in chroma, so they are settled here, at network size.
 * @returns their address in the kernel's memory
 */
function packPlanes(planes: ChromaPlanes, settings: ComposeSettings, arena: Arena): number {
  const factor = chromaFactor(settings)
  const { corrections } = settings
  const count = planes.width * planes.height * 4
  const address = arena.reserve(count * 4)
  const packed = new Float32Array(arena.memory.buffer, address, count)
  for (let i = 0, to = 0; to < packed.length; i++, to += 4) {
    const tone = ((planes.lightness[i] ?? 0) + 16) / 116
    // Slopes are per ℓ = L* ÷ 100 = 1.16·f(Y) − 0.16.
    const slopeX = (factor * (planes.slopeA[i] ?? 0) * 1.16) / 500
    const slopeZ = (factor * (planes.slopeB[i] ?? 0) * 1.16) / -200
    packed[to] = (factor * (planes.a[i] ?? 0) + (corrections?.a[i] ?? 0)) / 500 - slopeX * tone
    packed[to + 1] = (factor * (planes.b[i] ?? 0) + (corrections?.b[i] ?? 0)) / -200 - slopeZ * tone
    packed[to + 2] = slopeX
    packed[to + 3] = slopeZ
  }
  return address
}

/** Makes ready what every composer of this thread needs, while there is nothing to compose yet. */
export function warmUpKernels(): void {
  gamutTable()
  linearFloats(8)
  KernelBlock.borrow().giveBack()
}
