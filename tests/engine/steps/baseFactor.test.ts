import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lightnessTones } from '../../../src/core/color/tones.ts'
import { loadModel, type Model } from '../../../src/engine/models/cards.ts'
import type { Pixels } from '../../../src/engine/pictures/index.ts'
import { rowsOf } from '../../../src/engine/pictures/rows.ts'
import { baseOf } from '../../../src/engine/steps/baseFactor.ts'
import { LowCopy } from '../../../src/engine/steps/lowCopy.ts'
import { askNetwork, type NetworkRun } from '../../../src/engine/steps/network.ts'
import type { Studio } from '../../../src/engine/workers/context.ts'
import { makeStudio, makeTask } from '../studio.ts'

const [width, height] = [640, 480]
let studio: Studio
let model: Model
let copy: LowCopy
/** The same model, each of whose factors stands for itself. */
let alone: Model

/** A sky over a wood, and a face before both. */
function scene(): Pixels {
  const data = new Uint8Array(width * height)
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const face = Math.hypot(x - 320, 1.2 * (y - 260)) < 110
      const ground = y < 170 ? 205 : 80 + 40 * Math.sin(x * 0.31) * Math.cos(y * 0.47 + x * 0.05)
      data[i] = face ? 175 + 20 * Math.cos((x - 300) / 60) : ground
    }
  }
  return { data, width, height, channels: 1, depth: 8, alpha: null }
}

beforeAll(async () => {
  studio = makeStudio()
  model = await loadModel(join(import.meta.dirname, '../../../models/colorize-photo-fine'))
  const { base: _, ...own } = model.card.renderFactor!
  alone = { ...model, card: { ...model.card, renderFactor: own } }
  copy = await LowCopy.of(rowsOf(scene()))
})
afterAll(() => studio.sessions.releaseAll())

const ask = (of: Model, factor: number): Promise<NetworkRun> => askNetwork(makeTask(studio), { copy, model: of, tones: lightnessTones, params: { vividness: 0.4, hints: [] }, factor })

/** Root mean square distance of two answers in a and b, at a grid that holds both. */
function between(first: NetworkRun, second: NetworkRun): number {
  const at = (run: NetworkRun, x: number, y: number): [number, number] => {
    const i = Math.floor(y * run.a.height) * run.a.width + Math.floor(x * run.a.width)
    return [run.a.data[i] as number, run.b.data[i] as number]
  }
  let sum = 0
  for (let y = 0; y < 40; y++) {
    for (let x = 0; x < 40; x++) {
      const [a, b] = at(first, (x + 0.5) / 40, (y + 0.5) / 40)
      const [c, d] = at(second, (x + 0.5) / 40, (y + 0.5) / 40)
      sum += (a - c) ** 2 + (b - d) ** 2
    }
  }
  return Math.sqrt(sum / 1600)
}

it('a render factor above the base keeps most of the base’s colour, and still looks more closely', async () => {
  const base = await ask(model, 12)
  const [led, own] = [await ask(model, 30), await ask(alone, 30)]
  expect(led.networkSize).toEqual(own.networkSize)
  expect(between(led, base)).toBeLessThan(0.6 * between(own, base))
  expect(between(led, base)).toBeGreaterThan(0.5)
})

it('up to the base, and in pictures too small for more, the network runs once', async () => {
  expect(await ask(model, 10)).toEqual(await ask(alone, 10))
  expect(baseOf(model.card, 12, { width, height })).toBeNull()
  expect(baseOf(model.card, 36, { width: 200, height: 190 })).toBeNull()
  expect(baseOf(model.card, 36, { width, height })).toBe(12)
  expect(baseOf(alone.card, 36, { width, height })).toBeNull()
})
