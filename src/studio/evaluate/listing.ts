import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HourglassError, type ErrorData } from '../../contract/errors.ts'
import { hintsFile, type Hint } from '../../contract/hints.ts'
import type { Said } from '../../contract/texts.ts'
import { fault, phrase, worded } from '../../core/texts/wording.ts'
import { groupsByName, namesOf, readGroups, withoutEnding } from '../../core/evaluate/names.ts'
import { collect } from '../assets/collect.ts'
import type { Grant } from '../grants/grants.ts'

/** Pictures below a folder by their names: paths with `/`, from the folder on. */
export interface Listing {
  readonly paths: ReadonlyMap<string, string>
  readonly unreadable: readonly { readonly name: string; readonly error: ErrorData }[]
}

/** Every picture below a folder. @throws HourglassError `bad-input` where it is none */
export async function listPictures(grant: Grant): Promise<Listing> {
  if (!grant.isFolder) throw fault('bad-input', 'fault.isNoFolder', 'remedy.folderOfPictures', { file: grant.path })
  const { found, rejected } = await collect([grant])
  const below = (folder: string): string => folder.slice(grant.name.length + 1)
  const paths = new Map(found.map(({ path, name, folder }) => [below(folder) ? `${below(folder)}/${name}` : name, path]))
  if (paths.size === 0 && rejected.length === 0) throw fault('bad-input', 'fault.noPictureInFolder', 'remedy.folderWithPhotos', { folder: grant.path })
  return { paths, unreadable: rejected }
}

/**
 * The hints that a picture was given: `NAME.hints.json` in the folder, with or without the picture's ending.
 * @returns null where there is no such file
 * @throws HourglassError `bad-input` for a file that holds no hints
 */
export function hintsFor(folder: string, name: string): Hint[] | null {
  const path = [withoutEnding(name), name].map((each) => join(folder, `${each}.hints.json`)).find((each) => existsSync(each))
  if (path === undefined) return null
  try {
    const parsed = hintsFile.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    if (parsed.success) return parsed.data.hints
    const [issue] = parsed.error.issues
    throw fault('bad-input', 'fault.hintsUnusable', 'remedy.formatsPage', { file: path, place: issue?.path.join('.') || worded('fault.theWhole'), problem: issue?.message ?? '?' })
  } catch (cause) {
    if (cause instanceof HourglassError) throw cause
    throw fault('bad-input', 'fault.hintsUnreadable', 'remedy.formatsPage', { file: path, reason: cause instanceof Error ? cause.message : String(cause) }, { cause })
  }
}

export interface Groups {
  of(name: string): string[]
  /** What a reader of the figures should know of the list. */
  notes(names: readonly string[]): Said[]
}

/** A list of names and groups. @throws HourglassError `bad-input` where it cannot be read or holds none */
export function openGroups(grant: Grant | null): Groups {
  if (!grant) return { of: () => [], notes: () => [] }
  let text: string
  try {
    text = readFileSync(grant.path, 'utf8')
  } catch (cause) {
    throw fault('bad-input', 'fault.groupsUnreadable', 'remedy.checkPath', { file: grant.path }, { cause })
  }
  const { rows, unread } = readGroups(text)
  if (rows.length === 0) throw fault('bad-input', 'fault.groupsEmpty', 'remedy.lineForEach', { file: grant.path })
  const groups = groupsByName(rows)
  return {
    of: (name) => [...new Set(namesOf(name).flatMap((each) => groups.get(each) ?? []))].sort(),
    notes(names) {
      const used = new Set(names.flatMap(namesOf))
      const strange = [...groups.keys()].filter((name) => !used.has(name))
      const shown = strange.slice(0, 3).join(', ') + (strange.length > 3 ? ', …' : '')
      return [
        ...(strange.length > 0 ? [phrase('check.groupsStrange', { file: grant.name, count: strange.length, names: shown })] : []),
        ...(unread > 0 ? [phrase('check.groupsUnread', { file: grant.name, count: unread })] : []),
      ]
    },
  }
}
