/** Tables of notes and shots for spreadsheets and other programs. */
import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { ClipNote } from '../../contract/review.ts'
import type { Shot } from '../../contract/shots.ts'
import { labelOf } from './labels.ts'

/** What a spreadsheet would take for a formula is marked as text (OWASP, CSV Injection). */
const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

/** Rows as RFC 4180 has them: CRLF, quoted where needed; a byte order mark tells spreadsheets that it is UTF-8. */
export function csvOf(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string => {
    if (typeof value === 'number') return String(value)
    const text = harmless(value)
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`
}

/** First and last frame of a span with their labels: what every row begins with. */
const span = (truth: ClipTruth, { from, to }: { readonly from: number; readonly to: number }): (string | number)[] => [from, to - 1, labelOf(truth, from), labelOf(truth, to - 1)]
const spanNames = ['First frame', 'Last frame', 'Start', 'End'] as const

/** One row a note. */
export const notesCsv = (clip: string, truth: ClipTruth, notes: readonly ClipNote[]): string =>
  csvOf([['Clip', ...spanNames, 'State', 'Author', 'Written', 'Note'], ...notes.map((note) => [clip, ...span(truth, note), note.state, note.author, note.at, note.text])])

/** One row a shot. */
export const shotsCsv = (clip: string, truth: ClipTruth, shots: readonly Shot[]): string =>
  csvOf([['Clip', 'Shot', ...spanNames, 'Frames', 'Verdict', 'Steadiness'], ...shots.map((shot, i) => [clip, i + 1, ...span(truth, shot), shot.to - shot.from, shot.verdict, shot.steady])])
