import { afterAll, describe, expect, it } from 'vitest'
import { loadModel } from '../../../src/engine/models/cards.ts'
import { Sessions } from '../../../src/engine/models/sessions.ts'
import type { Values } from '../../../src/engine/models/tensors.ts'
import { tryOut } from '../../../src/engine/models/tryOut.ts'
import { runWithStatistics } from '../../../src/engine/models/wholePicture.ts'
import { abGraph, statisticsCard, statisticsGraph, writeModel } from '../onnxGraph.ts'
import { temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
const sessions = new Sessions({ provider: 'cpu', threads: 1, memoryMb: 1024 })
afterAll(async () => {
  await sessions.releaseAll()
  folder.remove()
})

const hooks = { pause: async () => undefined, progress: () => undefined }
const picture = (width: number, height: number): Values => ({ width, height, channels: 3, data: Float32Array.from({ length: 3 * width * height }, (_, i) => (((i * 37) % 251) / 251) ** (1 + Math.floor(i / (width * height)))) })

/** What the network of `statisticsGraph` gives for the whole picture, by hand. */
function expected(image: Values): Float32Array {
  const { width, height, data } = image
  const count = width * height
  const planes = [0, 1, 2].map((channel) => data.subarray(channel * count, (channel + 1) * count))
  const constants = planes.map((plane) => plane.reduce((total, value) => total + value, 0) / count / 2 - Math.max(...plane) / 4)
  return data.map((_, i) => {
    const channel = Math.floor(i / count)
    const plane = planes[channel] as Float32Array
    const [x, y] = [i % width, Math.floor((i % count) / width)]
    let sum = 0
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) if (x + dx >= 0 && x + dx < width && y + dy >= 0 && y + dy < height) sum += plane[(y + dy) * width + x + dx] as number
    }
    return Math.min(1, Math.max(0, sum / 9 + (constants[channel] as number)))
  })
}

const worst = (left: Float32Array, right: Float32Array): number => left.reduce((most, value, i) => Math.max(most, Math.abs(value - (right[i] ?? NaN))), 0)

describe('a network that wants statistics of the whole picture', () => {
  it('gives through tiles what it gives for the whole picture, to the border and without seams', async () => {
    const model = await loadModel(writeModel(`${folder.path}/look`, statisticsGraph(), statisticsCard))
    for (const [width, height] of [[75, 50], [32, 64], [37, 3]] as const) {
      const image = picture(width, height)
      const answer = await runWithStatistics(await sessions.get(model), image, hooks)
      expect([answer.width, answer.height]).toEqual([width, height])
      expect(worst(answer.data, expected(image))).toBeLessThan(1e-5)
    }
  })

  it('is tried by running it, tells how far it is, and stops between tiles', async () => {
    const model = await loadModel(`${folder.path}/look`)
    await expect(tryOut(sessions, model)).resolves.toMatchObject({ provider: 'cpu' })
    const done: number[] = []
    await runWithStatistics(await sessions.get(model), picture(64, 32), { ...hooks, progress: (share) => void done.push(share) })
    expect(done).toEqual([0.25, 0.5, 0.75, 1])
    let runs = 0
    const pause = async (): Promise<void> => {
      if (++runs > 3) throw new Error('stopped')
    }
    await expect(runWithStatistics(await sessions.get(model), picture(64, 64), { ...hooks, pause })).rejects.toThrow('stopped')
  })

  it('is refused in plain words where card and network do not fit', async () => {
    const few = await loadModel(writeModel(`${folder.path}/few`, statisticsGraph(), { ...statisticsCard, outputs: statisticsCard.outputs.slice(0, 2) }))
    await expect(tryOut(sessions, few)).rejects.toMatchObject({ code: 'bad-model', message: expect.stringContaining('maximum') as string })
    const other = await loadModel(writeModel(`${folder.path}/other`, abGraph({ channels: 3 }), statisticsCard))
    await expect(tryOut(sessions, other)).rejects.toMatchObject({ code: 'bad-model' })
  })
})
