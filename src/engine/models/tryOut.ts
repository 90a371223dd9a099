import type { ProviderName } from '../../contract/settings.ts'
import { colorize } from './colorizer.ts'
import type { Model } from './cards.ts'
import { networkSide } from './fitting.ts'
import { fixedSizeOf, runImage } from './imageRunner.ts'
import type { Sessions } from './sessions.ts'
import { brokenAnswer, faultOf, type Values } from './tensors.ts'
import { runWithStatistics, wantsStatistics } from './wholePicture.ts'

const side = 256
const atOnce = { pause: async (): Promise<void> => undefined, progress: (): void => undefined }

/** A soft scene of its own making: a sky, a hill and some texture, 0…1. */
function scene(width: number, height: number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [(i % width) / width, Math.floor(i / width) / height]
    const hill = y > 0.55 + 0.15 * Math.sin(5 * x) ? 0.35 : 0.8 - 0.2 * y
    return hill + 0.04 * Math.sin(90 * x) * Math.sin(70 * y)
  })
}

/**
 * Runs a model once on a picture of its own making, at 256 px where its size is free.
 * @returns milliseconds of that one run, and where it ran
 * @throws HourglassError `bad-model` when card and weights do not fit, or the answer is no picture
 */
export async function tryOut(sessions: Sessions, model: Model): Promise<{ ms: number; provider: ProviderName }> {
  const wanted = { width: side, height: side }
  if (model.card.task === 'colorize' || model.card.task === 'colorize-page') {
    const lightness = { ...wanted, data: scene(side, side).map((value) => value * 100) }
    const from = performance.now()
    const { provider } = await colorize(sessions, model, { lightness, size: wanted, hints: null, temperature: null })
    return { ms: performance.now() - from, provider }
  }
  const session = await sessions.get(model, networkSide(model.card, wanted, null))
  const size = networkSide(model.card, wanted, fixedSizeOf(session))
  const plane = scene(size.width, size.height)
  const data = new Float32Array(3 * plane.length)
  for (let channel = 0; channel < 3; channel++) data.set(plane, channel * plane.length)
  const image: Values = { ...size, channels: 3, data }
  const mask: Values = { ...size, channels: 1, data: plane.map((_, i) => (i % size.width > size.width * 0.4 && i % size.width < size.width * 0.5 ? 1 : 0)) }
  const from = performance.now()
  const answer = wantsStatistics(model.card) ? await runWithStatistics(session, image, atOnce) : await runImage(session, { image, mask })
  const ms = performance.now() - from
  const fault = faultOf(answer)
  if (fault) throw brokenAnswer(session, fault)
  return { ms, provider: session.provider }
}
