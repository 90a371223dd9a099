import { mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { writeWhole } from './write-whole.ts'

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

/** Writes a file that is there whole or not at all. Makes the folder. */
export function writeJson(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true })
  writeWhole(path, `${JSON.stringify(value, null, 2)}\n`)
}
