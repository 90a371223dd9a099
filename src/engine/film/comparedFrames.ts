import type { ClipIndex } from '../../contract/film.ts'
import { chromaOnly, colorDifference, lumaDifference } from '../../core/film/comparing.ts'
import { fault } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import { writeForScreen } from '../pictures/index.ts'
import type { TaskInput, TaskOutput } from '../tasks/task.ts'
import type { TaskContext } from '../workers/context.ts'
import { encodeDrawn, storedBox } from './drawnFrame.ts'
import { samplesOfFrame } from './frameSamples.ts'
import type { Reading } from './options.ts'

/** A frame of a film: its number there, and the index that it is found by. */
export interface FrameOf {
  readonly path: string
  readonly index: ClipIndex
  readonly frame: number
}

/**
 * Two frames compared at full size, drawn as the first one stands.
 * @throws HourglassError `bad-input` where their sizes differ
 */
export async function compareFrames(first: FrameOf, second: FrameOf, { mode, gain, box, out }: Pick<TaskInput<'compareClips'>, 'mode' | 'gain' | 'box' | 'out'>, reading: Reading, task: TaskContext): Promise<TaskOutput<'compareClips'>> {
  const [one, two] = await Promise.all([samplesOfFrame(first.path, first.index, first.frame, reading), samplesOfFrame(second.path, second.index, second.frame, reading)])
  const [a, b] = [one.samples, two.samples]
  if (a.width !== b.width || a.height !== b.height) {
    throw fault('bad-input', 'fault.compareSizes', 'remedy.compareSizes', { file: named(first.path), other: named(second.path), size: `${a.width} × ${a.height}`, otherSize: `${b.width} × ${b.height}` })
  }
  const small = storedBox(first.index.info, a, box)
  const luma = lumaDifference(a, b, small, gain)
  const picture = mode === 'luma' ? luma.picture : mode === 'chroma' ? chromaOnly(two, small, gain) : colorDifference(one, two, small, gain)
  task.check()
  await writeForScreen(out, await encodeDrawn(picture, first.index.info))
  return { luma: luma.figures }
}
