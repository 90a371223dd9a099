import { basename } from 'node:path'
import type { LumaDrift, Size } from '../../contract/pictures.ts'
import { withFiles } from '../../core/steps/files.ts'
import { runnableSteps } from '../../core/steps/index.ts'
import type { Plan } from '../pictures/cost.ts'
import { hashFile, type Encoded, type EncodeOptions, type Picture, type PictureLabel } from '../pictures/index.ts'
import { warmUpColorize } from '../steps/colorize.ts'
import type { RecipeResult } from '../steps/index.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput } from './task.ts'

export type Input = TaskInput<'export'>

/** One picture on its way into a file. */
export interface Export {
  readonly input: Input
  readonly task: TaskContext
  readonly picture: Picture
  /** Bits a channel that are asked for. */
  readonly depth: 8 | 16
  readonly plan: Plan
  /** The file will hold the composed samples bit for bit, so that the composer's own figures are the file's. */
  readonly exact: boolean
}

/** What came of it, before the file is hashed. */
export interface Made {
  readonly size: Size
  readonly figures: RecipeResult['figures']
  readonly encoded: Encoded
  readonly lumaDrift: LumaDrift
  readonly ms: { readonly decode: number; readonly network: number; readonly compose: number; readonly encode: number }
}

/** Long side of each half of a comparison picture, at most. */
export const comparisonSide = 2048

/** Threads, weights and session are made ready. What is wrong with the model is told by the step itself, should it come to need it. */
export async function warmUp({ input, task, picture }: Export): Promise<void> {
  const colors = runnableSteps(input.recipe).some(({ step }) => step === 'colorize')
  if (colors) await warmUpColorize(task, input.model, picture.info.width * picture.info.height).catch(() => undefined)
}

async function labelOf({ input, task }: Export, result: Pick<RecipeResult, 'figures' | 'trained'>): Promise<PictureLabel | null> {
  if (!input.label) return null
  return {
    creatorTool: `Hourglass Studio ${task.studio.config.version}`,
    trained: result.trained,
    // Where the user keeps a file is nobody's business who gets the picture.
    recipe: withFiles(input.recipe, (path) => basename(path)),
    models: result.figures.model ? [result.figures.model] : [],
    source: input.source.sha256 ?? (await hashFile(input.source.path)),
    work: input.stamp ?? '',
  }
}

/** How the file is to be written. */
export async function encodeOptions(work: Export, result: Pick<RecipeResult, 'figures' | 'trained'>): Promise<EncodeOptions> {
  const { input, picture, depth } = work
  return { path: input.target, format: input.format, quality: input.quality, depth, source: picture, label: await labelOf(work, result), overwrite: input.overwrite }
}
