import { decodePicture, hashFile, openPicture } from '../pictures/index.ts'
import { rowsOf } from '../pictures/rows.ts'
import { LowCopy } from '../steps/lowCopy.ts'
import { colorKindOfCopy } from '../steps/tones.ts'
import type { TaskContext } from '../workers/context.ts'
import type { TaskInput, TaskOutput } from './task.ts'

/** Side at which the colour kind is judged; detection itself looks at 256 pixels. */
const kindSide = 512

/** Header, colour kind and hash of one file. */
export async function inspect(input: TaskInput<'inspect'>, task: TaskContext): Promise<TaskOutput<'inspect'>> {
  const picture = await openPicture(input.path)
  task.check()
  const [sha256, colorKind] = await Promise.all([
    input.hash ? hashFile(input.path) : null,
    picture.grey ? ('grey' as const) : decodePicture(picture, { box: { width: kindSide, height: kindSide }, depth: 8 }).then((pixels) => LowCopy.of(rowsOf(pixels)).then(colorKindOfCopy)),
  ])
  task.check()
  return { info: picture.info, sha256, colorKind }
}
