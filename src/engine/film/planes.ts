import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import type { ClipIndex } from '../../contract/film.ts'
import { seekKey } from '../../core/film/indexing.ts'
import { planesBytes } from '../../core/film/pixels.ts'
import { microseconds, minus, seconds } from '../../core/film/rational.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import { asStored, everyFrame, ffmpegQuietly, listener, type ShownFrame } from './decoding.ts'
import { causeOf } from './failures.ts'
import { frameCutter } from './frameCutter.ts'
import type { Reading } from './options.ts'
import { inputArguments } from './probe.ts'
import { pictureOf } from './sequence.ts'
import { runTool } from './spawn.ts'

/** One frame as the decoder gives it: planes one after another, packed, not rotated. */
export interface NativeFrame extends ShownFrame {
  readonly planes: Buffer
}

/** Path of the picture that is frame `n` of a sequence; null: the clip is one file. */
function sequencePicture(index: ClipIndex, n: number): string | null {
  return index.sequence ? pictureOf(index.sequence, index.sequence.first + (index.pts[n] as number)) : null
}

/** Clips in which a decode from the nearest keyframe gave another frame than the one from the start. */
const needEarlierKeys = new WeakSet<ClipIndex>()

/** The nearest keyframe will do where every frame is compared with what the decode from the start gave. */
const keysBefore = (index: ClipIndex): number => (index.checks === null || needEarlierKeys.has(index) ? 1 : 0)

/** The first frame of the decode that brings frame n. */
export const startFor = (index: ClipIndex, n: number): number => seekKey(index.keys, n, keysBefore(index)) ?? 0

/** Where a decode for frame n starts: `-ss` of a keyframe, by default the second before, or nothing for the start of the file. */
export function seekArguments(index: ClipIndex, n: number, before = 1): string[] {
  const key = index.sequence ? null : seekKey(index.keys, n, before)
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

/** What a decode that does not begin at the file's start has to be told, before `-i`. */
export const decoderArguments = ({ x264Build }: ClipIndex): string[] => (x264Build === null ? [] : ['-x264_build', String(x264Build)])

/**
 * Threads of a decoder of this clip. What decoders put in place of damaged pictures differs with their threads, and from one run of many
 * to the next: a damaged film is decoded by one.
 */
export const decoderThreads = ({ info }: ClipIndex, threads: number): number => (info.warnings.some(({ code }) => code === 'read-errors') ? 1 : threads)

interface Passage {
  /** A picture of a sequence, else the film. */
  readonly file: string
  readonly seek: readonly string[]
  readonly choice: readonly string[]
  readonly count: number
  /** Counts go on where the size of the pictures changes: filters would be made anew there, and begin at 0 again. */
  readonly counts?: boolean
}

/** Decodes some frames to raw planes on stdout. */
async function decodePassage(index: ClipIndex, { file, seek, choice, count, counts = false }: Passage, { tools, threads, signal }: Reading, onFrame: (frame: ShownFrame) => void, onOutput: (piece: Buffer) => void | Promise<void>): Promise<void> {
  const heard = listener(onFrame)
  const source = [...ffmpegQuietly, ...asStored, ...seek, ...decoderArguments(index), ...(counts ? ['-reinit_filter', '0'] : []), '-threads', String(decoderThreads(index, threads)), ...inputArguments(file), '-map', `0:${index.stream}`]
  const target = [...everyFrame, '-frames:v', String(count), '-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1']
  await runTool(tools.ffmpeg, [...source, '-vf', [...choice, 'showinfo=checksum=0'].join(','), ...target], { signal, onLine: heard.onLine, onOutput })
}

type Way = 'near' | 'seek' | 'linear'

async function readAt(path: string, index: ClipIndex, n: number, way: Way, reading: Reading): Promise<NativeFrame | null> {
  const picture = sequencePicture(index, n)
  const twins = twinsBefore(index, n)
  // By its number where timestamps do not tell frames apart: counted from the start, which is what the number means.
  const byNumber = way === 'linear' && index.doubtful.includes(n)
  const byTime = [`select=eq(pts\\,${index.pts[n]})`, ...(twins > 0 ? [`select=eq(n\\,${twins})`] : [])]
  const choice = picture !== null ? [] : byNumber ? [`select=eq(n\\,${n})`] : byTime
  const shown: ShownFrame[] = []
  const pieces: Buffer[] = []
  await decodePassage(index, { file: picture ?? path, seek: way === 'linear' ? [] : seekArguments(index, n, way === 'near' ? 0 : 1), choice, count: 1, counts: byNumber }, reading, (frame) => shown.push(frame), (piece) => void pieces.push(piece))
  const [first] = shown
  const planes = Buffer.concat(pieces)
  return first === undefined || planes.length === 0 ? null : { ...first, planes }
}

/** Bytes of a frame's planes, once one was read. */
const frameBytes = new WeakMap<ClipIndex, number>()

/** Bytes of a frame, so that a passage can be cut into frames without reading one first; null: nobody knows yet. */
export const bytesOfFrame = (index: ClipIndex): number | null => frameBytes.get(index) ?? planesBytes(index.info.pixelFormat, index.info)

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
  const ways: readonly Way[] = index.doubtful.includes(n) ? ['linear'] : keysBefore(index) === 0 ? ['near', 'seek', 'linear'] : ['seek', 'linear']
  for (const way of ways) {
    const frame = await readAt(path, index, n, way, reading)
    if (!isFrame(index, n, frame)) {
      if (way === 'near') needEarlierKeys.add(index)
      continue
    }
    frameBytes.set(index, frame.planes.length)
    return frame
  }
  throw fault('bad-input', 'fault.frameUnreadable', 'remedy.frameOthers', { file: named(path), frame: n }, { cause: causeOf([]) })
}

/**
 * Frames `first`…`last` in order, from one decode where that gives them all as they were counted, else each by itself.
 * @param onFrame takes each frame; while a promise of it is pending, the decoder waits
 * @throws HourglassError as `readFrame`
 */
export async function readFrames(path: string, index: ClipIndex, first: number, last: number, reading: Reading, onFrame: (frame: NativeFrame, n: number) => void | Promise<void>): Promise<void> {
  let next = first
  const plain = index.sequence === null && !index.info.warnings.some(({ code }) => code === 'size-changes')
  const regular = plain && index.pts.slice(first, last + 1).every((pts, i, some) => i === 0 || pts > (some[i - 1] as number))
  if (regular && twinsBefore(index, first) === 0 && index.pts[last + 1] !== index.pts[last]) {
    const shown: ShownFrame[] = []
    const bytes = bytesOfFrame(index) ?? (await readFrame(path, index, first, reading)).planes.length
    const passage = { file: path, seek: seekArguments(index, first, keysBefore(index)), choice: [`select=between(pts\\,${index.pts[first]}\\,${index.pts[last]})`], count: last - first + 1 }
    const held: Buffer[] = []
    const give = async (): Promise<void> => {
      // Planes and what is said of them come by two pipes: a frame is given when both are here.
      while (held.length > 0 && shown[next - first] !== undefined) {
        const frame = { ...(shown[next - first] as ShownFrame), planes: held[0] as Buffer }
        if (frame.pts !== index.pts[next] || planesBytes(frame.pixelFormat, frame) !== planesBytes(index.info.pixelFormat, index.info) || !isFrame(index, next, frame)) throw new Mismatch()
        held.shift()
        await onFrame(frame, next++)
      }
    }
    try {
      const cut = frameCutter(bytes, (planes) => void held.push(planes))
      await decodePassage(index, passage, reading, (frame) => shown.push(frame), async (piece) => {
        await cut(piece)
        await give()
      })
      await give()
    } catch (thrown) {
      if (!(thrown instanceof Mismatch)) throw thrown
    }
    if (next <= last) needEarlierKeys.add(index)
  }
  for (; next <= last; next++) await onFrame(await readFrame(path, index, next, reading), next)
}

/** A decode that started at a keyframe gave other frames than the one from the start. */
class Mismatch extends Error {}

/** SHA-256 of the planes: what ffmpeg's framehash gives for this frame of a decode from the start. */
export const hashOf = ({ planes }: NativeFrame): string => createHash('sha256').update(planes).digest('hex')
