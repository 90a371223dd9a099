import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ClipIndex } from '../../contract/film.ts'
import { seekKey } from '../../core/film/indexing.ts'
import { microseconds, minus, seconds } from '../../core/film/rational.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import { asStored, everyFrame, ffmpegQuietly, listener, type ShownFrame } from './decoding.ts'
import { causeOf } from './failures.ts'
import type { Reading } from './options.ts'
import { inputArguments } from './probe.ts'
import { pictureOf } from './sequence.ts'
import { outputOf } from './spawn.ts'

/** One frame as the decoder gives it: planes one after another, packed, not rotated. */
export interface NativeFrame extends ShownFrame {
  readonly planes: Buffer
}

/** Path of the picture that is frame `n` of a sequence; null: the clip is one file. */
function sequencePicture(index: ClipIndex, n: number): string | null {
  return index.sequence ? pictureOf(index.sequence, index.sequence.first + (index.pts[n] as number)) : null
}

/** Where a decode for frame n starts: `-ss` of the second keyframe before, or nothing for the start of the file. */
export function seekArguments(index: ClipIndex, n: number): string[] {
  const key = index.sequence ? null : seekKey(index.keys, n)
  if (key === null) return []
  const at = minus(seconds(index.pts[key] as number, index.timeBase), index.formatStart)
  return at.num <= 0 ? [] : ['-noaccurate_seek', '-ss', microseconds(at)]
}

/** Frames that carry the timestamp of n and come before it: n is the next one of them. */
function twinsBefore(index: ClipIndex, n: number): number {
  let twins = 0
  while (n - twins > 0 && index.pts[n - twins - 1] === index.pts[n]) twins++
  return twins
}

async function readAt(path: string, index: ClipIndex, n: number, way: 'seek' | 'linear', { tools, threads, signal }: Reading): Promise<NativeFrame | null> {
  const picture = sequencePicture(index, n)
  const pts = index.pts[n] as number
  // By its number where timestamps do not tell frames apart: counted from the start, which is what the number means.
  const twins = twinsBefore(index, n)
  const choice = picture !== null ? [] : way === 'linear' && index.doubtful.includes(n) ? [`select=eq(n\\,${n})`] : [`select=eq(pts\\,${pts})`, ...(twins > 0 ? [`select=eq(n\\,${twins})`] : [])]
  let shown: ShownFrame | null = null
  const heard = listener((frame) => (shown ??= frame))
  const args = [
    ...ffmpegQuietly,
    ...asStored,
    ...(way === 'seek' ? seekArguments(index, n) : []),
    '-threads',
    String(threads),
    ...inputArguments(picture ?? path),
    '-map',
    `0:${index.stream}`,
    '-vf',
    [...choice, 'showinfo=checksum=0'].join(','),
    ...everyFrame,
    '-frames:v',
    '1',
    '-c:v',
    'rawvideo',
    '-f',
    'rawvideo',
    'pipe:1',
  ]
  const { output } = await outputOf(tools.ffmpeg, args, { signal, onLine: heard.onLine })
  // A frame that was cut off by the end of the pipe would be another picture.
  return shown === null || output.length === 0 ? null : { ...(shown as ShownFrame), planes: output }
}

/** Whether a frame is the one that the decode from the start gave; true where there was no decode yet. */
function isFrame(index: ClipIndex, n: number, frame: NativeFrame | null): frame is NativeFrame {
  return frame !== null && (index.checks === null || crc32(frame.planes) === index.checks[n])
}

/**
 * Exactly frame `n`: decoded from one keyframe more than would do, found by its timestamp, compared with what the
 * decode from the start gave; if it differs, decoded from the start. Never a neighbour.
 * @throws HourglassError `bad-input` for a number outside the clip or a frame that cannot be read again; `cancelled`
 */
export async function readFrame(path: string, index: ClipIndex, n: number, reading: Reading): Promise<NativeFrame> {
  if (!Number.isInteger(n) || n < 0 || n >= index.pts.length) throw fault('bad-input', 'fault.noSuchFrame', 'remedy.frameFromTo', { file: named(path), frame: n, last: index.pts.length - 1 })
  if (!index.doubtful.includes(n)) {
    const frame = await readAt(path, index, n, 'seek', reading)
    if (isFrame(index, n, frame)) return frame
  }
  const frame = await readAt(path, index, n, 'linear', reading)
  if (isFrame(index, n, frame)) return frame
  throw fault('bad-input', 'fault.frameUnreadable', 'remedy.frameOthers', { file: named(path), frame: n }, { cause: causeOf([]) })
}

/** SHA-256 of the planes: what ffmpeg's framehash gives for this frame of a decode from the start. */
export const hashOf = ({ planes }: NativeFrame): string => createHash('sha256').update(planes).digest('hex')
