import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { modelCard } from '../../../src/contract/models.ts'
import { download } from '../../../src/studio/models/download.ts'
import { FakeEngine } from './fake-engine.ts'
import { openStudio, temporaryFolder, until, writeModel, type Fixture } from './studio-fixture.ts'

const weights = Buffer.from(Array.from({ length: 300_000 }, (_, n) => (n * 31) % 251))
const sha256 = createHash('sha256').update(weights).digest('hex')

/** A publisher on this machine: answers ranges, and can hang up in the middle. */
class Publisher {
  readonly ranges: (string | undefined)[] = []
  hangUpAfter = Infinity
  #server: Server
  constructor() {
    this.#server = createServer((request, response) => {
      this.ranges.push(request.headers.range)
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
      const rest = weights.subarray(from)
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length, ...(from > 0 ? { 'content-range': `bytes ${from}-${weights.length - 1}/${weights.length}` } : {}) })
      if (rest.length <= this.hangUpAfter) response.end(rest)
      else response.write(rest.subarray(0, this.hangUpAfter), () => setTimeout(() => response.destroy(), 50))
    })
  }
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/model.onnx`
  }
  stop(): Promise<void> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(() => resolve()))
  }
}

let home: ReturnType<typeof temporaryFolder>
let publisher: Publisher
let url: string
let fixture: Fixture | null = null

beforeEach(async () => {
  home = temporaryFolder()
  publisher = new Publisher()
  url = await publisher.start()
})
afterEach(async () => {
  await fixture?.close()
  fixture = null
  await publisher.stop()
  home.remove()
})

describe('a download', () => {
  test('goes on where the connection broke, and is checked', async () => {
    const part = join(home.path, 'm.part')
    publisher.hangUpAfter = 100_000
    await expect(download({ url, part, bytes: weights.length, sha256 })).rejects.toThrow('could not be reached')
    const kept = readFileSync(part).length
    expect(kept).toBeGreaterThan(0)
    publisher.hangUpAfter = Infinity
    const seen: number[] = []
    expect(await download({ url, part, bytes: null, sha256, onProgress: (done) => seen.push(done) })).toBe(sha256)
    expect(publisher.ranges).toEqual([undefined, `bytes=${kept}-`])
    expect(seen.at(-1)).toBe(weights.length)
    expect(seen[0]).toBeGreaterThan(kept)
  })

  test('that brings other bytes than announced is thrown away', async () => {
    const part = join(home.path, 'm.part')
    await expect(download({ url, part, bytes: null, sha256: 'b'.repeat(64) })).rejects.toMatchObject({ code: 'bad-model' })
    expect(existsSync(part)).toBe(false)
  })

  test('stops when it is cancelled and keeps what came before', async () => {
    const part = join(home.path, 'm.part')
    writeFileSync(part, weights.subarray(0, 1000))
    const abort = new AbortController()
    await expect(download({ url, part, bytes: null, sha256: null, signal: abort.signal, onProgress: () => abort.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    expect(readFileSync(part).subarray(0, 1000).equals(weights.subarray(0, 1000))).toBe(true)
    expect(await download({ url, part, bytes: weights.length, sha256 })).toBe(sha256)
  })
})

const card = (id: string) =>
  modelCard.parse({
    id,
    title: 'Known',
    task: 'colorize',
    file: 'known.onnx',
    sha256,
    bytes: weights.length,
    licence: { spdx: 'Apache-2.0', commercial: true },
    source: 'the test',
    inputs: [{ role: 'image', name: 'x', build: 'rgb' }],
    outputs: [{ name: 'y', meaning: 'ab' }],
    size: { mode: 'fixed', default: 256 },
  })

function studio(engine: FakeEngine): Fixture {
  const entry = { id: 'colorize-known', title: 'Known', task: 'colorize', licence: { spdx: 'Apache-2.0', commercial: true }, source: 'the test', url, bytes: weights.length, sha256 }
  mkdirSync(join(home.path, 'models'), { recursive: true })
  writeFileSync(join(home.path, 'models', 'catalogue.json'), JSON.stringify({ version: 1, models: [entry] }))
  fixture = openStudio(home.path, engine)
  return fixture
}
const knows = (ok = true): FakeEngine =>
  new FakeEngine({
    recognizeModel: ({ file }) => ({ card: readFileSync(file).equals(weights) ? card('colorize-recognised') : null, sha256: createHash('sha256').update(readFileSync(file)).digest('hex'), bytes: readFileSync(file).length, task: null }),
    verifyModel: () => ({ ok, message: ok ? 'works' : 'It does not load.' }),
  })

describe('models', () => {
  test('of the catalogue are fetched as a job, recognised, run once, and then there', async () => {
    const { client } = studio(knows())
    expect(await client.models.list({})).toMatchObject([{ id: 'colorize-known', state: 'available', download: { url, bytes: weights.length, sha256 } }, { id: 'colorize-test', state: 'bundled', isDefault: true }])
    const { job } = await client.models.get({ id: 'colorize-known' as never, acceptLicence: true })
    await until(async () => (await client.jobs.list()).jobs.find((one) => one.id === job && one.state === 'done'), 'the download')
    expect(await client.models.list({})).toMatchObject([{ id: 'colorize-known', state: 'installed', licence: { spdx: 'Apache-2.0' }, renderFactor: null, isDefault: false }, { id: 'colorize-test' }])
    await client.models.setDefault({ id: 'colorize-known' as never })
    expect((await client.models.list({})).map((model) => model.isDefault)).toEqual([true, false])
    expect(await client.models.verify({ id: 'colorize-known' as never })).toEqual([{ id: 'colorize-known', ok: true, message: 'works' }])
    await client.models.remove({ id: 'colorize-known' as never })
    expect((await client.models.list({})).map((model) => [model.id, model.state, model.isDefault])).toEqual([['colorize-known', 'available', false], ['colorize-test', 'bundled', true]])
  })

  test('added from a file are copied in; unknown ones need a card; what does not run is not kept', async () => {
    const engine = knows()
    const { client, studio: app } = studio(engine)
    const file = join(home.path, 'anything.onnx')
    writeFileSync(file, weights)
    expect(await client.models.add({ grant: app.grants.give(file).grant })).toMatchObject({ id: 'colorize-recognised', state: 'installed' })
    expect(existsSync(file)).toBe(true)
    expect(readFileSync(join(home.path, 'data', 'models', 'colorize-recognised', 'known.onnx')).equals(weights)).toBe(true)

    writeFileSync(file, 'unknown network')
    await expect(client.models.add({ grant: app.grants.give(file).grant })).rejects.toThrow('is not a network that is known here')
    const cardFile = join(home.path, 'card.json')
    const { sha256: _sha, bytes: _bytes, ...written } = card('colorize-own')
    writeFileSync(cardFile, JSON.stringify(written))
    const grants = { grant: app.grants.give(file).grant, card: app.grants.give(cardFile).grant }
    expect(await client.models.add(grants)).toMatchObject({ id: 'colorize-own', bytes: 15 })

    engine.handlers.verifyModel = () => ({ ok: false, message: 'It does not load.' })
    writeFileSync(cardFile, JSON.stringify({ ...written, id: 'colorize-bad' }))
    await expect(client.models.add(grants)).rejects.toThrow('It does not load.')
    expect((await client.models.list({})).map((model) => model.id)).not.toContain('colorize-bad')
  })

  test('whose weights are changed or gone are shown as broken, and the others go on', async () => {
    writeModel(join(home.path, 'models'), 'colorize-cut', { bytes: 5 })
    const { client } = studio(knows())
    const cut = (await client.models.list({})).find((model) => model.id === 'colorize-cut')
    expect(cut).toMatchObject({ state: 'broken', isDefault: false })
    expect(cut?.problem?.message).toContain('4 bytes, the card says 5')
    const [verified] = await client.models.verify({ id: 'colorize-test' as never })
    expect(verified).toMatchObject({ ok: false, message: expect.stringContaining('hash differs') as string })
  })

  test('that came with the product cannot be removed, and one not there is named', async () => {
    const { client } = studio(knows())
    await expect(client.models.remove({ id: 'colorize-test' as never })).rejects.toThrow('came with the product')
    await expect(client.models.get({ id: 'colorize-nowhere' as never, acceptLicence: true })).rejects.toThrow('no model colorize-nowhere')
  })

  test('remember how quick they were, and the best measured one is the default', async () => {
    writeModel(join(home.path, 'models'), 'colorize-zbest', { figures: { ciede2000: 8.1 } })
    const { client } = studio(knows())
    expect((await client.models.list({ task: 'colorize' })).find((model) => model.isDefault)?.id).toBe('colorize-zbest')
    await client.models.measure({ id: 'colorize-test' as never })
    expect((await client.models.list({})).find((model) => model.id === 'colorize-test')?.speedMs).toBe(42)
  })
})
