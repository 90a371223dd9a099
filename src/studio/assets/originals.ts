import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { numbered, safeName } from '../../core/photos/naming.ts'
import type { OpenProject } from '../projects/open-project.ts'
import { writeFailure } from '../storage/failures.ts'

/** Folder of pictures that the project holds itself. */
export const originals = 'originals'

/**
 * Puts a file into a folder of the project, moved or copied, under a free name.
 * @param folder below the project, parts joined by `/`
 * @returns its path relative to the project
 */
export async function takeIn(project: OpenProject, folder: string, path: string, name: string, move: boolean): Promise<string> {
  const wanted = safeName(name.slice(0, name.length - extname(name).length)) + extname(name)
  const inside = join(project.folder, folder)
  try {
    await mkdir(inside, { recursive: true })
    let free = wanted
    for (let n = 2; await stat(join(inside, free)).catch(() => null); n++) free = numbered(wanted, n)
    const target = join(inside, free)
    if (!move) await copyFile(path, target)
    else {
      await rename(path, target).catch(async () => {
        // Another disk.
        await copyFile(path, target)
        await rm(path, { force: true })
      })
    }
    return `${folder}/${free}`
  } catch (error) {
    throw writeFailure(error, inside)
  }
}
