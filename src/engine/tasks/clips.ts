import { createHash } from 'node:crypto'
import { stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ClipIndex } from '../../contract/film.ts'
import type { Rational } from '../../contract/rational.ts'
import { looksOf } from '../../core/film/looks.ts'
import { pixelKind } from '../../core/film/pixels.ts'
import { seconds, text } from '../../core/film/rational.ts'
import { shownSize, squareSize } from '../../core/film/shape.ts'
import { fault } from '../../core/texts/wording.ts'
import { asJpeg, coloredStill, type FinishOf } from '../film/coloredStill.ts'
import { filmTools } from '../film/ffmpeg.ts'
import { openClip } from '../film/openClip.ts'
import type { Reading, Thoroughness } from '../film/options.ts'
import { hashOf, readFrame, type NativeFrame } from '../film/planes.ts'
import { pictureOf, sequenceOf } from '../film/sequence.ts'
import { encodeStill, squareRgbFilters } from '../film/still.ts'
import { stillAlone, stillOf } from '../film/stills.ts'
import { loadModel } from '../models/cards.ts'
import { writeAtomically } from '../pictures/atomic.ts'
import { named } from '../pictures/failures.ts'
import { encodePicture } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** The programs and limits that films are read with. */
export async function readingOf(task: TaskContext, signal: AbortSignal): Promise<Reading> {
  const { config } = task.studio
  return { tools: await filmTools(config), threads: config.threads, signal }
}

async function open(path: string, cache: string | null, thoroughness: Thoroughness, reading: Reading, task: TaskContext, rate: Rational | null = null): Promise<ClipIndex> {
  return openClip(path, { ...reading, cache, thoroughness, rate, onProgress: (done) => task.progress(done) })
}

/** A clip to be looked at: decoded only where its packets do not tell its frames. */
export const openForViewing = (path: string, cache: string | null, reading: Reading, task: TaskContext): Promise<ClipIndex> => open(path, cache, 'when-doubtful', reading, task)

/** The index of a clip; every frame of it decoded where `verify` is asked for. */
export function clipIndex({ path, cache, verify, rate }: TaskInput<'clipIndex'>, task: TaskContext): Promise<ClipIndex> {
  return task.abortable(async (signal) => open(path, cache, verify ? 'verify' : 'packets', await readingOf(task, signal), task, rate))
}

/** What is true of a clip. */
export async function clipInfo(input: TaskInput<'clipInfo'>, task: TaskContext): Promise<TaskOutput<'clipInfo'>> {
  return (await clipIndex(input, task)).info
}

/** What a project keeps of a clip. */
export function inspectClip({ path, cache }: TaskInput<'inspectClip'>, task: TaskContext): Promise<TaskOutput<'inspectClip'>> {
  return task.abortable(async (signal) => {
    const { info, identity } = await openForViewing(path, cache, await readingOf(task, signal), task)
    const sha256 = createHash('sha256').update(`${identity.bytes} ${identity.edges}`).digest('hex')
    const { alpha: hasAlpha, depth, gray } = pixelKind(info.pixelFormat)
    const facts = { format: info.codec, bytes: identity.bytes, depth: depth > 8 ? (16 as const) : (8 as const), channels: hasAlpha ? 4 : gray ? 1 : 3, hasAlpha, orientation: 1 }
    return { info: { ...shownSize(info), ...facts, density: null, profile: null, pages: info.frames, metadata: [], takenAt: null, notes: info.warnings }, sha256 }
  })
}

/** Exactly one frame as JPEG, for the stage. */
export function clipStill({ path, cache, frame, box, ahead, out }: TaskInput<'clipStill'>, task: TaskContext): Promise<TaskOutput<'clipStill'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    const index = await openForViewing(path, cache, reading, task)
    // The decoder that reads ahead goes on when this question is answered.
    const jpeg = await (ahead ? stillOf(path, index, frame, box, { ...reading, signal: undefined }) : stillAlone(path, index, frame, box, reading))
    await writeAtomically(out, { overwrite: true, original: path, durable: false, signal }, (temporary) => writeFile(temporary, jpeg))
    return { frame, pts: index.pts[frame] as number, bytes: jpeg.length }
  })
}

/** Exactly one frame in colour, for the stage. */
export function clipColorStill({ path, cache, frame, box, recipe, model, out }: TaskInput<'clipColorStill'>, task: TaskContext): Promise<TaskOutput<'clipColorStill'>> {
  return task.abortable(async (signal) => {
    const look = looksOf(recipe, 1, [])?.(frame)
    if (!look) throw fault('bad-input', 'fault.clipNoColor', 'remedy.clipRecipe')
    const reading = await readingOf(task, signal)
    const [index, network] = await Promise.all([openForViewing(path, cache, reading, task), loadModel(model)])
    const bytes = await writeAtomically(out, { overwrite: true, original: path, durable: false, signal }, async (temporary) => {
      const jpeg = await coloredStill(path, index, frame, asJpeg(box), { task, model: network, params: look.params }, temporary, reading)
      await writeFile(temporary, jpeg)
      return jpeg.length
    })
    return { frame, pts: index.pts[frame] as number, bytes }
  })
}

/** Exactly one frame in colour as a picture of its own, with the label of what made it. */
export function clipColorFrame({ path, cache, frame, recipe, model, target }: TaskInput<'clipColorFrame'>, task: TaskContext): Promise<TaskOutput<'clipColorFrame'>> {
  return task.abortable(async (signal) => {
    const look = looksOf(recipe, 1, [])?.(frame)
    if (!look) throw fault('bad-input', 'fault.clipNoColor', 'remedy.clipRecipe')
    await refusePicture(path, target.path)
    const reading = await readingOf(task, signal)
    const [index, network] = await Promise.all([openForViewing(path, cache, reading, task), loadModel(model)])
    const { info } = index
    const depth = pixelKind(info.pixelFormat).depth > 8 ? 16 : 8
    const shown = shownSize(info)
    const bytes = await writeAtomically(target.path, { overwrite: target.overwrite, original: path, signal }, async (temporary) => {
      const finish: FinishOf = (known, pixelFormat) => ({ filters: squareRgbFilters(known, pixelFormat, squareSize(info), depth), encoding: ['-f', 'rawvideo'] })
      const raw = await coloredStill(path, index, frame, finish, { task, model: network, params: look.params }, temporary, reading)
      const data = depth === 8 ? new Uint8Array(raw) : new Uint16Array(new Uint8Array(raw).buffer)
      const label = { creatorTool: `Hourglass Studio ${task.studio.config.version}`, trained: true, recipe, models: [{ id: network.card.id, sha256: network.card.sha256 }], source: null, work: '' }
      await encodePicture({ data, ...shown, channels: 3, depth, alpha: null }, { path: temporary, format: 'png', quality: null, depth, source: null, label, overwrite: true, signal })
      return (await stat(temporary)).size
    })
    return { frame, bytes }
  })
}

/** The pictures of a sequence are originals, all of them. */
async function refusePicture(path: string, target: string): Promise<void> {
  const source = await sequenceOf(path)
  if (source?.numbers.some((number) => resolve(pictureOf(source.sequence, number)) === resolve(target))) throw fault('not-writable', 'fault.isOneOfOriginals', 'remedy.otherNameOrFolder', { file: named(target) })
}

/** Exactly one frame: its hash, and a PNG where asked for. A target that cannot be written is told before anything is decoded. */
export function clipFrame({ path, cache, frame, verify, target }: TaskInput<'clipFrame'>, task: TaskContext): Promise<TaskOutput<'clipFrame'>> {
  return task.abortable(async (signal) => {
    if (target && !target.path.toLowerCase().endsWith('.png')) throw fault('bad-input', 'fault.stillNoPng', 'remedy.nameEndsInPng', { file: named(target.path) })
    if (target) await refusePicture(path, target.path)
    const reading = await readingOf(task, signal)
    const read = async (): Promise<{ index: ClipIndex; native: NativeFrame }> => {
      const index = await open(path, cache, verify ? 'verify' : 'when-doubtful', reading, task)
      return { index, native: await readFrame(path, index, frame, reading) }
    }
    const { index, native } = target
      ? await writeAtomically(target.path, { overwrite: target.overwrite, original: path, signal }, async (temporary) => {
          const found = await read()
          await writeFile(temporary, await encodeStill(reading.tools, found.index.info, found.native, signal))
          return found
        })
      : await read()
    const pts = index.pts[frame] as number
    return { frame, pts, time: text(seconds(pts - index.startPts, index.timeBase)), width: native.width, height: native.height, pixelFormat: native.pixelFormat, hash: hashOf(native) }
  })
}
