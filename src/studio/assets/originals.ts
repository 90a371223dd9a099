import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { numbered, safeName } from '../../core/photos/naming.ts'
import type { OpenProject } from '../projects/open-project.ts'
import { writeFailure } from '../storage/failures.ts'

const folderName = 'originals'

/**
 * Puts a file into the project's own folder of originals, moved or copied, under a free name.
 * @returns its path relative to the project
 */
export async function takeIn(project: OpenProject, path: string, name: string, move: boolean): Promise<string> {
  const wanted = safeName(name.slice(0, name.length - extname(name).length)) + extname(name)
  try {
    await mkdir(project.originals, { recursive: true })
    let free = wanted
    for (let n = 2; await stat(join(project.originals, free)).catch(() => null); n++) free = numbered(wanted, n)
    const target = join(project.originals, free)
    if (!move) await copyFile(path, target)
    else {
      await rename(path, target).catch(async () => {
        // Another disk.
        await copyFile(path, target)
        await rm(path, { force: true })
      })
    }
    return `${folderName}/${free}`
  } catch (error) {
    throw writeFailure(error, project.originals)
  }
}
