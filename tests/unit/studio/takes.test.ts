import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import type { EngineInput } from '../../../src/contract/engine.ts'
import { takeId, type GrantId } from '../../../src/contract/ids.ts'
import { noTakes, type KeptTake, type Take } from '../../../src/contract/takes.ts'
import { changeLook } from '../../../src/core/film/shotList.ts'
import { nextTakes } from '../../../src/core/film/takes.ts'
import { FakeEngine, fakeClip } from './fake-engine.ts'
import { openStudio, temporaryFolder, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture
let engine: FakeEngine
let clip: Asset
let target: GrantId
/** Where the engine was last asked to keep its chunks. */
let place = ''
const box = { width: 40, height: 30 }

/** A chunk for each shot and look, as the engine keeps them. */
function keepTakes({ work, shots, takes = 0 }: EngineInput<'colorClip'>): void {
  place = work ?? ''
  mkdirSync(place, { recursive: true })
  const made = (shots ?? []).map((look) => {
    const { from, to } = look
    const name = [...Buffer.from(JSON.stringify([from, look.recipe?.steps[0]?.params?.['vividness']])).toString('hex').padEnd(24, '0')].slice(-24).join('')
    // A long shot is several chunks.
    const middle = to - from > 50 ? [70] : []
    const chunks = [from, ...middle].map((start, n) => ({ file: `chunk-${name.slice(1)}${n}.mov`, from: start, to: [...middle, to][n] ?? to, bytes: 5 }))
    for (const { file } of chunks) writeFileSync(join(place, file), 'chunk')
    return { id: takeId.parse(name), from, to, at: '2026-03-01T10:00:00.000Z', look: { ...look, recipe: look.recipe as KeptTake['look']['recipe'], steady: look.steady ?? null }, right: [], model: { id: 'm', sha256: 'a' }, chunks }
  })
  const file = join(place, 'takes.json')
  writeFileSync(file, JSON.stringify(nextTakes(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : noTakes, made, takes)))
}

beforeEach(async () => {
  home = temporaryFolder()
  const usual = fakeClip(100)
  engine = new FakeEngine({
    ...usual,
    clipShots: () => ({ shots: [{ from: 0, to: 40 }, { from: 40, to: 100 }], inColor: false }),
    colorClip: (input, task) => {
      keepTakes(input)
      return usual.colorClip?.(input, task)
    },
    takeStill: ({ part, frame, out }) => {
      writeFileSync(out, `take ${frame} of ${part.from}`)
      return { pts: frame, bytes: 1 }
    },
    compareTakes: ({ out }) => {
      writeFileSync(out, 'difference')
      return { luma: { most: 0, mean: 0, share: 0, samples: 12 } }
    },
  })
  fixture = openStudio(home.path, engine)
  const { added } = await fixture.client.assets.add({ grants: [fixture.picture('reel.mov').grant as never], kind: 'clip' })
  clip = added[0]!
  await fixture.client.shots.find({ asset: clip.id })
  const folder = join(home.path, 'films')
  mkdirSync(folder)
  target = fixture.studio.grants.give(folder, { write: true }).grant
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

const fileOf = ({ id }: Take, chunk: number): string => join(place, `chunk-${id.slice(1)}${chunk}.mov`)
const shots = () => fixture.client.shots.get({ asset: clip.id })
const list = () => fixture.client.takes.list({ asset: clip.id })
const numbers = async () => (await list()).map(({ number, from, isCurrent }) => `v${number} of ${from}${isCurrent ? ' now' : ''}`)
const ended = async (id: string | undefined) => expect((await fixture.ended(id ?? '')).state).toBe('done')
const vividness = async (value: number) => {
  const { patches, label } = changeLook(await shots(), [1], ({ recipe }) => ({ recipe: { ...recipe, steps: recipe.steps.map((step) => ({ ...step, params: { ...step.params, vividness: value } })) } }), { key: 'history.shots.same' })
  await fixture.client.shots.change({ asset: clip.id, patches, label })
}
const write = async () => ended((await fixture.client.coloring.start({ asset: clip.id, folder: target, options: {} })).jobs[0])
const update = async () => ended((await fixture.client.coloring.again({ film: (await fixture.client.coloring.films({ asset: clip.id }))[0]!.id })).jobs[0])
async function redone(): Promise<void> {
  await vividness(0.2)
  await write()
  await vividness(0.7)
  await update()
}

describe('takes of a clip', () => {
  test('are none before a film is written, and those of its shots after; the engine is told how many to keep', async () => {
    expect(await list()).toEqual([])
    await redone()
    expect(await numbers()).toEqual(['v1 of 0 now', 'v2 of 40 now', 'v1 of 40'])
    expect((await list())[2]).toMatchObject({ to: 100, bytes: 10 })
    expect(engine.asked.filter(({ name }) => name === 'colorClip').map(({ input }) => (input as EngineInput<'colorClip'>).takes)).toEqual([3, 3])
    fixture = await fixture.restart()
    await fixture.studio.ready
    expect(await numbers()).toEqual(['v1 of 0 now', 'v2 of 40 now', 'v1 of 40'])
  })

  test('are shown frame by frame from their own file, kept, and refused for frames that they do not have', async () => {
    await redone()
    const earlier = (await list())[2]!
    const still = (frame: number) => fixture.client.takes.still({ asset: clip.id, take: earlier.id, frame, box })
    const first = await still(50)
    expect(await still(50)).toEqual(first)
    await still(70)
    const parts = engine.asked.filter(({ name }) => name === 'takeStill').map(({ input }) => (input as EngineInput<'takeStill'>).part)
    expect(parts).toEqual([{ path: fileOf(earlier, 0), from: 40, to: 70 }, { path: fileOf(earlier, 1), from: 70, to: 100 }])
    await expect(still(39)).rejects.toThrow('v1 is of frames 40 to 99, and has no frame 39')
  })

  test('are compared with each other, and with the clip', async () => {
    await redone()
    const [, now, earlier] = await list()
    const compare = (one: typeof earlier | null) => fixture.client.takes.compare({ asset: clip.id, one: one?.id ?? null, other: now!.id, frame: 50, mode: 'luma', box })
    expect(await compare(earlier!)).toMatchObject({ frame: 50, luma: { most: 0 } })
    expect((await compare(null)).key).not.toBe((await compare(earlier!)).key)
    const parts = engine.asked.filter(({ name }) => name === 'compareTakes').map(({ input }) => (input as EngineInput<'compareTakes'>).one?.from)
    expect(parts).toEqual([40, undefined])
  })

  test('give their look back as one step, which makes the film stale; it is undone, and asking twice changes nothing more', async () => {
    await redone()
    const before = await shots()
    const earlier = (await list())[2]!
    const use = () => fixture.client.takes.use({ asset: clip.id, take: earlier.id, frame: 60 })
    const used = await use()
    expect(used.shots[1]?.recipe.steps[0]?.params['vividness']).toBe(0.2)
    expect(used.shots[1]?.version).toBeGreaterThan(before.shots[1]!.version)
    expect(used.shots[0]).toEqual(before.shots[0])
    expect(await use()).toEqual(used)
    expect((await fixture.client.history.list({ version: clip.currentVersion }))[0]?.label).toEqual({ key: 'history.shots.take', values: { take: 1 } })
    await update()
    expect(await numbers()).toEqual(['v1 of 0 now', 'v1 of 40 now', 'v2 of 40'])
    await fixture.client.history.undo({ version: clip.currentVersion })
    expect((await shots()).shots[1]?.recipe.steps[0]?.params['vividness']).toBe(0.7)
  })

  test('are none where their record is damaged or their files are gone, and nothing else suffers', async () => {
    await redone()
    const earlier = (await list())[2]!
    const file = fileOf(earlier, 1)
    writeFileSync(file, 'cut')
    expect(await numbers()).toEqual(['v1 of 0 now', 'v2 of 40 now'])
    rmSync(file)
    await expect(fixture.client.takes.still({ asset: clip.id, take: earlier.id, frame: 50, box })).rejects.toThrow('not there any more')
    for (const text of ['{"version":1,', '{"version":1,"current":[{"id":"x"}],"earlier":[]}', '{"version":2}']) {
      writeFileSync(join(place, 'takes.json'), text)
      expect(await list()).toEqual([])
    }
    expect(await fixture.client.coloring.films({ asset: clip.id })).toHaveLength(1)
  })
})
