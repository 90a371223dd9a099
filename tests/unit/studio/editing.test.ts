import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import type { Edit } from '../../../src/contract/edit.ts'
import type { EngineInput } from '../../../src/contract/engine.ts'
import type { GrantId } from '../../../src/contract/ids.ts'
import type { StudioEvent } from '../../../src/contract/system.ts'
import { cutPart, insertPart, movePart, trimPart, type EditEdit } from '../../../src/core/film/edit.ts'
import { changeLook, judge, type ShotEdit } from '../../../src/core/film/shotList.ts'
import { FakeEngine, fakeClip } from './fake-engine.ts'
import { openStudio, temporaryFolder, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture
let engine: FakeEngine
let one: Asset
let two: Asset
let target: GrantId
/** Places of parts that the engine calls of another format. */
let conforming: number[]

const written = { encoding: 'H.264', kept: [], lumaIdentical: true, notes: [], bytes: 9 } as const
beforeEach(async () => {
  home = temporaryFolder()
  conforming = []
  engine = new FakeEngine({
    ...fakeClip(100),
    clipShots: () => ({ shots: [{ from: 0, to: 40 }, { from: 40, to: 100 }], inColor: false }),
    editPreflight: ({ parts }) => ({ frames: parts.reduce((sum, { from, to }) => sum + to - from, 0), encoding: 'H.264', neededMb: 3, freeMb: 500, notes: [], conforming, ranges: parts.map(() => null) }),
    conformFilm: ({ target: file }) => {
      writeText(file, 'conformed')
      return { frames: 20 }
    },
    joinFilms: ({ parts, target: file }) => {
      writeText(file, parts.map(({ film }) => readFileSync(film, 'utf8')).join(' + '))
      return { ...written, kept: [], notes: [], frames: 60 }
    },
  })
  fixture = openStudio(home.path, engine)
  const { added } = await fixture.client.assets.add({ grants: [fixture.picture('one.mov').grant as never, fixture.picture('two.mov').grant as never], kind: 'clip' })
  ;[one, two] = added as [Asset, Asset]
  for (const clip of added) await fixture.client.shots.find({ asset: clip.id })
  const folder = join(home.path, 'films')
  mkdirSync(folder)
  target = fixture.studio.grants.give(folder, { write: true }).grant
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const get = () => fixture.client.edit.get()
const said = ({ parts }: Edit) => parts.map(({ asset, from, to }) => `${asset === one.id ? 'one' : 'two'} ${from}-${to}`)
const save = (change: EditEdit | null) => fixture.client.edit.change({ patches: change!.patches, label: change!.label })
const add = async (clip: Asset, from: number, to: number) => save(insertPart(await get(), (await get()).parts.length, { id: crypto.randomUUID(), asset: clip.id, from, to }, clip.name))
const undo = () => fixture.client.history.undo({ version: 'edit' })
const asked = <Name extends 'colorClip' | 'conformFilm' | 'joinFilms'>(name: Name) => engine.asked.filter((each) => each.name === name).map(({ input }) => input as EngineInput<Name>)
const start = async (options = {}, span = {}) => {
  const { jobs } = await fixture.client.edit.start({ ...span, folder: target, options })
  return fixture.ended(jobs[0]!)
}
const saveShots = ({ patches, label }: ShotEdit, clip: Asset) => fixture.client.shots.change({ asset: clip.id, patches, label })

describe('the edit', () => {
  test('is changed by gestures, told to every window, undone and redone by itself, after a restart too', async () => {
    const events: StudioEvent[] = []
    fixture.studio.events.listen((event) => void events.push(event))
    await add(one, 10, 50)
    await add(two, 0, 20)
    await save(cutPart(await get(), 15, crypto.randomUUID()))
    await save(movePart(await get(), 0, 2))
    expect(said(await get())).toEqual(['one 25-50', 'two 0-20', 'one 10-25'])
    expect(events.filter(({ type }) => type === 'edit.changed')).toHaveLength(4)
    // What is done to a clip is not the edit's: it is undone in front of the clip.
    await saveShots(judge(await fixture.client.shots.get({ asset: one.id }), [0], 'approved'), one)
    fixture = await fixture.restart()
    await fixture.studio.ready
    expect(await get()).toMatchObject({ canUndo: true, canRedo: false })
    await undo()
    await undo()
    expect(said(await get())).toEqual(['one 10-50', 'two 0-20'])
    await fixture.client.history.redo({ version: 'edit' })
    expect(said(await get())).toEqual(['one 10-25', 'one 25-50', 'two 0-20'])
    expect((await fixture.client.shots.get({ asset: one.id })).shots[0]?.verdict).toBe('approved')
    expect((await fixture.client.history.list({ version: 'edit' })).map(({ label }) => label.key)).toEqual(['history.edit.move', 'history.edit.cut', 'history.edit.add', 'history.edit.add'])
  })

  test('is refused where parts share an id, or have no frame', async () => {
    await add(one, 10, 50)
    const { parts } = await get()
    const change = (value: unknown) => fixture.client.edit.change({ patches: [{ op: 'add', path: ['parts', 1], value }], label: { key: 'history.edit.add', values: { name: 'one' } } })
    await expect(change(parts[0])).rejects.toMatchObject({ code: 'bad-input' })
    await expect(change({ ...parts[0], id: crypto.randomUUID(), from: 20, to: 20 })).rejects.toMatchObject({ code: 'bad-input' })
    expect(said(await get())).toEqual(['one 10-50'])
  })

  test('is told beforehand what it needs, by the project’s name, and which parts will be brought to the first one’s format', async () => {
    await expect(fixture.client.edit.preflight({ folder: target, options: {} })).rejects.toMatchObject({ code: 'bad-input', message: 'There is nothing in the edit.' })
    await add(one, 10, 50)
    await add(two, 0, 20)
    conforming = [1]
    const { name } = (await fixture.client.projects.current())!
    const flight = await fixture.client.edit.preflight({ folder: target, options: { preset: 'exact' } })
    expect(flight).toMatchObject({ name: `${name}-colour.mov`, frames: 60, notes: [{ code: 'conformed' }] })
    expect(flight.notes[0]?.message).toMatch(/: 2\.$/)
    expect(await fixture.client.edit.preflight({ from: 35, to: 45, folder: target, options: {} })).toMatchObject({ frames: 10 })
  })

  test('becomes one film: each part by the shots of its clip, pictures alone, then joined in order; nothing else stays', async () => {
    await add(one, 10, 50)
    await add(two, 0, 20)
    await add(one, 90, 100)
    await saveShots(changeLook(await fixture.client.shots.get({ asset: one.id }), [1], () => ({ steady: 0.25 }), { key: 'history.shots.same' }), one)
    await saveShots(judge(await fixture.client.shots.get({ asset: two.id }), [0], 'redo'), two)
    const job = await start({ preset: 'exact', ending: 'mkv' })
    expect(job).toMatchObject({ state: 'done', kind: 'edit', result: { name: expect.stringMatching(/-colour\.mkv$/) as unknown } })
    expect(asked('colorClip').map(({ from, to, bare, keep, shots }) => [from, to, bare, keep, shots?.map(({ steady }) => steady)])).toEqual([
      [10, 50, true, true, [1, 0.25]],
      [0, 20, true, true, [1]],
      [90, 100, true, true, [0.25]],
    ])
    const [join_] = asked('joinFilms')
    expect(join_?.parts.map(({ from, to, title }) => [from, to, title])).toEqual([[10, 50, 'one.mov'], [0, 20, 'two.mov'], [90, 100, 'one.mov']])
    expect(readFileSync(join_!.target, 'utf8')).toBe('film 10 50 + film 0 20 + film 90 100')
    // The films of parts are gone; their chunks would stay.
    const left = readdirSync(join(home.path, 'data', 'projects'), { recursive: true }).map(String)
    expect(left.filter((file) => /\.(mkv|mov|mp4)$/.test(file))).toEqual([])
    const [film] = await fixture.client.coloring.films({ asset: null })
    expect(film).toMatchObject({ asset: null, from: 0, to: 60, parts: [{ from: 10, to: 50 }, { from: 0, to: 20 }, { from: 90, to: 100 }], result: { lumaIdentical: true, chunks: 3 } })
    expect(await fixture.client.coloring.films({ asset: one.id })).toEqual([])
    // Shots stand where their part stands in the edit.
    expect(film?.result.shots.map(({ from, to }) => [from, to])).toEqual([[-10, 30], [30, 90], [40, 80], [10, 70]])
    // What was to be redone is to be seen.
    expect((await fixture.client.shots.get({ asset: two.id })).shots[0]?.verdict).toBe('unseen')
  })

  test('brings a part of another format to that of the first, from a copy without loss, and says so', async () => {
    await add(one, 0, 10)
    await add(two, 0, 10)
    conforming = [1]
    await start({ preset: 'visual' })
    expect(asked('colorClip').map(({ preset }) => preset)).toEqual(['visual', 'exact'])
    expect(asked('conformFilm')).toHaveLength(1)
    expect(readFileSync(asked('joinFilms')[0]!.target, 'utf8')).toBe('film 0 10 + conformed')
    const [film] = await fixture.client.coloring.films({ asset: null })
    expect(film?.result).toMatchObject({ lumaIdentical: expect.stringContaining('scaled') as unknown, notes: [{ code: 'conformed' }] })
  })

  test('is written again in its place with the parts it has then; a clip that was taken out is named', async () => {
    await add(one, 0, 10)
    await add(two, 0, 10)
    await start()
    const [film] = await fixture.client.coloring.films({ asset: null })
    await save(trimPart(await get(), 1, 'to', 30, 100))
    const { jobs } = await fixture.client.coloring.again({ film: film!.id })
    await fixture.ended(jobs[0]!)
    const films = await fixture.client.coloring.films({ asset: null })
    expect(films).toHaveLength(1)
    expect(films[0]?.parts[1]).toMatchObject({ from: 0, to: 30 })
    await fixture.client.assets.remove({ ids: [two.id] })
    expect((await get()).parts).toHaveLength(2)
    await expect(fixture.client.edit.start({ folder: target, options: {} })).rejects.toMatchObject({ code: 'bad-input' })
  })
})
