// Whether the built files are those of the present sources.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const builtFrom = ['src', 'build/kernels.mjs', 'electron.vite.config.ts', 'package-lock.json']
const stampFile = 'out/.built-from'

function* filesBelow(path: string): Generator<string> {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return
  if (!stats.isDirectory()) {
    yield path
    return
  }
  for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name))
}

/** A hash over name, size and time of every file that the build reads: also notices a file that went away. */
function sourceStamp(root: string): string {
  const hash = createHash('sha256')
  for (const path of builtFrom) {
    for (const file of filesBelow(join(root, path))) {
      const { size, mtimeMs } = statSync(file)
      hash.update(`${file}\0${size}\0${mtimeMs}\n`)
    }
  }
  return hash.digest('hex')
}

/** True when out/ was built from exactly the sources that are there now. */
export function isBuilt(root: string): boolean {
  try {
    return readFileSync(join(root, stampFile), 'utf8') === sourceStamp(root)
  } catch {
    return false
  }
}

/** Remembers that out/ was built from the present sources. */
export function markBuilt(root: string): void {
  writeFileSync(join(root, stampFile), sourceStamp(root))
}
