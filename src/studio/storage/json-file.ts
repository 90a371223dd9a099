import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { randomUUID } from 'node:crypto'

/** What a JSON file holds; undefined where there is none or it is not JSON (`onTrouble` is then told). */
export function readJson(path: string, onTrouble?: (why: string) => void): unknown {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onTrouble?.(`${path} cannot be read: ${String(error)}`)
    return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    onTrouble?.(`${path} is not JSON`)
    return undefined
  }
}

/** Writes beside the target, then renames: a reader never sees half a file. Makes the folder. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`
  try {
    writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
