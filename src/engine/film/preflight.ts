import { placeOf } from '../../core/film/pictureNames.ts'
import { fieldsOfStart } from './kept.ts'
import { filmTools } from './ffmpeg.ts'
import { openClip } from './openClip.ts'
import { settle, spaceFor } from './settling.ts'
import type { TaskInput, TaskOutput } from '../tasks/task.ts'
import type { TaskContext } from '../workers/context.ts'

/** Remarks on a file that matter to whoever colours it. */
export const worthSaying = new Set(['variable-rate', 'skipped-frames', 'interlaced', 'mixed-fields', 'late-start', 'alpha-left-out', 'read-errors'])

/** What a film will need, and what is worth knowing of its source. @throws HourglassError as `colorClip` would for the same work */
export function clipPreflight({ path, cache, target, preset, from, to }: TaskInput<'clipPreflight'>, task: TaskContext): Promise<TaskOutput<'clipPreflight'>> {
  return task.abortable(async (signal) => {
    const { config } = task.studio
    const tools = await filmTools(config)
    const index = await openClip(path, { tools, cache, thoroughness: 'when-doubtful', threads: config.threads, signal })
    const { info } = index
    const fields = info.verified ? info.fieldOrder : await fieldsOfStart(tools, path, index.stream, signal)
    const { span, encoding, notes } = settle(path, target, { ...index, info: { ...info, fieldOrder: fields } }, preset, { from, to })
    const { neededMb, freeMb } = await spaceFor(placeOf(target, preset), preset, index, span)
    return { frames: span.to - span.from, encoding: encoding.title, neededMb, freeMb, notes: [...notes, ...info.warnings.filter(({ code }) => worthSaying.has(code))] }
  })
}
