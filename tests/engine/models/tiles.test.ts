import { afterAll, expect, it } from 'vitest'
import { runInpaint } from '../../../src/engine/models/inpaint.ts'
import { loadModel } from '../../../src/engine/models/cards.ts'
import { Sessions } from '../../../src/engine/models/sessions.ts'
import { planTiles, runTiled } from '../../../src/engine/models/tiler.ts'
import type { Values } from '../../../src/engine/models/tensors.ts'
import { darkenGraph, enlargeGraph, fillGraph, writeModel } from '../onnxGraph.ts'
import { temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const sessions = new Sessions({ provider: 'cpu', threads: 1, memoryMb: 1024 })
const hooks = { pause: async () => undefined, progress: () => undefined }
afterAll(async () => {
  await sessions.releaseAll()
  folder.remove()
})

const rgbInput = { role: 'image', name: 'input', build: 'rgb', range: [0, 1] as [number, number] } as const
const picture = (width: number, height: number): Values => ({ width, height, channels: 3, data: Float32Array.from({ length: 3 * width * height }, (_, i) => ((i * 37) % 251) / 251) })

it('tiles cover the whole picture, share their overlap and never leave it where the picture is large enough', async () => {
  const model = await loadModel(writeModel(`${folder.path}/plan`, darkenGraph(0.5), { task: 'denoise', inputs: [rgbInput], outputs: [{ name: 'output', meaning: 'rgb' }], tile: { size: 64, overlap: 16 } }))
  const plan = planTiles({ width: 150, height: 64 }, model.card, null)
  expect(plan.tile).toEqual({ width: 64, height: 64 })
  expect(plan.tiles.map(({ x }) => x)).toEqual([0, 48, 86])
  expect(plan.tiles.every(({ y }) => y === 0)).toBe(true)
})

it('a pixel-wise network gives the same through tiles as on the whole, without seams', async () => {
  const model = await loadModel(writeModel(`${folder.path}/darken`, darkenGraph(0.5), { task: 'denoise', inputs: [rgbInput], outputs: [{ name: 'output', meaning: 'rgb' }], tile: { size: 48, overlap: 16 } }))
  const image = picture(131, 77)
  const answer = await runTiled(await sessions.get(model), image, hooks)
  expect([answer.width, answer.height]).toEqual([131, 77])
  const worst = answer.data.reduce((most, value, i) => Math.max(most, Math.abs(value - 0.5 * (image.data[i] ?? 0))), 0)
  expect(worst).toBeLessThan(1e-5)
})

it('an upscaler of fixed input size enlarges a picture of another size, pixel for pixel', async () => {
  const model = await loadModel(writeModel(`${folder.path}/enlarge`, enlargeGraph(32), { task: 'super-resolution', inputs: [rgbInput], outputs: [{ name: 'output', meaning: 'rgb' }] }))
  const image = picture(50, 20)
  const answer = await runTiled(await sessions.get(model), image, hooks)
  expect([answer.width, answer.height]).toEqual([200, 80])
  for (const [x, y] of [[0, 0], [199, 79], [100, 40]] as const) {
    expect(answer.data[y * 200 + x]).toBeCloseTo(image.data[Math.floor(y / 4) * 50 + Math.floor(x / 4)] ?? 0, 5)
  }
})

it('cancelling between tiles stops the work', async () => {
  const model = await loadModel(`${folder.path}/darken`)
  let runs = 0
  const pause = async (): Promise<void> => {
    if (++runs > 2) throw new Error('stopped')
  }
  await expect(runTiled(await sessions.get(model), picture(200, 200), { pause, progress: () => undefined })).rejects.toThrow('stopped')
  expect(runs).toBe(3)
})

it('a hole is filled and everything outside it stays bit for bit', async () => {
  const model = await loadModel(
    writeModel(`${folder.path}/fill`, fillGraph(64), {
      task: 'inpaint',
      inputs: [{ ...rgbInput, name: 'image' }, { role: 'mask', name: 'mask', channels: 1, build: 'mask', range: [0, 1] }],
      outputs: [{ name: 'output', meaning: 'rgb', scale: 1 / 255 }],
      size: { mode: 'fixed', default: 64, fit: 'crop' },
    }),
  )
  const image = picture(200, 120)
  const mask = { width: 200, height: 120, data: new Float32Array(200 * 120) }
  const inHole = (x: number, y: number): boolean => (x >= 20 && x < 32 && y >= 10 && y < 22) || (x >= 150 && x < 170 && y >= 90 && y < 110)
  for (let y = 0; y < 120; y++) for (let x = 0; x < 200; x++) if (inHole(x, y)) mask.data[y * 200 + x] = 1
  const answer = await runInpaint(await sessions.get(model), image, mask, hooks)
  for (let y = 0; y < 120; y++) {
    for (let x = 0; x < 200; x++) {
      const at = y * 200 + x
      if (!inHole(x, y)) expect(answer.data[at]).toBe(image.data[at])
    }
  }
  expect(answer.data[16 * 200 + 26]).toBeGreaterThan(0.95)
  expect(answer.data[200 * 120 + 100 * 200 + 160]).toBeLessThan(0.05)
})
