import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { numbered } from '../../core/photos/naming.ts'

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
