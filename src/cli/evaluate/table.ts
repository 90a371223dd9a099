import type { EvaluatedPicture, EvaluatedSet, EvaluationSummary, Figure, FigureName, SetFigures } from '../../contract/evaluate.ts'
import type { TextKey } from '../../core/texts/catalogue.ts'
import { columnsOf, padded } from '../terminal/help.ts'
import { texts } from '../terminal/texts.ts'

/** Figures that have a name in the catalogue. */
type Shown = { [Name in FigureName]: `evaluate.${Name}` extends TextKey ? Name : never }[FigureName]

interface Column {
  readonly name: Shown
  readonly digits: number
  /** Shown only where there is something to show. */
  readonly optional?: boolean
}

const columns: readonly Column[] = [
  { name: 'psnr', digits: 2 },
  { name: 'psnrOverGrey', digits: 2 },
  { name: 'ssim', digits: 3 },
  { name: 'deltaE', digits: 2 },
  { name: 'abError', digits: 2 },
  { name: 'colorfulness', digits: 2 },
  { name: 'sigmaA', digits: 2 },
  { name: 'sigmaB', digits: 2 },
  { name: 'sigmaBeyondTone', digits: 2 },
  { name: 'driftMean', digits: 2 },
  { name: 'driftMax', digits: 1 },
  { name: 'bleedBand', digits: 2 },
  { name: 'bleedElsewhere', digits: 2 },
  { name: 'spread', digits: 2 },
  { name: 'hintError', digits: 2, optional: true },
  { name: 'hintsObeyed', digits: 2, optional: true },
  { name: 'hintReach', digits: 2, optional: true },
  { name: 'flicker', digits: 2, optional: true },
  { name: 'flickerOfTruth', digits: 2, optional: true },
  { name: 'flickerPercent', digits: 1, optional: true },
]

const number = (value: number | null | undefined, digits: number): string => (value === null || value === undefined ? '–' : value.toFixed(digits))

/** The line of one picture. */
export function pictureLine({ name, figures, resizedFrom, reducedFrom }: EvaluatedPicture): string {
  const { output } = figures
  const shown = texts.t('evaluate.picture', {
    psnr: number(output.psnr, 2),
    greyPsnr: number(figures.grey.psnr, 2),
    deltaE: number(output.deltaE, 2),
    greyDeltaE: number(figures.grey.deltaE, 2),
    colour: number(output.colorfulness, 2),
    sigmaA: number(output.sigmaA, 2),
    sigmaB: number(output.sigmaB, 2),
  })
  const resized = resizedFrom ? texts.t('evaluate.resizedFrom', { size: resizedFrom.join('×') }) : ''
  const reduced = reducedFrom ? texts.t('evaluate.reducedFrom', { size: reducedFrom.join('×') }) : ''
  return `${name}  ${shown}${resized}${reduced}`
}

function range({ low, high }: Figure, digits: number): string {
  return low === null || high === null ? '' : `${low.toFixed(digits)} … ${high.toFixed(digits)}`
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))))
  return rows.map((row) => row.map((cell, column) => padded(cell, widths[column] ?? 0, column === 0 ? 'end' : 'start')).join('  ').trimEnd()).join('\n')
}

/** One candidate a column, one figure a row; the interval of the output beside it. */
function setTable(set: EvaluatedSet): string {
  const candidates: readonly (readonly [string, SetFigures])[] = [
    [texts.t('evaluate.output'), set.output],
    [texts.t('evaluate.greyCopy'), set.grey],
    [texts.t('evaluate.meanColour'), set.meanColor],
    ...set.strengths.map(({ strength, figures }) => [`× ${strength}`, figures] as const),
  ]
  const shown = columns.filter(({ name, optional }) => !optional || set.output[name].value !== null)
  const head = ['', texts.t('evaluate.output'), '95 %', ...candidates.slice(1).map(([name]) => name)]
  const body = shown.map(({ name, digits }) => [texts.t(`evaluate.${name}`), number(set.output[name].value, digits), range(set.output[name], digits), ...candidates.slice(1).map(([, figures]) => number(figures[name].value, digits))])
  return table([head, ...body])
}

function list(title: string, names: readonly string[]): string[] {
  const most = 10
  if (names.length === 0) return []
  return [texts.t('evaluate.listed', { title, count: names.length, names: names.slice(0, most).join('; ') + (names.length > most ? '; …' : '') })]
}

const photos = (count: number): string => texts.t('evaluate.pictures', { count })

/** Everything after the last picture's line. */
export function summaryText(summary: EvaluationSummary): string {
  const { fid, unmatched } = summary
  const parts = (kind: 'evaluate.category' | 'evaluate.group', sets: Readonly<Record<string, EvaluatedSet>>): string[] => Object.entries(sets).flatMap(([name, set]) => ['', texts.t(kind, { name, pictures: photos(set.pictures) }), setTable(set)])
  const grey = summary.all.grey.psnr.value
  return [
    '',
    ...(grey === null ? [] : [texts.t('evaluate.greyHas', { psnr: grey.toFixed(2) }), '']),
    texts.t('evaluate.all', { pictures: photos(summary.pictures) }),
    setTable(summary.all),
    ...parts('evaluate.category', summary.categories),
    ...parts('evaluate.group', summary.groups),
    ...(fid ? ['', texts.t('evaluate.fid', { output: fid.output.toFixed(2), grey: fid.grey.toFixed(2), mean: fid.meanColor.toFixed(2), pictures: photos(fid.pictures), dimensions: fid.dimensions })] : []),
    '',
    ...list(texts.t('evaluate.resized'), summary.resized),
    ...list(texts.t('evaluate.reduced'), summary.reduced),
    ...list(texts.t('evaluate.withoutOutput'), unmatched.real),
    ...list(texts.t('evaluate.withoutTruth'), unmatched.output),
    ...summary.notes.map((note) => texts.t('evaluate.note', { text: texts.say(note) })),
  ]
    .join('\n')
    .trimEnd()
}
