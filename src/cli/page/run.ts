import { resolve } from 'node:path'
import type { Hint } from '../../contract/hints.ts'
import type { Note } from '../../contract/pictures.ts'
import type { PageReport } from '../../contract/pageReport.ts'
import type { Teaching } from '../../contract/pageTeaching.ts'
import { inkedBy } from '../../core/pages/inking.ts'
import { showsNetworkHints } from '../../core/steps/page.ts'
import { fault } from '../../core/texts/wording.ts'
import type { AskedPage } from '../../studio/files.ts'
import { fileMark } from '../../studio/previews/keys.ts'
import { exportRequest, runBatch, type BatchOptions, type Finished, type Work } from '../colorize/batch.ts'
import { pictureEndings, type Input } from '../colorize/inputs.ts'
import { planTargets, type Target } from '../colorize/outputs.ts'
import { remarksOf, skippedSentence, told } from '../colorize/run.ts'
import type { TerminalStudio } from '../terminal/files.ts'
import type { Reporter } from '../terminal/reporter.ts'
import { UsageError } from '../terminal/statuses.ts'
import { texts } from '../terminal/texts.ts'
import { companions, type CompanionOf } from '../colorize/companions.ts'
import { pageBundle, readPaletteOption, type FileOptions, type Swatch } from './files.ts'
import { teachingOf, type TeachOptions } from './teaching.ts'
import { commonParams, pageRecipe, type PageOptions } from './recipe.ts'

type Options = BatchOptions & PageOptions & FileOptions & TeachOptions & { readonly regions?: string } & Readonly<Record<string, unknown>>

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

interface ReadHints {
  readonly hints: readonly Hint[]
  readonly notes: readonly Note[]
}
const noHints: ReadHints = { hints: [], notes: [] }

/** What belongs to each input: its hints, its rough picture, where its label map goes. */
interface Belongings {
  readonly hints: ReadonlyMap<Input, ReadHints>
  readonly roughOf: CompanionOf
  readonly regions: string | null
}

async function belongings(options: Options, inputs: readonly Input[], studio: TerminalStudio): Promise<Belongings> {
  const hintsOf = await companions('--hints', options.hints, inputs, ['.hints.json', '.json', '.png'])
  const roughOf = await companions('--rough', options.rough, inputs, pictureEndings)
  const hints = await Promise.all(inputs.map(async (input) => {
    const file = hintsOf(input)
    return [input, file === null ? noHints : await studio.readPageHints(input.path, file)] as const
  }))
  return { hints: new Map(hints), roughOf, regions: regionsTarget(options, inputs) }
}

/** Colours pages and answers the exit status. */
export async function colorPages(names: readonly string[], given: Options): Promise<number> {
  const common = commonParams(given)
  const bundle = await pageBundle(given)
  const options: Options = { ...given, ...bundle.options }
  let own: Belongings = { hints: new Map(), roughOf: () => null, regions: null }
  let palette: readonly Swatch[] = []
  let teach: Teaching | null = null
  let reading: TerminalStudio | undefined
  const stamps = new Map<Input, string>()
  /** What is wanted of one page, before anything is found on it. */
  const ask = (input: Input, target: Target) => {
    const rough = own.roughOf(input)
    if (options.rough !== undefined && rough === null) throw fault('bad-input', 'fault.noRoughFor', 'remedy.roughNames', { input: input.name, folder: options.rough })
    const placed = inkedBy(palette, (own.hints.get(input) ?? noHints).hints)
    const asked: AskedPage = { recipe: pageRecipe(common, placed, rough), autoHints: teach === null && (options.autoHints ?? false), beside: [palette, options.layers ?? null, teach && [teach, fileMark(resolve(options.teach ?? ''))]] }
    return { rough, placed, asked, request: bundle.request({ ...exportRequest(input, target, options), recipe: asked.recipe }) }
  }
  const prepare = async (studio: TerminalStudio): Promise<Work> => {
    reading = studio
    palette = await readPaletteOption(studio, options.palette)
    teach = await teachingOf(options, studio)
    // A model that is needed and missing is told before any page is touched.
    if (options.rough === undefined) studio.modelFor(pageRecipe({ ...common, ...(options.autoHints === true && teach === null ? { mode: 'model' } : {}) }, [], null))

    return async (input, target, run): Promise<Finished> => {
      const { rough, placed, asked, request } = ask(input, target)
      const read = own.hints.get(input) ?? noHints
      const stamp = stamps.get(input) ?? (await studio.pageStamp(request, asked))
      if (own.regions === null && (await bundle.isDone(studio, input, target, request, stamp))) {
        await bundle.done(input, target, stamp, null)
        const skipped = { input: input.path, output: bundle.shown(target.path), skipped: true as const }
        return { line: { ...skipped }, sentence: skippedSentence(input.name, skipped), remarks: [] }
      }
      const report = await studio.examinePage({ input: input.path, recipe: asked.recipe, autoHints: asked.autoHints, teach, regions: own.regions, overwrite: options.overwrite ?? false }, run)
      const hints = [...placed, ...inkedBy(palette, report.autoHints)]
      const recipe = pageRecipe(common, hints, rough)
      // Layers first: a page that stands has its layers too, wherever a run was stopped.
      const layers = await bundle.layers(studio, input, target, recipe, palette)
      const result = await studio.colorizeFile({ ...request, recipe, stamp }, run)
      const network = !('skipped' in result) && !result.alreadyColor && (result.model !== null || showsNetworkHints(hints))
      await bundle.done(input, target, stamp, network)
      const visible = hints.filter(({ hidden }) => hidden !== true).length
      const fields = reportFields(report, visible)
      const output = bundle.shown(result.output)
      if ('skipped' in result) return { line: { ...result, output, ...layers.line, ...fields }, sentence: skippedSentence(input.name, result), remarks: [] }
      const notes = [...result.notes, ...report.notes, ...read.notes, ...layers.notes]
      return { line: { ...result, output, ...layers.line, network, ...told({ notes, providerNote: result.providerNote }), ...fields }, sentence: result.alreadyColor ? texts.t('terminal.alreadyColour', { input: input.name, output }) : sentence(input.name, output, report, visible), remarks: remarksOf({ notes, providerNote: result.providerNote }) }
    }
  }
  const begin = async (inputs: readonly Input[], reporter: Reporter): Promise<boolean> => {
    if (!reading) return false
    own = await belongings(options, inputs, reading)
    for (const [n, target] of planTargets(inputs, options).entries()) {
      const input = inputs[n]
      // What cannot be asked for fails as its own page, later.
      if (input && (options.rough === undefined || own.roughOf(input) !== null)) {
        const { request, asked } = ask(input, target)
        stamps.set(input, await reading.pageStamp(request, asked))
      }
    }
    return stamps.size === inputs.length && bundle.stands(reading, [...stamps.values()], reporter)
  }
  return runBatch(names, options, prepare, begin, bundle).finally(() => bundle.sweep())
}
