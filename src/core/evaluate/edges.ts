/**
 * Bleed: the error of colour beside the truth's own edges of colour, where a soft network smears, against the error
 * elsewhere. An edge is a place where both L* and ab step; the band around it is 4 px wide. Measured on copies of at
 * most 512 px, since a number of pixels means nothing without a size.
 */
import type { PairMeasures } from '../../contract/evaluate.ts'
import { sobel } from '../color/edgeRepair.ts'
import { colorSpread, distanceTo, edgeGradient } from '../color/spread.ts'
import { labPlanes, type LabPlanes, type Rgb } from './picture.ts'
import { fitted, resizedSamples, type PictureSide } from './resize.ts'

/** Longest side of the copies on which edges are looked for. */
export const edgeSide = 512
/** Gradient of ab (Sobel ÷ 8, Lab units a pixel) that makes an edge of colour. */
const colorEdge = 4
/** Pixels from an edge that belong to it. */
const band = 4

/** The truth's small copy with its band along edges of colour. */
export interface EdgeMap {
  readonly size: PictureSide
  readonly planes: LabPlanes
  readonly inBand: Uint8Array
}

/** Lab planes of a copy with a longest side of at most `side`. Yields between rows. */
export function* smallPlanes(rgb: Rgb, side: number): Generator<void, { size: PictureSide; planes: LabPlanes }> {
  const size = fitted(rgb, side)
  const same = size.width === rgb.width && size.height === rgb.height
  return { size, planes: labPlanes(same ? rgb.data : yield* resizedSamples(rgb, size)) }
}

/** The edges of a truth, once for all that is compared with it. */
export function* edgesOf(truth: Rgb): Generator<void, EdgeMap> {
  const { size, planes } = yield* smallPlanes(truth, edgeSide)
  const { width, height } = size
  const lightness = sobel(planes.lightness, width, height)
  const [a, b] = [sobel(planes.a, width, height), sobel(planes.b, width, height)]
  yield
  const distance = distanceTo(lightness.map((gradient, i) => (gradient >= edgeGradient && Math.hypot(a[i] as number, b[i] as number) >= colorEdge ? 1 : 0)), width)
  return { size, planes, inBand: Uint8Array.from(distance, (d) => (d <= band ? 1 : 0)) }
}

/** Spread of one small copy (see `colorSpread`). */
export function spreadOf({ size, planes }: Pick<EdgeMap, 'size' | 'planes'>): number {
  return colorSpread(planes.lightness, planes.a, planes.b, size.width, size.height)
}

/** Mean ‖Δab‖ in the band and elsewhere; null where there is no such pixel. */
export function bleedOf(truth: EdgeMap, candidate: LabPlanes): Pick<PairMeasures, 'bandError' | 'elsewhereError'> {
  const sums = [0, 0]
  const counts = [0, 0]
  for (let i = 0; i < truth.inBand.length; i++) {
    const where = truth.inBand[i] as number
    sums[where] = (sums[where] as number) + Math.hypot((candidate.a[i] as number) - (truth.planes.a[i] as number), (candidate.b[i] as number) - (truth.planes.b[i] as number))
    counts[where] = (counts[where] as number) + 1
  }
  const mean = (where: 0 | 1): number | null => (counts[where] ? (sums[where] as number) / counts[where] : null)
  return { bandError: mean(1), elsewhereError: mean(0) }
}
