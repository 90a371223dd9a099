import { resolve } from 'node:path'
import type { HintsFile } from '../../contract/hints.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import { fault } from '../../core/texts/wording.ts'
import { exportRequest, runBatch, type BatchOptions, type Finished, type Work } from '../colorize/batch.ts'
import { pictureEndings, type Input } from '../colorize/inputs.ts'
import { remarksOf, skippedSentence, toldNotes } from '../colorize/run.ts'
import type { TerminalStudio } from '../terminal/files.ts'
import { UsageError } from '../terminal/statuses.ts'
import { texts } from '../terminal/texts.ts'
import { companions, type CompanionOf } from './companions.ts'
import { commonParams, pageRecipe, readHints, shapeRemark, type PageOptions } from './recipe.ts'

type Options = BatchOptions & PageOptions & { readonly regions?: string } & Readonly<Record<string, unknown>>

/** The fields that pages add to a result line. */
function reportFields(report: PageReport, hints: number): Record<string, unknown> {
  return {
    regions: report.regions,
    panels: report.panels.length,
    bubbles: report.bubbles.length,
    hints,
    leaks: report.leaks,
    unhinted: report.unhinted.length,
    panelBoxes: report.panels,
    bubbleBoxes: report.bubbles,
    autoHints: report.autoHints,
  }
}

function sentence(input: string, output: string, { width, height, regions, panels, unhinted }: PageReport, hints: number): string {
  return texts.t('terminal.pageDone', { input, output, width, height, regions, panels: panels.length, hints, open: unhinted.length })
}

function regionsTarget({ regions }: Options, inputs: readonly Input[]): string | null {
  if (regions === undefined) return null
  if (inputs.length > 1) throw new UsageError(fault('bad-input', 'fault.optionForOne', 'remedy.pagesOneByOne', { option: '--regions', count: inputs.length }))
  if (!regions.toLowerCase().endsWith('.png')) throw new UsageError(fault('bad-input', 'fault.regionsNoPng', 'remedy.regionsPng', { file: regions }))
  return resolve(regions)
}

/** What belongs to each input: its hints, its rough picture, where its label map goes. */
interface Belongings {
  readonly files: ReadonlyMap<Input, HintsFile | null>
  readonly roughOf: CompanionOf
  readonly regions: string | null
}

async function belongings(options: Options, inputs: readonly Input[]): Promise<Belongings> {
  const hintsOf = await companions('--hints', options.hints, inputs, ['.hints.json', '.json'])
  const roughOf = await companions('--rough', options.rough, inputs, pictureEndings)
  const files = await Promise.all(inputs.map(async (input) => {
    const file = hintsOf(input)
    return [input, file === null ? null : await readHints(file)] as const
  }))
  return { files: new Map(files), roughOf, regions: regionsTarget(options, inputs) }
}

/** Colours pages and answers the exit status. */
export async function colorPages(names: readonly string[], options: Options): Promise<number> {
  const common = commonParams(options)
  let own: Belongings = { files: new Map(), roughOf: () => null, regions: null }
  const prepare = async (studio: TerminalStudio): Promise<Work> => {
    // A model that is needed and missing is told before any page is touched.
    if (options.rough === undefined) studio.modelFor(pageRecipe({ ...common, ...(options.autoHints === true ? { mode: 'model' } : {}) }, [], null))

    return async (input, target, run): Promise<Finished> => {
      const file = own.files.get(input) ?? null
      const rough = own.roughOf(input)
      if (options.rough !== undefined && rough === null) throw fault('bad-input', 'fault.noRoughFor', 'remedy.roughNames', { input: input.name, folder: options.rough })
      const given = file?.hints ?? []
      const report = await studio.examinePage({ input: input.path, recipe: pageRecipe(common, given, rough), autoHints: options.autoHints ?? false, regions: own.regions, overwrite: options.overwrite ?? false }, run)
      const hints = [...given, ...report.autoHints]
      const result = await studio.colorizeFile({ ...exportRequest(input, target, options), recipe: pageRecipe(common, hints, rough) }, run)
      const visible = hints.filter(({ hidden }) => hidden !== true).length
      const fields = reportFields(report, visible)
      if ('skipped' in result) return { line: { ...result, ...fields }, sentence: skippedSentence(input.name, result), remarks: [] }
      const remark = file && shapeRemark(file, report)
      const notes = [...result.notes, ...report.notes, ...(remark ? [remark] : [])]
      return { line: { ...result, notes: toldNotes(notes), ...fields }, sentence: sentence(input.name, result.output, report, visible), remarks: remarksOf({ notes, providerNote: result.providerNote }) }
    }
  }
  return runBatch(names, options, prepare, async (inputs) => {
    own = await belongings(options, inputs)
  })
}
