/** From the measures of pictures to the figures that are told: of one picture, and of many with their intervals. */
import type { FigureName, PairMeasures, PairReport, PictureFigures, SetFigures } from '../../contract/evaluate.ts'
import { intervals, meanOf } from './bootstrap.ts'

/** PSNR of equal pictures is infinite; a mean needs a number. */
const mostDecibels = 100

/** Peak signal-to-noise ratio in dB for 8-bit samples, 100 at most. */
export function psnrOf(mse: number): number {
  return mse === 0 ? mostDecibels : Math.min(mostDecibels, 10 * Math.log10(255 ** 2 / mse))
}

/** Which of a report's pictures is looked at: `output`, `grey`, `meanColor`, or the number of a strength. */
export type Candidate = 'output' | 'grey' | 'meanColor' | number

function measuresOf(report: PairReport, candidate: Candidate): PairMeasures {
  return typeof candidate === 'number' ? (report.strengths[candidate] as PairMeasures) : report[candidate]
}

/** One number a picture; NaN where it has none. The means of these make the figures. */
function numbersOf(report: PairReport, candidate: Candidate) {
  const measures = measuresOf(report, candidate)
  const { truth, grey } = report
  const psnr = psnrOf(measures.mse)
  const hints = candidate === 'output' ? report.hints : null
  const flicker = candidate === 'output' ? report.flicker : null
  const none = Number.NaN
  return {
    psnr,
    psnrSameSize: report.resizedFrom === null && report.reducedFrom === null ? psnr : none,
    mse: measures.mse,
    psnrGain: psnr - psnrOf(grey.mse),
    ssim: measures.ssim ?? none,
    deltaE: measures.deltaE,
    deltaEGain: measures.deltaE - grey.deltaE,
    abSquares: measures.abSquares,
    colorfulness: measures.colorfulness,
    trueColorfulness: truth.colorfulness,
    varianceA: measures.varianceA,
    trueVarianceA: truth.varianceA,
    varianceB: measures.varianceB,
    trueVarianceB: truth.varianceB,
    varianceBeyondTone: measures.varianceBeyondTone,
    trueVarianceBeyondTone: truth.varianceBeyondTone,
    driftMean: measures.driftMean,
    bandError: measures.bandError ?? none,
    elsewhereError: measures.elsewhereError ?? none,
    // Both or none: a mean over other pictures than the truth's would compare two things.
    spread: truth.spread === null ? none : (measures.spread ?? none),
    trueSpread: measures.spread === null ? none : (truth.spread ?? none),
    hintError: hints?.error ?? none,
    hintsObeyed: hints?.obeyed ?? none,
    hintReach: hints?.reach ?? none,
    trueReach: hints?.trueReach ?? none,
    flicker: flicker?.output ?? none,
    trueFlicker: flicker?.truth ?? none,
    chroma: flicker?.chroma ?? none,
  }
}
type Numbers = ReturnType<typeof numbersOf>

/** Nothing is compared with a truth of less than this: a grey one has no colour to share. */
const least = 1e-6

/** Every figure but the greatest drift, from means over pictures. */
function figuresOfMeans(mean: Numbers): Record<Exclude<FigureName, 'driftMax'>, number | null> {
  const told = (value: number): number | null => (Number.isFinite(value) ? value : null)
  const ratio = (value: number, truth: number): number | null => (truth > least ? told(value / truth) : null)
  const rootRatio = (value: number, truth: number): number | null => {
    const share = ratio(value, truth)
    return share === null ? null : Math.sqrt(share)
  }
  return {
    psnr: told(mean.psnr),
    psnrSameSize: told(mean.psnrSameSize),
    psnrPooled: told(psnrOf(mean.mse)),
    psnrOverGrey: told(mean.psnrGain),
    ssim: told(mean.ssim),
    deltaE: told(mean.deltaE),
    deltaEOverGrey: told(mean.deltaEGain),
    abError: told(Math.sqrt(mean.abSquares)),
    colorfulness: ratio(mean.colorfulness, mean.trueColorfulness),
    sigmaA: rootRatio(mean.varianceA, mean.trueVarianceA),
    sigmaB: rootRatio(mean.varianceB, mean.trueVarianceB),
    sigmaBeyondTone: rootRatio(mean.varianceBeyondTone, mean.trueVarianceBeyondTone),
    driftMean: told(mean.driftMean),
    bleedBand: told(mean.bandError),
    bleedElsewhere: told(mean.elsewhereError),
    spread: ratio(mean.spread, mean.trueSpread),
    hintError: told(mean.hintError),
    hintsObeyed: told(mean.hintsObeyed),
    hintReach: ratio(mean.hintReach, mean.trueReach),
    flicker: told(mean.flicker),
    flickerOfTruth: told(mean.trueFlicker),
    flickerPercent: ratio(100 * mean.flicker, mean.chroma),
  }
}

/** The figures of one picture. */
export function figuresOfPicture(report: PairReport, candidate: Candidate): PictureFigures {
  return { ...figuresOfMeans(numbersOf(report, candidate)), driftMax: measuresOf(report, candidate).driftMax }
}

/** The figures of several pictures with their 95 % intervals; every picture counts alike, whatever its size. */
export function figuresOfSet(reports: readonly PairReport[], candidate: Candidate): SetFigures {
  const rows = reports.map((report) => numbersOf(report, candidate))
  const names = Object.keys(rows[0] ?? {}) as (keyof Numbers)[]
  const columns = Object.fromEntries(names.map((name) => [name, Float64Array.from(rows, (row) => row[name])])) as Record<keyof Numbers, Float64Array>
  const means = Object.fromEntries(names.map((name) => [name, meanOf(columns[name])])) as Numbers
  const ranges = intervals(columns, rows.length, figuresOfMeans)
  const figures = Object.fromEntries(
    Object.entries(figuresOfMeans(means)).map(([name, value]) => {
      const range = value === null ? undefined : ranges[name as keyof typeof ranges]
      return [name, { value, low: range?.[0] ?? null, high: range?.[1] ?? null }]
    }),
  ) as Omit<SetFigures, 'driftMax'>
  const greatest = reports.reduce((most, report) => Math.max(most, measuresOf(report, candidate).driftMax), 0)
  return { ...figures, driftMax: { value: greatest, low: null, high: null } } as SetFigures
}
