import type { EvaluatedPicture, EvaluatedSet, EvaluationSummary, Figure, FigureName, SetFigures } from '../../contract/evaluate.ts'

interface Column {
  readonly name: FigureName
  readonly title: string
  readonly digits: number
  /** Shown only where there is something to show. */
  readonly optional?: boolean
}

const columns: readonly Column[] = [
  { name: 'psnr', title: 'PSNR dB', digits: 2 },
  { name: 'psnrOverGrey', title: 'over grey', digits: 2 },
  { name: 'ssim', title: 'SSIM', digits: 3 },
  { name: 'deltaE', title: 'ΔE2000', digits: 2 },
  { name: 'abError', title: 'ab error', digits: 2 },
  { name: 'colorfulness', title: 'colour', digits: 2 },
  { name: 'sigmaA', title: 'σ(a)', digits: 2 },
  { name: 'sigmaB', title: 'σ(b)', digits: 2 },
  { name: 'sigmaBeyondTone', title: 'σ beyond tone', digits: 2 },
  { name: 'driftMean', title: 'ΔL* mean', digits: 2 },
  { name: 'driftMax', title: 'ΔL* max', digits: 1 },
  { name: 'bleedBand', title: 'bleed', digits: 2 },
  { name: 'bleedElsewhere', title: 'elsewhere', digits: 2 },
  { name: 'spread', title: 'spread', digits: 2 },
  { name: 'hintError', title: 'Δab at hints', digits: 2, optional: true },
  { name: 'hintsObeyed', title: 'obeyed', digits: 2, optional: true },
  { name: 'hintReach', title: 'reach', digits: 2, optional: true },
  { name: 'flicker', title: 'flicker', digits: 2, optional: true },
  { name: 'flickerOfTruth', title: 'of truth', digits: 2, optional: true },
  { name: 'flickerPercent', title: 'flicker %', digits: 1, optional: true },
]

const number = (value: number | null | undefined, digits: number): string => (value === null || value === undefined ? '–' : value.toFixed(digits))

/** The line of one picture. */
export function pictureLine({ name, figures, resizedFrom, reducedFrom }: EvaluatedPicture): string {
  const { output } = figures
  const shown = [
    `${number(output.psnr, 2)} dB (grey ${number(figures.grey.psnr, 2)})`,
    `ΔE ${number(output.deltaE, 2)} (grey ${number(figures.grey.deltaE, 2)})`,
    `colour ${number(output.colorfulness, 2)}`,
    `σ(a) ${number(output.sigmaA, 2)}`,
    `σ(b) ${number(output.sigmaB, 2)}`,
  ]
  if (resizedFrom) shown.push(`resized from ${resizedFrom.join('×')}`)
  if (reducedFrom) shown.push(`truth reduced from ${reducedFrom.join('×')}`)
  return `${name}  ${shown.join(', ')}`
}

function range({ low, high }: Figure, digits: number): string {
  return low === null || high === null ? '' : `${low.toFixed(digits)} … ${high.toFixed(digits)}`
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => [...(row[column] ?? '')].length)))
  const padded = (cell: string, column: number): string => {
    const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - [...cell].length))
    return column === 0 ? cell + gap : gap + cell
  }
  return rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n')
}

/** One candidate a column, one figure a row; the interval of the output beside it. */
function setTable(set: EvaluatedSet): string {
  const candidates: readonly (readonly [string, SetFigures])[] = [
    ['output', set.output],
    ['grey copy', set.grey],
    ['mean colour', set.meanColor],
    ...set.strengths.map(({ strength, figures }) => [`× ${strength}`, figures] as const),
  ]
  const shown = columns.filter(({ name, optional }) => !optional || set.output[name].value !== null)
  const head = ['', 'output', '95 %', ...candidates.slice(1).map(([name]) => name)]
  const body = shown.map(({ name, title, digits }) => [title, number(set.output[name].value, digits), range(set.output[name], digits), ...candidates.slice(1).map(([, figures]) => number(figures[name].value, digits))])
  return table([head, ...body])
}

function list(title: string, names: readonly string[]): string[] {
  const most = 10
  if (names.length === 0) return []
  return [`${title} (${names.length}): ${names.slice(0, most).join('; ')}${names.length > most ? '; …' : ''}`]
}

const photos = (count: number): string => `${count} picture${count === 1 ? '' : 's'}`

/** Everything after the last picture's line. */
export function summaryText(summary: EvaluationSummary): string {
  const { fid, unmatched } = summary
  const parts = (kind: string, sets: Readonly<Record<string, EvaluatedSet>>): string[] => Object.entries(sets).flatMap(([name, set]) => ['', `${kind} ${name}, ${photos(set.pictures)}`, setTable(set)])
  const grey = summary.all.grey.psnr.value
  return [
    '',
    ...(grey === null ? [] : [`The grey copy has ${grey.toFixed(2)} dB PSNR without any colour: PSNR is mostly lightness, so judge by the gain over it, ΔE and colour.`, '']),
    `All, ${photos(summary.pictures)}`,
    setTable(summary.all),
    ...parts('Category', summary.categories),
    ...parts('Group', summary.groups),
    ...(fid ? ['', `FID ${fid.output.toFixed(2)} (grey copy ${fid.grey.toFixed(2)}, mean colour ${fid.meanColor.toFixed(2)}); ${photos(fid.pictures)}, ${fid.dimensions} dimensions`] : []),
    '',
    ...list('Resized to the truth’s size', summary.resized),
    ...list('Compared at a reduced size', summary.reduced),
    ...list('Without an output', unmatched.real),
    ...list('Without a truth', unmatched.output),
    ...summary.notes.map((note) => `Note: ${note}`),
  ]
    .join('\n')
    .trimEnd()
}
