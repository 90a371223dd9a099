import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { KeptRow } from '../../contract/clips.ts'
import type { ClipIndex, ClipSequence } from '../../contract/film.ts'
import { isPictureName, pictureName, type PictureNames } from '../../core/film/pictureNames.ts'
import type { Span } from '../../core/film/chunks.ts'
import { pixelKind } from '../../core/film/pixels.ts'
import { rgb16OfYuv, type YuvKind } from '../../core/film/yuv.ts'
import { fault } from '../../core/texts/wording.ts'
import { isFull, temporaryBeside } from '../pictures/atomic.ts'
import { named, writeFailure } from '../pictures/failures.ts'
import { encodePicture, type PictureLabel } from '../pictures/index.ts'
import { ffmpegQuietly } from './decoding.ts'
import { causeOf } from './failures.ts'
import type { FilmTools } from './ffmpeg.ts'
import { row } from './kept.ts'
import { frameCutter } from './frameCutter.ts'
import { inputArguments } from './probe.ts'
import { runTool } from './spawn.ts'
import { uprightTurns } from './still.ts'

/** Pictures that are encoded side by side. */
const together = 2

/**
 * Refuses a folder that holds anything but pictures of these names, or those where they may not be replaced; never those
 * that the film is made of.
 * @throws HourglassError `not-writable`
 */
export function checkPictures(names: PictureNames, overwrite: boolean, source: ClipSequence | null): void {
  const { folder } = names
  const file = { file: named(folder) }
  if (source && existsSync(folder) && realpathSync(folder) === realpathSync(source.folder)) throw fault('not-writable', 'fault.isOneOfOriginals', 'remedy.otherNameOrFolder', file)
  if (!existsSync(dirname(folder))) throw fault('not-writable', 'fault.cannotBeWrittenThere', 'remedy.writableFolder', file)
  if (!existsSync(folder)) return
  if (!statSync(folder).isDirectory()) throw fault('not-writable', 'fault.exists', 'remedy.otherNameOrOverwrite', file)
  const there = readdirSync(folder)
  if (there.length > 0 && !overwrite) throw fault('not-writable', 'fault.exists', 'remedy.otherNameOrOverwrite', file)
  const other = there.find((name) => !isPictureName(names, name))
  if (other !== undefined) throw fault('not-writable', 'fault.clipFolderHolds', 'remedy.otherNameOrFolder', { ...file, other })
}

export interface Picturing {
  readonly tools: FilmTools
  readonly index: ClipIndex
  readonly names: PictureNames
  readonly chunks: readonly Span[]
  readonly film: (chunk: number) => string
  /** Folder where the pictures wait until all are there; those that an earlier run made are taken over. */
  readonly workplace: string
  readonly kind: YuvKind
  /** Pixel format of the chunks: 4:4:4. */
  readonly format: string
  readonly label: (frame: number) => PictureLabel
  readonly onFrame: () => void
  readonly signal: AbortSignal
}

export interface Pictured {
  readonly bytes: number
  /** Greatest difference of luma, 8-bit steps, of a written picture from the film's; luma that full range can hold. */
  readonly lumaOff: number
  readonly rows: KeptRow[]
}

/** The number that a frame's picture carries: its own, or that of the picture it was. */
const numberOf = (index: ClipIndex, n: number): number => (index.sequence ? index.sequence.first + (index.pts[n] as number) : n)

/**
 * Writes chunks as numbered pictures of 16 bits, upright, and puts the folder in its place when all of them are there.
 * @throws HourglassError `no-space`, `not-writable`, `internal`, `cancelled`
 */
export async function writePictures({ tools, index, names, chunks, film, workplace, kind, format, label, onFrame, signal }: Picturing): Promise<Pictured> {
  const { info } = index
  const onItsSide = Math.abs(info.rotation) === 90
  const [width, height] = onItsSide ? [info.height, info.width] : [info.width, info.height]
  const { depth } = pixelKind(format)
  const filters = ['null', ...uprightTurns(info)].join(',')
  let [lumaOff, bytes, count] = [0, 0, 0]
  await mkdir(workplace, { recursive: true })
  const picture = async (planes: Uint8Array, n: number): Promise<void> => {
    const path = join(workplace, pictureName(names, numberOf(index, n)))
    const data = new Uint16Array(3 * width * height)
    lumaOff = Math.max(lumaOff, rgb16OfYuv(planes, depth, kind, data))
    if (!existsSync(path)) await encodePicture({ data, width, height, channels: 3, depth: 16, alpha: null }, { path, format: names.format, quality: null, depth: 16, source: null, label: label(n), overwrite: true, signal })
    bytes += (await stat(path)).size
    count++
    onFrame()
  }
  for (const [i, chunk] of chunks.entries()) {
    let n = chunk.from
    const going: Promise<void>[] = []
    const cut = frameCutter(3 * width * height * (depth > 8 ? 2 : 1), async (frame) => {
      const made = picture(frame, n++)
      // It is waited for below; until then nobody hears that it failed.
      made.catch(() => undefined)
      going.push(made)
      if (going.length >= together) await going.shift()
    })
    // Whatever happens, nothing is written any more once this has ended.
    const { said } = await runTool(tools.ffmpeg, [...ffmpegQuietly, '-threads', '2', ...inputArguments(film(i)), '-map', '0:v:0', '-vf', filters, '-fps_mode', 'passthrough', '-f', 'rawvideo', '-pix_fmt', format, 'pipe:1'], { signal, onOutput: cut }).finally(() => Promise.allSettled(going))
    await Promise.all(going)
    if (n !== chunk.to) throw fault('internal', 'fault.clipChunkFrames', 'remedy.tryThenReport', { wanted: chunk.to - chunk.from, found: n - chunk.from }, { cause: causeOf(said) })
  }
  await putInPlace(workplace, names.folder, signal)
  const frames = chunks.reduce((sum, { from, to }) => sum + to - from, 0)
  const rows = [row('frames', frames, count), row('sar', info.sar, '1:1'), row('audioStreams', info.audio.length, 0), row('subtitleStreams', info.subtitles.length, 0)]
  return { bytes, lumaOff, rows }
}

/** The finished folder takes the place of what was there; that goes only once the new one stands. */
async function putInPlace(workplace: string, folder: string, signal: AbortSignal): Promise<void> {
  const old = join(dirname(folder), `.${basename(folder)}.hourglass-old`)
  let whole = workplace
  try {
    // A folder cannot be renamed onto another disk.
    if ((await stat(workplace)).dev !== (await stat(dirname(folder))).dev) {
      whole = temporaryBeside(folder)
      await mkdir(whole)
      for (const name of await readdir(workplace)) {
        signal.throwIfAborted()
        await copyFile(join(workplace, name), join(whole, name))
      }
    }
    if (existsSync(folder)) {
      if (readdirSync(folder).length === 0) await rmdir(folder)
      else await rename(folder, old)
    }
    await rename(whole, folder)
    await rm(old, { recursive: true, force: true })
    await rm(workplace, { recursive: true, force: true })
  } catch (thrown) {
    if (whole !== workplace) await rm(whole, { recursive: true, force: true })
    if (existsSync(old) && !existsSync(folder)) await rename(old, folder)
    throw writeFailure(folder, thrown, await isFull(dirname(folder)))
  }
}
