import { chromaOnly, colorDifference, lumaDifference } from '../../core/film/comparing.ts'
import { drawVectorscope, drawWaveform, histogramOf, scopeLevels, vectorscopeOf, waveformOf } from '../../core/film/scopes.ts'
import { fault } from '../../core/texts/wording.ts'
import { encodeDrawn, storedBox } from '../film/drawnFrame.ts'
import { samplesOfFrame } from '../film/frameSamples.ts'
import { named } from '../pictures/failures.ts'
import { writeForScreen } from '../pictures/index.ts'
import type { TaskContext } from '../workers/context.ts'
import { openForViewing, readingOf } from './clips.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** The same frame of two films, compared at full size. */
export function compareClips({ path, other, cache, frame, mode, gain, box, out }: TaskInput<'compareClips'>, task: TaskContext): Promise<TaskOutput<'compareClips'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    const index = await openForViewing(path, cache, reading, task)
    const otherIndex = await openForViewing(other, cache, reading, task)
    const [one, two] = await Promise.all([samplesOfFrame(path, index, frame, reading), samplesOfFrame(other, otherIndex, frame, reading)])
    const [a, b] = [one.samples, two.samples]
    if (a.width !== b.width || a.height !== b.height) {
      throw fault('bad-input', 'fault.compareSizes', 'remedy.compareSizes', { file: named(path), other: named(other), size: `${a.width} × ${a.height}`, otherSize: `${b.width} × ${b.height}` })
    }
    const small = storedBox(index.info, a, box)
    const luma = lumaDifference(a, b, small, gain)
    const picture = mode === 'luma' ? luma.picture : mode === 'chroma' ? chromaOnly(two, small, gain) : colorDifference(one, two, small, gain)
    task.check()
    await writeForScreen(out, await encodeDrawn(picture, index.info))
    return { luma: luma.figures }
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
