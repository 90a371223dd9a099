import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { ProviderName } from '../../../src/contract/settings.ts'
import { checkWeights, fileSha256, loadModel } from '../../../src/engine/models/cards.ts'
import { colorize } from '../../../src/engine/models/colorizer.ts'
import { Sessions } from '../../../src/engine/models/sessions.ts'
import { abGraph, tintGraph, writeModel } from '../onnxGraph.ts'
import { temporaryFolder } from '../studio.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

const sessionsOn = (provider: ProviderName | null, memoryMb = 1024): Sessions => new Sessions({ provider, threads: 1, memoryMb })
const size = { width: 64, height: 64 }
const request = { lightness: { ...size, data: Float32Array.from({ length: 64 * 64 }, (_, i) => i % 100) }, size, hints: null, temperature: null }

describe('sessions', () => {
  it('are made once, shared, and released when idle', async () => {
    const sessions = sessionsOn('cpu')
    const model = await loadModel(writeModel(join(folder.path, 'one'), abGraph({ channels: 1 })))
    const [first, second] = await Promise.all([sessions.get(model), sessions.get(model)])
    expect(second).toBe(first)
    expect(sessions.count).toBe(1)
    await sessions.releaseIdle(60_000)
    expect(sessions.count).toBe(1)
    await sessions.releaseIdle(-1)
    expect(sessions.count).toBe(0)
    // Asked for again it is made again.
    expect((await colorize(sessions, model, request)).a.width).toBe(64)
    await sessions.releaseAll()
  })

  it('the least recently used goes first when memory is short, the one in use stays', async () => {
    const sessions = sessionsOn('cpu', 0)
    const [first, second] = await Promise.all(['a', 'b'].map((name, i) => loadModel(writeModel(join(folder.path, name), abGraph({ channels: 1, at0: [i, 5] })))))
    if (!first || !second) throw new Error('two models were written')
    await colorize(sessions, first, request)
    await colorize(sessions, second, request)
    expect(sessions.count).toBe(1)
    await sessions.releaseAll()
  })

  it('a provider that does not work leaves the work to the processor and says why', async () => {
    const foreign: ProviderName = process.platform === 'darwin' ? 'dml' : 'coreml'
    const sessions = sessionsOn(foreign)
    const model = await loadModel(join(folder.path, 'one'))
    const answer = await colorize(sessions, model, request)
    expect(answer.provider).toBe('cpu')
    expect(answer.providerNote).toContain('processor')
    await sessions.releaseAll()
  })

  it('a provider the card denies is not even tried', async () => {
    const sessions = sessionsOn('coreml')
    const model = await loadModel(writeModel(join(folder.path, 'denied'), abGraph({ channels: 1 }), { providers: { deny: ['coreml'], note: 'wrong colours' } }))
    expect((await colorize(sessions, model, request)).providerNote).toContain('wrong colours')
    await sessions.releaseAll()
  })
})

describe('cards and weights', () => {
  it('the hash of a file is remembered until the file changes', async () => {
    const path = join(folder.path, 'file')
    writeFileSync(path, 'one')
    const before = await fileSha256(path)
    expect(await fileSha256(path)).toBe(before)
    writeFileSync(path, 'another')
    expect(await fileSha256(path)).not.toBe(before)
  })

  it('weights changed behind the card’s back are noticed', async () => {
    const path = writeModel(join(folder.path, 'changed'), abGraph({ channels: 1 }))
    const model = await loadModel(path)
    await checkWeights(model)
    writeFileSync(model.file, Buffer.alloc(model.card.bytes, 1))
    await expect(checkWeights(model)).rejects.toMatchObject({ code: 'bad-model' })
  })

  it('a card whose tensors the network does not have is refused by name', async () => {
    const sessions = sessionsOn('cpu')
    const model = await loadModel(writeModel(join(folder.path, 'misfit'), tintGraph({ top: 1 })))
    await expect(colorize(sessions, model, request)).rejects.toMatchObject({ code: 'bad-model', message: expect.stringContaining('input') })
    await sessions.releaseAll()
  })
})
