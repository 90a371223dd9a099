import { open } from 'node:fs/promises'
import type { ClipIndex } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import { fault } from '../../core/texts/wording.ts'
import { named, writeFailure } from '../pictures/failures.ts'
import { ffmpegQuietly } from './decoding.ts'
import { causeOf } from './failures.ts'
import { jpegCutter, jpegEncoding, jpegFilters, startJpegs } from './jpegs.ts'
import type { Reading } from './options.ts'
import { readFrame } from './planes.ts'
import { openRange } from './ranges.ts'
import { runTool } from './spawn.ts'

/** JPEG quality of ffmpeg's scale: a picture that is seen for a twenty-fifth of a second. */
const quality = '6'
/** Frames whose size is taken for that of all. */
const sampled = 6

/** Bytes that a proxy of the whole film will have, from a few frames of it. */
export async function estimateProxy(path: string, index: ClipIndex, box: Size, reading: Reading): Promise<number> {
  const frames = index.pts.length
  const count = Math.min(sampled, frames)
  let bytes = 0
  for (let i = 0; i < count; i++) {
    const frame = await readFrame(path, index, Math.floor(((i + 0.5) * frames) / count), reading)
    const maker = startJpegs(reading.tools, index.info, frame, box, quality)
    try {
      bytes += (await maker.make(frame)).length
    } finally {
      maker.close()
    }
  }
  return Math.round((bytes / count) * frames)
}

/**
 * Writes every frame of a film as a JPEG, one after another in one file: any of them can be read without the others.
 * @returns where each begins, and at last where the file ends: one number more than there are frames
 * @throws HourglassError `bad-input` where fewer frames come than were counted; `no-space`, `cancelled`
 */
export async function writeProxy(path: string, index: ClipIndex, box: Size, out: string, onFrame: (done: number) => void, { tools, threads, signal }: Reading): Promise<number[]> {
  const frames = index.pts.length
  const { input, filter } = openRange(path, index, { from: 0, to: frames }, threads)
  const filters = [filter, ...jpegFilters(index.info, index.info.pixelFormat, box)].join(',')
  const offsets = [0]
  const file = await open(out, 'w')
  try {
    let waiting: Buffer[] = []
    const cut = jpegCutter((jpeg) => {
      waiting.push(jpeg)
      offsets.push((offsets.at(-1) as number) + jpeg.length)
      onFrame(offsets.length - 1)
    })
    const { said } = await runTool(tools.ffmpeg, [...ffmpegQuietly, ...input, '-map', `0:${index.stream}`, '-vf', filters, '-fps_mode', 'passthrough', ...jpegEncoding(quality), 'pipe:1'], {
      signal,
      onOutput: async (piece) => {
        cut(piece)
        const jpegs = waiting
        waiting = []
        if (jpegs.length > 0) await file.appendFile(Buffer.concat(jpegs)).catch((error: unknown) => Promise.reject(writeFailure(out, error, true)))
      },
    })
    if (offsets.length !== frames + 1) throw fault('bad-input', 'fault.clipFramesMissing', 'remedy.clipCheckFrames', { file: named(path), frame: offsets.length - 1, wanted: frames, found: offsets.length - 1 }, { cause: causeOf(said) })
    return offsets
  } finally {
    await file.close()
  }
}
