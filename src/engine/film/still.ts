import type { ClipInfo } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import { pixelKind } from '../../core/film/pixels.ts'
import { guessedMatrix } from '../../core/film/yuv.ts'
import { fault } from '../../core/texts/wording.ts'
import { causeOf } from './failures.ts'
import type { FilmTools } from './ffmpeg.ts'
import type { NativeFrame } from './planes.ts'
import { outputOf } from './spawn.ts'

/** ffmpeg's `scale` knows matrices by these names. */
const matrices: Record<string, string> = { bt709: 'bt709', smpte170m: 'smpte170m', bt470bg: 'bt470bg', fcc: 'fcc', smpte240m: 'smpte240m', bt2020nc: 'bt2020', bt2020c: 'bt2020' }

/** The RGB or grey format that loses nothing of a native one's depth and alpha. */
export function stillFormat(pixelFormat: string): string {
  const { alpha, depth } = pixelKind(pixelFormat)
  const deep = depth > 8
  if (/^(?:ya|gray.*a)/.test(pixelFormat)) return deep ? 'ya16be' : 'ya8'
  if (/^(?:gray|mono)/.test(pixelFormat)) return deep ? 'gray16be' : 'gray'
  return deep ? (alpha ? 'rgba64be' : 'rgb48be') : alpha ? 'rgba' : 'rgb24'
}

const turns: Record<number, string[]> = { 90: ['transpose=cclock'], 180: ['hflip', 'vflip'], [-90]: ['transpose=clock'] }

/** The matrix that a clip's luma and chroma are of: its tag, else a guess by its size. */
function matrixOf(info: Pick<ClipInfo, 'height' | 'color'>): string {
  return matrices[info.color.matrix ?? ''] ?? guessedMatrix(info.height)
}

/** Options of `scale` that say which colours a native frame holds; none for grey and RGB, which say it themselves. */
export function sourceColors(info: ClipInfo, pixelFormat: string): string {
  if (!/^(?:yuv|nv|p0|p2|p4|y21|ayuv|vuya|uyvy|yvyu)/.test(pixelFormat)) return ''
  const range = info.color.range ?? (pixelFormat.startsWith('yuvj') ? 'pc' : 'tv')
  return `:in_color_matrix=${matrixOf(info)}:in_range=${range}`
}

/** Filters that turn a stored picture upright. */
export const uprightTurns = (info: ClipInfo): string[] => turns[info.rotation] ?? []

/** ffmpeg filters from a native frame to an upright picture in this format. */
function uprightFilters(info: ClipInfo, pixelFormat: string, format: string): string[] {
  const colors = sourceColors(info, pixelFormat)
  return [`scale=flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp${colors}${colors && ':out_range=pc'}`, `format=${format}`, `setsar=${info.sar.replace(':', '/')}`, ...uprightTurns(info)]
}

/** The same in square pixels, as raw RGB of 8 or 16 bits. */
export function squareRgbFilters(info: ClipInfo, pixelFormat: string, { width, height }: Size, depth: 8 | 16): string[] {
  return [`scale=${width}:${height}:flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp${sourceColors(info, pixelFormat)}:out_range=pc`, `format=${depth === 8 ? 'rgb24' : 'rgb48le'}`, 'setsar=1', ...uprightTurns(info)]
}

/** A native frame as PNG: upright, with the shape of its pixels in `pHYs`, at 16 bits a channel where the film has more than 8. */
export async function encodeStill(tools: FilmTools, info: ClipInfo, frame: NativeFrame, signal?: AbortSignal): Promise<Buffer> {
  const filters = uprightFilters(info, frame.pixelFormat, stillFormat(frame.pixelFormat)).join(',')
  const source = ['-f', 'rawvideo', '-pixel_format', frame.pixelFormat, '-video_size', `${frame.width}x${frame.height}`, '-i', 'pipe:0']
  const { output, code, said } = await outputOf(tools.ffmpeg, ['-v', 'error', ...source, '-vf', filters, '-frames:v', '1', '-c:v', 'png', '-f', 'image2pipe', 'pipe:1'], { signal, input: frame.planes })
  if (code !== 0 || output.length === 0) throw fault('internal', 'fault.stillNotMade', 'remedy.tryThenReport', undefined, { cause: causeOf(said) })
  return output
}
