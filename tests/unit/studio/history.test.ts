import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import type { VersionId } from '../../../src/contract/ids.ts'
import { openStudio, temporaryFolder, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture
let assets: Asset[]

beforeEach(async () => {
  home = temporaryFolder()
  fixture = openStudio(home.path)
  const { added } = await fixture.client.assets.add({ grants: ['a.png', 'b.png'].map((name) => fixture.picture(name).grant as never) })
  assets = added
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

const version = (n: number): VersionId => assets[n]?.currentVersion as VersionId
const params = async (id: VersionId) => (await fixture.client.versions.get({ id })).recipe.steps[0]?.params ?? {}
const set = (id: VersionId, name: string, value: unknown) =>
  fixture.client.versions.change({ id, patches: [{ op: 'add', path: ['steps', 0, 'params', name], value }], label: { key: `steps.colorize.${name}` } })

describe('the history of a version', () => {
  test('goes back and forth through gestures, and drops what was undone when something new is done', async () => {
    const id = version(0)
    for (const value of [0.1, 0.2, 0.3]) await set(id, 'strength', value)
    await fixture.client.history.undo({ version: id })
    await fixture.client.history.undo({ version: id })
    expect(await params(id)).toEqual({ strength: 0.1 })
    await fixture.client.history.redo({ version: id })
    expect(await params(id)).toEqual({ strength: 0.2 })
    const changed = await set(id, 'warmth', 1)
    expect(changed.canRedo).toBe(false)
    expect(await fixture.client.history.redo({ version: id })).toBeNull()
    const list = await fixture.client.history.list({ version: id })
    expect(list.map((gesture) => gesture.label.key)).toEqual(['steps.colorize.warmth', 'steps.colorize.strength', 'steps.colorize.strength'])
  })

  test('goes to any gesture at once, and to the start', async () => {
    const id = version(0)
    for (const value of [0.1, 0.2, 0.3]) await set(id, 'strength', value)
    const list = await fixture.client.history.list({ version: id })
    await fixture.client.history.goTo({ version: id, gesture: list[2]?.id ?? null })
    expect(await params(id)).toEqual({ strength: 0.1 })
    await fixture.client.history.goTo({ version: id, gesture: list[0]?.id ?? null })
    expect(await params(id)).toEqual({ strength: 0.3 })
    await fixture.client.history.goTo({ version: id, gesture: null })
    expect(await params(id)).toEqual({})
    expect(await fixture.client.history.undo({ version: id })).toBeNull()
  })

  test('takes a paste back for one picture alone, and the project for all', async () => {
    await set(version(0), 'strength', 0.5)
    await set(version(1), 'warmth', 0.25)
    const { recipe } = await fixture.client.versions.get({ id: version(0) })
    await fixture.client.versions.paste({ recipe, to: [version(0), version(1)] })
    expect(await params(version(1))).toEqual({ strength: 0.5 })
    await fixture.client.history.undo({ version: version(1) })
    expect(await params(version(1))).toEqual({ warmth: 0.25 })
    expect(await params(version(0))).toEqual({ strength: 0.5 })
    await fixture.client.history.redo({ version: null })
    expect(await params(version(1))).toEqual({ strength: 0.5 })
    await fixture.client.history.undo({ version: null })
    expect(await params(version(1))).toEqual({ warmth: 0.25 })
  })

  test('pastes hints only where they are asked for', async () => {
    const hint = { kind: 'dot', x: 0.5, y: 0.5, radius: 0.01, color: '#aa0000' }
    await set(version(0), 'hints', [hint])
    const { recipe } = await fixture.client.versions.get({ id: version(0) })
    await fixture.client.versions.paste({ recipe, to: [version(1)] })
    expect(await params(version(1))).toEqual({})
    await fixture.client.versions.paste({ recipe, to: [version(1)], withHints: true })
    expect(await params(version(1))).toEqual({ hints: [hint] })
  })

  test('refuses a change that does not make a recipe, and nothing is changed by it', async () => {
    const id = version(0)
    const before = await fixture.client.versions.get({ id })
    const change = fixture.client.versions.change({ id, patches: [{ op: 'add', path: ['steps', 0, 'enabled'], value: 'perhaps' }], label: { key: 'x' } })
    await expect(change).rejects.toThrow('does not make a recipe')
    expect(await fixture.client.versions.get({ id })).toEqual(before)
    expect(await fixture.client.history.list({ version: id })).toEqual([])
  })
})

describe('the history of the project', () => {
  test('takes marks and removals back, newest first', async () => {
    const ids = assets.map((asset) => asset.id)
    await fixture.client.assets.mark({ ids, stars: 4 })
    await fixture.client.assets.mark({ ids: ids.slice(0, 1), flag: 'pick' })
    await fixture.client.assets.remove({ ids: ids.slice(0, 1) })
    expect((await fixture.client.assets.list()).map((asset) => asset.name)).toEqual(['b.png'])
    await fixture.client.history.undo({ version: null })
    expect(await fixture.client.assets.list()).toMatchObject([{ name: 'a.png', flag: 'pick', stars: 4 }, { name: 'b.png', stars: 4 }])
    await fixture.client.history.undo({ version: null })
    await fixture.client.history.undo({ version: null })
    expect(await fixture.client.assets.list()).toMatchObject([{ flag: 'none', stars: 0 }, { stars: 0 }])
    fixture = await fixture.restart()
    await fixture.client.history.redo({ version: null })
    expect(await fixture.client.assets.list()).toMatchObject([{ stars: 4 }, { stars: 4 }])
  })

  test('brings a removed version back and keeps the last one', async () => {
    const [asset] = assets
    if (!asset) throw new Error('no asset')
    await expect(fixture.client.versions.remove({ id: asset.currentVersion })).rejects.toThrow('only version')
    const second = await fixture.client.versions.create({ asset: asset.id, from: asset.currentVersion, name: 'Warmer' })
    await fixture.client.versions.choose({ id: second.id })
    expect((await fixture.client.assets.list())[0]?.currentVersion).toBe(second.id)
    await fixture.client.versions.remove({ id: second.id })
    expect((await fixture.client.assets.list())[0]?.currentVersion).toBe(asset.currentVersion)
    await fixture.client.history.undo({ version: null })
    expect((await fixture.client.versions.list({ asset: asset.id })).map((one) => one.name)).toEqual(['1', 'Warmer'])
    expect((await fixture.client.assets.list())[0]?.currentVersion).toBe(second.id)
    await fixture.client.versions.rename({ id: second.id, name: 'Cooler' })
    await fixture.client.history.undo({ version: null })
    expect((await fixture.client.versions.get({ id: second.id })).name).toBe('Warmer')
  })

  test('lists everything that was done in the project, versions included', async () => {
    await set(version(0), 'strength', 0.5)
    await fixture.client.assets.mark({ ids: assets.map((asset) => asset.id), stars: 1 })
    const list = await fixture.client.history.list({ version: null })
    expect(list.map((gesture) => [gesture.label.key, gesture.version, gesture.done])).toEqual([['history.stars', null, true], ['steps.colorize.strength', version(0), true]])
  })
})

test('after any row of changes, pastes, marks and steps back and forth, undoing all leads exactly to the start', async () => {
  const { client } = fixture
  const ids = assets.map((asset) => asset.id)
  const state = async () => ({
    assets: (await client.assets.list()).map(({ id, stars, flag }) => ({ id, stars, flag })),
    recipes: await Promise.all([0, 1].map(async (n) => (await client.versions.get({ id: version(n) })).recipe)),
  })
  const start = await state()
  for (const seed of [3, 17, 2024]) {
    let random = seed
    const pick = (count: number): number => {
      random = (random * 1103515245 + 12345) % 2 ** 31
      return Math.floor((random / 2 ** 31) * count)
    }
    for (let n = 0; n < 60; n++) {
      const id = version(pick(2))
      const scope = pick(2) ? id : null
      const action = pick(8)
      if (action < 3) await set(id, ['strength', 'warmth', 'saturation'][pick(3)] ?? 'warmth', pick(10) / 10)
      else if (action === 3) await client.versions.paste({ recipe: (await client.versions.get({ id })).recipe, to: [version(0), version(1)] })
      else if (action === 4) await client.assets.mark({ ids: [ids[pick(2)] ?? (ids[0] as never)], stars: pick(6) })
      else if (action < 7) await client.history.undo({ version: scope })
      else await client.history.redo({ version: scope })
    }
    await client.history.goTo({ version: null, gesture: null })
    expect(await state(), `seed ${seed}`).toEqual(start)
    const [newest] = await client.history.list({ version: null, limit: 1 })
    await client.history.goTo({ version: null, gesture: newest?.id ?? null })
    await client.history.goTo({ version: null, gesture: null })
    expect(await state(), `seed ${seed}, forth and back again`).toEqual(start)
  }
})
