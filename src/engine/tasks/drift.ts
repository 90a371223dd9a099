import type { LumaDrift } from '../../contract/pictures.ts'
import { decodePicture, openPicture, sourceScratch, type Pixels, type SourceScratch } from '../pictures/index.ts'
import { giveBack, roomFor, type Samples } from '../pictures/samples.ts'
import type { TaskContext } from '../workers/context.ts'

const formatOf = ({ channels, depth }: SourceScratch['color']): { channels: 1 | 3; depth: 8 | 16 } => ({ channels, depth })

/** The file stands by now: a cancel comes too late. */
const unheard = (): Int32Array => new Int32Array(new SharedArrayBuffer(4))

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
      cancel: unheard(),
    },
    { yield: () => task.pause().catch(() => undefined) },
  )
  giveBack(written.data, written.alpha)
  return drift
}

/**
 * The same for a source on the disk: the written file is decoded beside it.
 * @param bandBytes of each that is in memory at a time
 */
export async function driftOfRows(source: SourceScratch['color'], path: string, task: TaskContext, bandBytes: number): Promise<LumaDrift> {
  const written = await sourceScratch(await openPicture(path), { beside: path, bandBytes, widened: false, onBand: () => task.pause().catch(() => undefined) })
  try {
    const { width, height } = source
    const most = Math.max(1, Math.min(height, Math.floor(bandBytes / (2 * width * 3))))
    const [before, after] = [source, written.color].map(({ channels, depth }) => roomFor(depth, most * width * channels, true)) as [Samples, Samples]
    let sum = 0
    let max = 0
    for (let top = 0; top < height; top += most) {
      const pixels = Math.min(most, height - top) * width
      const parts = [before.subarray(0, pixels * source.channels), after.subarray(0, pixels * written.color.channels)] as const
      await source.readRows(top, parts[0])
      await written.color.readRows(top, parts[1])
      const band = await task.studio.pool.drift(
        { before: parts[0], beforeFormat: formatOf(source), after: parts[1], afterFormat: formatOf(written.color), pixels, cancel: unheard() },
        { yield: () => task.pause().catch(() => undefined) },
      )
      sum += band.mean * pixels
      max = Math.max(max, band.max)
    }
    return { mean: sum / (width * height), max }
  } finally {
    await written.remove()
  }
}
