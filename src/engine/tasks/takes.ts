import { writeFile } from 'node:fs/promises'
import type { ClipIndex } from '../../contract/film.ts'
import type { ClipPart } from '../../contract/takes.ts'
import { fault } from '../../core/texts/wording.ts'
import { compareFrames, type FrameOf } from '../film/comparedFrames.ts'
import type { Reading } from '../film/options.ts'
import { stillOf } from '../film/stills.ts'
import { writeAtomically } from '../pictures/atomic.ts'
import { named } from '../pictures/failures.ts'
import type { TaskContext } from '../workers/context.ts'
import { openForViewing, readingOf } from './clips.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Indexes of parts turned as their clip is; the same one for the same part, since decoders know their film by it. */
const turned = new WeakMap<ClipIndex, ClipIndex>()

/** Chunks of a film do not say how it is turned: the join does. */
function turnedAs(clip: ClipIndex, index: ClipIndex): ClipIndex {
  if (clip.info.rotation === index.info.rotation) return index
  const known = turned.get(index) ?? { ...index, info: { ...index.info, rotation: clip.info.rotation } }
  turned.set(index, known)
  return known
}

/** Frame `frame` of a clip in a part of it. @throws HourglassError `bad-input` where the part holds other frames than it is known for */
async function frameOfPart({ path, from, to }: ClipPart, frame: number, clip: ClipIndex, cache: string | null, reading: Reading, task: TaskContext): Promise<FrameOf> {
  const index = await openForViewing(path, cache, reading, task)
  if (frame < from || frame >= to || index.pts.length !== to - from) throw fault('bad-input', 'fault.takeFrames', 'remedy.takeFrames', { file: named(path), from, last: to - 1 })
  return { path, index: turnedAs(clip, index), frame: frame - from }
}

/** Exactly one frame of a clip as JPEG, from a part of it. */
export function takeStill({ clip, part, cache, frame, box, out }: TaskInput<'takeStill'>, task: TaskContext): Promise<TaskOutput<'takeStill'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    const found = await frameOfPart(part, frame, await openForViewing(clip, cache, reading, task), cache, reading, task)
    // The decoder that reads ahead goes on when this question is answered.
    const jpeg = await stillOf(found.path, found.index, found.frame, box, { ...reading, signal: undefined })
    await writeAtomically(out, { overwrite: true, original: clip, durable: false, signal }, (temporary) => writeFile(temporary, jpeg))
    return { pts: found.index.pts[found.frame] as number, bytes: jpeg.length }
  })
}

/** The same frame of two parts of a clip, or of the clip itself and a part, compared at full size. */
export function compareTakes({ clip, one, other, cache, frame, ...how }: TaskInput<'compareTakes'>, task: TaskContext): Promise<TaskOutput<'compareTakes'>> {
  return task.abortable(async (signal) => {
    const reading = await readingOf(task, signal)
    const index = await openForViewing(clip, cache, reading, task)
    const first = one ? await frameOfPart(one, frame, index, cache, reading, task) : { path: clip, index, frame }
    return compareFrames(first, await frameOfPart(other, frame, index, cache, reading, task), how, reading, task)
  })
}
