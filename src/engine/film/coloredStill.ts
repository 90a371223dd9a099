import { rm, writeFile } from 'node:fs/promises'
import type { ClipIndex, ClipInfo } from '../../contract/film.ts'
import type { Size } from '../../contract/pictures.ts'
import { carryAnchors, withSettled, type Anchor } from '../../core/film/anchors.ts'
import type { FrameSize } from '../../core/film/motion.ts'
import { passageOf } from '../../core/film/pixels.ts'
import { squareSize } from '../../core/film/shape.ts'
import type { Chroma } from '../../core/film/chroma.ts'
import { steadyPicture } from '../../core/film/steady.ts'
import type { ColorizeParams } from '../../core/steps/colorize.ts'
import { fault } from '../../core/texts/wording.ts'
import type { Model } from '../models/cards.ts'
import type { TaskContext } from '../workers/context.ts'
import { graphOf, withAnyLuma } from './chunkWriter.ts'
import { Colorist } from './colorist.ts'
import { rawInput } from './decoding.ts'
import { causeOf } from './failures.ts'
import { jpegEncoding, jpegFilters } from './jpegs.ts'
import { smallFilters } from './luma.ts'
import type { Reading } from './options.ts'
import { usesFullRange } from './planning.ts'
import { readFrame, type NativeFrame } from './planes.ts'
import { matrixOf, taggedRange } from './settling.ts'
import { outputOf } from './spawn.ts'

interface Held {
  readonly path: string
  readonly index: ClipIndex
  readonly n: number
  readonly frame: NativeFrame
  /** Small luma of it, by size. */
  readonly lumas: Map<string, Uint8Array>
}

/** The frame that was asked for last: while a slider moves it is asked for again and again. */
let held: Held | null = null

async function hold(path: string, index: ClipIndex, n: number, reading: Reading): Promise<Held> {
  if (held?.path === path && held.index === index && held.n === n) return held
  const frame = await readFrame(path, index, n, reading)
  held = { path, index, n, frame, lumas: new Map() }
  return held
}

/** Small luma of a native frame: the same samples that a film's colours are made from. */
async function smallLuma({ frame, lumas }: Held, toPlanar: string, size: FrameSize, { tools, signal }: Reading): Promise<Uint8Array> {
  const name = `${size.width}x${size.height}`
  const known = lumas.get(name)
  if (known) return known
  const { output, said } = await outputOf(tools.ffmpeg, ['-v', 'error', ...rawInput(frame.pixelFormat, frame, 'pipe:0'), '-vf', smallFilters(toPlanar, size, 'gray'), '-frames:v', '1', '-f', 'rawvideo', '-pix_fmt', 'gray', 'pipe:1'], { signal, input: frame.planes })
  if (output.length !== size.width * size.height) throw fault('internal', 'fault.stillNotMade', 'remedy.tryThenReport', undefined, { cause: causeOf(said) })
  lumas.set(name, output)
  return output
}

/** Colours of a frame with what its own hints settle, as they come into the film. */
function settled(color: Chroma, luma: Uint8Array, anchor: Anchor, size: FrameSize): Chroma {
  const steps = carryAnchors({ size, luma: [luma], anchors: new Map([[0, [anchor]]]), from: 0, to: 1 })
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return withSettled(color, step.value[0] ?? null)
}

/** What becomes of the picture: filters behind its colours, and how ffmpeg writes it to a pipe. */
export interface Finish {
  readonly filters: readonly string[]
  readonly encoding: readonly string[]
}

/** @param info the film's, with range and matrix as they were taken @param pixelFormat of the picture with its colours */
export type FinishOf = (info: ClipInfo, pixelFormat: string) => Finish

/** JPEG, upright, in square pixels, fitted into a box. */
export const asJpeg = (box: Size): FinishOf => (info, pixelFormat) => ({ filters: jpegFilters(info, pixelFormat, box), encoding: jpegEncoding() })

export interface StillColors {
  readonly task: TaskContext
  readonly model: Model
  readonly params: ColorizeParams
}

/**
 * Exactly frame `n` in colour. Its luma is the film's own, laid
 * below the colour by the same graph that writes films; the colour is the model's for this frame alone, before it is held
 * steady along the shot.
 * @param scratch a path beside which nothing lies: colour waits there for ffmpeg
 * @throws HourglassError as `readFrame`; `internal`, `cancelled`
 */
export async function coloredStill(path: string, index: ClipIndex, n: number, finishOf: FinishOf, { task, model, params }: StillColors, scratch: string, reading: Reading): Promise<Buffer> {
  const now = await hold(path, index, n, reading)
  const { frame } = now
  const { info } = index
  const passage = passageOf(frame.pixelFormat, frame, { evenSides: false, keepAlpha: false })
  const luma = (size: FrameSize): Promise<Uint8Array> => smallLuma(now, passage.toPlanar, size, reading)
  const matrix = matrixOf(info)
  const shown = squareSize(info)
  const asRead = (range: 'tv' | 'pc' | null): Colorist => new Colorist({ task, model, kind: { matrix, range: range ?? 'tv' }, shown, stored: info, rotation: info.rotation })
  // Grey that does not say its range tells it by its values, here by those of this frame.
  const isTold = taggedRange(index, { range: 'tv' }) === taggedRange(index, { range: 'pc' })
  const range = taggedRange(index, { range: !isTold && usesFullRange(await luma(asRead(null).size)) ? 'pc' : 'tv' })
  const colorist = asRead(range)
  const factor = params.renderFactor === 'auto' ? await colorist.factorOf(await luma(colorist.size), colorist.size, params) : params.renderFactor
  const size = colorist.sizeFor(factor)
  const bare = await colorist.colorsOf(await luma(size), size, factor, params)
  const { hints } = params
  const colors = hints.length === 0 ? bare : settled(bare, await luma(colorist.size), await colorist.hinted(await luma(size), size, factor, params, hints), colorist.size)
  task.check()

  const alone = { ...index, stream: 0, info: { ...info, pixelFormat: frame.pixelFormat, width: frame.width, height: frame.height } }
  const merged = graphOf({ tools: reading.tools, path, index: alone, threads: reading.threads, toPlanar: passage.toPlanar }, 'null', { passage, range })
  const known = { ...alone.info, color: { ...info.color, matrix, range: range ?? 'tv' } }
  const { filters, encoding } = finishOf(known, passage.format)
  const graph = `${merged};[before]nullsink;[after]nullsink;[o]${filters.join(',')}[made]`
  const colorFile = `${scratch}.colour`
  try {
    await writeFile(colorFile, withAnyLuma(steadyPicture(colors, colorist.size, null, null)))
    const args = ['-v', 'error', ...rawInput(frame.pixelFormat, frame, 'pipe:0'), ...rawInput('yuv444p', colorist.size, `file:${colorFile}`), '-filter_complex', graph, '-map', '[made]', '-frames:v', '1', ...encoding, 'pipe:1']
    const { output, code, said } = await outputOf(reading.tools.ffmpeg, args, { signal: reading.signal, input: frame.planes })
    if (code !== 0 || output.length === 0) throw fault('internal', 'fault.stillNotMade', 'remedy.tryThenReport', undefined, { cause: causeOf(said) })
    return output
  } finally {
    await rm(colorFile, { force: true })
  }
}
