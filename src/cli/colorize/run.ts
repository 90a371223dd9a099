import type { Recipe } from '../../contract/recipe.ts'
import type { ColorizeFileResult, SkippedFile } from '../../studio/files.ts'
import type { TerminalStudio } from '../terminal/files.ts'
import { texts } from '../terminal/texts.ts'
import { exportRequest, runBatch, type BatchOptions, type Finished, type Work } from './batch.ts'
import type { Input } from './inputs.ts'
import { recipesOf } from './recipe.ts'

function sentence(input: string, result: ColorizeFileResult): string {
  const { output, width, height, renderFactor: factor } = result
  if (result.alreadyColor) return texts.t('terminal.alreadyColour', { input, output })
  const figures = { input, output, width, height, seconds: (result.ms.total / 1000).toFixed(1) }
  return factor === null ? texts.t('terminal.coloured', figures) : texts.t('terminal.colouredAt', { ...figures, factor })
}

/** What a person should know of a result: only the first page was read, something of the source found no room, … */
export function remarksOf({ notes, providerNote }: Pick<ColorizeFileResult, 'notes' | 'providerNote'>): string[] {
  const remarks = notes.filter(({ code }) => code !== 'already-color').map(texts.say)
  return providerNote === null ? remarks : [...remarks, texts.say(providerNote)]
}

/** Notes for a `result` line, in the terminal's language. */
export function toldNotes(notes: ColorizeFileResult['notes']): { code: string; message: string }[] {
  return notes.map((note) => ({ code: note.code, message: texts.say(note) }))
}

/** What is said in a `result` line, in the terminal's language. */
export function told({ notes, providerNote }: Pick<ColorizeFileResult, 'notes' | 'providerNote'>): { notes: { code: string; message: string }[]; providerNote: string | null } {
  return { notes: toldNotes(notes), providerNote: providerNote && texts.say(providerNote) }
}

/** A result that stood already, for people. */
export function skippedSentence(input: string, { output }: SkippedFile): string {
  return texts.t('terminal.doneAlready', { input, output })
}

/** Colours photos and answers the exit status. */
export async function colorize(names: readonly string[], options: BatchOptions & Readonly<Record<string, unknown>>): Promise<number> {
  let recipeFor: ((input: Input) => Recipe) | undefined
  const recipes = await recipesOf(options)
  const prepare = (studio: TerminalStudio): Promise<Work> => {
    studio.modelFor(recipes.common)
    return Promise.resolve(async (input, target, run): Promise<Finished> => {
      const recipe = recipeFor?.(input) ?? recipes.common
      const result = await studio.colorizeFile({ ...exportRequest(input, target, options), recipe }, run)
      if ('skipped' in result) return { line: { ...result }, sentence: skippedSentence(input.name, result), remarks: [] }
      return { line: { ...result, ...told(result) }, sentence: sentence(input.name, result), remarks: remarksOf(result) }
    })
  }
  const begin = async (inputs: readonly Input[]): Promise<boolean> => {
    recipeFor = await recipes.of(inputs)
    return false
  }
  return runBatch(names, options, prepare, begin)
}
