import { availableParallelism } from 'node:os'
import type { Span } from '../../core/film/chunks.ts'
import { matroskaFrame, matroskaHead } from '../../core/film/matroska.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { pixelKind, type Passage } from '../../core/film/pixels.ts'
import { quickTimeArguments, type Encoding } from '../../core/film/presets.ts'
import { fault } from '../../core/texts/wording.ts'
import { ffmpegQuietly, listener } from './decoding.ts'
import { causeOf, encoderFailure, isSpoiled } from './failures.ts'
import type { Footage } from './luma.ts'
import { openRange, threadsBesideOthers } from './ranges.ts'
import { lineCutter, runTool } from './spawn.ts'

/** How the frames of a film are written. */
export interface Writing {
  readonly encoding: Encoding
  readonly passage: Passage
  /** Range of luma and colour in the written file; null: it says none. */
  readonly range: 'tv' | 'pc' | null
  readonly threads: number
}

/** x264 would take one and a half for each core, and 25 MB for each at 1080p; more than these wait for colours anyway. */
const mostEncoderThreads = 4

/** @param threads as set; 0: as many as do some good */
const encoderThreads = (threads: number): number => (threads === 0 ? Math.min(availableParallelism(), mostEncoderThreads) : threads)

/** Small colour pictures of a chunk: 8 bits, planes of U and V one after the other. */
export interface ChunkColors {
  readonly size: FrameSize
  readonly frames: readonly Uint8Array[]
}

/** Colour comes this share of a frame's length before its frame: the latest that has come is the one that is used. */
const ahead = 0.4

/** Microseconds at which the colour of each frame is sent, the first frame's at 0. */
function timesOf({ index }: Footage, { from, to }: Span): number[] {
  const { num, den } = index.timeBase
  const at = (n: number): number => (((index.pts[n] as number) - (index.pts[from] as number)) * num * 1e6) / den
  return Array.from({ length: to - from }, (_, i) => (i === 0 ? 0 : Math.round(at(from + i) - ahead * (at(from + i) - at(from + i - 1)))))
}

/** Planes of U and V as a picture of three planes: its luma is never looked at. */
export function withAnyLuma(colors: Uint8Array): Uint8Array {
  const picture = new Uint8Array(1.5 * colors.length)
  picture.set(colors, colors.length / 2)
  return picture
}

function* streamOf(footage: Footage, span: Span, { size, frames }: ChunkColors): Generator<Uint8Array> {
  const times = timesOf(footage, span)
  yield matroskaHead(size)
  for (const [i, frame] of frames.entries()) {
    yield matroskaFrame(times[i] as number, withAnyLuma(frame))
  }
}

/** Luma and a neutral colour that will be covered: no step of it passes through a scaler but grey's own. */
function rebuilt({ format }: Passage, depth: number): string {
  const chroma = /^yuva?(\d{3})/.exec(format)?.[1]
  const [across, down] = chroma === '444' ? [1, 1] : chroma === '422' ? [2, 1] : [2, 2]
  const neutral = (name: string): string => `[${name}0]scale=ceil(iw/${across}):ceil(ih/${down}):flags=fast_bilinear,lut=c0=${1 << (depth - 1)},setsar=1[${name}]`
  return `extractplanes=y,setsar=1,split=3[y][u0][v0];${neutral('u')};${neutral('v')};[y][u][v]mergeplanes=0x001020:${format}`
}

const depthOf = (format: string): number => Number(/p(\d+)le$/.exec(format)?.[1] ?? 8)

/** The graph: the source's own luma below, colour from the pipe above; both lumas go to be compared. */
export function graphOf(footage: Footage, select: string, { passage, range }: Pick<Writing, 'passage' | 'range'>): string {
  const { index, toPlanar } = footage
  const { width, height, sar, fieldOrder } = index.info
  const { format, way, alpha } = passage
  const interlaced = fieldOrder === 'progressive' ? '' : ':interl=1'
  const sarFilter = `setsar=${sar.replace(':', '/')}`
  const planes = ['c0_mode=normal:c0_opacity=1', 'c1_mode=normal:c1_opacity=0', 'c2_mode=normal:c2_opacity=0', ...(alpha ? ['c3_mode=normal:c3_opacity=1'] : [])].join(':')
  // A picture put together of planes says no more that it is of two fields, which some encoders go by.
  const fields = fieldOrder === 'progressive' ? '' : `,setfield=${fieldOrder}`
  const below = way === 'direct' ? '' : `,${rebuilt(passage, depthOf(format))}${fields}`
  const tagged = range === null ? '' : `,setparams=range=${range}`
  return [
    `[0:${index.stream}]${select},setpts=PTS-STARTPTS${toPlanar === '' ? '' : `,${toPlanar}`},setsar=1,split=2[s][s0]`,
    `[s0]extractplanes=y[before]`,
    `[s]null${below}[l]`,
    `[1:v]scale=${width}:${height}:flags=bicubic:in_range=tv:out_range=tv${interlaced},format=${format},setsar=1[c]`,
    `[l][c]blend=${planes}${tagged},${sarFilter},split=2[o][o0]`,
    `[o0]extractplanes=y[after]`,
  ].join(';')
}

/** Tags of colour, which the graph and some codecs lose. */
export function colorTags({ index }: Footage, range: Writing['range']): string[] {
  const { matrix, primaries, transfer } = index.info.color
  // RGB was converted to luma and colour by BT.709.
  const stored = pixelKind(index.info.pixelFormat).luma === 'rgb' ? 'bt709' : matrix
  const said: (string | null)[][] = [['-color_range', range], ['-colorspace', stored], ['-color_primaries', primaries], ['-color_trc', transfer]]
  return said.flatMap(([option, value]) => (value ? [option as string, value] : []))
}

export function fieldTags({ index }: Footage, { codec }: Encoding): string[] {
  const { fieldOrder } = index.info
  if (fieldOrder === 'progressive') return []
  const first = fieldOrder === 'tff' ? 1 : 0
  return ['-flags', '+ildct+ilme', '-top', String(first), ...(codec === 'libx264' ? ['-x264opts', fieldOrder === 'tff' ? 'tff=1' : 'bff=1'] : [])]
}

/** What was found of the frames on their way: the check values of luma before and after colour came to it. */
export interface Written {
  readonly luma: readonly string[]
  /** What the decoder complained of first; null: of nothing. */
  readonly complaint: string | null
}

/**
 * Encodes one chunk with colour into a file. Luma is hashed as it leaves the decoder and as it enters the encoder.
 * @param options.shown the film that errors name
 * @throws HourglassError `internal` where luma or the number of frames differ; `no-space`, `not-writable`, `cancelled`
 */
export async function writeChunk(footage: Footage, span: Span, colors: ChunkColors, writing: Writing, file: string, options: { readonly shown: string; signal?: AbortSignal | undefined; onFrame?: (done: number) => void; decoderThreads?: number }): Promise<Written> {
  const { tools, path, index, threads } = footage
  const { encoding, range } = writing
  const decoderThreads = options.decoderThreads ?? threadsBesideOthers(threads)
  const { input, filter, close } = await openRange(path, index, span, decoderThreads)
  const heard = listener(() => undefined)
  const sums: { before: string[]; after: string[] } = { before: [], after: [] }
  const lines = lineCutter((line) => {
    const fields = line.split(',')
    const sum = fields[5]?.trim()
    if (line.startsWith('#') || sum === undefined) return
    const which = fields[0]?.trim() === '0' ? sums.before : sums.after
    which.push(sum)
    if (which === sums.after) options.onFrame?.(which.length)
  })
  const base = `${index.timeBase.num}/${index.timeBase.den}`
  const args = [
    ...ffmpegQuietly.filter((word) => word !== '-nostdin'),
    ...input,
    ...['-f', 'matroska', '-fpsprobesize', '0', '-i', 'pipe:0'],
    ...['-filter_complex', graphOf(footage, filter, writing)],
    // Hashes go through the pipe: where nobody reads them any more, ffmpeg ends.
    ...['-map', '[before]', '-map', '[after]', '-fps_mode', 'passthrough', '-enc_time_base', base, '-c:v', 'rawvideo', '-f', 'framehash', '-hash', 'murmur3', 'pipe:1'],
    ...['-map', '[o]', '-map_metadata', '-1', '-fps_mode', 'passthrough', '-enc_time_base', base],
    ...['-c:v', encoding.codec, ...encoding.options, '-threads', String(encoderThreads(writing.threads)), ...colorTags(footage, range), ...fieldTags(footage, encoding)],
    ...[...quickTimeArguments(encoding.codec), '-video_track_timescale', String(index.timeBase.den), '-f', 'mov', '-y', `file:${file}`],
  ]
  const ended = await runTool(tools.ffmpeg, args, { signal: options.signal, input: streamOf(footage, span, colors), onOutput: (piece) => lines.push(piece), onLine: heard.onLine }).finally(close)
  lines.end()
  if (isSpoiled(ended)) throw await encoderFailure(ended, encoding.codec, file, options.shown)
  // What stands for damaged pictures is the same each time by one thread alone.
  if (heard.complaints.count > 0 && decoderThreads !== 1) return writeChunk(footage, span, colors, writing, file, { ...options, decoderThreads: 1 })
  const wrong = sums.before.findIndex((sum, i) => sum !== sums.after[i])
  if (sums.before.length !== span.to - span.from || sums.after.length !== sums.before.length) throw fault('internal', 'fault.clipChunkFrames', 'remedy.tryThenReport', { wanted: span.to - span.from, found: Math.min(sums.before.length, sums.after.length) }, { cause: causeOf(ended.said) })
  if (wrong >= 0) throw fault('internal', 'fault.clipLumaChanged', 'remedy.tryThenReport', { frame: span.from + wrong })
  return { luma: sums.before, complaint: heard.complaints.first }
}
