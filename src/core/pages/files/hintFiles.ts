/** Files of hints: our own `.hints.json` and Style2Paints' lists of points. */
import { hintsFile, type Hint, type HintsFile } from '../../../contract/hints.ts'
import type { Note } from '../../../contract/pictures.ts'
import { fault, noted } from '../../texts/wording.ts'
import { readStyle2Paints, style2PaintsPoints, writeStyle2Paints } from './style2paints.ts'
import { quoted } from './swatches.ts'
import { decodeText, encodeUtf8 } from './utf8.ts'

interface Sides {
  readonly width: number
  readonly height: number
}

export interface HintsRead {
  readonly hints: readonly Hint[]
  /** What was left out or is worth knowing. */
  readonly notes: readonly Note[]
}

/** Shapes of pages may differ by so much, as when one was scaled and rounded, before it is said. */
const shapeTolerance = 0.02

/** Says that hints were placed on a picture of another shape; another size alone is no matter, since places are fractions. */
export function shapeNote(of: Sides, page: Sides): Note[] {
  const ratio = (of.width / of.height) / (page.width / page.height)
  if (Math.abs(Math.log(ratio)) <= shapeTolerance) return []
  return [noted('hints-shape', 'note.hintsShape', { width: of.width, height: of.height, pageWidth: page.width, pageHeight: page.height })]
}

/**
 * Reads hints from JSON: ours, or Style2Paints' V4.5 or V3, told apart by content.
 * @param page size of the page they are for
 * @param file name for messages
 * @throws HourglassError `bad-input`
 */
export function readHintsJson(bytes: Uint8Array, page: Sides, file: string): HintsRead {
  let json: unknown
  try {
    json = JSON.parse(decodeText(bytes))
  } catch {
    throw fault('bad-input', 'fault.hintsNoJson', 'remedy.exportHintsAgain', { file: quoted(file) })
  }
  const points = style2PaintsPoints(json)
  if (points) {
    const { hints, marks } = readStyle2Paints(points, page, file)
    return { hints, notes: marks > 0 ? [noted('hints-left-out', 'note.lightMarks', { count: marks })] : [] }
  }
  const parsed = hintsFile.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw fault('bad-input', 'fault.hintsPlace', 'remedy.hintsFile', { file: quoted(file), place: issue?.path.join('.') ?? '', problem: issue?.message ?? '' })
  }
  const { hints, size } = parsed.data
  return { hints, notes: shapeNote({ width: size[0], height: size[1] }, page) }
}

/** The bytes of a `.hints.json`, a hint a line. */
export function writeHintsJson({ size, hints }: HintsFile): Uint8Array {
  return encodeUtf8(`{"version":1,"size":${JSON.stringify(size)},"hints":[\n${hints.map((hint) => JSON.stringify(hint)).join(',\n')}\n]}\n`)
}

/** The bytes of a list of points for Style2Paints, and what had to be left out. */
export function writeStyle2PaintsJson(hints: readonly Hint[], page: Sides, version: '4.5' | '3'): { bytes: Uint8Array; notes: Note[] } {
  const { points, notes } = writeStyle2Paints(hints, page, version)
  return { bytes: encodeUtf8(`[${points.map((point) => JSON.stringify(point)).join(',\n')}]\n`), notes }
}
