import { readdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Asset } from '../../contract/assets.ts'
import type { ErrorData } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'
import { numberedName } from '../../core/film/sequences.ts'
import { holdsPages } from '../../core/pages/files/entries.ts'
import type { Grant } from '../grants/grants.ts'

/** A file that may be a picture. */
export interface Candidate {
  readonly path: string
  readonly name: string
  /** The folder the user brought and those below it, with `/`; '' for a file brought by itself. */
  readonly folder: string
  readonly uploaded: boolean
  /** A page of an archive, which counts as such even where the same picture is in it twice. */
  readonly inArchive?: boolean
  /** Of a clip of numbered pictures, the paths of all of them; `path` is the first. */
  readonly pictures?: readonly string[]
  /** A picture of its colours, made elsewhere, that comes with a page. */
  readonly rough?: string
}

export interface Rejected {
  readonly name: string
  readonly error: ErrorData
  /** The very same picture is in the project already. */
  readonly known?: boolean
}

/** Endings looked at inside folders; a file named by itself is tried whatever it is called. */
const pictureName = /\.(jpe?g|jpe|jfif|png|webp|tiff?|avif|gif|bmp|dib|hei[cf])$/i

/** Of films; those named by themselves are tried whatever they are called. */
const filmName = /\.(mp4|m4v|mov|mkv|webm|avi|mpe?g|m2ts?|mts|ts|vob|mxf|ogv|wmv|flv|3gp|dv)$/i

const namesOf = (kind: Asset['kind']): ((name: string) => boolean) => (name) => kind === 'clip' ? filmName.test(name) || numberedName(name) !== null : pictureName.test(name) || (kind === 'page' && holdsPages(name))

/** 2 before 10, letters without regard to case or accent: as people order files. */
const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
export const naturalOrder = (a: string, b: string): number => natural.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)

async function walk(folder: string, inside: string, uploaded: boolean, isWanted: (name: string) => boolean, found: Candidate[], rejected: Rejected[]): Promise<void> {
  let entries
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch {
    rejected.push({ name: inside || folder, error: fault('bad-input', 'fault.folderUnreadable', 'remedy.allowReading', { folder: inside || folder }).toData() })
    return
  }
  entries.sort((a, b) => naturalOrder(a.name, b.name))
  for (const entry of entries) {
    // Hidden files and folders, and other projects, are not what the user means.
    if (entry.name.startsWith('.') || entry.name.endsWith('.hourglass')) continue
    const path = join(folder, entry.name)
    const facts = entry.isSymbolicLink() ? await stat(path).catch(() => null) : entry
    if (facts?.isFile() && isWanted(entry.name)) found.push({ path, name: entry.name, folder: inside, uploaded })
    // A linked folder may lead back up; only real ones are entered.
    else if (entry.isDirectory()) await walk(path, inside ? `${inside}/${entry.name}` : entry.name, uploaded, isWanted, found, rejected)
  }
}

/** Numbered pictures of one folder and one naming are one clip. */
function joinNumbered(files: readonly Candidate[]): Candidate[] {
  const runs = new Map<string, string[]>()
  return files.flatMap((file) => {
    const parts = numberedName(file.name)
    if (!parts) return [file]
    const key = [dirname(file.path), parts.prefix, parts.suffix].join('\0')
    const run = runs.get(key)
    run?.push(file.path)
    if (run) return []
    const pictures = [file.path]
    runs.set(key, pictures)
    return [{ ...file, pictures }]
  })
}

/** Clips of folders: their films; where a folder holds none, its longest run of numbered pictures. */
function clipsOfFolders(files: readonly Candidate[]): Candidate[] {
  const joined = joinNumbered(files)
  const withFilms = new Set(joined.flatMap(({ path, pictures }) => (pictures ? [] : [dirname(path)])))
  const most = new Map<string, number>()
  for (const { path, pictures = [] } of joined) most.set(dirname(path), Math.max(most.get(dirname(path)) ?? 2, pictures.length))
  const taken = new Set<string>()
  return joined.filter(({ path, pictures }) => {
    const folder = dirname(path)
    if (!pictures) return true
    if (withFilms.has(folder) || taken.has(folder) || pictures.length !== most.get(folder)) return false
    taken.add(folder)
    return true
  })
}

/** Every picture, or film, that the grants mean, folders recursively, in natural order within each grant. */
export async function collect(grants: readonly Grant[], kind: Asset['kind'] = 'photo'): Promise<{ found: Candidate[]; rejected: Rejected[] }> {
  const found: Candidate[] = []
  const rejected: Rejected[] = []
  const files: Candidate[] = []
  for (const grant of grants) {
    if (grant.isFolder) await walk(grant.path, grant.name, grant.ownership === 'uploaded', namesOf(kind), found, rejected)
    else files.push({ path: grant.path, name: grant.name, folder: '', uploaded: grant.ownership === 'uploaded' })
  }
  files.sort((a, b) => naturalOrder(a.name, b.name))
  return { found: kind === 'clip' ? [...joinNumbered(files), ...clipsOfFolders(found)] : [...files, ...found], rejected }
}
