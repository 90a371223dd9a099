import { readdir, stat } from 'node:fs/promises'
import { join, parse, resolve } from 'node:path'
import { fault } from '../../core/texts/wording.ts'
import { UsageError } from '../terminal/statuses.ts'
import type { Input } from './inputs.ts'

/** Finds the file of an option that belongs to an input. */
export type CompanionOf = (input: Input) => string | null

/**
 * An option that names a file for the one input, or a folder with one file for each input, of the input's name before
 * the first of the given endings: below it where the input lies below its own folder; at its top too for a name that only one input has.
 * @throws UsageError where it is not there, or one file is meant for several inputs
 */
export async function companions(option: string, given: unknown, inputs: readonly Input[], endings: readonly string[]): Promise<CompanionOf> {
  if (typeof given !== 'string') return () => null
  const path = resolve(given)
  const found = await stat(path).catch(() => null)
  if (!found) throw new UsageError(fault('bad-input', 'fault.optionNotThere', 'remedy.checkPath', { option, file: given }))
  if (!found.isDirectory()) {
    if (inputs.length > 1) throw new UsageError(fault('bad-input', 'fault.optionForOne', 'remedy.folderOfSameNames', { option, count: inputs.length }))
    return () => path
  }
  const names = new Map<string, string>()
  for (const name of (await readdir(path, { recursive: true })).sort()) {
    const ending = endings.find((each) => name.toLowerCase().endsWith(each))
    if (ending !== undefined) names.set(name.slice(0, -ending.length).normalize('NFC'), join(path, name))
  }
  const nameOf = ({ path: file }: Input): string => parse(file).name.normalize('NFC')
  const named = Map.groupBy(inputs, nameOf)
  return (input) => {
    const name = nameOf(input)
    return names.get(join(input.folder.normalize('NFC'), name)) ?? (named.get(name)?.length === 1 ? names.get(name) : undefined) ?? null
  }
}
