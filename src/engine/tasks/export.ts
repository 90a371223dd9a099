import { hashFile, decodePicture, encodePicture, openPicture } from '../pictures/index.ts'
import type { EngineOutput, EngineTasks } from '../../contract/engine.ts'
import type { z } from 'zod'
import { runRecipe } from '../steps/index.ts'
import { warmUpColorize } from '../steps/colorize.ts'
import type { TaskContext } from '../workers/context.ts'

export async function exportPicture(input: z.output<EngineTasks['export']['input']>, task: TaskContext): Promise<EngineOutput<'export'>> {
  const from = performance.now()
  const picture = await openPicture(input.source.path)
  const decoding = decodePicture(picture, { shared: true })
  const [pixels] = await Promise.all([decoding, warmUpColorize(task, input.model)])
  task.check()
  const decoded = performance.now()
  const times = { network: 0, compose: 0 }
  const result = await runRecipe(pixels, input.recipe, { task, model: input.model, key: null, inPlace: false, times })
  const composed = performance.now()
  const encoded = await encodePicture(result.pixels, {
    path: input.target,
    format: input.format,
    quality: input.quality,
    depth: input.depth === 'same' ? result.pixels.depth : input.depth,
    source: picture,
    label: null,
    overwrite: input.overwrite,
  })
  const now = performance.now()
  return {
    figures: {
      ...result.figures,
      width: pixels.width,
      height: pixels.height,
      depth: encoded.depth,
      ms: { decode: decoded - from, network: times.network, compose: times.compose, encode: now - composed, total: now - from },
    },
    output: input.target,
    kept: encoded.kept,
    bytes: encoded.bytes,
    sha256: await hashFile(input.target),
  }
}
