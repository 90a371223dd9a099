import type { ClipIndex } from '../../contract/film.ts'
import type { Note } from '../../contract/pictures.ts'
import { placeOf } from '../../core/film/pictureNames.ts'
import { withFields } from './kept.ts'
import { filmTools } from './ffmpeg.ts'
import { openClip } from './openClip.ts'
import { settle, spaceFor, type Settled } from './settling.ts'
import type { TaskInput, TaskOutput } from '../tasks/task.ts'
import type { TaskContext } from '../workers/context.ts'

/** Remarks on a file that matter to whoever colours it. */
const worthSaying = new Set(['variable-rate', 'skipped-frames', 'interlaced', 'mixed-fields', 'late-start', 'alpha-left-out', 'read-errors'])

/** What is worth knowing of a source before it is coloured. */
export const remarksOn = ({ index, settled }: { readonly index: ClipIndex; readonly settled: Settled }): Note[] => [...settled.notes, ...index.info.warnings.filter(({ code }) => worthSaying.has(code))]

/** What a film will need, and what is worth knowing of its source. @throws HourglassError as `colorClip` would for the same work */
export function clipPreflight({ path, cache, target, preset, from, to }: TaskInput<'clipPreflight'>, task: TaskContext): Promise<TaskOutput<'clipPreflight'>> {
  return task.abortable(async (signal) => {
    const { config } = task.studio
    const tools = await filmTools(config)
    const index = await openClip(path, { tools, cache, thoroughness: 'when-doubtful', threads: config.threads, signal })
    const settled = settle(path, target, await withFields(tools, path, index, signal), preset, { from, to })
    const { span, encoding } = settled
    const { neededMb, freeMb } = await spaceFor(placeOf(target, preset), preset, index, span)
    return { frames: span.to - span.from, encoding: encoding.title, neededMb, freeMb, notes: remarksOn({ index, settled }) }
  })
}
