import { framesOf } from '../../core/film/edit.ts'
import { fault, onceEach } from '../../core/texts/wording.ts'
import { named } from '../pictures/failures.ts'
import type { TaskInput, TaskOutput } from '../tasks/task.ts'
import type { TaskContext } from '../workers/context.ts'
import { filmTools } from './ffmpeg.ts'
import { formatOf, openPart, spaceForParts, untoldRange, type PartSource } from './editFormat.ts'
import { remarksOn } from './preflight.ts'

/** What an edit needs, and which of its parts are to be brought to the format of the first. @throws HourglassError as the work would */
export function editPreflight({ parts, cache, target, preset }: TaskInput<'editPreflight'>, task: TaskContext): Promise<TaskOutput<'editPreflight'>> {
  return task.abortable(async (signal) => {
    const tools = await filmTools(task.studio.config)
    const opened: PartSource[] = []
    const known = new Map<string, PartSource>()
    const ranges = new Map<string, 'tv' | 'pc' | null>()
    for (const { path, from, to, rate } of parts) {
      const before = known.get(path)
      if (before && to > before.index.pts.length) throw fault('bad-input', 'fault.clipRange', 'remedy.clipRange', { file: named(path), last: before.index.pts.length - 1, from, to })
      const source = before ? { ...before, settled: { ...before.settled, span: { from, to } } } : await openPart({ path, rate }, target, preset, { from, to }, cache, task, signal)
      known.set(path, source)
      if (!before) ranges.set(path, await untoldRange(tools, path, source, signal))
      opened.push(source)
    }
    const [first] = opened as [PartSource]
    const untold = parts.map(({ path }) => ranges.get(path) ?? null)
    const formats = opened.map((source, at) => formatOf(source, untold[at] ?? null))
    const conforming = formats.flatMap((format, at) => (format === formats[0] ? [] : [at]))
    const turned = opened.findIndex(({ index }) => index.info.rotation !== first.index.info.rotation)
    if (turned > 0) throw fault('unsupported', 'fault.editRotation', 'remedy.editRotation', { file: named(parts[turned]?.path ?? ''), part: turned + 1 })
    const { neededMb, freeMb } = await spaceForParts(target, preset, opened)
    const notes = onceEach(opened.flatMap(remarksOn))
    return { frames: framesOf(parts), encoding: first.settled.encoding.title, neededMb, freeMb, notes, conforming, ranges: untold }
  })
}
