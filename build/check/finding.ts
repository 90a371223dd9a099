// What a check answers, and how it walks the tree.
import { readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

/** One broken rule. */
export interface Finding {
  /** The rule's name, which the message of a failing check starts with. */
  rule: string
  /** Path from the root, with forward slashes, with a line where one is known. */
  place: string
  /** What is wrong and where to read more. */
  message: string
}

/** What a check found, and a line about what it looked at: a check that saw nothing must not look like a success. */
export interface Outcome {
  findings: Finding[]
  summary: string
}

/** A check looks at the tree below `root` (the repository, or a small tree made by a test). */
export type Check = (root: string) => Promise<Outcome>

/** Where the rules of the rooms are explained; every message about a wall names it. */
export const wallsPage = 'docs/architecture.md'

const skippedFolders = new Set(['node_modules', '.git', 'out', 'dist', 'runs', '__pycache__'])

/** Files below `folder` whose name ends in one of `endings`, as paths from the root with forward slashes, sorted. */
export function listFiles(root: string, folder: string, endings: readonly string[]): string[] {
  const start = join(root, folder)
  if (!statSync(start, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(start, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(start, entry.name)
      if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : listFiles(root, relative(root, path), endings)
      return endings.some((ending) => entry.name.endsWith(ending)) ? [relative(root, path).split(sep).join('/')] : []
    })
    .sort()
}
