// Small films with every awkward property, made with ffmpeg on the spot, and the truth of each by a decode from the start.
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ClipResult } from '../../../src/contract/clips.ts'

const run = promisify(execFile)

/** What the tests run ffmpeg as; false where there is none: tests then skip themselves. */
export const hasFfmpeg = ['ffmpeg', 'ffprobe'].every((program) => spawnSync(program, ['-version']).status === 0)

export const ffmpeg = async (...args: string[]): Promise<string> => (await run('ffmpeg', ['-v', 'error', '-nostdin', '-y', ...args], { maxBuffer: 2 ** 28 })).stdout

/** MD5 of one plane of each frame of a film as it is stored, decoded from start to end; of a list (`.ffconcat`), of all in it. @param filters before the plane is taken, with a comma behind */
export const planes = (file: string, plane: 'y' | 'u' | 'a', filters = ''): string[] =>
  execFileSync('ffmpeg', ['-v', 'quiet', '-nostdin', '-noautorotate', ...(file.endsWith('.ffconcat') ? ['-safe', '0'] : []), '-i', file, '-map', '0:v:0', '-vf', `${filters}extractplanes=${plane}`, '-fps_mode', 'passthrough', '-f', 'framemd5', '-'], { encoding: 'latin1', maxBuffer: 2 ** 28 }).split('\n').filter((line) => line.startsWith('0,')).map((line) => line.split(',')[5]!.trim())

const card = (rate: string, frames: number, size = '128x96'): string[] => ['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate},trim=end_frame=${frames}`]
const sound = (seconds: number): string[] => ['-f', 'lavfi', '-i', `sine=duration=${seconds}`]
const exact = ['-bitexact', '-threads', '1']
const x264 = (params = 'bframes=3:b-adapt=0:open-gop=0'): string[] => ['-c:v', 'libx264', '-preset', 'ultrafast', '-x264-params', `keyint=12:min-keyint=12:scenecut=0:${params}`]
const yuv = ['-pix_fmt', 'yuv420p']
const unevenly = "setpts='if(lt(N,20),N*2,40+(N-20)*5+2*mod(N,2))/60/TB'"

/** File name of each kind and how it is made. */
export const kinds: Record<string, (file: string) => Promise<unknown>> = {
  'plain.mp4': (file) => ffmpeg(...card('25', 40), ...yuv, ...exact, ...x264(), file),
  'film-rate.mkv': (file) => ffmpeg(...card('24000/1001', 40), ...yuv, ...exact, ...x264(), file),
  'uneven.mp4': (file) => ffmpeg(...card('60', 40), ...yuv, '-vf', unevenly, '-fps_mode', 'passthrough', '-enc_time_base', '1/600', ...exact, ...x264(), '-video_track_timescale', '600', file),
  'open-group.mkv': (file) => ffmpeg(...card('25', 40), ...yuv, ...exact, ...x264('bframes=3:b-adapt=0:open-gop=1'), file),
  'program.mpg': (file) => ffmpeg(...card('25', 40), ...yuv, ...exact, '-c:v', 'mpeg2video', '-q:v', '3', '-g', '12', '-bf', '2', file),
  'mid-group.ts': async (file) => {
    await ffmpeg(...card('25', 60), ...yuv, ...exact, ...x264(), '-mpegts_flags', '-resend_headers', file)
    const bytes = readFileSync(file)
    const cut = Math.floor((bytes.length * 0.3) / 188) * 188
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 3 * 188), bytes.subarray(cut)]))
  },
  // Its clock starts between two millionths of a second.
  'broadcast.ts': (file) => ffmpeg(...card('30000/1001', 30), ...yuv, ...exact, ...x264(), file),
  // Two films one after the other: the second is larger, and begins before the first one has ended.
  'two-sizes.ts': async (file) => {
    await ffmpeg(...card('25', 20), ...yuv, ...exact, ...x264(), `${file}.1.ts`)
    await ffmpeg(...card('25', 20, '160x120'), ...yuv, ...exact, ...x264(), '-output_ts_offset', '0.72', `${file}.2.ts`)
    writeFileSync(file, Buffer.concat([1, 2].map((part) => readFileSync(`${file}.${part}.ts`))))
    for (const part of [1, 2]) rmSync(`${file}.${part}.ts`)
  },
  'cut.mp4': async (file) => {
    const whole = `${file}.whole.mp4`
    await ffmpeg(...card('25', 60), ...sound(3), ...yuv, ...exact, ...x264(), '-c:a', 'aac', whole)
    await ffmpeg('-ss', '0.9', '-i', whole, '-t', '1.2', '-c', 'copy', file)
    rmSync(whole)
  },
  'no-edit-list.mp4': (file) => ffmpeg(...card('25', 40), ...yuv, ...exact, ...x264(), '-use_editlist', '0', file),
  'late.mp4': (file) => ffmpeg('-itsoffset', '0.5', ...card('25', 30), ...sound(2), '-map', '0:v', '-map', '1:a', ...yuv, '-fps_mode', 'passthrough', ...exact, ...x264(), '-c:a', 'aac', file),
  'turned.mp4': async (file) => {
    await ffmpeg(...card('25', 20), ...yuv, ...exact, ...x264(), `${file}.flat.mp4`)
    await ffmpeg('-i', `${file}.flat.mp4`, '-c', 'copy', '-metadata:s:v', 'rotate=90', file)
    rmSync(`${file}.flat.mp4`)
  },
  'ten-bit.mkv': (file) => ffmpeg(...card('25', 30), '-pix_fmt', 'yuv420p10le', ...exact, ...x264(), file),
  'full-chroma.mp4': (file) => ffmpeg(...card('25', 30), '-pix_fmt', 'yuv444p', ...exact, ...x264(), file),
  'alpha.mov': (file) => ffmpeg(...card('24', 12), '-pix_fmt', 'yuva444p10le', ...exact, '-c:v', 'prores_ks', '-profile:v', '4444', '-alpha_bits', '16', file),
  'wide-pixels.mp4': (file) => ffmpeg(...card('25', 20), ...yuv, '-vf', 'setsar=16/11', ...exact, ...x264(), file),
  'odd-size.mkv': (file) => ffmpeg(...card('25', 15, '127x73'), ...yuv, ...exact, '-c:v', 'ffv1', '-g', '1', file),
  'two-films.mkv': (file) => ffmpeg(...card('30', 60, '64x48'), ...card('25', 30), '-map', '0', '-map', '1', ...yuv, ...exact, ...x264(), '-disposition:v:0', 'default', '-disposition:v:1', '0', file),
  'interlaced.mkv': (file) => ffmpeg(...card('50', 60), '-vf', 'format=yuv420p,tinterlace=interleave_top,setfield=tff', ...exact, ...x264('tff=1:bframes=2'), file),
  'skips.avi': (file) => ffmpeg(...card('25', 50), ...yuv, '-vf', "select='not(between(mod(n,10),3,5))'", '-fps_mode', 'passthrough', ...exact, '-c:v', 'mpeg4', '-g', '12', file),
  'b-frames.avi': (file) => ffmpeg(...card('25', 40), ...yuv, ...exact, '-c:v', 'mpeg4', '-bf', '2', '-g', '12', file),
  'hidden.webm': async (file) => {
    for (const pass of ['1', '2']) await ffmpeg(...card('25', 60), ...yuv, ...exact, '-c:v', 'libvpx', '-b:v', '200k', '-deadline', 'good', '-cpu-used', '4', '-auto-alt-ref', '1', '-lag-in-frames', '16', '-g', '30', '-pass', pass, '-passlogfile', `${file}.log`, file)
    rmSync(`${file}.log-0.log`, { force: true })
  },
  'broken-off.mkv': async (file) => {
    await ffmpeg(...card('25', 60), ...yuv, ...exact, ...x264(), file)
    truncateSync(file, Math.floor(readFileSync(file).length * 0.6))
  },
  'single.mp4': (file) => ffmpeg(...card('25', 1), ...yuv, ...exact, ...x264(), file),
  'tiny.mp4': (file) => ffmpeg(...card('25', 10, '16x16'), ...yuv, ...exact, ...x264(), file),
  'rgb.mkv': (file) => ffmpeg(...card('25', 20), '-pix_fmt', 'gbrp', ...exact, '-c:v', 'libx264rgb', '-preset', 'ultrafast', file),
  'grey.mkv': (file) => ffmpeg(...card('18', 18), '-pix_fmt', 'gray', ...exact, '-c:v', 'ffv1', file),
}

/** Makes the kinds named (all of them by default) in a folder; a kind that this ffmpeg has no encoder for is left out. */
export async function makeClips(folder: string, names: readonly string[] = Object.keys(kinds)): Promise<Map<string, string>> {
  const made = new Map<string, string>()
  mkdirSync(folder, { recursive: true })
  for (const name of names) {
    const file = join(folder, name)
    try {
      await kinds[name]?.(file)
      made.set(name, file)
    } catch (thrown) {
      if (!(thrown instanceof Error && /Unknown encoder/.test(thrown.message))) throw thrown
    }
  }
  return made
}

/** What ffmpeg makes a film of noise of, grey: one that takes more room than is expected of a film. */
export const makeNoise = (frames: number): string[] => ['-f', 'lavfi', '-i', `color=gray:size=96x64:rate=25,trim=end_frame=${frames},noise=c0s=100:allf=t`, '-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast', '-qp', '4']

/** Numbered pictures with gaps: 995…1014 without 1003 and 1010–1012. `folder` may hold a % in its name. */
export async function makeSequence(folder: string, ending: 'png' | 'tif' | 'dpx'): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const plain = folder.replaceAll('%', '%%')
  await ffmpeg(...card('24', 20, '64x48'), '-pix_fmt', ending === 'dpx' ? 'gbrp10be' : 'rgb24', '-start_number', '995', `${plain}/scan.%04d.${ending}`)
  for (const number of [1003, 1010, 1011, 1012]) rmSync(join(folder, `scan.${number}.${ending}`))
}

/** The truth: timestamp and SHA-256 of every frame of a decode from the start. */
export async function truthOf(file: string, stream: number): Promise<{ pts: number; hash: string }[]> {
  const out = await ffmpeg('-v', 'quiet', '-noautorotate', '-copyts', '-i', file, '-map', `0:${stream}`, '-fps_mode', 'passthrough', '-autoscale', '0', '-enc_time_base', '-1', '-f', 'framehash', '-')
  return out
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => {
      const fields = line.split(',').map((field) => field.trim())
      return { pts: Number(fields[2]), hash: fields[5] ?? '' }
    })
}

/** The first part of a film whose table of frames stands at its end: it cannot be opened. */
export function cutOff(from: string, to: string): void {
  copyFileSync(from, to)
  truncateSync(to, Math.floor(readFileSync(from).length / 2))
}

/** Seconds of each frame, as decoded. */
export const times = (file: string): number[] =>
  execFileSync('ffprobe', ['-v', 'quiet', '-select_streams', 'v:0', '-show_entries', 'frame=best_effort_timestamp_time', '-of', 'csv=p=0', file], { encoding: 'latin1' }).split('\n').filter(Boolean).map((line) => Number.parseFloat(line))

/** MD5 of the packets of each stream of sound or subtitles, as they lie in the file. */
export const packets = (file: string, kind: 'a' | 's'): string => execFileSync('ffmpeg', ['-v', 'quiet', '-nostdin', '-i', file, '-map', `0:${kind}`, '-c', 'copy', '-f', 'streamhash', '-hash', 'md5', '-'], { encoding: 'latin1', maxBuffer: 2 ** 28 })

/** Names of what the written film did not keep. */
export const lost = ({ kept }: ClipResult): string[] => kept.filter(({ same }) => !same).map(({ name, before, after }) => `${name}: ${before} → ${after}`)
