import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import type { StudioEvent } from '../../../src/contract/system.ts'
import { changeRate, cutBefore, judge, moveCut } from '../../../src/core/film/shotList.ts'
import { FakeEngine, fakeClip } from './fake-engine.ts'
import { openStudio, temporaryFolder, until, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture
let engine: FakeEngine
let clip: Asset
beforeEach(async () => {
  home = temporaryFolder()
  engine = new FakeEngine({ ...fakeClip(100), clipShots: () => ({ shots: [{ from: 0, to: 40 }, { from: 40, to: 100 }], inColor: false }) })
  fixture = openStudio(home.path, engine)
  const { added } = await fixture.client.assets.add({ grants: [fixture.picture('reel.mkv').grant as never], kind: 'clip' })
  clip = added[0]!
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

const get = () => fixture.client.shots.get({ asset: clip.id })
const spans = async () => (await get()).shots.map(({ from, to }) => [from, to])
const version = async () => fixture.client.versions.get({ id: clip.currentVersion })
const undo = () => fixture.client.history.undo({ version: clip.currentVersion })

describe('the shots of a clip', () => {
  test('are one until the engine has looked; that is nobody’s gesture, and survives a restart', async () => {
    expect(await get()).toMatchObject({ found: false, shots: [{ from: 0, to: 100 }] })
    await fixture.client.shots.find({ asset: clip.id })
    fixture = await fixture.restart()
    await fixture.studio.ready
    expect(await get()).toMatchObject({ found: true, frames: 100 })
    expect(await spans()).toEqual([[0, 40], [40, 100]])
    expect((await version()).canUndo).toBe(false)
  })

  test('are cut, moved and judged by gestures, undone and redone in front of the clip, after a restart too', async () => {
    await fixture.client.shots.find({ asset: clip.id })
    const cut = cutBefore(await get(), 70, 'third')!
    await fixture.client.shots.change({ asset: clip.id, patches: cut.patches, label: cut.label })
    const moved = moveCut(await get(), 1, 44)!
    await fixture.client.shots.change({ asset: clip.id, patches: moved.patches, label: moved.label })
    const approved = judge(await get(), [1], 'approved')
    expect((await fixture.client.shots.change({ asset: clip.id, patches: approved.patches, label: approved.label })).shots[1]).toMatchObject({ verdict: 'approved', from: 44 })
    fixture = await fixture.restart()
    await fixture.studio.ready
    expect(await version()).toMatchObject({ canUndo: true, canRedo: false })
    await undo()
    expect((await get()).shots[1]?.verdict).toBe('unseen')
    await undo()
    expect(await spans()).toEqual([[0, 40], [40, 70], [70, 100]])
    await undo()
    expect(await spans()).toEqual([[0, 40], [40, 100]])
    await fixture.client.history.redo({ version: clip.currentVersion })
    expect(await spans()).toEqual([[0, 40], [40, 70], [70, 100]])
  })

  test('get a new version whenever their frames change, also by undoing', async () => {
    await fixture.client.shots.find({ asset: clip.id })
    const before = (await get()).shots.map((shot) => shot.version)
    const moved = moveCut(await get(), 1, 44)!
    await fixture.client.shots.change({ asset: clip.id, patches: moved.patches, label: moved.label })
    const after = (await get()).shots.map((shot) => shot.version)
    await undo()
    const back = (await get()).shots.map((shot) => shot.version)
    for (const at of [0, 1]) expect(new Set([before[at], after[at], back[at]]).size).toBe(3)
  })

  test('looked for again after a person’s work are a gesture, so that the work can be had back', async () => {
    await fixture.client.shots.find({ asset: clip.id })
    const cut = cutBefore(await get(), 70, 'third')!
    await fixture.client.shots.change({ asset: clip.id, patches: cut.patches, label: cut.label })
    await fixture.client.shots.find({ asset: clip.id })
    expect(await spans()).toEqual([[0, 40], [40, 100]])
    await undo()
    expect(await spans()).toEqual([[0, 40], [40, 70], [70, 100]])
  })

  test('hold the rate of numbered pictures: it goes to the engine and the films, is undone, and is there after a restart', async () => {
    await fixture.client.shots.find({ asset: clip.id })
    const rate = { num: 18, den: 1 }
    const { patches, label } = changeRate(await get(), rate)
    await fixture.client.shots.change({ asset: clip.id, patches, label })
    expect((await get()).shots[0]?.version).toBe(1)
    fixture = await fixture.restart()
    await fixture.studio.ready
    const asked = (name: string) => engine.asked.findLast((task) => task.name === name)?.input
    await fixture.client.film.open({ asset: clip.id })
    expect(asked('clipIndex')).toMatchObject({ rate })
    const folder = fixture.studio.grants.give(home.path, { write: true }).grant
    await fixture.client.coloring.start({ asset: clip.id, folder, options: {} })
    await until(() => asked('colorClip'), 'the film')
    expect(asked('colorClip')).toMatchObject({ rate })
    await undo()
    await fixture.client.film.open({ asset: clip.id })
    expect(asked('clipIndex')).toMatchObject({ rate: null })
    const wrong = [{ op: 'replace' as const, path: ['rate'], value: { num: 1000, den: 1 } }]
    await expect(fixture.client.shots.change({ asset: clip.id, patches: wrong, label })).rejects.toThrow('does not make shots')
  })

  test('are told to every window, with what can be undone by then', async () => {
    const heard: StudioEvent[] = []
    fixture.studio.events.listen((event) => void heard.push(event))
    const cut = cutBefore(await get(), 70, 'second')!
    await fixture.client.shots.change({ asset: clip.id, patches: cut.patches, label: cut.label })
    expect(heard.find(({ type }) => type === 'shots.changed')).toMatchObject({ asset: clip.id, shots: { shots: [{ to: 70 }, { from: 70 }] } })
    expect(heard.find(({ type }) => type === 'version.changed')).toMatchObject({ version: { canUndo: true } })
  })

  test('with a gap, or of something that is no clip, are refused and nothing is changed', async () => {
    const gap = [{ op: 'replace' as const, path: ['shots', 0, 'to'], value: 90 }]
    await expect(fixture.client.shots.change({ asset: clip.id, patches: gap, label: { key: 'history.shots.cut' } })).rejects.toThrow('does not make shots that follow each other')
    expect(await spans()).toEqual([[0, 100]])
    const { added } = await fixture.client.assets.add({ grants: [fixture.picture('photo.png').grant as never] })
    await expect(fixture.client.shots.get({ asset: added[0]!.id })).rejects.toThrow('photo.png is not a film clip')
  })
})
