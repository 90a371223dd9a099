import { afterEach, describe, expect, test } from 'vitest'
import { EngineClient, type EngineState } from '../../../src/studio/engine-client/client.ts'
import { BackOff } from '../../../src/studio/engine-client/back-off.ts'
import { FakeEngine, untilCancelled } from './fake-engine.ts'
import { until } from './studio-fixture.ts'

const open: EngineClient[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.close()))
})

function connect(engine: FakeEngine): EngineClient & { states: EngineState[] } {
  const states: EngineState[] = []
  const client = new EngineClient({
    spawn: engine.spawn,
    config: () => ({ provider: null, threads: 0, memoryMb: 512, version: 'test' }),
    log: () => undefined,
    onState: (state) => states.push(state),
    times: { ping: 20, silentPings: 4, cancel: 100, quit: 100, start: 2000 },
  })
  open.push(client)
  return Object.assign(client, { states })
}

describe('the engine, as the studio holds it', () => {
  test('is started by the first question and not before', async () => {
    const engine = new FakeEngine()
    const client = connect(engine)
    expect(engine.spawned).toBe(0)
    expect(await client.run('memory', {})).toEqual({ rssMb: 100, sessions: 1 })
    expect(engine.spawned).toBe(1)
  })

  test('answers a newer question of a lane and drops the older', async () => {
    const engine = new FakeEngine({ memory: untilCancelled })
    const client = connect(engine)
    const older = client.run('memory', {}, { lane: 'a' })
    const other = client.run('memory', {}, { lane: 'b' })
    await until(() => engine.asked.length === 2)
    engine.handlers.memory = () => ({ rssMb: 7, sessions: 0 })
    const newer = client.run('memory', {}, { lane: 'a' })
    await expect(older).rejects.toMatchObject({ code: 'cancelled' })
    expect(await newer).toMatchObject({ rssMb: 7 })
    client.supersede('b')
    await expect(other).rejects.toMatchObject({ code: 'cancelled' })
    expect(engine.spawned).toBe(1)
  })

  test('lets go of a question when its signal aborts, also before it was sent', async () => {
    const engine = new FakeEngine({ memory: untilCancelled })
    const client = connect(engine)
    const early = new AbortController()
    const first = client.run('memory', {}, { signal: early.signal })
    early.abort()
    await expect(first).rejects.toMatchObject({ code: 'cancelled' })
    expect(engine.asked).toHaveLength(0)
    const late = new AbortController()
    const second = client.run('memory', {}, { signal: late.signal, waitForEnd: true })
    await until(() => engine.asked.length === 1)
    late.abort()
    await expect(second).rejects.toMatchObject({ code: 'cancelled' })
    expect(engine.spawned).toBe(1)
  })

  test('is ended where it does not hear cancel, and what others asked is asked again', async () => {
    const engine = new FakeEngine({ memory: untilCancelled, measureModel: untilCancelled })
    engine.deaf = true
    const client = connect(engine)
    const abort = new AbortController()
    const deaf = client.run('memory', {}, { signal: abort.signal, waitForEnd: true })
    const innocent = client.run('measureModel', { folder: 'x' })
    await until(() => engine.asked.length === 2)
    engine.handlers.measureModel = () => ({ ms: 1, provider: 'cpu' })
    abort.abort()
    await expect(deaf).rejects.toMatchObject({ code: 'cancelled' })
    expect(await innocent).toEqual({ ms: 1, provider: 'cpu' })
    expect(engine.spawned).toBe(2)
    expect(client.states).not.toContain('restarting')
  })

  test('is ended when its heart stops, and its questions fail as crashed', async () => {
    const engine = new FakeEngine({ memory: untilCancelled })
    const client = connect(engine)
    const lost = client.run('memory', {})
    await until(() => engine.asked.length === 1)
    engine.hangs = true
    await expect(lost).rejects.toMatchObject({ code: 'engine-crashed' })
    engine.hangs = false
    engine.handlers.memory = () => ({ rssMb: 1, sessions: 0 })
    expect(await client.run('memory', {})).toMatchObject({ rssMb: 1 })
    expect(engine.spawned).toBe(2)
  })

  test('asks once more, and only once, what may be resent after a crash', async () => {
    const engine = new FakeEngine({ memory: untilCancelled })
    const client = connect(engine)
    const resent = client.run('memory', {}, { resend: true })
    await until(() => engine.asked.length === 1)
    engine.crash()
    await until(() => engine.asked.length === 2, 'the second try')
    engine.crash()
    await expect(resent).rejects.toMatchObject({ code: 'engine-crashed' })
  })

  test('refuses an answer of the wrong shape instead of handing it on', async () => {
    const engine = new FakeEngine({ memory: () => ({ rssMb: 'much' }) })
    await expect(connect(engine).run('memory', {})).rejects.toMatchObject({ code: 'internal' })
  })

  test('hears progress between 0 and 1', async () => {
    const seen: number[] = []
    const engine = new FakeEngine({
      memory: async (_, task) => {
        task.progress(0.5)
        task.progress(7)
        return { rssMb: 1, sessions: 0 }
      },
    })
    await connect(engine).run('memory', {}, { onProgress: (done) => seen.push(done) })
    expect(seen).toEqual([0.5, 1])
  })
})

test('waiting between starts grows, and five in a minute are enough', () => {
  let now = 0
  const backOff = new BackOff(() => now)
  expect([1, 2, 3, 4, 5].map(() => backOff.crashed())).toEqual([200, 500, 1000, 2000, 5000])
  expect(backOff.givenUp).toBe(false)
  expect(backOff.crashed()).toBeNull()
  expect(backOff.givenUp).toBe(true)
  now = 61_000
  expect(backOff.givenUp).toBe(false)
  expect(backOff.crashed()).toBe(200)
})
