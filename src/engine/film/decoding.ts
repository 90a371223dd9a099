import type { Size } from '../../contract/pictures.ts'
import type { DecodedFrame, Packet } from '../../core/film/indexing.ts'
import type { FilmTools } from './ffmpeg.ts'
import { lineCutter, runTool } from './spawn.ts'

const number = (said: string | undefined): number | null => {
  const value = Number(said?.trim() || Number.NaN)
  return Number.isFinite(value) ? value : null
}

/** The packets of a stream in the file's order; nothing is decoded. */
export async function readPackets(tools: FilmTools, input: readonly string[], stream: number, signal?: AbortSignal): Promise<Packet[]> {
  const packets: Packet[] = []
  // Compact names its fields: csv would leave it to luck which field a value is of.
  const lines = lineCutter((line) => {
    const fields = new Map(line.split('|').map((field) => field.split('=', 2) as [string, string]))
    const flags = fields.get('flags')
    if (flags === undefined) return
    packets.push({ pts: number(fields.get('pts')), dts: number(fields.get('dts')), duration: number(fields.get('duration')), key: flags.includes('K'), discard: flags.includes('D') })
  })
  await runTool(tools.ffprobe, ['-v', 'quiet', '-select_streams', String(stream), '-show_entries', 'packet=pts,dts,duration,flags', '-of', 'compact=p=0', ...input], { signal, onOutput: (piece) => lines.push(piece) })
  lines.end()
  return packets
}

/** What a decoder or demuxer complained of. */
export interface Complaints {
  count: number
  first: string | null
}

export interface Decode {
  readonly frames: readonly DecodedFrame[]
  readonly complaints: Complaints
  readonly code: number | null
  readonly x264Build: number | null
}

/** Before `-i` in every command that counts or shows frames: as stored, at the file's own times. */
export const asStored = ['-noautorotate', '-copyts'] as const

/** Input of bare frames, one after another. @param place a file, or `pipe:0` @param options what goes before `-i` besides */
export const rawInput = (pixelFormat: string, { width, height }: Size, place: string, options: readonly string[] = []): string[] => ['-f', 'rawvideo', '-pixel_format', pixelFormat, '-video_size', `${width}x${height}`, ...options, '-i', place]

/** After the map: every frame once, none invented or left out, of its own size. */
export const everyFrame = ['-fps_mode', 'passthrough', '-enc_time_base', '-1', '-autoscale', '0'] as const

const quietly = ['-hide_banner', '-nostats', '-nostdin', '-loglevel', 'repeat+level+info'] as const
export const ffmpegQuietly: readonly string[] = quietly

/** One line of ffmpeg's filter `showinfo` about a frame: what the decoder says beside its planes. */
export interface ShownFrame {
  readonly pts: number | null
  readonly pixelFormat: string
  readonly width: number
  readonly height: number
  readonly field: DecodedFrame['field']
  readonly key: boolean
}

/** Reads a line of `showinfo`; null for its other lines. */
export function shownFrame(line: string): ShownFrame | null {
  const found = /\bn: *\d+ pts: *(\S+) .*?\bfmt:(\S+) .*?\bs:(\d+)x(\d+) i:(\S) iskey:(\d)/.exec(line)
  if (!found) return null
  const [, pts, pixelFormat = '', width, height, field, key] = found
  return { pts: number(pts), pixelFormat, width: Number(width), height: Number(height), field: field === 'T' ? 'tff' : field === 'B' ? 'bff' : 'progressive', key: key === '1' }
}

/** Collects what ffmpeg says on stderr: frames of `showinfo`, and complaints. */
export function listener(onFrame: (frame: ShownFrame) => void): { onLine: (line: string) => void; complaints: Complaints; x264Build: number | null } {
  const complaints: Complaints = { count: 0, first: null }
  const heard = {
    complaints,
    x264Build: null as number | null,
    onLine(line: string): void {
      if (line.includes('User Data=')) heard.x264Build ??= x264Build(line)
      else if (line.includes('[Parsed_showinfo')) {
        const frame = shownFrame(line)
        if (frame) onFrame(frame)
      } else if (/\[(?:error|fatal|panic)\]/.test(line)) {
        complaints.count++
        complaints.first ??= line.replace(/^.*?\[(?:error|fatal|panic)\]\s*/, '').slice(0, 200)
      }
    },
  }
  return heard
}

/**
 * The version of x264 in the user data of a frame. Only the first frame of a stream carries it, and the decoder needs
 * it: builds before 151 coded 4:4:4 otherwise, and a decode that starts elsewhere would give other pictures.
 */
function x264Build(line: string): number | null {
  const hex = /User Data=([0-9a-f]+)/.exec(line)?.[1]
  const said = hex === undefined ? null : /x264 - core (\d+)/.exec(Buffer.from(hex, 'hex').toString('latin1'))?.[1]
  return said === undefined || said === null ? null : Number(said)
}

interface DecodeOptions {
  readonly signal?: AbortSignal | undefined
  readonly threads: number
  /** Called with the number of frames so far. */
  readonly onFrame?: (count: number) => void
  /** Frames after which to stop; all by default. */
  readonly most?: number
}

/**
 * Decodes a stream once from the start: the frames that there are, each with the CRC-32 of its planes.
 */
export async function decodeAll(tools: FilmTools, input: readonly string[], stream: number, options: DecodeOptions): Promise<Decode> {
  const sums: { pts: number | null; duration: number; bytes: number; check: number }[] = []
  const shown: ShownFrame[] = []
  const lines = lineCutter((line) => {
    if (line.startsWith('#')) return
    const [, , pts, duration, bytes, hash] = line.split(',')
    if (hash === undefined) return
    const frame = { pts: number(pts), duration: number(duration) ?? 0, bytes: number(bytes) ?? 0, check: Number.parseInt(hash.trim(), 16) }
    sums.push(frame)
    options.onFrame?.(sums.length)
  })
  const heard = listener((frame) => shown.push(frame))
  const args = [...quietly, ...asStored, '-threads', String(options.threads), ...input, '-map', `0:${stream}`, '-vf', 'showinfo=checksum=0', ...everyFrame, ...(options.most === undefined ? [] : ['-frames:v', String(options.most)]), '-c:v', 'rawvideo', '-f', 'framehash', '-hash', 'CRC32', 'pipe:1']
  const { code } = await runTool(tools.ffmpeg, args, { signal: options.signal, onOutput: (piece) => lines.push(piece), onLine: heard.onLine })
  lines.end()
  const frames = sums.map((sum, n): DecodedFrame => {
    const seen = shown[n]
    return { ...sum, key: seen?.key ?? false, width: seen?.width ?? 0, height: seen?.height ?? 0, pixelFormat: seen?.pixelFormat ?? '', field: seen?.field ?? 'progressive' }
  })
  return { frames, complaints: heard.complaints, code, x264Build: heard.x264Build }
}
