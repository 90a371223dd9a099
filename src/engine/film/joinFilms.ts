import { rm, writeFile } from 'node:fs/promises'
import type { ClipResult, KeptRow } from '../../contract/clips.ts'
import type { ClipIndex } from '../../contract/film.ts'
import type { Rational } from '../../contract/rational.ts'
import { timeBetween } from '../../core/film/editTruth.ts'
import { encodingOf, endingOf, movieArguments, muxerOf, soundEncodingOf } from '../../core/film/presets.ts'
import { compare, plus, rational, seconds } from '../../core/film/rational.ts'
import { fault, noted } from '../../core/texts/wording.ts'
import { temporaryBeside, writeAtomically } from '../pictures/atomic.ts'
import type { TaskInput, TaskOutput } from '../tasks/task.ts'
import type { TaskContext } from '../workers/context.ts'
import { ffmpegQuietly } from './decoding.ts'
import { soundFormatOf, soundOf, type SoundFormat, type SoundPart } from './editSound.ts'
import { encoderFailure, isSpoiled } from './failures.ts'
import { filmTools, type FilmTools } from './ffmpeg.ts'
import { concatList, rotationArguments } from './joining.ts'
import { clockOf, describe, difference, formatRows, lumaOf, row, timesText, withFields } from './kept.ts'
import { openClip } from './openClip.ts'
import { checkTarget } from './settling.ts'
import { runTool } from './spawn.ts'

type Job = TaskInput<'joinFilms'>

/** A part as it is joined. */
interface Part {
  readonly film: ClipIndex
  readonly source: ClipIndex
  /** Seconds at which it begins, and how long it is. */
  readonly start: Rational
  readonly length: Rational
}

const zero = rational(0)

async function opened(job: Job, tools: FilmTools, threads: number, signal: AbortSignal): Promise<Part[]> {
  const parts: Part[] = []
  const sources = new Map<string, ClipIndex>()
  let start = zero
  for (const part of job.parts) {
    const film = await withFields(tools, part.film, await openClip(part.film, { tools, cache: null, thoroughness: 'packets', threads, signal }), signal)
    const source = sources.get(part.source) ?? (await openClip(part.source, { tools, cache: job.cache, thoroughness: 'when-doubtful', threads, signal, rate: part.rate }))
    sources.set(part.source, source)
    // A film at another rate than its source lasts as long as its own frames do.
    const length = film.pts.length === part.to - part.from ? timeBetween(source, part.from, part.to) : timeBetween(film, 0, film.pts.length)
    parts.push({ film, source, start, length })
    start = plus(start, length)
  }
  return parts
}

/** A sample stands at the start of each part; what rounding takes from one it gives to the next. */
function soundParts(job: Job, parts: readonly Part[], { rate }: SoundFormat): SoundPart[] {
  const sampleAt = ({ num, den }: Rational): number => Math.round((num / den) * rate)
  return parts.map(({ source, start, length }, i) => ({ path: job.parts[i]?.source ?? '', index: source, from: job.parts[i]?.from ?? 0, length, samples: sampleAt(plus(start, length)) - sampleAt(start) }))
}

const escaped = (name: string): string => name.replace(/[\\=;#\n]/g, (sign) => (sign === '\n' ? ' ' : `\\${sign}`))

/** A chapter for each part, as ffmpeg's own format of metadata. */
export function chaptersText(chapters: readonly { readonly title: string; readonly start: Rational; readonly length: Rational }[]): string {
  const ms = ({ num, den }: Rational): number => Math.round((num / den) * 1000)
  return `;FFMETADATA1\n${chapters.map(({ title, start, length }) => `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${ms(start)}\nEND=${ms(plus(start, length))}\ntitle=${escaped(title)}\n`).join('')}`
}

/** Greatest difference of any frame's time from where it has to be. */
function timesApart(parts: readonly Part[], after: ClipIndex): Rational {
  let most = zero
  let n = 0
  for (const { film, start } of parts) {
    for (const pts of film.pts) {
      const wanted = plus(start, seconds(pts - (film.pts[0] as number), film.timeBase))
      const apart = difference(seconds((after.pts[n++] ?? 0) - (after.pts[0] as number), after.timeBase), wanted)
      if (compare(apart, most) > 0) most = apart
    }
  }
  return most
}

interface Written {
  readonly parts: readonly Part[]
  /** Of all parts. */
  readonly frames: number
  readonly after: ClipIndex
  /** Chapters that the film has. */
  readonly chapters: number
  readonly sound: SoundFormat | null
  /** Samples came through as they were. */
  readonly isSoundExact: boolean
}

function keptRows({ parts, frames, after, chapters, sound, isSoundExact }: Written): { rows: KeptRow[]; timesSame: boolean } {
  const [first] = parts as [Part]
  const apart = timesApart(parts, after)
  // A part's clock and the film's may both round.
  const timesSame = compare(apart, plus(clockOf(after), clockOf(first.film))) <= 0
  const rows = [
    row('frames', frames, after.pts.length),
    { name: 'timestamps', before: String(frames), after: timesText(after.pts.length, after.info.timeBase, apart), same: timesSame && after.pts.length === frames },
    ...formatRows(first.film.info, after.info),
    row('chapters', parts.length, chapters),
  ]
  const [made] = after.info.audio
  if (sound) {
    const before = [...new Set(parts.flatMap(({ source }) => source.info.audio[0] ?? []).map(({ codec, sampleRate, channels }) => `${codec} ${sampleRate} Hz ${channels}`))]
    rows.push({ name: 'audio 1', before: before.join(', '), after: made ? `${made.codec} ${made.sampleRate} Hz ${made.channels}` : '–', same: isSoundExact && before.length === 1 && parts.every(({ source }) => source.info.audio.length > 0) })
  }
  return { rows, timesSame }
}

/** Luma of every frame of the written film against that of its parts. */
async function isLumaSame(job: Job, file: string, after: ClipIndex, parts: readonly Part[], tools: FilmTools, task: TaskContext, signal: AbortSignal): Promise<boolean> {
  const { threads } = task.studio.config
  const before: string[] = []
  for (const [i, { film }] of parts.entries()) before.push(...(await lumaOf(tools, job.parts[i]?.film ?? '', film.stream, '', { signal, threads })))
  const written = await lumaOf(tools, file, after.stream, '', { signal, threads, onFrame: (done) => task.progress(0.5 + (0.5 * done) / after.pts.length) })
  return written.length === before.length && written.every((sum, n) => sum === before[n])
}

/**
 * Films of parts in one file: their frames as they are, sound of their sources cut to the sample and encoded anew, a chapter
 * a part. What was written is compared with what it was made of.
 * @throws HourglassError
 */
export function joinFilms(job: Job, task: TaskContext): Promise<TaskOutput<'joinFilms'>> {
  return task.abortable(async (signal) => {
    const { config } = task.studio
    const tools = await filmTools(config)
    for (const { source } of job.parts) checkTarget(job.target, source, job.overwrite)
    const parts = await opened(job, tools, config.threads, signal)
    const [first] = parts as [Part]
    const ending = endingOf(job.target)
    const encoding = encodingOf(job.preset, ending, first.source.info.pixelFormat)
    const sound = soundFormatOf(parts.map(({ source }) => source))
    const soundEncoding = soundEncodingOf(job.preset, ending)
    const [list, chapters] = [temporaryBeside(job.target), temporaryBeside(job.target)]
    const rotation = rotationArguments(first.film.info.rotation, tools.version)
    return writeAtomically(job.target, { overwrite: job.overwrite, original: null, signal }, async (file) => {
      try {
        await writeFile(list, concatList(job.parts.map(({ film }) => film), parts.map(({ start }) => start)))
        await writeFile(chapters, chaptersText(parts.map(({ start, length }, i) => ({ title: job.parts[i]?.title ?? '', start, length }))))
        const args = [
          ...ffmpegQuietly,
          ...[...rotation.input, '-f', 'concat', '-safe', '0', '-protocol_whitelist', 'file', '-i', `file:${list}`],
          ...['-f', 'ffmetadata', '-i', `file:${chapters}`],
          ...(sound ? ['-f', 's32le', '-ar', String(sound.rate), '-ac', String(sound.channels), '-i', 'pipe:0'] : []),
          ...['-map', '0:v:0', '-c:v', 'copy', '-map_metadata', '1', '-map_chapters', '1', ...rotation.output],
          ...(sound ? ['-map', '2:a:0', '-c:a', soundEncoding.codec, ...soundEncoding.options] : []),
          ...(ending === 'mkv' ? [] : [...movieArguments(first.film.timeBase.den), '-movflags', '+faststart+write_colr']),
          ...['-f', muxerOf(ending), '-y', `file:${file}`],
        ]
        const ended = await runTool(tools.ffmpeg, args, { signal, ...(sound ? { input: soundOf(soundParts(job, parts, sound), sound, tools, signal) } : {}) })
        if (isSpoiled(ended)) throw await encoderFailure(ended, muxerOf(ending), file, job.target)
      } finally {
        await Promise.all([rm(list, { force: true }), rm(chapters, { force: true })])
      }
      task.progress(0.5)
      const after = await withFields(tools, file, await openClip(file, { tools, cache: null, thoroughness: 'packets', threads: config.threads, signal }), signal)
      const { chapters: found } = await describe(tools, file, signal)
      const frames = parts.reduce((sum, { film }) => sum + film.pts.length, 0)
      const { rows, timesSame } = keptRows({ parts, frames, after, chapters: found.length, sound, isSoundExact: soundEncoding.exact })
      if (after.pts.length !== frames) throw fault('internal', 'fault.clipWrong', 'remedy.tryThenReport', { what: `${after.pts.length} ≠ ${frames}` })
      if (!timesSame) throw fault('internal', 'fault.clipWrong', 'remedy.tryThenReport', { what: rows.find(({ name }) => name === 'timestamps')?.after ?? '' })
      let lumaIdentical: ClipResult['lumaIdentical'] = noted('lossy', 'note.clip.lossy', { encoding: encoding.title }).message
      if (encoding.lossless) {
        lumaIdentical = await isLumaSame(job, file, after, parts, tools, task, signal)
        if (!lumaIdentical) throw fault('internal', 'fault.clipWrong', 'remedy.tryThenReport', { what: 'luma' })
      }
      const others = parts.some(({ source }) => source.info.audio.length > 1 || source.info.subtitles.length > 0)
      task.progress(1)
      return { frames, encoding: encoding.title, kept: rows, lumaIdentical, notes: others ? [noted('one-sound', 'note.edit.oneSound')] : [], bytes: after.identity.bytes }
    })
  })
}
