import type { ClipTruth } from '../../contract/clipFrames.ts'
import { startOf } from './playing.ts'
import { parse } from './rational.ts'
import { dayOf, frameOfTimecode, saysDrop, timecodeFormat, timecodeOf, type TimecodeFormat } from './timecode.ts'

/** How the frames of a clip are labelled: SMPTE timecode at a constant rate, hours, minutes and milliseconds else. */
interface Labels {
  readonly format: TimecodeFormat | null
  /** Frame that the clip's own timecode begins at, counted from midnight. */
  readonly start: number
}

export function labelsOf({ info }: ClipTruth): Labels {
  const rate = parse(info.rate)
  const format = info.variableRate || rate === null ? null : timecodeFormat(rate, info.timecode !== null && saysDrop(info.timecode))
  return { format, start: format && info.timecode !== null ? (frameOfTimecode(info.timecode, format) ?? 0) : 0 }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** The label of a frame. */
export function labelOf(truth: ClipTruth, frame: number): string {
  const { format, start } = labelsOf(truth)
  if (format) return timecodeOf(start + frame, format)
  const ms = Math.round(startOf(truth, frame))
  return `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / 60_000) % 60)}:${two(Math.floor(ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`
}

/**
 * The frame that somebody means by a number, by a timecode, or by how far it lies from where they stand (`+12`, `-3`);
 * null where it is none of these, or lies outside the clip. Timecodes past midnight belong to the next day.
 */
export function frameOf(truth: ClipTruth, said: string, standing = 0): number | null {
  const text = said.trim()
  const { format, start } = labelsOf(truth)
  const inside = (frame: number): number | null => (frame >= 0 && frame < truth.pts.length ? frame : null)
  if (/^\d+$/.test(text)) return inside(Number(text))
  if (/^[+-]\d+$/.test(text)) return inside(standing + Number(text))
  const found = format && frameOfTimecode(text, format)
  return format && found !== null ? inside(found < start ? found - start + dayOf(format) : found - start) : null
}
