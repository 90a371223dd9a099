import { spawn } from 'node:child_process'
import type { ClipInfo } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import { rawInput } from './decoding.ts'
import { causeOf } from './failures.ts'
import type { FilmTools } from './ffmpeg.ts'
import type { NativeFrame } from './planes.ts'
import { sourceColors, uprightTurns } from './still.ts'

/** JPEG quality of ffmpeg's scale 2 (best) … 31: hardly told from the frame by eye. */
const quality = '3'
/** Arguments that encode as JPEG, one after another. @param scale ffmpeg's scale of quality, 2 (best) … 31 */
export const jpegEncoding = (scale = quality): string[] => ['-c:v', 'mjpeg', '-q:v', scale, '-f', 'image2pipe']
const endOfImage = Buffer.from([0xff, 0xd9])

/** What frames are alike in. */
export type FrameKind = Pick<NativeFrame, 'width' | 'height' | 'pixelFormat'>

/** One ffmpeg that makes a JPEG of each native frame it is given, upright and fitted into a box. */
export interface JpegMaker {
  /** Pictures come back in the order in which frames were given. @throws HourglassError `internal` */
  make(frame: NativeFrame): Promise<Buffer>
  close(): void
}

/**
 * Filters from a native frame to what a JPEG holds (BT.601, full range, 4:2:0), in one scaling: fitted into a box of
 * square pixels, never enlarged, upright.
 */
export function jpegFilters(info: ClipInfo, pixelFormat: string, box: Size): string[] {
  const onItsSide = Math.abs(info.rotation) === 90
  const [across, down] = onItsSide ? [box.height, box.width] : [box.width, box.height]
  const [w, h] = ['iw*max(1\\,sar)', 'ih*max(1\\,1/sar)']
  const factor = `min(1\\,min(${across}/(${w})\\,${down}/(${h})))`
  const size = `w=max(2\\,trunc(${w}*${factor}/2)*2):h=max(2\\,trunc(${h}*${factor}/2)*2)`
  return [`setsar=${info.sar.replace(':', '/')}`, `scale=${size}:flags=bicubic${sourceColors(info, pixelFormat)}:out_color_matrix=smpte170m:out_range=pc`, 'format=yuvj420p', 'setsar=1', ...uprightTurns(info)]
}

/** Cuts a stream into the JPEGs that it holds one after another. */
export function jpegCutter(onJpeg: (jpeg: Buffer) => void): (piece: Buffer) => void {
  let rest = Buffer.alloc(0)
  return (piece) => {
    rest = Buffer.concat([rest, piece])
    // Inside a picture FF is always followed by 00 or a marker of its own: FF D9 is the end.
    for (let end = rest.indexOf(endOfImage); end >= 0; end = rest.indexOf(endOfImage)) {
      onJpeg(Buffer.from(rest.subarray(0, end + 2)))
      rest = rest.subarray(end + 2)
    }
  }
}

/** Starts a maker for frames of this size and format; all must be alike. @param scale ffmpeg's scale of quality, 2 (best) … 31 */
export function startJpegs(tools: FilmTools, info: ClipInfo, like: FrameKind, box: Size, scale = quality): JpegMaker {
  const source = rawInput(like.pixelFormat, like, 'pipe:0', ['-probesize', '32', '-fpsprobesize', '0'])
  const filters = jpegFilters(info, like.pixelFormat, box)
  const args = ['-v', 'error', '-threads', '1', ...source, '-filter_threads', '1', '-vf', filters.join(','), '-fps_mode', 'passthrough', '-threads', '1', '-flush_packets', '1', ...jpegEncoding(scale), 'pipe:1']
  const child = spawn(tools.ffmpeg, args, { stdio: 'pipe', windowsHide: true })
  const waiting: { resolve: (jpeg: Buffer) => void; reject: (error: unknown) => void }[] = []
  const said: string[] = []
  child.stdout.on('data', jpegCutter((jpeg) => waiting.shift()?.resolve(jpeg)))
  child.stderr.on('data', (piece: Buffer) => said.push(piece.toString('utf8')))
  child.stdin.on('error', () => undefined)
  let gone = false
  let drained = Promise.resolve()
  let drain = (): void => undefined
  child.stdin.on('drain', () => drain())
  const fail = (): void => {
    gone = true
    drain()
    for (const { reject } of waiting.splice(0)) reject(fault('internal', 'fault.stillNotMade', 'remedy.tryThenReport', undefined, { cause: causeOf(said) }))
  }
  child.once('error', fail)
  child.once('close', fail)
  return {
    async make(frame) {
      if (gone) throw fault('internal', 'fault.stillNotMade', 'remedy.tryThenReport', undefined, { cause: causeOf(said) })
      const made = new Promise<Buffer>((resolve, reject) => waiting.push({ resolve, reject }))
      // A failure is told by `made`, also while it still waits for room.
      made.catch(() => undefined)
      await drained
      if (!gone && !child.stdin.write(frame.planes)) drained = new Promise<void>((resolve) => (drain = resolve))
      return made
    },
    close: () => void child.kill('SIGKILL'),
  }
}
