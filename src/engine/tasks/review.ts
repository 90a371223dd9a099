import type { ClipIndex } from '../../contract/film.ts'
import { drawVectorscope, drawWaveform, histogramOf, scopeLevels, vectorscopeOf, waveformOf } from '../../core/film/scopes.ts'
import { fault } from '../../core/texts/wording.ts'
import { compareFrames } from '../film/comparedFrames.ts'
import { encodeDrawn } from '../film/drawnFrame.ts'
import { measureFlicker } from '../film/flickering.ts'
import { samplesOfFrame } from '../film/frameSamples.ts'
import type { Reading } from '../film/options.ts'
import { estimateProxy as estimate, writeProxy } from '../film/proxy.ts'
import { writeAtomically } from '../pictures/atomic.ts'
import { named } from '../pictures/failures.ts'
import { writeForScreen } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'
import { openForViewing, readingOf } from './clips.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** The same frame of two films, compared at full size. */
export function compareClips({ path, other, cache, frame, ...how }: TaskInput<'compareClips'>, task: TaskContext): Promise<TaskOutput<'compareClips'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    const first = { path, index: await openForViewing(path, cache, reading, task), frame }
    return compareFrames(first, { path: other, index: await openForViewing(other, cache, reading, task), frame }, how, reading, task)
  })
}

/** Histogram, waveform and vectorscope of a frame. */
export function clipScopes({ path, cache, frame, waveform, vectorscope }: TaskInput<'clipScopes'>, task: TaskContext): Promise<TaskOutput<'clipScopes'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    const index = await openForViewing(path, cache, reading, task)
    const { samples, kind } = await samplesOfFrame(path, index, frame, reading)
    const columns = Math.min(scopeLevels, samples.width)
    await writeForScreen(waveform, await encodeDrawn(drawWaveform(waveformOf(samples, columns), columns), null))
    await writeForScreen(vectorscope, await encodeDrawn(drawVectorscope(vectorscopeOf(samples), kind), null))
    return { histogram: histogramOf(samples, kind) }
  })
}

/** Flicker of every frame. */
export function clipFlicker({ path, cache, starts }: TaskInput<'clipFlicker'>, task: TaskContext): Promise<TaskOutput<'clipFlicker'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    const index = await openForViewing(path, cache, reading, task)
    const onFrame = async (done: number): Promise<void> => {
      task.progress(done / index.pts.length)
      await task.pause()
    }
    return { percent: await measureFlicker(path, index, starts, onFrame, reading) }
  })
}

/** How large a proxy will be. */
export function estimateProxy({ path, cache, box }: TaskInput<'estimateProxy'>, task: TaskContext): Promise<TaskOutput<'estimateProxy'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    return { bytes: await estimate(path, await openForProxy(path, cache, reading, task), box, reading) }
  })
}

/** A file of small pictures, one a frame. */
export function makeProxy({ path, cache, box, out }: TaskInput<'makeProxy'>, task: TaskContext): Promise<TaskOutput<'makeProxy'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    const index = await openForProxy(path, cache, reading, task)
    const offsets = await writeAtomically(out, { overwrite: true, original: path, durable: false, signal }, (temporary) => writeProxy(path, index, box, temporary, (done) => task.progress(done / index.pts.length), reading))
    return { offsets }
  })
}

/** Numbered pictures are read one by one as they are: a proxy would make nothing smoother. */
async function openForProxy(path: string, cache: string | null, reading: Reading, task: TaskContext): Promise<ClipIndex> {
  const index = await openForViewing(path, cache, reading, task)
  if (index.sequence !== null) throw fault('unsupported', 'fault.proxySequence', 'remedy.proxySequence', { file: named(path) })
  return index
}
