import { describe, expect, it } from 'vitest'
import type { EngineProcess, FromEngine } from '../../../../src/contract/engine.ts'
import { startEarly } from '../../../../src/studio/hosting/fork-engine.ts'

/** An engine that says what it is told to. */
function fakeEngine() {
  let listener: (message: FromEngine) => void = () => undefined
  let exit: (code: number | null) => void = () => undefined
  let killed = false
  const engine: EngineProcess = {
    post: () => undefined,
    onMessage: (next) => {
      listener = next
    },
    onExit: (next) => {
      exit = next
    },
    kill: () => {
      killed = true
    },
    pid: 7,
  }
  return { engine, say: (message: FromEngine) => listener(message), end: () => exit(1), wasKilled: () => killed }
}

describe('an engine that is started early', () => {
  it('hands on what it said before it was taken, in order, and not while it is being taken', async () => {
    const fake = fakeEngine()
    const early = startEarly(() => fake.engine)
    fake.say({ type: 'ready', pid: 7 })
    const heard: string[] = []
    const taken = early.spawn()
    taken.onMessage(({ type }) => heard.push(type))
    expect(heard).toEqual([])
    fake.say({ type: 'pong', n: 1 })
    await new Promise((resolve) => setTimeout(resolve, 10))
    fake.say({ type: 'pong', n: 2 })
    expect(heard).toEqual(['ready', 'pong', 'pong'])
  })

  it('is ended where nobody took it, and left alone where somebody did', () => {
    const unwanted = fakeEngine()
    startEarly(() => unwanted.engine).discard()
    expect(unwanted.wasKilled()).toBe(true)
    const wanted = fakeEngine()
    const early = startEarly(() => wanted.engine)
    early.spawn()
    early.discard()
    expect(wanted.wasKilled()).toBe(false)
  })

  it('is replaced where it died before it was taken', () => {
    const engines = [fakeEngine(), fakeEngine()]
    let started = 0
    const early = startEarly(() => (engines[started++] as ReturnType<typeof fakeEngine>).engine)
    engines[0]?.end()
    early.spawn()
    expect(started).toBe(2)
  })
})
