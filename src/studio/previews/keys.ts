import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import type { ModelCard, ModelTask } from '../../contract/models.ts'
import { defaultQuality, type OutputFormat } from '../../contract/pictures.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { ColorizeParams } from '../../core/steps/colorize.ts'
import { runnableSteps, steps } from '../../core/steps/index.ts'
import { needsModel, type PageParams } from '../../core/steps/page.ts'
import { paramsOf, type Step } from '../../core/steps/step.ts'

/** Rises when the same recipe gives other pixels than before: everything cached is then made anew. */
export const rendererVersion = 3

/** JSON with sorted names: equal values have equal text. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
  })
}

/** 40 hex digits that name a value. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 40)
}

/** A file that a recipe refers to, as it is now. */
export function fileMark(path: string): unknown {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat ? [path, stat.size, Math.round(stat.mtimeMs)] : [path]
}

/** What a recipe does, however it was written: runnable steps in order, parameters migrated and with defaults. */
export function normalisedRecipe(recipe: Recipe): { step: string; v: number; params: unknown }[] {
  return runnableSteps(recipe).map((stored) => {
    const step: Step<string, object> = steps[stored.step]
    const { params } = paramsOf(step, stored)
    return { step: step.id, v: step.version, params }
  })
}

/** Hash of a rendering without its size: what the picture shows. */
export function lookKey(sourceSha256: string, recipe: Recipe, model: Pick<ModelCard, 'sha256'> | null): string {
  const done = normalisedRecipe(recipe).map(({ step, v, params }) => {
    const fields: Record<string, unknown> = { ...(params as Record<string, unknown>) }
    // The model counts by its weights, a file by its content's mark.
    if ('model' in fields) fields['model'] = model?.sha256 ?? null
    for (const name of ['reference', 'rough']) if (typeof fields[name] === 'string') fields[name] = fileMark(fields[name])
    return { step, v, params: fields }
  })
  return hashOf({ rendererVersion, sourceSha256, recipe: done })
}

/** Key of a whole work, as stamped into its file: what it shows, and how it is written. */
export function workKey(look: string, { format, quality, depth }: { format: OutputFormat; quality: number | null; depth: 8 | 16 | 'same' }): string {
  // Only for WebP is "none asked for" another work than the usual quality.
  return hashOf({ look, format, quality: format === 'webp' ? quality : (quality ?? defaultQuality), depth })
}

/** The model that a recipe asks for: its id, or null for the default of the task; undefined where no step needs one. */
export function modelOfRecipe(recipe: Recipe): { readonly task: ModelTask; readonly id: string | null } | undefined {
  for (const { step, params } of normalisedRecipe(recipe)) {
    if (step === 'colorize') return { task: 'colorize', id: (params as ColorizeParams).model }
    if (step === 'page' && needsModel(params as PageParams)) return { task: 'colorize-page', id: (params as PageParams).model }
  }
  return undefined
}
