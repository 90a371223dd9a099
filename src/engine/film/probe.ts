import { z } from 'zod'
import type { ClipInfo } from '../../contract/film.ts'
import type { Rational } from '../../contract/rational.ts'
import { parse, rational } from '../../core/film/rational.ts'
import { outputOf } from './spawn.ts'
import type { FilmTools } from './ffmpeg.ts'
import { noFilm, unopenable } from './failures.ts'

/** Some containers write the names of tags in capitals. */
const tags = z
  .record(z.string(), z.string())
  .default({})
  .transform((said) => Object.fromEntries(Object.entries(said).map(([name, value]) => [name.toLowerCase(), value])))
const probed = z.object({
  streams: z
    .array(
      z.object({
        index: z.number().int(),
        codec_type: z.string().optional(),
        codec_name: z.string().default('unknown'),
        width: z.number().int().optional(),
        height: z.number().int().optional(),
        pix_fmt: z.string().optional(),
        sample_aspect_ratio: z.string().optional(),
        r_frame_rate: z.string().optional(),
        avg_frame_rate: z.string().optional(),
        time_base: z.string().optional(),
        nb_frames: z.string().optional(),
        duration_ts: z.number().optional(),
        color_range: z.string().optional(),
        color_space: z.string().optional(),
        color_primaries: z.string().optional(),
        color_transfer: z.string().optional(),
        sample_rate: z.string().optional(),
        channels: z.number().int().optional(),
        disposition: z.record(z.string(), z.number()).default({}),
        side_data_list: z.array(z.looseObject({ rotation: z.number().optional() })).default([]),
        tags,
      }),
    )
    .default([]),
  format: z.object({ format_name: z.string(), start_time: z.string().optional(), tags }).optional(),
})
type Stream = z.output<typeof probed>['streams'][number]

/** What the headers of a file say of its pictures; counts and rates in them are claims, not facts. */
export interface Header {
  readonly stream: number
  readonly timeBase: Rational
  readonly formatStart: Rational
  readonly rates: readonly Rational[]
  readonly frames: number | null
  /** Length of the stream in ticks, for progress. */
  readonly ticks: number | null
  readonly otherVideos: number
  readonly covers: number
  /** VP8 and VP9 keep alpha beside the picture, where it is not decoded. */
  readonly hiddenAlpha: boolean
  readonly facts: Pick<ClipInfo, 'width' | 'height' | 'sar' | 'rotation' | 'codec' | 'pixelFormat' | 'color' | 'audio' | 'subtitles' | 'timecode'>
}

/** Formats that name other files instead of holding pictures, or would show any text as a film. */
const notFilms = new Set(['hls', 'dash', 'concat', 'imf', 'sdp', 'rtsp', 'tty', 'ffmetadata', 'lavfi', 'vapoursynth', 'avisynth'])

/** The argument by which ffmpeg opens a local file and nothing else, whatever its name looks like. */
export const inputArguments = (path: string): string[] => ['-protocol_whitelist', 'file', '-i', `file:${path}`]

const known = (name: string | undefined): string | null => (name === undefined || name === 'unknown' || name === 'reserved' ? null : name)

/** Pictures of a film, best first: largest, then the file's own choice, then the first. */
const better = (a: Stream, b: Stream): number =>
  (b.width ?? 0) * (b.height ?? 0) - (a.width ?? 0) * (a.height ?? 0) || (b.disposition['default'] ?? 0) - (a.disposition['default'] ?? 0) || a.index - b.index

function rotationOf(stream: Stream): number {
  const turned = stream.side_data_list.find(({ rotation }) => rotation !== undefined)?.rotation ?? -Number(stream.tags['rotate'] ?? 0)
  const full = ((turned % 360) + 360) % 360
  return Number.isFinite(full) ? Math.round(full > 180 ? full - 360 : full) : 0
}

function sarOf(said: string | undefined): string {
  const ratio = parse(said ?? '')
  return ratio && ratio.num > 0 ? `${ratio.num}:${ratio.den}` : '1:1'
}

function timecodeOf(streams: readonly Stream[], chosen: Stream, formatTags: Record<string, string>): string | null {
  return chosen.tags['timecode'] ?? streams.find((stream) => stream.tags['timecode'] !== undefined)?.tags['timecode'] ?? formatTags['timecode'] ?? null
}

/**
 * Reads the headers of a film.
 * @param input ffmpeg arguments that open it
 * @throws HourglassError `bad-input` where it is no film or has no pictures
 */
export async function probe(tools: FilmTools, path: string, input: readonly string[], signal?: AbortSignal): Promise<Header> {
  const { code, output, said } = await outputOf(tools.ffprobe, ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', ...input], { signal })
  const parsed = probed.safeParse(code === 0 ? JSON.parse(output.toString('utf8')) : null)
  if (!parsed.success || !parsed.data.format) throw await unopenable(path, said)
  const { streams, format } = parsed.data
  if (format.format_name.split(',').some((name) => notFilms.has(name))) throw noFilm(path, said)
  const videos = streams.filter((stream) => stream.codec_type === 'video')
  const covers = videos.filter((stream) => stream.disposition['attached_pic'] === 1)
  const pictures = videos.filter((stream) => !covers.includes(stream) && (stream.width ?? 0) > 0).sort(better)
  const [chosen] = pictures
  if (!chosen) throw noFilm(path, said, videos.length > covers.length ? 'unreadable' : streams.length > 0 ? 'no-pictures' : 'no-film')
  const said_ = [chosen.avg_frame_rate, chosen.r_frame_rate].flatMap((rate) => parse(rate ?? '') ?? [])
  const frames = Number(chosen.nb_frames ?? Number.NaN)
  const language = (stream: Stream): string | null => (stream.tags['language'] === 'und' ? null : (stream.tags['language'] ?? null))
  return {
    stream: chosen.index,
    timeBase: parse(chosen.time_base ?? '') ?? rational(1, 1000),
    formatStart: parse(format.start_time ?? '') ?? rational(0),
    rates: said_.filter(({ num }) => num > 0),
    frames: Number.isInteger(frames) ? frames : null,
    ticks: chosen.duration_ts ?? null,
    otherVideos: pictures.length - 1,
    covers: covers.length,
    hiddenAlpha: chosen.tags['alpha_mode'] === '1',
    facts: {
      width: chosen.width as number,
      height: chosen.height as number,
      sar: sarOf(chosen.sample_aspect_ratio),
      rotation: rotationOf(chosen),
      codec: chosen.codec_name,
      pixelFormat: chosen.pix_fmt ?? 'unknown',
      color: {
        range: chosen.color_range === 'pc' || chosen.color_range === 'tv' ? chosen.color_range : null,
        matrix: known(chosen.color_space),
        primaries: known(chosen.color_primaries),
        transfer: known(chosen.color_transfer),
      },
      audio: streams
        .filter((stream) => stream.codec_type === 'audio')
        .map((stream) => ({ stream: stream.index, codec: stream.codec_name, sampleRate: Number(stream.sample_rate ?? 0), channels: stream.channels ?? 0, language: language(stream), title: stream.tags['title'] ?? null })),
      subtitles: streams.filter((stream) => stream.codec_type === 'subtitle').map((stream) => ({ stream: stream.index, codec: stream.codec_name, language: language(stream), title: stream.tags['title'] ?? null })),
      timecode: timecodeOf(streams, chosen, format.tags),
    },
  }
}
