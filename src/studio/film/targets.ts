import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { numbered, safeName } from '../../core/photos/naming.ts'
import type { Grant } from '../grants/grants.ts'

/** A film's name without its ending. @param naming `{name}` stands for what it is a film of */
export const filmName = (naming: string, name: string): string => safeName(naming.replaceAll('{name}', name))

/** A folder on the disk that a film will go to: the studio's own one for downloads may not be there yet, the project's lies on a disk too. */
export const diskOf = (folder: Grant | null, exportsFolder: string, project: string): string => folder?.path ?? (existsSync(exportsFolder) ? exportsFolder : project)

/**
 * The place of a film in a folder: under its name, or with a number behind it where that is taken.
 * @param options.originals files that are never written over
 * @param options.isFolder the name is that of a folder, and has no ending
 * @param options.taken places of films that are still to be written: they have their names already
 */
export function chooseTarget(folder: string, name: string, options: { readonly overwrite: boolean; readonly originals: readonly string[]; readonly taken: readonly string[]; readonly isFolder?: boolean }): { readonly target: string; readonly overwrite: boolean } {
  const wanted = join(folder, name)
  if (options.overwrite && !options.originals.includes(wanted) && existsSync(wanted)) return { target: wanted, overwrite: true }
  const taken = new Set(options.taken)
  let target = wanted
  for (let n = 2; existsSync(target) || taken.has(target); n++) target = join(folder, options.isFolder ? `${name}-${n}` : numbered(name, n))
  return { target, overwrite: false }
}
