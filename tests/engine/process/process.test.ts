import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import type { Recipe } from '../../../src/contract/recipe.ts'
import { bundledModel, temporaryFolder } from '../studio.ts'
import { TestEngine } from './client.ts'

const folder = temporaryFolder()
const small = join(folder.path, 'small.jpg')
const large = join(folder.path, 'large.png')
const recipe: Recipe = { version: 1, steps: [{ step: 'colorize', enabled: true, params: {} }] }
let engine: TestEngine | null = null

async function drawGrey(path: string, width: number, height: number): Promise<void> {
  const data = Uint8Array.from({ length: width * height }, (_, i) => 40 + ((i % width) * 170) / width + 30 * Math.sin(i / 97))
  await sharp(data, { raw: { width, height, channels: 1 } }).toColourspace('b-w').toFile(path)
}

beforeAll(async () => {
  await drawGrey(small, 400, 300)
  await drawGrey(large, 5000, 4000)
})
afterEach(() => engine?.kill())
afterAll(() => folder.remove())

const start = (): TestEngine => (engine = new TestEngine())
const exportOf = (source: string, name: string) => ({
  source: { path: source },
  recipe,
  model: bundledModel,
  target: join(folder.path, name),
  format: 'png' as const,
  quality: 95,
  depth: 'same' as const,
  label: true,
  compare: null,
  overwrite: true,
})

it('gives a grey photograph colours, from file to file, and tells what it did', async () => {
  const output = await start().ask('export', exportOf(small, 'small-colour.png')).answer
  expect(output.figures).toMatchObject({ width: 400, height: 300, depth: 8, provider: 'cpu', renderFactor: 12, alreadyColor: false, model: { id: 'colorize-photo-bootstrap' } })
  expect(output.figures.lumaDrift.mean).toBeLessThan(0.1)
  expect(output.figures.lumaDrift.max).toBeLessThan(0.5)
  const stats = await sharp(output.output).stats()
  expect(stats.channels).toHaveLength(3)
  expect(output.figures.colorfulness).toBeGreaterThan(1)
})

it('its loop answers within a moment while a large picture is in work', async () => {
  const running = start()
  const { answer } = running.ask('export', exportOf(large, 'large-colour.png'))
  const delays: number[] = []
  let done = false
  void answer.finally(() => (done = true))
  while (!done) {
    delays.push(await running.ping())
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await answer
  delays.shift()
  expect(delays.length).toBeGreaterThan(5)
  expect(delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.9)]).toBeLessThan(500)
})

it('a cancelled export settles once as cancelled and leaves nothing behind', async () => {
  const running = start()
  const { id, answer } = running.ask('export', exportOf(large, 'never.png'))
  await new Promise((resolve) => setTimeout(resolve, 700))
  running.post({ type: 'cancel', id })
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
  await running.ask('memory', {}).answer
  expect(running.messages.filter((message) => message.type === 'settled' && message.id === id)).toHaveLength(1)
  expect(existsSync(join(folder.path, 'never.png'))).toBe(false)
  expect(readdirSync(folder.path).filter((name) => name.endsWith('.tmp'))).toEqual([])
})

it('of two questions in one lane only the newer is answered', async () => {
  const running = start()
  const view = (name: string) => ({ source: { path: small }, recipe, model: bundledModel, box: { width: 300, height: 300 }, out: join(folder.path, name) })
  const older = running.ask('render', view('a.jpg'), { priority: 'interactive', lane: 'preview:1' })
  const newer = running.ask('render', view('b.jpg'), { priority: 'interactive', lane: 'preview:1' })
  await expect(older.answer).rejects.toMatchObject({ code: 'cancelled' })
  expect(await newer.answer).toMatchObject({ width: 300, height: 225 })
})

it('bad input is refused with a sentence and does not disturb the engine', async () => {
  const running = start()
  running.postRaw({ type: 'nonsense' })
  running.postRaw({ type: 'task', id: 900, name: 'render', input: { source: 1 }, priority: 'job' })
  const missing = running.ask('inspect', { path: join(folder.path, 'nowhere.jpg') })
  await expect(missing.answer).rejects.toMatchObject({ code: 'bad-input' })
  const refused = running.messages.find((message) => message.type === 'settled' && message.id === 900)
  expect(refused).toMatchObject({ ok: false, error: { code: 'bad-input' } })
})

it('leaves with 0 when asked to, after setting running work aside', async () => {
  const running = start()
  const { answer } = running.ask('export', exportOf(large, 'aside.png'))
  answer.catch(() => undefined)
  await new Promise((resolve) => setTimeout(resolve, 500))
  running.post({ type: 'quit' })
  expect(await running.exit).toBe(0)
  await expect(answer).rejects.toMatchObject({ code: 'cancelled' })
})

it('does not outlive its owner', async () => {
  const running = start()
  await running.ping()
  running.disconnect()
  expect(await running.exit).toBe(0)
})
