import { z } from 'zod'
import type { KeptRow } from '../../contract/clips.ts'
import type { ClipIndex, ClipInfo, FieldOrder } from '../../contract/film.ts'
import type { Rational } from '../../contract/rational.ts'
import type { Span } from '../../core/film/chunks.ts'
import { fieldsOf } from '../../core/film/indexing.ts'
import { pixelKind } from '../../core/film/pixels.ts'
import { compare, minus, plus, rational, seconds, text } from '../../core/film/rational.ts'
import { lineCutter, outputOf, runTool } from './spawn.ts'
import type { FilmTools } from './ffmpeg.ts'
import { unopenable } from './failures.ts'
import { inputArguments } from './probe.ts'
import { timecodeAt } from './joining.ts'

const described = z.object({
  streams: z
    .array(z.object({ index: z.number().int(), codec_type: z.string().optional(), codec_name: z.string().optional(), codec_tag_string: z.string().optional(), disposition: z.record(z.string(), z.number()).default({}), tags: z.record(z.string(), z.string()).default({}) }))
    .default([]),
  format: z.object({ format_name: z.string(), tags: z.record(z.string(), z.string()).default({}) }),
  chapters: z.array(z.object({ start_time: z.string(), end_time: z.string(), tags: z.record(z.string(), z.string()).default({}) })).default([]),
})
export type Described = z.output<typeof described>

/** Container, title, chapters and streams of a file. @throws HourglassError where it cannot be opened */
export async function describe(tools: FilmTools, path: string, signal?: AbortSignal): Promise<Described> {
  const { code, output, said } = await outputOf(tools.ffprobe, ['-v', 'error', '-show_format', '-show_chapters', '-show_streams', '-of', 'json', ...inputArguments(path)], { signal })
  if (code !== 0) throw await unopenable(path, said)
  return described.parse(JSON.parse(output.toString('utf8')))
}

/** So many frames at a film’s start are decoded to learn its field order. */
export const firstFrames = 6

/** What stands in a film beside pictures, sound and subtitles: streams of covers, number of attached files (fonts), data by its tag, all but timecode and the names of chapters. */
export function besides({ streams }: Described): { readonly covers: readonly number[]; readonly attachments: number; readonly data: readonly string[] } {
  const data = streams.filter(({ codec_type, codec_tag_string }) => codec_type === 'data' && codec_tag_string !== 'tmcd' && codec_tag_string !== 'text')
  return {
    covers: streams.filter(({ codec_type, disposition }) => codec_type === 'video' && disposition['attached_pic'] === 1).map(({ index }) => index),
    attachments: streams.filter(({ codec_type }) => codec_type === 'attachment').length,
    data: data.map(({ codec_tag_string = '?' }) => (codec_tag_string.startsWith('[') ? 'data' : codec_tag_string)),
  }
}

/** Field order of each of the first frames: what the decoder says, whatever the header says. As many as `firstFrames`, or all, of a film that can be decoded. */
export async function firstFields(tools: FilmTools, path: string, stream: number, signal?: AbortSignal): Promise<FieldOrder[]> {
  const { output } = await outputOf(tools.ffprobe, ['-v', 'quiet', '-select_streams', String(stream), '-read_intervals', `%+#${firstFrames}`, '-show_entries', 'frame=interlaced_frame,top_field_first', '-of', 'compact=p=0', ...inputArguments(path)], { signal })
  const frames = output.toString('latin1').split('\n').filter((line) => line.includes('interlaced_frame='))
  return frames.map((line) => (!line.includes('interlaced_frame=1') ? 'progressive' : line.includes('top_field_first=1') ? 'tff' : 'bff'))
}

/** An index with the field order that the decoder tells, where no decode has told it yet. */
export async function withFields(tools: FilmTools, path: string, index: ClipIndex, signal?: AbortSignal): Promise<ClipIndex> {
  if (index.info.verified) return index
  return { ...index, info: { ...index.info, fieldOrder: fieldsOf(await firstFields(tools, path, index.stream, signal)) } }
}

/** MD5 of all packets of each sound and subtitle stream, as they lie in the file. */
async function hashesOf(tools: FilmTools, path: string, streams: readonly number[], signal?: AbortSignal): Promise<string[]> {
  if (streams.length === 0) return []
  const { output } = await outputOf(tools.ffmpeg, ['-v', 'error', '-nostdin', ...inputArguments(path), ...streams.flatMap((stream) => ['-map', `0:${stream}`]), '-c', 'copy', '-f', 'streamhash', '-hash', 'md5', 'pipe:1'], { signal })
  return output.toString('latin1').trim().split('\n').map((line) => line.slice(line.indexOf('=') + 1))
}

/** Check values of luma of every frame of a film, decoded. */
export async function lumaOf(tools: FilmTools, path: string, stream: number, filters: string, options: { signal?: AbortSignal | undefined; threads: number; onFrame?: (done: number) => void }): Promise<string[]> {
  const sums: string[] = []
  const lines = lineCutter((line) => {
    const sum = line.split(',')[5]?.trim()
    if (line.startsWith('#') || sum === undefined) return
    sums.push(sum)
    options.onFrame?.(sums.length)
  })
  await runTool(tools.ffmpeg, ['-v', 'error', '-nostdin', '-noautorotate', '-threads', String(options.threads), ...inputArguments(path), '-map', `0:${stream}`, '-vf', `${filters}extractplanes=y`, '-fps_mode', 'passthrough', '-f', 'framehash', '-hash', 'murmur3', 'pipe:1'], { signal: options.signal, onOutput: (piece) => lines.push(piece) })
  lines.end()
  return sums
}

/** A file on one side of the table. */
export interface Side {
  readonly path: string
  readonly index: ClipIndex
  readonly described: Described
  readonly fields: FieldOrder
}

/** How far two times lie apart. */
export const difference = (one: Rational, other: Rational): Rational => (compare(one, other) < 0 ? minus(other, one) : minus(one, other))

/** How many times, on which clock, and the most that one is off where any is. */
export const timesText = (count: number, timeBase: string, apart = rational(0)): string => `${count}, ${timeBase} s${apart.num === 0 ? '' : `, ± ${text(apart)} s`}`

/** Greatest difference of any frame's time, after the start of the written film was brought to the source's. */
function timesApart(before: ClipIndex, after: ClipIndex, span: Span, start: Rational): Rational {
  let most = rational(0)
  const origin = before.pts[span.from] as number
  for (let n = span.from; n < Math.min(span.to, span.from + after.pts.length); n++) {
    const wanted = plus(seconds((before.pts[n] as number) - origin, before.timeBase), start)
    const apart = difference(seconds(after.pts[n - span.from] as number, after.timeBase), wanted)
    if (compare(apart, most) > 0) most = apart
  }
  return most
}

const said = (value: string | number | null | undefined): string => (value === null || value === undefined || value === '' ? '–' : String(value))
/** A line of the table of what was kept; nothing said is a dash. */
export const row = (name: string, before: string | number | null | undefined, after: string | number | null | undefined): KeptRow => ({ name, before: said(before), after: said(after), same: said(before) === said(after) })

const round = (time: string): string => Number(time).toFixed(2)
const chaptersOf = ({ chapters }: Described): string => chapters.map(({ start_time, tags }) => `${round(start_time)} ${tags['title'] ?? ''}`.trim()).join(', ')

/** How pictures are stored, and to be shown. */
export const formatRows = (one: ClipInfo, other: ClipInfo): KeptRow[] => [
  row('size', `${one.width}×${one.height}`, `${other.width}×${other.height}`),
  row('sar', one.sar, other.sar),
  row('rotation', one.rotation, other.rotation),
  row('fieldOrder', one.fieldOrder, other.fieldOrder),
  row('range', one.color.range, other.color.range),
  row('matrix', one.color.matrix, other.color.matrix),
  row('primaries', one.color.primaries, other.color.primaries),
  row('transfer', one.color.transfer, other.color.transfer),
]

/** How far a clock of milliseconds may round. */
export const clockOf = (index: ClipIndex): Rational => (index.timeBase.den === 1000 && index.timeBase.num === 1 ? rational(1, 1000) : rational(0))

/**
 * What the written film kept of its source, each as the files themselves say it.
 * @param start seconds at which the first frame was to stand
 * @param bare nothing but pictures was written
 */
export async function keptTable(tools: FilmTools, before: Side, after: Side, span: Span, { start, bare }: { readonly start: Rational; readonly bare: boolean }, signal?: AbortSignal): Promise<{ rows: KeptRow[]; framesSame: boolean; timesSame: boolean }> {
  const [one, other] = [before.index.info, after.index.info]
  const whole = span.from === 0 && span.to === before.index.pts.length
  const apart = timesApart(before.index, after.index, span, start)
  const timesSame = compare(apart, clockOf(after.index)) <= 0
  const rows: KeptRow[] = [
    row('frames', span.to - span.from, other.frames),
    { name: 'timestamps', before: timesText(span.to - span.from, one.timeBase), after: timesText(other.frames, other.timeBase, apart), same: timesSame && other.frames === span.to - span.from },
    ...formatRows({ ...one, fieldOrder: before.fields }, { ...other, fieldOrder: after.fields }),
  ]
  if (pixelKind(one.pixelFormat).alpha) rows.push(row('alpha', 'yes', pixelKind(other.pixelFormat).alpha ? 'yes' : 'no'))
  const told = { rows, framesSame: other.frames === span.to - span.from, timesSame }
  if (bare) return told
  rows.push(
    row('timecode', timecodeAt(before.index, span.from), other.timecode),
    row('chapters', whole ? chaptersOf(before.described) : before.described.chapters.length, whole ? chaptersOf(after.described) : after.described.chapters.length),
    row('title', before.described.format.tags['title'], after.described.format.tags['title']),
  )
  const streams = async (kind: 'audio' | 'subtitles'): Promise<void> => {
    const [mine, theirs] = [one[kind], other[kind]]
    const ids = (list: readonly { stream: number }[]): number[] => list.map(({ stream }) => stream)
    const hashes = whole ? await Promise.all([hashesOf(tools, before.path, ids(mine), signal), hashesOf(tools, after.path, ids(theirs), signal)]) : null
    rows.push(row(kind === 'audio' ? 'audioStreams' : 'subtitleStreams', mine.length, theirs.length))
    mine.forEach((stream, i) => {
      const label = (each: (typeof mine)[number] | undefined, hash: string | undefined): string => (each ? [each.codec, each.language ?? '', hash ?? ''].filter(Boolean).join(' ') : '–')
      const after = theirs[i]
      // MP4 calls all sound of MPEG the same, whatever its layer: the same packets are the same sound.
      const renamed = after?.codec === 'mp3' && stream.codec === 'mp2' && hashes !== null && hashes[0][i] === hashes[1][i]
      rows.push(row(`${kind === 'audio' ? 'audio' : 'subtitle'} ${i + 1}`, label(stream, hashes?.[0][i]), label(renamed ? { ...after, codec: stream.codec } : after, hashes?.[1][i])))
    })
  }
  await streams('audio')
  await streams('subtitles')
  const [mine, theirs] = [besides(before.described), besides(after.described)]
  if (mine.covers.length > 0) rows.push(row('covers', mine.covers.length, theirs.covers.length))
  if (mine.attachments > 0) rows.push(row('attachments', mine.attachments, theirs.attachments))
  if (mine.data.length > 0) rows.push(row('data', mine.data.join(', '), theirs.data.join(', ')))
  return told
}
