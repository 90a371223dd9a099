import { existsSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'

/** Files and folders that a command line of this program names; switches and the program itself are passed over. */
export function namedPaths(argv: readonly string[], folder: string, isPackaged: boolean): string[] {
  return argv
    .slice(isPackaged ? 1 : 2)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((argument) => (isAbsolute(argument) ? argument : resolve(folder, argument)))
    .filter((path) => existsSync(path))
}
