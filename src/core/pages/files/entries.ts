/** Names of pages inside an archive or a folder. */
import { safeName } from '../../photos/naming.ts'

const pictureEndings = new Set(['jpg', 'jpeg', 'jpe', 'jfif', 'png', 'webp', 'tif', 'tiff', 'avif', 'gif', 'bmp', 'heic', 'heif', 'psd'])

const natural = new Intl.Collator('en', { numeric: true })

/** Natural order: page2 before page10; what the collator takes for equal is told apart by its characters. */
export function byPageName(left: string, right: string): number {
  // Folder by folder, so that "1/2.png" stands before "1 extra/1.png".
  const [one, other] = [left.split('/'), right.split('/')]
  for (let n = 0; n < Math.min(one.length, other.length); n++) {
    const order = natural.compare(one[n] ?? '', other[n] ?? '')
    if (order !== 0) return order
  }
  return one.length - other.length || (left < right ? -1 : left > right ? 1 : 0)
}

export type EntryKind = 'page' | 'info' | 'other' | 'unsafe'

/**
 * What an archive's entry is by its name: a page; `ComicInfo.xml`; something else that is passed over (folders, `__MACOSX`,
 * `Thumbs.db`, dot files, texts); or a name that leaves its folder (`..`, absolute, a drive), by which whoever made the
 * archive shows ill will or great carelessness.
 */
export function entryKind(name: string): EntryKind {
  const path = name.replaceAll('\\', '/')
  const parts = path.split('/')
  if (path.startsWith('/') || /^[a-z]:/i.test(path) || path.includes('\0') || parts.includes('..')) return 'unsafe'
  if (path.endsWith('/')) return 'other'
  if (parts.some((part) => part.startsWith('.') || part === '__MACOSX')) return 'other'
  const last = parts.at(-1) ?? ''
  if (last.toLowerCase() === 'comicinfo.xml') return 'info'
  const ending = /\.([^.]+)$/.exec(last)?.[1]?.toLowerCase() ?? ''
  return pictureEndings.has(ending) ? 'page' : 'other'
}

/** Where an entry lies in its archive, in folders that any system takes, and its own name. */
export function entryPlace(entry: string): { readonly folders: readonly string[]; readonly name: string } {
  const parts = entry.replaceAll('\\', '/').split('/').filter((part) => part !== '' && part !== '.')
  const name = parts.pop() ?? entry
  return { folders: parts.map(safeName), name }
}

export const archiveEndings: readonly string[] = ['.cbz', '.zip']
export const documentEndings: readonly string[] = ['.psd', '.ora']
const endsIn = (name: string, endings: readonly string[]): boolean => endings.some((ending) => name.toLowerCase().endsWith(ending))

export const isArchive = (name: string): boolean => endsIn(name, archiveEndings)
export const isDocument = (name: string): boolean => endsIn(name, documentEndings)
/** Files that hold pages without being pictures themselves. */
export const holdsPages = (name: string): boolean => isArchive(name) || isDocument(name)
