import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ClipSequence } from '../../contract/film.ts'
import { findSequences, numberedName } from '../../core/film/sequences.ts'
import { fault } from '../../core/texts/wording.ts'
import { named, readFailure } from '../pictures/failures.ts'

/** A sequence on disk: frame n is the file of `numbers[n]`. */
export interface SequenceSource {
  readonly sequence: ClipSequence
  readonly numbers: readonly number[]
}

/** Path of one picture of a sequence. */
export const pictureOf = ({ folder, prefix, digits, suffix }: ClipSequence, number: number): string => join(folder, `${prefix}${String(number).padStart(digits, '0')}${suffix}`)

/** ffmpeg arguments that open the pictures `first`…`last`, which follow one another without a gap. */
export function runArguments({ folder, prefix, digits, suffix }: ClipSequence, first: number, rate: string): string[] {
  const plain = (name: string): string => name.replaceAll('%', '%%')
  return ['-protocol_whitelist', 'file', '-f', 'image2', '-framerate', rate, '-start_number', String(first), '-i', `file:${plain(join(folder, prefix))}%0${digits}d${plain(suffix)}`]
}

async function sequenceIn(folder: string, wanted: string | null): Promise<SequenceSource | null> {
  const names = await readdir(folder)
  const parts = wanted === null ? null : numberedName(wanted)
  const found = findSequences(names).find(({ prefix, suffix }) => parts === null || (parts.prefix === prefix && parts.suffix === suffix))
  if (!found) return null
  if (parts !== null && !found.numbers.includes(Number(parts.digits))) return null
  const { prefix, suffix, digits, numbers } = found
  return { sequence: { folder, prefix, suffix, digits, first: numbers[0] ?? 0 }, numbers }
}

/**
 * The numbered pictures that a path means: the longest sequence of a folder, or the one a picture belongs to.
 * null: a file that is no numbered picture.
 * @throws HourglassError `bad-input` where the path is not there or a folder holds no numbered pictures
 */
export async function sequenceOf(path: string): Promise<SequenceSource | null> {
  try {
    if ((await stat(path)).isDirectory()) {
      const found = await sequenceIn(path, null)
      if (!found) throw fault('bad-input', 'fault.noSequence', 'remedy.folderOfNumbers', { folder: path })
      return found
    }
    return numberedName(basename(path)) ? await sequenceIn(dirname(path), basename(path)) : null
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && (thrown.code === 'ENOENT' || thrown.code === 'ENOTDIR')) throw fault('bad-input', 'fault.notThere', 'remedy.checkPathQuoted', { file: named(path) })
    throw readFailure(path, thrown)
  }
}
