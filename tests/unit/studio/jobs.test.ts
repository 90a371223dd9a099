import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { picturesAtOnce } from '../../../src/contract/engine.ts'
import { HourglassError } from '../../../src/contract/errors.ts'
import type { Asset } from '../../../src/contract/assets.ts'
import { Rate } from '../../../src/studio/jobs/rate.ts'
import { FakeEngine, figures, untilCancelled } from './fake-engine.ts'
import { openStudio, temporaryFolder, until, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let engine: FakeEngine
let fixture: Fixture

beforeEach(() => {
  home = temporaryFolder()
  engine = new FakeEngine()
  fixture = openStudio(home.path, engine)
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

async function add(count: number): Promise<Asset[]> {
  const grants = Array.from({ length: count }, (_, n) => fixture.picture(`p${n}.png`).grant as never)
  return (await fixture.client.assets.add({ grants })).added
}
const summary = async () => (await fixture.client.jobs.list()).summary
/** As many as are worked on together, and one that waits. */
const oneMore = picturesAtOnce + 1
const each = <State>(state: State): State[] => Array.from({ length: picturesAtOnce }, () => state)
const states = async () => (await fixture.client.jobs.list()).jobs.map((job) => job.state)

describe('the queue', () => {
  test('shows which pictures are being worked on, and which one waits for a place', async () => {
    const release: (() => void)[] = []
    engine.handlers.render = async ({ out }) => {
      await new Promise<void>((resolve) => release.push(resolve))
      writeFileSync(out, 'x')
      return { width: 40, height: 30, figures }
    }
    const assets = await add(oneMore)
    await fixture.client.photos.colorAll({ assets: assets.map((asset) => asset.id) })
    await until(() => release.length === picturesAtOnce)
    expect((await fixture.client.assets.list()).map((asset) => asset.state)).toEqual([...each('doing'), 'todo'])
    expect(await states()).toEqual([...each('running'), 'waiting'])
    release[0]?.()
    await until(() => release.length === oneMore)
    for (const end of release) end()
    await until(async () => (await summary()).done === oneMore)
    expect(await summary()).toMatchObject({ running: 0, waiting: 0, total: oneMore, secondsLeft: 0 })
  })

  test('is quiet at once when paused, says so, and goes on when resumed', async () => {
    engine.handlers.render = untilCancelled
    const assets = await add(oneMore)
    await fixture.client.photos.colorAll({ assets: assets.map((asset) => asset.id) })
    await until(async () => (await summary()).running === picturesAtOnce)
    await fixture.client.jobs.pause({ all: true })
    await until(async () => (await summary()).isPaused)
    expect(await summary()).toMatchObject({ paused: oneMore, running: 0 })
    engine.handlers.render = new FakeEngine().handlers.render
    await fixture.client.jobs.resume({ all: true })
    await until(async () => (await summary()).done === oneMore)
    expect((await fixture.client.jobs.list()).jobs.every((job) => job.attempts === 1)).toBe(true)
  })

  test('cancels one job, a batch, and brings cancelled ones back on retry', async () => {
    engine.handlers.render = untilCancelled
    const assets = await add(oneMore)
    const { jobs } = await fixture.client.photos.colorAll({ assets: assets.map((asset) => asset.id) })
    await until(async () => (await summary()).running === picturesAtOnce)
    await fixture.client.jobs.cancel({ ids: [jobs.at(-1) as never] })
    expect(await states()).toEqual([...each('running'), 'cancelled'])
    const [first] = (await fixture.client.jobs.list()).jobs
    await fixture.client.jobs.cancel({ batch: first?.batch ?? '' })
    await until(async () => (await states()).every((state) => state === 'cancelled'))
    expect((await fixture.client.assets.list()).every((asset) => asset.state === 'todo')).toBe(true)
    engine.handlers.render = new FakeEngine().handlers.render
    await fixture.client.jobs.retry({ all: true })
    await until(async () => (await summary()).done === oneMore)
  })

  test('says what went wrong with one picture and does the others', async () => {
    const assets = await add(3)
    const usual = new FakeEngine().handlers.render
    engine.handlers.render = (input, task) => {
      if (input.source.path.endsWith('p1.png')) throw new HourglassError('bad-input', 'p1.png is cut off.', 'Copy it again.')
      return usual?.(input, task)
    }
    await fixture.client.photos.colorAll({ assets: assets.map((asset) => asset.id) })
    await until(async () => (await summary()).done === 2 && (await summary()).failed === 1)
    const failed = (await fixture.client.assets.list())[1]
    expect(failed).toMatchObject({ state: 'failed', error: { code: 'bad-input', message: 'p1.png is cut off.', remedy: 'Copy it again.' } })
    engine.handlers.render = usual
    await fixture.client.jobs.retry({ all: true })
    await until(async () => (await summary()).done === 3)
    expect((await fixture.client.assets.list())[1]).toMatchObject({ state: 'done', error: null })
  })

  test('marks a result the model was unsure of', async () => {
    engine.handlers.render = ({ out }) => {
      writeFileSync(out, 'x')
      return { width: 40, height: 30, figures: { ...figures, doubt: 0.6 } }
    }
    const assets = await add(1)
    await fixture.client.photos.colorAll({ assets: assets.map((asset) => asset.id) })
    await until(async () => (await summary()).done === 1)
    expect((await fixture.client.assets.list())[0]?.state).toBe('doubtful')
  })

  test('gives up on the picture that ends the engine three times, and counts it against no other', async () => {
    const usual = new FakeEngine().handlers.render
    engine.handlers.render = async (input, task) => {
      const isGuilty = input.source.path.endsWith('p0.png')
      await new Promise((resolve) => setTimeout(resolve, isGuilty ? 20 : 60))
      if (!isGuilty) return usual?.(input, task)
      engine.crash()
      return new Promise(() => undefined)
    }
    const assets = await add(oneMore)
    await fixture.client.photos.colorAll({ assets: assets.map((asset) => asset.id) })
    await until(async () => (await summary()).done === picturesAtOnce && (await summary()).failed === 1)
    const jobs = (await fixture.client.jobs.list()).jobs
    // Others were under way when the first took the engine down; from then on the guilty one runs alone.
    expect(jobs.map(({ state, attempts }) => [state, attempts])).toEqual([['failed', 3], ...each(['done', 2]).slice(1), ['done', 1]])
    expect(jobs[0]).toMatchObject({ error: { code: 'engine-crashed' } })
  })

  test('goes on after the studio was closed in the middle', async () => {
    engine.handlers.render = untilCancelled
    const assets = await add(2)
    await fixture.client.photos.colorAll({ assets: assets.map((asset) => asset.id) })
    await until(async () => (await summary()).running === 2)
    fixture = await fixture.restart({ spawnEngine: new FakeEngine().spawn })
    await until(async () => (await summary()).done === 2)
    expect((await fixture.client.assets.list()).every((asset) => asset.state === 'done')).toBe(true)
  })

  test('does not take a picture twice, and wakes a paused one', async () => {
    engine.handlers.render = untilCancelled
    const assets = await add(1)
    const ids = assets.map((asset) => asset.id)
    const first = await fixture.client.photos.colorAll({ assets: ids })
    expect((await fixture.client.photos.colorAll({ assets: ids })).jobs).toEqual([])
    await fixture.client.jobs.pause({ all: true })
    await until(async () => (await summary()).isPaused)
    engine.handlers.render = new FakeEngine().handlers.render
    expect((await fixture.client.photos.colorAll({ assets: ids })).jobs).toEqual(first.jobs)
    await until(async () => (await summary()).done === 1)
  })

  test('forgets what has ended when asked', async () => {
    const assets = await add(2)
    await fixture.client.photos.colorAll({ assets: assets.map((asset) => asset.id) })
    await until(async () => (await summary()).done === 2)
    await fixture.client.jobs.clear({ states: ['done'] })
    expect(await fixture.client.jobs.list()).toMatchObject({ jobs: [], summary: { total: 0 } })
  })
})

describe('exports', () => {
  const run = async (options: Record<string, unknown>, folder: string | null) => {
    const [asset] = await fixture.client.assets.list()
    const grant = folder === null ? null : (fixture.studio.grants.give(folder, { write: true }).grant as never)
    const { jobs } = await fixture.client.photos.export({ versions: [asset?.currentVersion as never], folder: grant, options })
    return fixture.ended(jobs[0]!)
  }

  test('number, pass over or replace a file that stands already', async () => {
    await add(1)
    const out = join(home.path, 'out')
    mkdirSync(out)
    writeFileSync(join(out, 'p0-colour.png'), 'mine')
    await run({}, out)
    expect(readdirSync(out).sort()).toEqual(['p0-colour-2.png', 'p0-colour.png'])
    await run({ onConflict: 'skip' }, out)
    expect(readFileSync(join(out, 'p0-colour.png'), 'utf8')).toBe('mine')
    expect(engine.count('export')).toBe(1)
    await run({ onConflict: 'overwrite' }, out)
    expect(readFileSync(join(out, 'p0-colour.png'), 'utf8')).toContain('export')
    expect(readdirSync(out)).toHaveLength(2)
  })

  test('never choose the original as their target', async () => {
    await add(1)
    await run({ naming: '{name}', onConflict: 'overwrite' }, join(home.path, 'pictures'))
    expect(readFileSync(join(home.path, 'pictures', 'p0.png'), 'utf8')).toBe('picture p0.png')
    expect(existsSync(join(home.path, 'pictures', 'p0-2.png'))).toBe(true)
  })

  test('without a folder wait as downloads, and go when they are cleared', async () => {
    await add(1)
    const job = await run({ format: 'webp' }, null)
    expect(job.result).toMatchObject({ name: 'p0-colour.webp', downloadable: true })
    const { path } = fixture.studio.grants.resolve(job.result?.grant as never)
    expect(existsSync(path)).toBe(true)
    await fixture.client.jobs.clear({ states: ['done'] })
    await until(() => !existsSync(path))
  })

  test('of two pictures of one name, under way together, get two names', async () => {
    const usual = engine.handlers.export
    engine.handlers.export = async (input, task) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return usual?.(input, task)
    }
    mkdirSync(join(home.path, 'pictures', 'b'), { recursive: true })
    await fixture.client.assets.add({ grants: [fixture.picture('same.png').grant as never, fixture.picture('b/same.png').grant as never] })
    const versions = (await fixture.client.assets.list()).map((asset) => asset.currentVersion)
    const out = join(home.path, 'out')
    mkdirSync(out)
    await fixture.client.photos.export({ versions, folder: fixture.studio.grants.give(out, { write: true }).grant, options: {} })
    await until(async () => (await summary()).done === 2)
    expect(readdirSync(out).sort()).toEqual(['same-colour-2.png', 'same-colour.png'])
  })

  test('need a folder that was handed over for writing', async () => {
    const [asset] = await add(1)
    const grant = fixture.studio.grants.give(home.path).grant
    await expect(fixture.client.photos.export({ versions: [asset?.currentVersion as never], folder: grant, options: {} })).rejects.toThrow('for reading only')
  })
})

test('the rate is that of the last jobs, and begins anew after a rest', () => {
  let now = 0
  const rate = new Rate(() => now)
  rate.ended()
  expect(rate.perMinute).toBeNull()
  for (const at of [2000, 4000, 6000]) {
    now = at
    rate.ended()
  }
  expect(rate.perMinute).toBe(30)
  rate.rested()
  expect(rate.perMinute).toBeNull()
})
