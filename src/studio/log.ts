import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** One line for people who look for a cause: `area` is a room, e.g. `engine`. */
export type Log = (area: string, text: string) => void

/** The log is turned over at this size; one older file is kept. */
const longestBytes = 2_000_000

/** A log in `folder/studio.log`. Never throws: a full disk must not stop the work it would tell of. */
export function fileLog(folder: string): Log {
  const path = join(folder, 'studio.log')
  return (area, text) => {
    try {
      mkdirSync(folder, { recursive: true })
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > longestBytes) renameSync(path, `${path}.1`)
      appendFileSync(path, `${new Date().toISOString()} ${area}: ${text.trimEnd()}\n`)
    } catch {
      // Nowhere left to say it.
    }
  }
}
