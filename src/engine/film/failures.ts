import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { HourglassError } from '../../contract/errors.ts'
import { fault } from '../../core/texts/wording.ts'
import { headOf, isFull } from '../pictures/atomic.ts'
import { named, readFailure, writeFailure } from '../pictures/failures.ts'
import type { Ended } from './spawn.ts'

/** What the last lines of stderr come to, as the technical cause of an error. */
export const causeOf = (said: readonly string[]): Error => new Error(said.filter((line) => line.trim() !== '').slice(-6).join('\n') || 'it said nothing')

/** A file that is no film, or a film of sounds alone, or of pictures that this ffmpeg cannot decode. */
export function noFilm(path: string, said: readonly string[], why: 'no-film' | 'no-pictures' | 'unreadable' = 'no-film'): HourglassError {
  const file = named(path)
  const cause = { cause: causeOf(said) }
  if (why === 'no-pictures') return fault('bad-input', 'fault.filmNoPictures', 'remedy.filmWithPictures', { file }, cause)
  if (why === 'unreadable') return fault('bad-input', 'fault.filmUndecodable', 'remedy.filmOtherFfmpeg', { file }, cause)
  return fault('bad-input', 'fault.noFilm', 'remedy.filmFormats', { file }, cause)
}

/** Why a file could not be opened as a film. */
export async function unopenable(path: string, said: readonly string[]): Promise<HourglassError> {
  try {
    if ((await stat(path)).size === 0) return fault('bad-input', 'fault.empty', 'remedy.getAgain', { file: named(path) })
    const head = await headOf(path)
    const isMp4 = ['ftyp', 'mdat', 'wide', 'free', 'skip'].includes(head.toString('latin1', 4, 8))
    if (isMp4 && said.some((line) => line.includes('moov atom not found'))) return fault('bad-input', 'fault.filmCutOff', 'remedy.filmCopyAgain', { file: named(path) }, { cause: causeOf(said) })
  } catch (thrown) {
    return readFailure(path, thrown)
  }
  return noFilm(path, said)
}

const noSpace = /No space left|Disk quota/i

/** Whether a film that ffmpeg wrote is not whole; it ends with status 0 also where the disk was full at its very end. */
export const isSpoiled = ({ code, said }: Ended): boolean => code !== 0 || said.some((line) => noSpace.test(line) || /Error (?:writing trailer|closing file)/.test(line))

/** Why ffmpeg did not write a film. @param shown the file that the error names */
export async function encoderFailure({ said }: Ended, encoder: string, file: string, shown: string): Promise<HourglassError> {
  const cause = causeOf(said)
  if (said.some((line) => noSpace.test(line)) || (await isFull(dirname(file)))) return writeFailure(shown, cause, true)
  return fault('internal', 'fault.clipEncoder', 'remedy.tryThenReport', { encoder, reason: said.filter((line) => /error|fatal/.test(line)).at(-1)?.replace(/^.*\]\s*/, '') ?? '?' }, { cause })
}
