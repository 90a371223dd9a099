import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { type ClipPreset, type ClipReference, type ClipResult, type ClipShot, shotsFile } from '../../contract/clips.ts'
import type { Rational } from '../../contract/rational.ts'
import { withFiles } from '../../core/steps/files.ts'
import { fault } from '../../core/texts/wording.ts'
import { clipIndexes, locate } from '../../studio/hosting/locations.ts'
import { readJson, recipeOf } from '../colorize/recipe.ts'
import { toldNotes } from '../colorize/run.ts'
import { openFileStudio } from '../terminal/files.ts'
import { interruptible } from '../terminal/interrupt.ts'
import type { Reporter, ReporterOptions } from '../terminal/reporter.ts'
import { asUsage, exitStatus, UsageError } from '../terminal/statuses.ts'
import { texts } from '../terminal/texts.ts'

export interface ClipOptions extends ReporterOptions, Readonly<Record<string, unknown>> {
  readonly output: string
  readonly preset: ClipPreset
  readonly from?: number
  readonly to?: number
  /** Of numbered pictures. */
  readonly rate?: Rational
  readonly steady?: number
  /** Path of a `.shots.json`. */
  readonly shots?: string
  /** Pictures: of a frame where they say `N=` before, else of anything whose colours are taken over. */
  readonly reference?: readonly string[]
  readonly resume?: boolean
  readonly chunk?: number
  readonly join?: boolean
  readonly overwrite?: boolean
}

function sentence(input: string, output: string, result: ClipResult): string {
  const { frames, shots, encoding, kept, lumaIdentical, chunk, chunks } = result
  if (chunk !== null) return chunk < chunks ? texts.t('terminal.colorClip.chunk', { input, chunk, chunks, frames }) : texts.t('terminal.colorClip.noChunk', { input, chunk, chunks, last: chunks - 1 })
  const luma = typeof lumaIdentical === 'string' ? lumaIdentical : texts.t('terminal.colorClip.same')
  const lost = kept.filter(({ same }) => !same).map(({ name, before, after }) => texts.t('terminal.colorClip.notKept', { name, before, after }))
  return [texts.t('terminal.colorClip.done', { input, output, frames, shots: shots.length, encoding, luma, kept: kept.length - lost.length, rows: kept.length }), ...lost].join('\n')
}

/** What is wrong with the command line, though only a look at the film tells. */
const usageFaults = new Set(['fault.clipEnding', 'fault.clipRange', 'fault.clipPictureName', 'fault.clipShots', 'fault.clipHintFrame', 'fault.clipReferenceShape', 'fault.noSuchFrame', 'fault.rateOfFilm'])

/** Shots from a file: what their recipes name by relative paths lies beside it. */
async function shotsOf(file: string): Promise<ClipShot[]> {
  const folder = dirname(resolve(file))
  const { shots } = await readJson('--shots', file, shotsFile)
  return shots.map((shot) => ({ ...shot, recipe: shot.recipe && withFiles(shot.recipe, (path) => resolve(folder, path)) }))
}

/** `--reference 120=right.png` settles a frame; without a number the picture lends its colours to the whole film. */
async function referencesOf(given: readonly string[]): Promise<{ references: ClipReference[]; reference?: string }> {
  const parts = given.map((each) => /^(?:(\d+)=)?(.*)$/s.exec(each))
  const references = parts.flatMap((part) => (part?.[1] === undefined ? [] : [{ frame: Number(part[1]), path: resolve(part[2] ?? '') }]))
  for (const { path } of references) {
    const found = await stat(path).catch(() => null)
    if (!found?.isFile()) throw new UsageError(fault('bad-input', 'fault.referenceNoFile', 'remedy.checkPath', { file: path }))
  }
  const reference = parts.findLast((part) => part && part[1] === undefined)?.[2]
  return { references, ...(reference !== undefined && { reference }) }
}

/** Colours a film and answers the exit status. */
export async function colorClip(file: string, options: ClipOptions, reporter: Reporter): Promise<number> {
  const { references, reference } = await referencesOf(options.reference ?? [])
  const recipe = await recipeOf({ ...options, reference })
  const shots = options.shots === undefined ? null : await shotsOf(options.shots)
  const interrupt = interruptible()
  const studio = openFileStudio(reporter.verbose, 'film')
  const { from = 0, to = null, rate = null, preset, steady = 1, resume = true, chunk = null, join: joins = false, overwrite = false, output } = options
  try {
    const model = studio.filmModelFor(recipe)
    const job = { path: resolve(file), target: resolve(output), preset, from, to, rate, recipe, model: model?.folder ?? '', steady, shots, references, chunk, join: joins, resume, overwrite, cache: clipIndexes(locate().data) }
    reporter.start(100)
    const result = await studio.engine.run('colorClip', job, {
      signal: interrupt.signal,
      priority: 'job',
      waitForEnd: true,
      onProgress: (done) => reporter.progress(100 * done, texts.t('terminal.colorClip.working', { input: file })),
    }).catch((thrown: unknown) => {
      throw asUsage(thrown, usageFaults)
    })
    reporter.finish()
    reporter.result({ input: file, output, ...result, notes: toldNotes(result.notes) }, sentence(file, output, result))
    for (const note of result.notes) if (!reporter.json) reporter.note(`  ! ${texts.say(note)}`)
    return exitStatus.done
  } finally {
    reporter.finish()
    interrupt.release()
    await studio.close()
  }
}
