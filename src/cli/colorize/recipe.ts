import { readFile, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { z } from 'zod'
import { hintsFile } from '../../contract/hints.ts'
import { recipe as recipeSchema, type Recipe } from '../../contract/recipe.ts'
import { fault, worded } from '../../core/texts/wording.ts'
import { colorizeStep } from '../../core/steps/colorize.ts'
import { filesOf, withFiles } from '../../core/steps/files.ts'
import { defaultPhotoRecipe, isKnownStep } from '../../core/steps/index.ts'
import { UsageError } from '../terminal/statuses.ts'
import { companions } from './companions.ts'
import type { Input } from './inputs.ts'
import { givenParams } from './step-options.ts'

/** Reads and checks one JSON file that an option names; every complaint says file, place and what is wrong. */
export async function readJson<Schema extends z.ZodType>(option: string, file: string, schema: Schema): Promise<z.output<Schema>> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch {
    throw new UsageError(fault('bad-input', 'fault.optionUnreadable', 'remedy.checkPath', { option, file }))
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new UsageError(fault('bad-input', 'fault.optionNoJson', 'remedy.exportOrMend', { option, file, reason: cause instanceof Error ? cause.message : String(cause) }))
  }
  const parsed = schema.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UsageError(fault('bad-input', 'fault.optionWrong', 'remedy.formatsPage', { option, file, place: issue?.path.join('.') || worded('fault.theWhole'), problem: issue?.message ?? '?' }))
}

/** A recipe from a file: the files that it names by relative paths lie beside it. */
async function readRecipe(file: string): Promise<Recipe> {
  const folder = dirname(resolve(file))
  return withFiles(await readJson('--recipe', file, recipeSchema), (path) => resolve(folder, path))
}

/** @throws UsageError where a file that the recipe names is not there */
async function assertFiles(recipe: Recipe): Promise<void> {
  for (const file of filesOf(recipe)) {
    const found = await stat(file).catch(() => null)
    if (!found?.isFile()) throw new UsageError(fault('bad-input', 'fault.recipeNoReference', 'remedy.beside', { file }))
  }
}

/**
 * The recipe for one run: the file's, with explicit options winning over it; else the default with the options.
 * @throws UsageError where a file that it needs is not there or cannot be used
 */
export async function recipeOf(options: Readonly<Record<string, unknown>>): Promise<Recipe> {
  const recipe = await wantedRecipe(options)
  await assertFiles(recipe)
  return recipe
}

async function wantedRecipe(options: Readonly<Record<string, unknown>>): Promise<Recipe> {
  const { recipe: recipeFile, hints, reference } = options
  const base: Recipe = typeof recipeFile === 'string' ? await readRecipe(recipeFile) : defaultPhotoRecipe()
  const params = givenParams(colorizeStep, options)
  if (typeof hints === 'string') params['hints'] = (await readJson('--hints', hints, hintsFile)).hints
  if (typeof reference === 'string') {
    const found = await stat(reference).catch(() => null)
    if (!found?.isFile()) throw new UsageError(fault('bad-input', 'fault.referenceNoFile', 'remedy.checkPath', { file: reference }))
    params['reference'] = resolve(reference)
  }
  const unknown = base.steps.find((step) => step.enabled && !isKnownStep(step.step))
  if (unknown) throw new UsageError(fault('bad-input', 'fault.recipeUnknownStep', 'remedy.updateOrSwitchOff', { step: unknown.step }))
  for (const step of base.steps) {
    if (step.step !== 'colorize') continue
    const { repaired } = colorizeStep.parse(step.params)
    if (repaired.length > 0) throw new UsageError(fault('bad-input', 'fault.recipeWrong', 'remedy.helpRanges', { params: repaired.join(', ') }))
  }
  return Object.keys(params).length === 0 ? base : withParams(base, params)
}

/** A recipe whose colorize step is on and has these parameters. */
function withParams(base: Recipe, params: Readonly<Record<string, unknown>>): Recipe {
  if (!base.steps.some((step) => step.step === 'colorize')) {
    return { ...base, steps: [...base.steps, { step: 'colorize', v: colorizeStep.version, enabled: true, params }] }
  }
  return { ...base, steps: base.steps.map((step) => (step.step === 'colorize' ? { ...step, enabled: true, params: { ...step.params, ...params } } : step)) }
}

/** The recipe of each input, and that of all where nothing is said of one. */
export interface Recipes {
  readonly common: Recipe
  /** Reads what belongs to each input; to be called before any of them is worked on. */
  readonly of: (inputs: readonly Input[]) => Promise<(input: Input) => Recipe>
}

/**
 * The same where `--hints` may name a folder with NAME.hints.json for each input; inputs without one have no hints of their own.
 * @throws UsageError where a file that is needed is not there or cannot be used
 */
export async function recipesOf(options: Readonly<Record<string, unknown>>): Promise<Recipes> {
  const { hints, ...others } = options
  const isFolder = typeof hints === 'string' && (await stat(hints).catch(() => null))?.isDirectory() === true
  if (!isFolder) {
    const common = await recipeOf(options)
    return { common, of: () => Promise.resolve(() => common) }
  }
  const common = await recipeOf(others)
  return {
    common,
    async of(inputs) {
      const fileOf = await companions('--hints', hints, inputs, ['.hints.json'])
      const own = new Map<Input, Recipe>()
      for (const input of inputs) {
        const file = fileOf(input)
        if (file !== null) own.set(input, withParams(common, { hints: (await readJson('--hints', file, hintsFile)).hints }))
      }
      return (input) => own.get(input) ?? common
    },
  }
}
