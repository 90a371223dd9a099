import type { Rational } from '../../contract/rational.ts'
import type { Note } from '../../contract/pictures.ts'
import { noted } from '../texts/wording.ts'
import type { DecodedFrame, FrameTable, PacketTable } from './indexing.ts'
import { compare, microseconds, minus, rational, seconds } from './rational.ts'
import type { RateFinding } from './rate.ts'

/** What was found out about a file, for its warnings. */
export interface Findings {
  readonly header: { readonly frames: number | null; readonly timeBase: Rational; readonly formatStart: Rational; readonly otherVideos: number; readonly covers: number; readonly hiddenAlpha: boolean; readonly stream: number }
  readonly packets: PacketTable
  /** Packets with those of an edit list. */
  readonly packetCount: number
  readonly table: FrameTable
  readonly rate: RateFinding
  /** null: not decoded yet. */
  readonly decode: { readonly frames: readonly DecodedFrame[]; readonly complaints: { readonly count: number; readonly first: string | null } } | null
}

/** Starts later than this after the file's own start are worth a word: seconds. */
const lateAfter = rational(1, 50)

function counting({ header, packets, packetCount, table, decode }: Findings): Note[] {
  const notes: Note[] = []
  const frames = table.pts.length
  if (packets.hidden > 0) notes.push(noted('edit-list', 'note.film.editList', { count: packets.hidden }))
  if (decode) {
    const lost = packetCount - packets.hidden - frames
    if (lost > 0 && packets.beforeKey > 0) notes.push(noted('starts-mid-group', 'note.film.startsMidGroup', { count: lost }))
    else if (lost > 0 && packets.sharingPts >= lost) notes.push(noted('hidden-frames', 'note.film.hiddenFrames', { count: lost }))
    else if (lost > 0) notes.push(noted('fewer-frames', 'note.film.fewerFrames', { packets: packetCount - packets.hidden, frames }))
    else if (lost < 0) notes.push(noted('more-frames', 'note.film.moreFrames', { packets: packetCount - packets.hidden, frames }))
  }
  if (header.frames !== null && header.frames !== frames) notes.push(noted('header-count', 'note.film.headerCount', { header: header.frames, frames }))
  return notes
}

function timing({ header, packets, table, rate }: Findings): Note[] {
  const notes: Note[] = []
  if (rate.skipped > 0) notes.push(noted('skipped-frames', 'note.film.skippedFrames', { count: rate.skipped }))
  else if (rate.variable) notes.push(noted('variable-rate', 'note.film.variableRate'))
  const late = minus(seconds(table.pts[0] ?? 0, header.timeBase), header.formatStart)
  if (compare(late, lateAfter) > 0) notes.push(noted('late-start', 'note.film.lateStart', { seconds: microseconds(late).replace(/\.?0+$/, '') }))
  if (packets.withoutPts > 0) notes.push(noted('made-timestamps', 'note.film.madeTimestamps', { count: packets.withoutPts }))
  if (table.doubtful.length > 0 && packets.withoutPts === 0) notes.push(noted('doubtful-timestamps', 'note.film.doubtfulTimestamps', { count: table.doubtful.length, first: table.doubtful[0] ?? 0 }))
  return notes
}

function decoding({ decode }: Findings): Note[] {
  if (!decode) return []
  const notes: Note[] = []
  const [first] = decode.frames
  const other = decode.frames.findIndex((frame) => frame.width !== first?.width || frame.height !== first.height || frame.pixelFormat !== first.pixelFormat)
  if (other > 0) notes.push(noted('size-changes', 'note.film.sizeChanges', { frame: other }))
  const interlaced = decode.frames.filter(({ field }) => field !== 'progressive').length
  if (interlaced > 0 && interlaced < decode.frames.length) notes.push(noted('mixed-fields', 'note.film.mixedFields', { interlaced, frames: decode.frames.length }))
  else if (interlaced > 0) notes.push(noted('interlaced', 'note.film.interlaced'))
  if (decode.complaints.count > 0) notes.push(noted('read-errors', 'note.film.readErrors', { count: decode.complaints.count, first: decode.complaints.first ?? '' }))
  return notes
}

/** Everything in which a file is other than its header, a player or a simpler program would say. */
export function remarks(findings: Findings): Note[] {
  const { header } = findings
  const notes = [...counting(findings), ...timing(findings), ...decoding(findings)]
  if (header.otherVideos > 0) notes.push(noted('several-videos', 'note.film.severalVideos', { count: header.otherVideos + 1, stream: header.stream }))
  if (header.covers > 0) notes.push(noted('cover-picture', 'note.film.coverPicture', { count: header.covers }))
  if (header.hiddenAlpha) notes.push(noted('alpha-left-out', 'note.film.alphaLeftOut'))
  return notes
}
