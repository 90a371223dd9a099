import type { LumaDrift } from '../../contract/pictures.ts'
import { decodePicture, type Pixels } from '../pictures/index.ts'
import { giveBack } from '../pictures/samples.ts'
import type { TaskContext } from '../workers/context.ts'

/**
 * How far a written file is from the source in L*, over all pixels, both as decoded. The file stands by now, so that
 * a cancel comes too late: it is measured to the end, and whoever waits is told of it.
 * @param source the pixels the picture was made of, untouched
 */
export async function driftOfFile(source: Pixels, path: string, task: TaskContext): Promise<LumaDrift> {
  const written = await decodePicture(path, { shared: true })
  const drift = await task.studio.pool.drift(
    {
      before: source.data,
      beforeFormat: { channels: source.channels, depth: source.depth },
      after: written.data,
      afterFormat: { channels: written.channels, depth: written.depth },
      pixels: source.width * source.height,
      cancel: new Int32Array(new SharedArrayBuffer(4)),
    },
    { yield: () => task.pause().catch(() => undefined) },
  )
  giveBack(written.data, written.alpha)
  return drift
}
