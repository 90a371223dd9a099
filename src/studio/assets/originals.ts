import { copyFile, mkdir, rename, rm, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { numbered, safeName } from '../../core/photos/naming.ts'
import type { OpenProject } from '../projects/open-project.ts'
import { writeFailure } from '../storage/failures.ts'

/** Folder of pictures that the project holds itself. */
export const originals = 'originals'

/** A name that nothing in a folder has, as near the wanted one as can be. */
async function freeName(folder: string, wanted: string): Promise<string> {
  let free = wanted
  for (let n = 2; await stat(join(folder, free)).catch(() => null); n++) free = numbered(wanted, n)
  return free
}

/** @param move the file goes from where it was */
async function bring(path: string, target: string, move: boolean): Promise<void> {
  if (!move) return copyFile(path, target)
  await rename(path, target).catch(async () => {
    // Another disk.
    await copyFile(path, target)
    await rm(path, { force: true })
  })
}

/**
 * Puts pictures that belong together into a folder of their own below the project's originals, under their own names.
 * @param name of the folder, if it is free
 * @returns path of the first, relative to the project
 */
export async function takeInTogether(project: OpenProject, paths: readonly string[], name: string, move: boolean): Promise<string> {
  const inside = join(project.folder, originals)
  try {
    await mkdir(inside, { recursive: true })
    const folder = await freeName(inside, safeName(name))
    await mkdir(join(inside, folder))
    for (const path of paths) await bring(path, join(inside, folder, basename(path)), move)
    return [originals, folder, basename(paths[0] ?? '')].join('/')
  } catch (error) {
    throw writeFailure(error, inside)
  }
}

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
    const free = await freeName(inside, wanted)
    await bring(path, join(inside, free), move)
    return `${folder}/${free}`
  } catch (error) {
    throw writeFailure(error, inside)
  }
}
