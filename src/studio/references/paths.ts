import { existsSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import { HourglassError } from '../../contract/errors.ts'
import type { Recipe } from '../../contract/recipe.ts'
import { filesOf, withFiles } from '../../core/steps/files.ts'

/** Where a file lies that a recipe holds: relative ones lie in the project. */
export const absolutePath = (projectFolder: string, path: string): string => (isAbsolute(path) ? path : join(projectFolder, path))

/** The recipe with absolute paths, as the engine needs it. */
export const withAbsolutePaths = (projectFolder: string, recipe: Recipe): Recipe => withFiles(recipe, (path) => absolutePath(projectFolder, path))

/**
 * Says it plainly where a file of a recipe (absolute paths) has moved.
 * @throws HourglassError `bad-input`
 */
export function requireFiles(recipe: Recipe): void {
  const lost = filesOf(recipe).find((path) => !existsSync(path))
  if (lost === undefined) return
  throw new HourglassError('bad-input', `The reference picture ${basename(lost)} is not where it was.`, 'Find it under “Reference picture” in the inspector, or clear it there.')
}
