import { rm, writeFile } from 'node:fs/promises'
import type { ClipIndex } from '../../contract/film.ts'
import type { Rational } from '../../contract/rational.ts'
import type { Span } from '../../core/film/chunks.ts'
import { endingOf, movieArguments, muxerOf, subtitleFor, takesSubtitle } from '../../core/film/presets.ts'
import { compare, microseconds, minus, plus, rational, seconds } from '../../core/film/rational.ts'
import { canDrop, frameOfTimecode, saysDrop, timecodeFormat, timecodeOf } from '../../core/film/timecode.ts'
import { parse } from '../../core/film/rational.ts'
import { ffmpegQuietly } from './decoding.ts'
import { encoderFailure, isSpoiled } from './failures.ts'
import type { Footage } from './luma.ts'
import { inputArguments } from './probe.ts'
import { listed } from './ranges.ts'
import { outputOf, runTool } from './spawn.ts'

/** Formats whose clock starts anywhere: their start is no part of the film. */
const runningClock = /^(mpegts|mpeg)$/

/** Seconds at which the first frame of the written film stands, and by which everything of the source is moved. @param bare nothing but pictures is written */
export function startOf(index: ClipIndex, span: Span, clockRuns: boolean, bare: boolean): { video: Rational; others: Rational } {
  const whole = span.from === 0 && !bare
  if (!whole) return { video: rational(0), others: rational(0) }
  if (!clockRuns) {
    const video = seconds(index.startPts, index.timeBase)
    // Containers would hide what stands before zero.
    const before = compare(video, rational(0)) < 0 ? video : rational(0)
    return { video: minus(video, before), others: minus(index.formatStart, before) }
  }
  // The format tells its start in millionths of a second; its clock ticks as that of the pictures does.
  const { formatStart, timeBase, startPts } = index
  const ticks = Math.round((formatStart.num * timeBase.den) / (formatStart.den * timeBase.num))
  return { video: seconds(startPts - ticks, timeBase), others: rational(0) }
}

/** Packets in which the first of every stream are found. */
const firstPackets = 64

/**
 * Seconds by which sound and subtitles of the source begin before its start: what encoders put in front. MP4 cuts it off by an edit
 * list. Matroska has no time below zero: there all streams of a whole film are moved on by as much, together.
 */
export async function leadOf({ tools, path, index }: Footage, span: Span, { target, format, bare }: Pick<Joining, 'target' | 'format' | 'bare'>, signal?: AbortSignal): Promise<Rational> {
  const whole = span.from === 0 && span.to === index.pts.length
  const streams = [...index.info.audio, ...index.info.subtitles].map(({ stream }) => stream)
  if (endingOf(target) !== 'mkv' || !whole || bare || index.sequence !== null) return rational(0)
  const { others } = startOf(index, span, clockRuns(format), bare)
  let first = rational(0)
  for (const stream of streams) {
    const { output } = await outputOf(tools.ffprobe, ['-v', 'quiet', '-select_streams', String(stream), '-read_intervals', `%+#${firstPackets}`, '-show_entries', 'packet=pts_time', '-of', 'csv=p=0', ...inputArguments(path)], { signal })
    for (const line of output.toString('latin1').split('\n')) {
      const time = parse(line.split(',')[0] ?? '')
      // As ffmpeg reads it: from the start that the format tells, and moved on by as much as is asked for.
      const stands = time && plus(minus(time, index.formatStart), others)
      if (stands && compare(stands, first) < 0) first = stands
    }
  }
  return minus(rational(0), first)
}

export const clockRuns = (format: string): boolean => format.split(',').some((name) => runningClock.test(name))

/** The timecode of a frame of the source; null: it has none, or none that counts its frames. */
export function timecodeAt(index: ClipIndex, frame: number): string | null {
  const { timecode, rate, variableRate } = index.info
  if (timecode === null || frame === 0) return timecode
  const exact = parse(rate)
  const format = exact && !variableRate ? timecodeFormat(exact, saysDrop(timecode) && canDrop(exact)) : null
  const start = format && frameOfTimecode(timecode, format)
  return format && start !== null ? timecodeOf(start + frame, format) : null
}

/**
 * Films one after another, as ffmpeg's concat reads them. Their lengths are differences of rounded times: no error adds up.
 * @param starts seconds at which each film begins
 */
export function concatList(films: readonly string[], starts: readonly Rational[]): string {
  const micros = ({ num, den }: Rational): number => Math.round((num / den) * 1e6)
  const lines = films.map((film, i) => {
    const [start, next] = [starts[i], starts[i + 1]]
    const length = start && next && i + 1 < films.length ? [`duration ${((micros(next) - micros(start)) / 1e6).toFixed(6)}`] : []
    return [listed(film), ...length].join('\n')
  })
  return `ffconcat version 1.0\n${lines.join('\n')}\n`
}

export interface Joining {
  readonly footage: Footage
  readonly span: Span
  readonly chunks: readonly Span[]
  readonly film: (chunk: number) => string
  /** Name of the target, for its ending alone. */
  readonly target: string
  /** Demuxer of the source, by ffmpeg's name. */
  readonly format: string
  /** Streams of covers of the source. */
  readonly covers: readonly number[]
  /** Of the source's pictures: what their track is called, and its language. */
  readonly track: Readonly<Record<string, string>>
  /** `-color_range` and the like: a container may hold what the codec cannot. */
  readonly tags: readonly string[]
  /** Nothing but pictures is written. */
  readonly bare: boolean
}

function subtitleArguments(index: ClipIndex, ending: string): string[] {
  return index.info.subtitles.flatMap(({ stream, codec }, i) => {
    if (takesSubtitle(ending, codec)) return ['-map', `1:${stream}`, `-c:s:${i}`, 'copy']
    const as = subtitleFor(ending, codec)
    return as === null ? [] : ['-map', `1:${stream}`, `-c:s:${i}`, as]
  })
}

/** What goes along beside sound: covers of a whole film, which ffmpeg would write into Matroska as films of one frame; attached files (fonts), for which only Matroska has a place. */
function besideArguments({ covers, track }: Pick<Joining, 'covers' | 'track'>, ending: string, whole: boolean): string[] {
  const told = ['title', 'language'].flatMap((name) => (track[name] ? ['-metadata:s:v:0', `${name}=${track[name]}`] : []))
  const pictures = whole && ending !== 'mkv' ? covers.flatMap((stream, i) => ['-map', `1:${stream}`, `-disposition:v:${i + 1}`, 'attached_pic']) : []
  // Matroska would mark subtitles that are forced as those to be shown.
  return [...pictures, ...told, ...(ending === 'mkv' ? ['-map', '1:t?', '-default_mode', 'infer_no_subs'] : [])]
}

export function rotationArguments(rotation: number, version: string): { input: string[]; output: string[] } {
  if (rotation === 0) return { input: [], output: [] }
  const major = Number(/^n?(\d+)\./.exec(version)?.[1] ?? 6)
  return major >= 6 ? { input: ['-display_rotation:v:0', String(rotation)], output: [] } : { input: [], output: ['-metadata:s:v:0', `rotate=${(rotation + 360) % 360}`] }
}

/**
 * Puts chunks together, untouched, and brings sound, subtitles, chapters, title and timecode of the source with them.
 * @throws HourglassError `internal` where ffmpeg refuses; `no-space`, `not-writable`, `cancelled`
 */
export async function joinChunks({ footage, span, chunks, film, target, format, tags, bare, covers, track }: Joining, file: string, list: string, signal?: AbortSignal): Promise<void> {
  const { tools, path, index } = footage
  const ending = endingOf(target)
  const { video, others } = startOf(index, span, clockRuns(format), bare)
  const whole = span.from === 0 && span.to === index.pts.length
  const last = index.pts[span.to] ?? null
  const cut = whole ? [] : ['-ss', microseconds(minus(seconds(index.pts[span.from] as number, index.timeBase), index.formatStart)), ...(last === null ? [] : ['-t', microseconds(seconds(last - (index.pts[span.from] as number), index.timeBase))])]
  const rotation = rotationArguments(index.info.rotation, tools.version)
  const timecode = bare ? null : timecodeAt(index, span.from)
  const offset = (by: Rational): string[] => (compare(by, rational(0)) === 0 ? [] : ['-itsoffset', microseconds(by)])
  const at = (n: number): Rational => seconds((index.pts[n] as number) - (index.pts[span.from] as number), index.timeBase)
  await writeFile(list, concatList(chunks.map((_, i) => film(i)), chunks.map(({ from }) => at(from))))
  // Numbered pictures have nothing else to bring.
  const alone = bare || index.sequence !== null
  const args = [
    ...ffmpegQuietly,
    ...[...offset(video), ...rotation.input, '-f', 'concat', '-safe', '0', '-protocol_whitelist', 'file', '-i', `file:${list}`],
    ...(alone ? [] : [...offset(others), ...cut, ...inputArguments(path)]),
    ...['-map', '0:v:0', '-c', 'copy'],
    ...(alone ? [] : [...index.info.audio.flatMap(({ stream }) => ['-map', `1:${stream}`]), ...subtitleArguments(index, ending), ...besideArguments({ covers, track }, ending, whole)]),
    ...tags,
    ...(alone ? [] : ['-map_metadata', '1', '-map_chapters', '1']),
    ...rotation.output,
    // What stands before a cut is hidden by an edit list where there is one.
    ...(alone || whole || ending !== 'mkv' ? [] : ['-copypriorss:a', '0', '-copypriorss:s', '0']),
    // Matroska has no track of timecode: a tag of the pictures tells it.
    ...(timecode === null ? [] : ending === 'mkv' ? ['-metadata:s:v:0', `timecode=${timecode}`] : ['-timecode', timecode]),
    ...(ending === 'mkv' ? [] : [...movieArguments(index.timeBase.den), '-movflags', tags.length > 0 ? '+faststart+write_colr' : '+faststart']),
    ...['-f', muxerOf(ending), '-y', `file:${file}`],
    // A copy of the packets' check values through the pipe: where nobody reads them any more, ffmpeg ends.
    ...['-map', '0:v:0', '-c', 'copy', '-f', 'framecrc', 'pipe:1'],
  ]
  try {
    const ended = await runTool(tools.ffmpeg, args, { signal })
    if (isSpoiled(ended)) throw await encoderFailure(ended, muxerOf(ending), file, target)
  } finally {
    await rm(list, { force: true })
  }
}
