import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadModel } from '../../../src/engine/models/cards.ts'
import { colorize, type HintPlanes } from '../../../src/engine/models/colorizer.ts'
import type { Plane } from '../../../src/engine/models/resample.ts'
import { Sessions } from '../../../src/engine/models/sessions.ts'

/** Where the answers of shipped models are kept, one file a model; `node build/models.ts` writes them anew. */
export const goldenFolder = join(import.meta.dirname, '../../fixtures/golden')

/** What a model answers to one input. */
export interface GoldenCase {
  readonly name: string
  readonly networkSize: readonly [number, number]
  /** [width, height] of the answer. */
  readonly size: readonly [number, number]
  /** Every so many pixels, along each side, one is kept. */
  readonly every: number
  /** a, b (Lab units), confidence and red, green, blue (0…1), those that the model gives; numbers rounded to 3 decimals. */
  readonly planes: Readonly<Record<string, readonly number[]>>
}
export interface Golden {
  /** Of the weights that answered. */
  readonly sha256: string
  readonly cases: readonly GoldenCase[]
}

/** A repeatable sequence in 0…1 (Lehmer). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
}

/** L*: blocks of 8 px over a slope, so that there are edges as well as shading. */
function lightnessOf(width: number, height: number, seed: number): Plane {
  const random = randomFrom(seed)
  const blocks = Array.from({ length: (width / 8) * (height / 8) }, random)
  const data = Float32Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)]
    return 15 + 45 * (blocks[(y >> 3) * (width / 8) + (x >> 3)] as number) + (30 * x) / width
  })
  return { width, height, data }
}

/** A red and a blue patch of 8 px, L* 50, at a quarter and at three quarters of the diagonal. */
function twoHints({ width, height }: { width: number; height: number }): HintPlanes {
  const [lightness, a, b, mask] = [0, 0, 0, 0].map(() => new Float32Array(width * height)) as [Float32Array, Float32Array, Float32Array, Float32Array]
  for (const [at, hintA, hintB] of [[0.25, 50, 30], [0.75, 5, -45]] as const) {
    for (let y = Math.round(at * height) - 4; y < Math.round(at * height) + 4; y++) {
      for (let x = Math.round(at * width) - 4; x < Math.round(at * width) + 4; x++) {
        lightness[y * width + x] = 50
        a[y * width + x] = hintA
        b[y * width + x] = hintB
        mask[y * width + x] = 1
      }
    }
  }
  return { lightness, a, b, mask }
}

const inputs = [
  { name: 'no hints', width: 96, height: 64, seed: 11, hints: null },
  { name: 'two hints, upright', width: 64, height: 96, seed: 12, hints: twoHints },
] as const

/** Columns that are kept of an answer, at least: the whole of one at a quarter of the input's size. */
const columns = 16

/** One pixel of each block, the middle one. */
function sampled({ width, height, data }: Plane, every: number): number[] {
  const out: number[] = []
  for (let y = every >> 1; y < height; y += every) {
    for (let x = every >> 1; x < width; x += every) out.push(Math.round((data[y * width + x] as number) * 1000) / 1000)
  }
  return out
}

/** What the model in `folder` answers to the golden inputs, on one thread of the processor, with its card's defaults. */
export async function goldenOf(folder: string): Promise<Golden> {
  const model = await loadModel(folder)
  if (!model.card.task.startsWith('colorize')) throw new Error(`there are no golden inputs for ${model.card.task} yet (${model.card.id})`)
  const sessions = new Sessions({ provider: 'cpu', threads: 1, memoryMb: 1024 })
  try {
    const cases: GoldenCase[] = []
    for (const { name, width, height, seed, hints } of inputs) {
      const size = { width, height }
      const answer = await colorize(sessions, model, { lightness: lightnessOf(width, height, seed), size, hints, temperature: null })
      const { a, b, confidence, rgb, networkSize } = answer
      const every = Math.max(1, Math.floor(Math.min(a.width, a.height) / columns))
      const channels = rgb ? ['red', 'green', 'blue'].map((channel, i) => [channel, { ...rgb, data: rgb.data.subarray(i * rgb.width * rgb.height) }] as const) : []
      const planes = Object.entries<Plane>({ a, b, ...(confidence && { confidence }), ...Object.fromEntries(channels) })
      cases.push({ name, networkSize, size: [a.width, a.height], every, planes: Object.fromEntries(planes.map(([of, plane]) => [of, sampled(plane, every)])) })
    }
    return { sha256: createHash('sha256').update(readFileSync(model.file)).digest('hex'), cases }
  } finally {
    await sessions.releaseAll()
  }
}
