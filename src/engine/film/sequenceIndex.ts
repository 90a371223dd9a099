import type { ClipIdentity, ClipIndex } from '../../contract/film.ts'
import type { Note } from '../../contract/pictures.ts'
import { timesAtRate, usualRate } from '../../core/film/pictureRate.ts'
import { rational, text } from '../../core/film/rational.ts'
import { missingNumbers, runsOf } from '../../core/film/sequences.ts'
import type { DecodedFrame } from '../../core/film/indexing.ts'
import { noted } from '../../core/texts/wording.ts'
import { decodeAll } from './decoding.ts'
import { noFilm } from './failures.ts'
import type { OpenOptions } from './options.ts'
import { inputArguments, probe } from './probe.ts'
import { pictureOf, runArguments, type SequenceSource } from './sequence.ts'

interface Pictures {
  readonly numbers: readonly number[]
  readonly frames: readonly DecodedFrame[]
  readonly unreadable: readonly number[]
}

/** Decodes every picture once; ffmpeg stops at a gap, so that each run without one is a call of its own. */
async function decodePictures({ sequence, numbers }: SequenceSource, stream: number, { tools, signal, threads, onProgress }: OpenOptions): Promise<Pictures> {
  const frames: DecodedFrame[] = []
  const readable: number[] = []
  for (const [first, last] of runsOf(numbers)) {
    const onFrame = (count: number): void => onProgress?.((frames.length + count) / numbers.length)
    const decode = await decodeAll(tools, runArguments(sequence, first, text(usualRate)), stream, { signal, threads, onFrame })
    for (const frame of decode.frames) {
      // Timestamps count the run's files; a damaged picture leaves its own out.
      const number = first + (frame.pts ?? 0)
      if (number > last) continue
      readable.push(number)
      frames.push({ ...frame, pts: number - sequence.first })
    }
  }
  const whole = new Set(readable)
  return { numbers: readable, frames, unreadable: numbers.filter((number) => !whole.has(number)) }
}

/** The index of numbered pictures, at the usual rate: frame n is the n-th number that has a file; its timestamp counts numbers from the first. */
export async function indexSequence(path: string, source: SequenceSource, identity: ClipIdentity, options: OpenOptions): Promise<ClipIndex> {
  const { sequence } = source
  const header = await probe(options.tools, path, inputArguments(pictureOf(sequence, sequence.first)), options.signal)
  const decoded = options.thoroughness === 'verify' ? await decodePictures(source, header.stream, options) : null
  const numbers = decoded?.numbers ?? source.numbers
  const [first] = numbers
  if (first === undefined) throw noFilm(path, [], 'unreadable')
  const start = sequence.first
  const pts = numbers.map((number) => number - start)
  const times = timesAtRate(pts, usualRate)
  const warnings: Note[] = []
  const missing = missingNumbers(source.numbers)
  if (missing.count > 0) warnings.push(noted('missing-numbers', 'note.film.missingNumbers', { count: missing.count, numbers: missing.text }))
  if (decoded && decoded.unreadable.length > 0) warnings.push(noted('unreadable-pictures', 'note.film.unreadablePictures', { count: decoded.unreadable.length, numbers: decoded.unreadable.slice(0, 20).join(', ') }))
  const odd = decoded?.frames.findIndex((frame) => frame.width !== decoded.frames[0]?.width || frame.height !== decoded.frames[0].height || frame.pixelFormat !== decoded.frames[0].pixelFormat) ?? -1
  if (odd > 0) warnings.push(noted('size-changes', 'note.film.sizeChanges', { frame: odd }))
  const [shown] = decoded?.frames ?? []
  return {
    version: 1,
    identity,
    ffmpeg: options.tools.version,
    stream: header.stream,
    timeBase: times.timeBase,
    startPts: pts[0] ?? 0,
    formatStart: rational(0),
    pts,
    keys: pts.map((_, n) => n),
    doubtful: [],
    x264Build: null,
    checks: decoded ? decoded.frames.map(({ check }) => check) : null,
    sequence,
    info: {
      ...header.facts,
      ...(shown && shown.pixelFormat !== '' && { pixelFormat: shown.pixelFormat, width: shown.width, height: shown.height }),
      frames: pts.length,
      packets: source.numbers.length,
      ...times.info,
      variableRate: false,
      fieldOrder: 'progressive',
      audio: [],
      subtitles: [],
      warnings,
      stream: header.stream,
      verified: decoded !== null,
    },
  }
}
