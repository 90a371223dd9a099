import type { PairReport } from '../../contract/evaluate.ts'
import { flickerOf, type Frame } from '../../core/evaluate/flicker.ts'
import { hintsOf } from '../../core/evaluate/hinted.ts'
import { measure } from '../../core/evaluate/pair.ts'
import { chromaOf, meanColorOf, oneColor, recolored, type Rgb } from '../../core/evaluate/picture.ts'
import { comparedSize, resized, type PictureSide } from '../../core/evaluate/resize.ts'
import { decodePicture } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Turns between two pauses: a pause costs a turn of the thread's loop. */
const turns = 16

/** Runs work that says where it may be interrupted. @throws CancelledError */
export async function inTurns<Result>(task: TaskContext, work: Generator<void, Result>): Promise<Result> {
  for (let turn = 0; ; turn++) {
    const { done, value } = work.next()
    if (done) return value
    if (turn % turns === 0) await task.pause()
  }
}

/** A picture as it is compared: upright sRGB, 8 bit, three channels, without its transparency. */
export async function rgbOf(path: string): Promise<Rgb> {
  const { data, width, height, channels } = await decodePicture(path, { depth: 8 })
  if (channels === 3) return { width, height, data: data as Uint8Array }
  const rgb = new Uint8Array(3 * width * height)
  for (let i = 0, at = 0; i < data.length; i++, at += 3) rgb.fill(data[i] as number, at, at + 3)
  return { width, height, data: rgb }
}

/** A pair decoded and brought to one size; a film's frames are asked for twice, so the last ones are remembered. */
interface Pair extends Frame {
  readonly ownSizes: { readonly truth: PictureSide; readonly output: PictureSide }
}

function pairOf(task: TaskContext, real: string, output: string, side: number | null, remember: boolean): Promise<Pair> {
  const open = async (): Promise<Pair> => {
    const [truth, own] = await Promise.all([rgbOf(real), rgbOf(output)])
    const size = comparedSize(truth, side)
    return { truth: await inTurns(task, resized(truth, size)), output: await inTurns(task, resized(own, size)), ownSizes: { truth, output: own } }
  }
  if (!remember) return open()
  return task.studio.memo.get(`pair\0${real}\0${output}\0${side}`, (pair) => pair.truth.data.byteLength + pair.output.data.byteLength, open)
}

/** Mean a and b of one picture. */
export async function meanColor({ path }: TaskInput<'meanColor'>, task: TaskContext): Promise<TaskOutput<'meanColor'>> {
  const [a, b] = await inTurns(task, meanColorOf(await rgbOf(path)))
  return { a, b }
}

const differs = (one: PictureSide, other: PictureSide): boolean => one.width !== other.width || one.height !== other.height
const sizeOf = ({ width, height }: PictureSide): PictureSide => ({ width, height })

/** Every figure of one output against its truth; an output of another size is brought to the truth's. */
export async function compare(input: TaskInput<'compare'>, task: TaskContext): Promise<PairReport> {
  const { before } = input
  const pair = await pairOf(task, input.real, input.output, input.side, before !== null)
  const { truth, output, ownSizes } = pair
  task.progress(0.1)
  const baselines = [oneColor(0, 0), oneColor(input.meanColor.a, input.meanColor.b), ...input.strengths.map((strength) => chromaOf(output, strength))]
  const candidates: Rgb[] = [output]
  for (const coloring of baselines) candidates.push(await inTurns(task, recolored(truth, coloring)))
  task.progress(0.3)
  const measured = await inTurns(task, measure(truth, candidates))
  const [ofOutput, grey, ofMean, ...strengths] = measured.candidates
  if (!ofOutput || !grey || !ofMean) throw new Error('every candidate is measured')
  task.progress(0.9)
  const hints = await inTurns(task, hintsOf(truth, output, input.hints))
  const flicker = before ? await inTurns(task, flickerOf(await pairOf(task, before.real, before.output, input.side, true), pair)) : null
  return {
    size: sizeOf(truth),
    resizedFrom: differs(ownSizes.output, ownSizes.truth) ? sizeOf(ownSizes.output) : null,
    reducedFrom: differs(ownSizes.truth, truth) ? sizeOf(ownSizes.truth) : null,
    truth: measured.truth,
    output: ofOutput,
    grey,
    meanColor: ofMean,
    strengths,
    hints,
    flicker,
  }
}
