import type { Hint, HintsFile } from '../../contract/hints.ts'
import { hintsFile } from '../../contract/hints.ts'
import type { Note } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { fault, noted } from '../../core/texts/wording.ts'
import { pageStep } from '../../core/steps/page.ts'
import { readJson } from '../colorize/recipe.ts'
import { givenParams } from '../colorize/step-options.ts'
import { UsageError } from '../terminal/statuses.ts'

/** Options of `page` that are no parameters of the step by their kind. */
export interface PageOptions {
  readonly hints?: string
  readonly rough?: string
  readonly autoHints?: boolean
  readonly mode?: string
  readonly blend?: number
  readonly grow?: number
  readonly linesOnly?: boolean
}

/** What holds for every page of a run; hints and rough pictures are each page's own. */
export function commonParams(options: PageOptions & Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (options.blend !== undefined && options.rough === undefined && (options.mode === undefined || options.mode === 'flats')) {
    throw new UsageError(fault('bad-input', 'fault.blendAlone', 'remedy.addRough'))
  }
  const params = givenParams(pageStep, options)
  // A rough picture without more words is to be mixed in; with --auto-hints it is what hints are made of.
  if (options.mode === undefined && options.rough !== undefined && (options.autoHints !== true || options.blend !== undefined)) params['mode'] = 'both'
  if (options.grow !== undefined) params['grow'] = options.grow
  if (options.linesOnly === true) params['linesOnly'] = true
  return params
}

/** Reads and checks a file of hints. @throws UsageError */
export function readHints(file: string): Promise<HintsFile> {
  return readJson('--hints', file, hintsFile)
}

/** The recipe of one page. */
export function pageRecipe(common: Readonly<Record<string, unknown>>, hints: readonly Hint[], rough: string | null): Recipe {
  return { version: 1, steps: [{ step: pageStep.id, v: pageStep.version, enabled: true, params: { ...common, hints, rough } }] }
}

/** Proportions may differ by so much before hints are said to come from another picture. */
const sameShape = 0.02

/** Says where hints were placed on a picture of other proportions: they are fractions, and may sit off. */
export function shapeRemark(file: HintsFile, page: { readonly width: number; readonly height: number }): Note | null {
  const [width, height] = file.size
  if (Math.abs((width * page.height) / (height * page.width) - 1) <= sameShape) return null
  return noted('hints-other-shape', 'note.hintsOtherShape', { hintsSize: `${width}×${height}`, pageSize: `${page.width}×${page.height}` })
}
