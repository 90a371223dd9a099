import type { Hint } from '../../contract/hints.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { fault } from '../../core/texts/wording.ts'
import { pageStep } from '../../core/steps/page.ts'
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
  readonly gap?: number
  readonly forceColor?: boolean
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
  if (options.gap !== undefined) params['gap'] = options.gap
  params['inColor'] = options.forceColor === true ? 'recolor' : 'keep'
  if (options.linesOnly === true) params['linesOnly'] = true
  return params
}

/** The recipe of one page. */
export function pageRecipe(common: Readonly<Record<string, unknown>>, hints: readonly Hint[], rough: string | null): Recipe {
  return { version: 1, steps: [{ step: pageStep.id, v: pageStep.version, enabled: true, params: { ...common, hints, rough } }] }
}
