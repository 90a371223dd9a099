import { once as onceOf } from 'node:events'
import { PassThrough } from 'node:stream'
import type { ClipIndex } from '../../contract/film.ts'
import type { Rational } from '../../contract/rational.ts'
import { microseconds, minus, seconds } from '../../core/film/rational.ts'
import { ffmpegQuietly } from './decoding.ts'
import type { FilmTools } from './ffmpeg.ts'
import { inputArguments } from './probe.ts'
import { runTool } from './spawn.ts'

/** How all sound of an edit is brought together. */
export interface SoundFormat {
  /** Samples a second. */
  readonly rate: number
  readonly channels: number
}

/** Bytes of a sample: whole numbers of 32 bits hold what any film has. */
const sampleBytes = 4
const pieceBytes = 1 << 16

/** Sound for a stretch of the edit: that of the first stream of a source, from a frame on; silence where there is none. */
export interface SoundPart {
  readonly path: string
  readonly index: ClipIndex
  readonly from: number
  /** Seconds. */
  readonly length: Rational
  /** Samples that it takes, its end rounded together with the next one's start: none is lost or doubled along the edit. */
  readonly samples: number
}

/** The format of an edit's sound: the finest rate and the most channels of its sources. null: none has any. */
export function soundFormatOf(indexes: readonly ClipIndex[]): SoundFormat | null {
  const sounds = indexes.flatMap(({ info }) => info.audio[0] ?? [])
  if (sounds.length === 0) return null
  return { rate: Math.min(96_000, Math.max(...sounds.map(({ sampleRate }) => sampleRate))), channels: Math.min(8, Math.max(...sounds.map(({ channels }) => channels))) }
}

/** Decoded samples of a part, from the time of its first frame on; sound that starts later than that comes after silence. */
async function* decoded({ path, index, from, length }: SoundPart, { rate, channels }: SoundFormat, tools: FilmTools, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const [sound] = index.info.audio
  if (!sound) return
  const own = new AbortController()
  const start = minus(seconds(index.pts[from] as number, index.timeBase), index.formatStart)
  const pipe = new PassThrough({ highWaterMark: 4 * pieceBytes })
  const onOutput = async (piece: Buffer): Promise<void> => {
    if (!pipe.write(piece)) await onceOf(pipe, 'drain', { signal: own.signal })
  }
  const args = [
    ...ffmpegQuietly,
    ...['-ss', microseconds(start), '-t', microseconds(length), ...inputArguments(path)],
    ...['-map', `0:${sound.stream}`, '-af', 'aresample=async=1:first_pts=0', '-ar', String(rate), '-ac', String(channels), '-f', 's32le', 'pipe:1'],
  ]
  const ended = runTool(tools.ffmpeg, args, { signal: AbortSignal.any([signal, own.signal]), onOutput }).finally(() => pipe.end())
  // Where nobody reads on, the decoder was stopped on purpose.
  ended.catch(() => undefined)
  try {
    for await (const piece of pipe) yield piece as Uint8Array
    await ended
  } finally {
    own.abort()
  }
}

/** All sound of an edit as samples of 32 bits, each part exactly as long as its pictures. */
export async function* soundOf(parts: readonly SoundPart[], format: SoundFormat, tools: FilmTools, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    let left = part.samples * format.channels * sampleBytes
    for await (const piece of decoded(part, format, tools, signal)) {
      if (left === 0) break
      const taken = piece.subarray(0, left)
      left -= taken.length
      yield taken
    }
    for (; left > 0; left -= Math.min(left, pieceBytes)) yield new Uint8Array(Math.min(left, pieceBytes))
  }
}
