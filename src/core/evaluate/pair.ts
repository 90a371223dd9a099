/** Every measure of pictures against their truth, in one pass over strips of pixels. */
import type { ColorMeasures, PairMeasures } from '../../contract/evaluate.ts'
import { colorfulnessOf, colorMoments } from '../color/colorfulness.ts'
import { ciede2000 } from '../color/deltaE.ts'
import { bleedOf, edgeSide, edgesOf, smallPlanes, spreadOf } from './edges.ts'
import { labInto, stripPixels, type Rgb } from './picture.ts'
import { ssim } from './ssim.ts'

/** Bins of L* about whose means the colour beyond a tint is measured. */
const toneBins = 16
/** Standard deviation of ab (Lab units) below which a picture has no colour that could spread: what 8 bits round to. */
const leastDeviation = 1

interface Strip {
  readonly lightness: Float64Array
  readonly a: Float64Array
  readonly b: Float64Array
}

const strip = (): Strip => ({ lightness: new Float64Array(stripPixels), a: new Float64Array(stripPixels), b: new Float64Array(stripPixels) })

/** Sums of one picture's colours. */
class ColorSums {
  #sums = [0, 0, 0, 0]
  readonly #counts = new Float64Array(toneBins)
  readonly #a = new Float64Array(toneBins)
  readonly #b = new Float64Array(toneBins)

  add({ lightness, a, b }: Strip, count: number): void {
    let [sumA, sumB, squaresA, squaresB] = this.#sums as [number, number, number, number]
    for (let i = 0; i < count; i++) {
      const u = a[i] as number
      const v = b[i] as number
      sumA += u
      sumB += v
      squaresA += u * u
      squaresB += v * v
      const bin = Math.min(toneBins - 1, Math.max(0, Math.floor(((lightness[i] as number) * toneBins) / 100)))
      this.#counts[bin] = (this.#counts[bin] as number) + 1
      this.#a[bin] = (this.#a[bin] as number) + u
      this.#b[bin] = (this.#b[bin] as number) + v
    }
    this.#sums = [sumA, sumB, squaresA, squaresB]
  }

  measures(rgb: Rgb, spread: number): ColorMeasures {
    const [sumA, sumB, squaresA, squaresB] = this.#sums as [number, number, number, number]
    const pixels = rgb.width * rgb.height
    const variance = (sum: number, squares: number): number => Math.max(0, squares / pixels - (sum / pixels) ** 2)
    const explained = this.#counts.reduce((total, count, bin) => total + (count ? ((this.#a[bin] as number) ** 2 + (this.#b[bin] as number) ** 2) / count : 0), 0)
    const [varianceA, varianceB] = [variance(sumA, squaresA), variance(sumB, squaresB)]
    return {
      colorfulness: colorfulnessOf(colorMoments(rgb.data)),
      varianceA,
      varianceB,
      varianceBeyondTone: Math.max(0, (squaresA + squaresB - explained) / pixels),
      spread: varianceA + varianceB < leastDeviation ** 2 ? null : spread,
    }
  }
}

/** Sums of the differences between one candidate and the truth. */
class DifferenceSums {
  #deltaE = 0
  #abSquares = 0
  #drift = 0
  #driftMax = 0

  add(truth: Strip, own: Strip, count: number): void {
    for (let i = 0; i < count; i++) {
      const [l1, a1, b1] = [truth.lightness[i] as number, truth.a[i] as number, truth.b[i] as number]
      const [l2, a2, b2] = [own.lightness[i] as number, own.a[i] as number, own.b[i] as number]
      this.#deltaE += ciede2000([l1, a1, b1], [l2, a2, b2])
      this.#abSquares += ((a1 - a2) ** 2 + (b1 - b2) ** 2) / 2
      const drift = Math.abs(l1 - l2)
      this.#drift += drift
      if (drift > this.#driftMax) this.#driftMax = drift
    }
  }

  measures(pixels: number): Pick<PairMeasures, 'deltaE' | 'abSquares' | 'driftMean' | 'driftMax'> {
    return { deltaE: this.#deltaE / pixels, abSquares: this.#abSquares / pixels, driftMean: this.#drift / pixels, driftMax: this.#driftMax }
  }
}

function meanSquaredError(first: Uint8Array, second: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < first.length; i++) sum += ((first[i] as number) - (second[i] as number)) ** 2
  return sum / first.length
}

/**
 * Measures the truth and each candidate against it. All are of one size. Yields between strips.
 * @returns the truth's own measures, and those of the candidates in their order
 */
export function* measure(truth: Rgb, candidates: readonly Rgb[]): Generator<void, { truth: ColorMeasures; candidates: PairMeasures[] }> {
  const pixels = truth.width * truth.height
  const [truthStrip, ownStrip] = [strip(), strip()]
  const truthColors = new ColorSums()
  const sums = candidates.map((rgb) => ({ rgb, colors: new ColorSums(), differences: new DifferenceSums() }))
  for (let from = 0; from < pixels; from += stripPixels) {
    const to = Math.min(pixels, from + stripPixels)
    labInto(truth, from, to, truthStrip.lightness, truthStrip.a, truthStrip.b)
    truthColors.add(truthStrip, to - from)
    for (const { rgb, colors, differences } of sums) {
      labInto(rgb, from, to, ownStrip.lightness, ownStrip.a, ownStrip.b)
      colors.add(ownStrip, to - from)
      differences.add(truthStrip, ownStrip, to - from)
      yield
    }
  }
  const edges = yield* edgesOf(truth)
  const measures: PairMeasures[] = []
  for (const { rgb, colors, differences } of sums) {
    const small = yield* smallPlanes(rgb, edgeSide)
    measures.push({
      ...colors.measures(rgb, spreadOf(small)),
      ...differences.measures(pixels),
      ...bleedOf(edges, small.planes),
      mse: meanSquaredError(truth.data, rgb.data),
      ssim: yield* ssim(truth, rgb),
    })
  }
  return { truth: truthColors.measures(truth, spreadOf(edges)), candidates: measures }
}
