import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClipIndex, ClipSequence } from '../../contract/film.ts'
import type { Span } from '../../core/film/chunks.ts'
import { inverse, text } from '../../core/film/rational.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import { asStored } from './decoding.ts'
import { decoderArguments, decoderThreads, seekArguments } from './planes.ts'
import { inputArguments } from './probe.ts'
import { pictureOf } from './sequence.ts'

/** Whether timestamps tell all frames apart; else they are counted from the start. */
const distinct = (index: ClipIndex): boolean => index.doubtful.length === 0 && index.pts.every((pts, n) => n === 0 || pts > (index.pts[n - 1] as number))

/** A decoder is quick beside the colouring or encoding that it feeds; every thread of it holds frames of its own. */
const mostDecoderThreads = 2

/** Threads of a decoder that works while others colour and encode: where there are few cores it gains nothing by a second, and each holds 10 MB of 1080p. */
export const threadsBesideOthers = (threads: number): number => (availableParallelism() > 4 ? threads : 1)

/** Refuses a path that no list of ffmpeg's concat can hold. @throws HourglassError `unsupported` */
export function checkListed(path: string): void {
  if (/[\r\n]/.test(path)) throw fault('unsupported', 'fault.lineBreak', 'remedy.lineBreak', { file: named(path) })
}

/** A file's name in a list that ffmpeg's concat reads. */
export const listed = (path: string): string => `file 'file:${path.replaceAll("'", "'\\''")}'`

/** A range of frames that ffmpeg can read. */
export interface OpenRange {
  /** Arguments that open it. */
  readonly input: readonly string[]
  /** The filter that lets only its frames pass, at their own timestamps. */
  readonly filter: string
  /** Removes what was written for it. */
  close(): Promise<void>
}

/** Numbered pictures one after the other, however many numbers are missing between them. */
async function openPictures(index: ClipIndex, sequence: ClipSequence, { from, to }: Span, decoder: readonly string[]): Promise<OpenRange> {
  const pts = index.pts.slice(from, to)
  const folder = await mkdtemp(join(tmpdir(), 'hourglass-film-'))
  const list = join(folder, 'pictures.ffconcat')
  // How long a picture stands is told by its reader: encoders pass it on for the last one.
  const framerate = `option framerate ${text(inverse(index.timeBase))}`
  await writeFile(list, `ffconcat version 1.0\n${pts.map((number) => `${listed(pictureOf(sequence, sequence.first + number))}\n${framerate}`).join('\n')}\n`)
  const gaps = pts.flatMap((number, i) => (i > 0 && number - (pts[i - 1] as number) > 1 ? [`${number - (pts[i - 1] as number) - 1}*gte(N\\,${i})`] : []))
  const { num, den } = index.timeBase
  return {
    input: [...asStored, ...decoder, '-f', 'concat', '-safe', '0', '-protocol_whitelist', 'file', '-i', `file:${list}`],
    filter: `settb=${num}/${den},setpts=${[pts[0] ?? 0, 'N', ...gaps].join('+')}`,
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

/** Opens a film, or numbered pictures, for reading the frames of a range. */
export async function openRange(path: string, index: ClipIndex, span: Span, threads: number): Promise<OpenRange> {
  const { from, to } = span
  const decoder = [...decoderArguments(index), '-threads', String(decoderThreads(index, threads === 0 ? mostDecoderThreads : Math.min(threads, mostDecoderThreads)))]
  if (index.sequence) return openPictures(index, index.sequence, span, decoder)
  const seeks = distinct(index)
  return {
    input: [...asStored, ...(seeks ? seekArguments(index, from) : []), ...decoder, ...inputArguments(path)],
    // The trim tells the whole graph that it is over; -frames of one output would also end its other streams.
    filter: `select=gte(${seeks ? `pts\\,${index.pts[from]}` : `n\\,${from}`}),trim=end_frame=${to - from}`,
    close: () => Promise.resolve(),
  }
}
