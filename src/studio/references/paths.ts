import { existsSync } from 'node:fs'
import { basename, isAbsolute, join } from 'node:path'
import type { Recipe } from '../../contract/recipe.ts'
import { filesOf, withFiles } from '../../core/steps/files.ts'
import { fault } from '../../core/texts/wording.ts'

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
  throw fault('bad-input', 'fault.referenceMoved', 'remedy.findReference', { name: basename(lost) })
}
