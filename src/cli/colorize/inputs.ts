import type { Dirent } from 'node:fs'
import { readdir, realpath, stat } from 'node:fs/promises'
import { extname, join, relative, resolve } from 'node:path'
import { HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'

/** Endings that are looked for in folders; a file named on the command line is tried whatever its ending. */
export const pictureEndings: readonly string[] = ['.jpg', '.jpeg', '.jpe', '.jfif', '.png', '.webp', '.tif', '.tiff', '.avif', '.gif', '.bmp', '.heic', '.heif']

export interface Input {
  /** As the user wrote it, or found below a folder that the user wrote: what messages name. */
  readonly name: string
  readonly path: string
  /** Folder below the one given on the command line, '' at its top and for files. */
  readonly folder: string
}

export interface InputList {
  readonly inputs: readonly Input[]
  readonly failures: readonly { readonly name: string; readonly error: HourglassError }[]
}

const natural = new Intl.Collator('en', { numeric: true })

async function walk(folder: string, skip: string, endings: readonly string[], found: string[]): Promise<void> {
  let entries: Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch (cause) {
    throw fault('bad-input', 'fault.folderUnreadable', 'remedy.mayOpen', { folder }, { cause })
  }
  entries.sort((left, right) => natural.compare(left.name, right.name))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.name.startsWith('.') || path === skip) continue
    if (entry.isDirectory()) {
      if (!entry.name.endsWith('.hourglass')) await walk(path, skip, endings, found)
    } else if (endings.includes(extname(entry.name).toLowerCase())) {
      if (entry.isFile() || (entry.isSymbolicLink() && (await stat(path).catch(() => null))?.isFile())) found.push(path)
    }
  }
}

/**
 * All pictures that the arguments name: files as they are, folders recursively in natural order. Hidden files,
 * projects, other kinds of files and `outDir` inside a folder are passed over; the same file named twice counts once.
 */
export async function listInputs(names: readonly string[], outDir: string | null, endings: readonly string[] = pictureEndings): Promise<InputList> {
  const inputs: Input[] = []
  const failures: { name: string; error: HourglassError }[] = []
  const seen = new Set<string>()
  const take = async (input: Input): Promise<void> => {
    const real = await realpath(input.path)
    if (seen.has(real)) return
    seen.add(real)
    inputs.push(input)
  }
  for (const name of names) {
    const path = resolve(name)
    try {
      const found = await stat(path).catch(() => null)
      if (!found) throw fault('bad-input', 'fault.notThere', 'remedy.checkPathQuoted', { file: name })
      if (!found.isDirectory()) {
        await take({ name, path, folder: '' })
        continue
      }
      const files: string[] = []
      await walk(path, outDir === null ? '' : resolve(outDir), endings, files)
      if (files.length === 0) throw fault('bad-input', 'fault.noPictureInFolder', 'remedy.folderWithPhotos', { folder: name })
      for (const file of files) await take({ name: join(name, relative(path, file)), path: file, folder: relative(path, join(file, '..')) })
    } catch (thrown) {
      if (!(thrown instanceof HourglassError)) throw thrown
      failures.push({ name, error: thrown })
    }
  }
  return { inputs, failures }
}
