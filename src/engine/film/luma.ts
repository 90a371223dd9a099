import type { ClipIndex } from '../../contract/film.ts'
import type { Span } from '../../core/film/chunks.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import { ffmpegQuietly } from './decoding.ts'
import { causeOf } from './failures.ts'
import type { FilmTools } from './ffmpeg.ts'
import { frameCutter } from './frameCutter.ts'
import { openRange } from './ranges.ts'
import { runTool } from './spawn.ts'
import type { LumaStore } from './storedLuma.ts'

/** A film as it is read: which frames, with what. */
export interface Footage {
  readonly tools: FilmTools
  readonly path: string
  readonly index: ClipIndex
  /** Threads of the decoder; 0: as many as it likes. */
  readonly threads: number
  /** Filters that give the source a plane of luma; '' where it has one. */
  readonly toPlanar: string
}

/** Filters from a frame as stored to small 8-bit planes, averaged: luma alone, or luma, U and V. Both ranges are named, so that the scaler has nothing to convert. */
export const smallFilters = (toPlanar: string, { width, height }: FrameSize, format: 'gray' | 'yuv444p'): string =>
  [...(toPlanar === '' ? [] : [toPlanar]), ...(format === 'gray' ? ['extractplanes=y'] : []), `scale=${width}:${height}:flags=area:in_range=pc:out_range=pc`, `format=${format}`].join(',')

/**
 * Small 8-bit luma of every frame of a range, in order, as stored (not turned). The samples are those of the file's
 * own luma, averaged: no range is stretched.
 * @param beside where luma of its first frames, at another size, is written by the same decode
 * @throws HourglassError `bad-input` where fewer frames come than the index holds; `cancelled`
 */
export function readLuma(footage: Footage, span: Span, size: FrameSize, onFrame: (n: number, luma: Uint8Array) => void | Promise<void>, signal?: AbortSignal, beside: LumaStore | null = null): Promise<void> {
  return readSmall(footage, span, size, 'gray', onFrame, signal, beside)
}

/** The same with colour: planes of luma, U and V of one size, one after the other. @throws as `readLuma` */
export function readColor(footage: Footage, span: Span, size: FrameSize, onFrame: (n: number, yuv: Uint8Array) => void | Promise<void>, signal?: AbortSignal, beside: LumaStore | null = null): Promise<void> {
  return readSmall(footage, span, size, 'yuv444p', onFrame, signal, beside)
}

async function readSmall({ tools, path, index, threads, toPlanar }: Footage, span: Span, size: FrameSize, format: 'gray' | 'yuv444p', onFrame: (n: number, planes: Uint8Array) => void | Promise<void>, signal: AbortSignal | undefined, beside: LumaStore | null): Promise<void> {
  const { input, filter, close } = await openRange(path, index, span, threads)
  const count = span.to - span.from
  let n = span.from
  const cut = frameCutter((format === 'gray' ? 1 : 3) * size.width * size.height, (frame) => (n < span.to ? onFrame(n++, frame) : undefined))
  const output = (filters: string, pixels: string, to: string): string[] => ['-map', `0:${index.stream}`, '-vf', filters, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', pixels, to]
  const store = beside ? output(`${filter},trim=end_frame=${beside.frames},${smallFilters(toPlanar, beside.size, 'gray')}`, 'gray', `file:${beside.file}`) : []
  const ended = runTool(tools.ffmpeg, [...ffmpegQuietly, '-y', ...input, ...output(`${filter},${smallFilters(toPlanar, size, format)}`, format, 'pipe:1'), ...store], { signal, onOutput: cut })
  const { said } = await ended.finally(close)
  if (n !== span.to) throw fault('bad-input', 'fault.clipFramesMissing', 'remedy.clipCheckFrames', { file: named(path), frame: n, wanted: count, found: n - span.from }, { cause: causeOf(said) })
}
