import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Job } from '../../../src/contract/jobs.ts'
import type { Project } from '../../../src/contract/projects.ts'
import type { StudioEvent } from '../../../src/contract/system.ts'
import { EventBus } from '../../../src/studio/events.ts'
import { Grants } from '../../../src/studio/grants/grants.ts'
import { keyOf, PictureCache } from '../../../src/studio/previews/cache.ts'
import { canonicalJson, hashOf, lookKey } from '../../../src/studio/previews/keys.ts'
import { readEnvironment } from '../../../src/studio/settings/environment.ts'
import { repairSettings } from '../../../src/studio/settings/settings.ts'
import { openStudio, temporaryFolder, until } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  home = temporaryFolder()
})
afterEach(() => home.remove())

describe('grants', () => {
  test('are spent by their id alone, and an id that was never given opens nothing', () => {
    const grants = new Grants()
    const given = grants.give(home.path, { write: true })
    expect(given).toMatchObject({ isFolder: true })
    expect(JSON.stringify(given)).not.toContain(home.path)
    expect(grants.resolveTarget(given.grant).path).toBe(home.path)
    expect(grants.give(home.path, { write: true }).grant).toBe(given.grant)
    expect(() => grants.resolve('00000000-0000-0000-0000-000000000000' as never)).toThrow('was not handed to the studio')
    expect(() => grants.resolveTarget(grants.give(home.path).grant)).toThrow('for reading only')
  })
})

describe('settings', () => {
  test('that cannot be read go back to their defaults one by one, and are named', () => {
    const { settings, repaired } = repairSettings({ theme: 'light', threads: -3, cacheMb: 'much', fromTheFuture: true })
    expect(settings).toMatchObject({ theme: 'light', threads: 0, cacheMb: 2048 })
    expect(repaired).toEqual(['threads', 'cacheMb'])
    expect(repairSettings('nonsense').repaired).toEqual(['everything'])
    expect(repairSettings(undefined).repaired).toEqual([])
  })

  test('of the environment win over the stored ones and are never written down', async () => {
    const fixture = openStudio(home.path, undefined, { environment: readEnvironment({ HOURGLASS_THREADS: '3', HOURGLASS_PROVIDER: 'CPU', HOURGLASS_MEMORY_MB: 'lots', HOURGLASS_LANG: 'zh-Hant' }) })
    try {
      expect(await fixture.client.settings.get()).toMatchObject({ threads: 3, provider: 'cpu', memoryMb: null, language: 'zh-Hant' })
      expect(await fixture.client.settings.change({ theme: 'mid', threads: 5 })).toMatchObject({ theme: 'mid', threads: 3 })
      const stored = JSON.parse(readFileSync(join(home.path, 'data', 'settings.json'), 'utf8')) as unknown
      expect(stored).toMatchObject({ theme: 'mid', threads: 5, provider: null, language: 'system' })
    } finally {
      await fixture.close()
    }
  })

  test('of the environment that mean nothing are passed over, and told in log, system and doctor', async () => {
    const lines: string[] = []
    const environment = readEnvironment({ HOURGLASS_THREADS: 'many', HOURGLASS_PROVIDER: 'cpu' })
    const fixture = openStudio(home.path, undefined, { environment, log: (area, text) => void lines.push(`${area}: ${text}`) })
    try {
      expect(await fixture.client.settings.get()).toMatchObject({ threads: 0, provider: 'cpu' })
      expect(lines.filter((line) => line.includes('HOURGLASS_'))).toEqual([expect.stringContaining('HOURGLASS_THREADS is “many”')])
      expect((await fixture.client.system.info()).environment).toMatchObject([{ setting: 'provider', usable: true }, { setting: 'threads', value: 'many', usable: false }])
      const findings = await fixture.client.system.doctor()
      expect(findings.find(({ name }) => name === 'HOURGLASS_THREADS')).toMatchObject({ ok: false, value: expect.stringContaining('many'), remedy: expect.stringContaining('256') })
      expect(findings.find(({ name }) => name === 'HOURGLASS_PROVIDER')).toMatchObject({ ok: true })
    } finally {
      await fixture.close()
    }
  })

  test('of a newer version are kept when the file is written', async () => {
    mkdirSync(join(home.path, 'data'))
    writeFileSync(join(home.path, 'data', 'settings.json'), JSON.stringify({ theme: 'light', fromTheFuture: [1] }))
    const fixture = openStudio(home.path)
    await fixture.client.settings.change({ theme: 'dark' })
    await fixture.close()
    expect(JSON.parse(readFileSync(join(home.path, 'data', 'settings.json'), 'utf8'))).toMatchObject({ theme: 'dark', fromTheFuture: [1] })
  })
})

describe('the cache of pictures', () => {
  const put = (cache: PictureCache, name: string, bytes: number, usedAt: number): string => {
    const key = keyOf(hashOf(name), 'jpg')
    const temporary = cache.temporary('jpg')
    writeFileSync(temporary, Buffer.alloc(bytes))
    cache.keep(key, temporary, { name })
    utimesSync(cache.path(key) ?? '', usedAt, usedAt)
    return key
  }

  test('does not answer with a picture that a power cut left short', () => {
    const cache = new PictureCache(home.path, () => 1e9, () => undefined)
    const key = put(cache, 'torn', 1000, Date.now() / 1000) as never
    expect(cache.lookUp(key)).toEqual({ name: 'torn' })
    writeFileSync(cache.path(key) ?? '', Buffer.alloc(0))
    expect(cache.lookUp(key)).toBeNull()
  })

  test('lets the longest unused go when the cap is reached, and keeps what was looked at', async () => {
    let cap = 1e9
    const cache = new PictureCache(home.path, () => cap, () => undefined)
    const now = Date.now() / 1000
    const [a, b, c] = ['a', 'b', 'c'].map((name, n) => put(cache, name, 1000, now - 1000 + n) as never)
    expect(cache.lookUp(a as never)).toEqual({ name: 'a' })
    cap = 2300
    await cache.prune()
    expect([a, b, c].map((key) => cache.path(key as never) !== null)).toEqual([true, false, true])
    expect(cache.lookUp(b as never)).toBeNull()
    expect(await cache.clear()).toBe(2000)
    expect(cache.path(a as never)).toBeNull()
  })

  test('is counted anew by the next studio', async () => {
    const first = new PictureCache(home.path, () => 1e9, () => undefined)
    put(first, 'a', 3 * 2 ** 20, Date.now() / 1000)
    const second = new PictureCache(home.path, () => 1e9, () => undefined)
    await until(() => second.megabytes === 3)
  })
})

describe('the key of a look', () => {
  const recipe = (params: Record<string, unknown>, extra: object[] = []) => ({ version: 1 as const, steps: [{ step: 'colorize', enabled: true, params }, ...extra] as never })
  const model = { sha256: 'a'.repeat(64) }

  test('is the same for recipes that do the same', () => {
    const key = lookKey('s', recipe({}), model)
    expect(lookKey('s', recipe({ strength: 1, model: 'any-id' }), model)).toBe(key)
    expect(lookKey('s', recipe({ strength: 'nonsense' }), model)).toBe(key)
    expect(lookKey('s', recipe({}, [{ step: 'from-the-future', enabled: true, params: {} }, { step: 'colorize', enabled: false, params: {} }]), model)).toBe(key)
    expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 1 })).toBe('{"a":1,"b":[{"c":2,"d":1}]}')
  })

  test('differs with source, model and every parameter', () => {
    const keys = [lookKey('s', recipe({}), model), lookKey('t', recipe({}), model), lookKey('s', recipe({}), { sha256: 'b' }), lookKey('s', recipe({ warmth: 0.1 }), model), lookKey('s', recipe({ renderFactor: 'auto' }), model)]
    expect(new Set(keys).size).toBe(keys.length)
  })
})

describe('events', () => {
  const project = (name: string): Project => ({ id: 'p' as never, name, folder: '', assets: 0, createdAt: '', changedAt: '' })
  const summary = { running: 0, waiting: 0, paused: 0, failed: 0, done: 0, total: 0, ratePerMinute: null, secondsLeft: null, isPaused: false }
  const job = (id: string, progress: number) => ({ type: 'job.changed', job: { id, progress } as unknown as Job, summary }) as StudioEvent

  test('begin with hello, and reach every listener until it goes away', async () => {
    const bus = new EventBus()
    const stop = new AbortController()
    const events = bus.subscribe(stop.signal)
    expect(await events.next()).toEqual({ done: false, value: { type: 'hello' } })
    bus.emit({ type: 'project.changed', project: project('a') })
    expect((await events.next()).value).toMatchObject({ type: 'project.changed' })
    const waiting = events.next()
    stop.abort()
    expect(await waiting).toEqual({ done: true, value: undefined })
  })

  test('that wait are merged, so that a slow page gets only the newest of each', async () => {
    const bus = new EventBus()
    const events = bus.subscribe()
    await events.next()
    for (let n = 0; n <= 100; n++) bus.emit(job('a', n / 100))
    bus.emit(job('b', 0))
    expect((await events.next()).value).toMatchObject({ job: { id: 'a', progress: 1 } })
    expect((await events.next()).value).toMatchObject({ job: { id: 'b' } })
    await events.return()
  })

  test('that a page missed by the thousand become one hello', async () => {
    const bus = new EventBus()
    const events = bus.subscribe()
    await events.next()
    for (let n = 0; n < 2500; n++) bus.emit(job(String(n), 0))
    const seen: string[] = []
    for (let n = 0; n < 500; n++) seen.push((await events.next()).value?.type ?? 'end')
    expect(seen.filter((type) => type === 'hello')).toHaveLength(1)
    expect(seen[0]).toBe('hello')
    bus.close()
    expect((await events.next()).done).toBe(true)
  })
})
