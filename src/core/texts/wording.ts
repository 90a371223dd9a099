import { HourglassError, type ErrorCode } from '../../contract/errors.ts'
import type { Note } from '../../contract/pictures.ts'
import type { Said, TextValue, TextValues, Wording } from '../../contract/texts.ts'
import { checks } from './en/checks.ts'
import { clipFaults, clipNotes, clipRemedies } from './en/clips.ts'
import { faults as faultsOfAll } from './en/faults.ts'
import { editFaults, editNotes, editRemedies } from './en/filmEdit.ts'
import { filmFaults, filmNotes, filmRemedies } from './en/film.ts'
import { notes as notesOfAll } from './en/notes.ts'
import { pageFaults, pageNotes, pageRemedies } from './en/pageFiles.ts'
import { remedies as remediesOfAll } from './en/remedies.ts'

const faults = { ...faultsOfAll, ...pageFaults, ...filmFaults, ...clipFaults, ...editFaults } as const
const remedies = { ...remediesOfAll, ...pageRemedies, ...filmRemedies, ...clipRemedies, ...editRemedies } as const
const notes = { ...notesOfAll, ...pageNotes, ...filmNotes, ...clipNotes, ...editNotes } as const

/** Texts that are made where something happens, far from any window: English there, and in any language where they are shown. */
const said: Readonly<Record<string, string>> = { ...faults, ...remedies, ...notes, ...checks }

export type FaultKey = keyof typeof faults
export type RemedyKey = keyof typeof remedies
export type NoteKey = keyof typeof notes
type CheckKey = keyof typeof checks
type SaidKey = FaultKey | RemedyKey | NoteKey | CheckKey
type TextOf<Key> = Key extends FaultKey ? (typeof faults)[Key] : Key extends RemedyKey ? (typeof remedies)[Key] : Key extends NoteKey ? (typeof notes)[Key] : Key extends CheckKey ? (typeof checks)[Key] : never

/** The names of the placeholders of a text. */
type Placeholder<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Placeholder<Rest> : never
type ValuesOf<Key> = Readonly<Record<Placeholder<TextOf<Key>>, TextValue>>
/** Values must be given for the placeholders that there are, and for no others. */
type Given<Key> = [Placeholder<TextOf<Key>>] extends [never] ? [values?: undefined] : [values: ValuesOf<Key>]

/** A text with its values, in English. */
function inEnglish({ key, values }: Wording): string {
  return (said[key] ?? key).replace(/{{(\w+)}}/g, (_, name: string) => {
    const value = values?.[name] ?? ''
    return typeof value === 'object' ? inEnglish(value) : String(value)
  })
}

/** A text of the catalogue as a value of another. */
export function worded<Key extends SaidKey>(key: Key, ...[values]: Given<Key>): Wording {
  return values === undefined ? { key } : { key, values: values as TextValues }
}

/**
 * The error with this code whose message and remedy are texts of the catalogue. Both take their placeholders from
 * the same values.
 */
export function fault<M extends FaultKey, R extends RemedyKey>(code: ErrorCode, message: M, remedy: R, ...[values, options]: [...Given<M | R>, options?: { cause?: unknown }]): HourglassError {
  const given = (values ?? {}) as TextValues
  const english = (key: string): string => inEnglish({ key, values: given })
  return new HourglassError(code, english(message), english(remedy), { ...options, wording: { message, remedy, values: given } })
}

/** A text of the catalogue as it is said where it happens: in English, and so that it reads in any language. */
export function phrase<Key extends SaidKey>(key: Key, ...given: Given<Key>): Said & { wording: Wording } {
  const wording = worded(key, ...given)
  return { message: inEnglish(wording), wording }
}

/** What was said elsewhere, as a value of another text. */
export function valueOf({ message, wording }: Said): TextValue {
  return wording ?? message
}

/** What an error says, as a value of another text. */
export function saidBy({ message, wording }: HourglassError): TextValue {
  return wording ? { key: wording.message, values: wording.values } : message
}

/** A note whose message is a text of the catalogue. */
export function noted<Key extends NoteKey>(code: string, key: Key, ...given: Given<Key>): Note {
  const wording = worded(key, ...given)
  return { code, message: inEnglish(wording), wording }
}

/** Remarks without those of a kind that was said already; the last of a kind stays in the place of the first. */
export const onceEach = (notes: readonly Note[]): Note[] => [...new Map(notes.map((note) => [note.code, note])).values()]
