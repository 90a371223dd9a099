import { writeFile } from 'node:fs/promises'
import { passageOf } from '../../core/film/pixels.ts'
import { writeAtomically } from '../pictures/atomic.ts'
import type { TaskInput, TaskOutput } from '../tasks/task.ts'
import type { TaskContext } from '../workers/context.ts'
import { filmTools } from './ffmpeg.ts'
import { openClip } from './openClip.ts'
import { lookThrough } from './planning.ts'
import { matrixOf } from './settling.ts'

/** One shot a line, for people who edit them. */
const fileOf = (shots: TaskOutput<'clipShots'>['shots']): string => `{\n  "version": 1,\n  "shots": [\n${shots.map((shot) => `    ${JSON.stringify(shot)}`).join(',\n')}\n  ]\n}\n`

/**
 * The shots of a film, as `colorClip` finds them; written into a `.shots.json` where one is asked for.
 * @throws HourglassError `bad-input` where it is no film; `not-writable`, `no-space`, `cancelled`
 */
export function clipShots({ path, cache, target }: TaskInput<'clipShots'>, task: TaskContext): Promise<TaskOutput<'clipShots'>> {
  return task.abortable(async (signal) => {
    const { config } = task.studio
    const { threads } = config
    const tools = await filmTools(config)
    const find = async (): Promise<TaskOutput<'clipShots'>> => {
      const index = await openClip(path, { tools, cache, thoroughness: 'when-doubtful', threads, signal })
      const { toPlanar } = passageOf(index.info.pixelFormat, index.info, { evenSides: false, keepAlpha: false })
      const frames = index.pts.length
      const { shots, inColor } = await lookThrough({ tools, path, index, threads, toPlanar }, matrixOf(index.info), { from: 0, to: frames }, (done) => task.progress(done / frames), signal)
      return { shots, inColor }
    }
    if (!target) return find()
    // A place that cannot be written is told before the film is looked through.
    return writeAtomically(target.path, { overwrite: target.overwrite, original: path, signal }, async (temporary) => {
      const found = await find()
      await writeFile(temporary, fileOf(found.shots))
      return found
    })
  })
}
