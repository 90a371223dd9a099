import { passageOf } from '../../core/film/pixels.ts'
import { filmTools } from '../film/ffmpeg.ts'
import { openClip } from '../film/openClip.ts'
import { findShots } from '../film/planning.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Where shots begin and end. Numbered pictures are one: they are not read as a film. */
export function clipShots({ path, cache }: TaskInput<'clipShots'>, task: TaskContext): Promise<TaskOutput<'clipShots'>> {
  return task.abortable(async (signal) => {
    const { ffmpeg, threads } = task.studio.config
    const tools = await filmTools(ffmpeg ?? null)
    const index = await openClip(path, { tools, cache, thoroughness: 'when-doubtful', threads, signal })
    const frames = index.pts.length
    if (index.sequence) return { frames, shots: [{ from: 0, to: frames }] }
    const { toPlanar } = passageOf(index.info.pixelFormat, index.info, { evenSides: false, keepAlpha: true })
    const { shots } = await findShots({ tools, path, index, threads, toPlanar }, { from: 0, to: frames }, (done) => task.progress(done / frames), signal)
    return { frames, shots: shots.map(({ from, to }) => ({ from, to })) }
  })
}
