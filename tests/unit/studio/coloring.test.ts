import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import type { EngineInput } from '../../../src/contract/engine.ts'
import type { GrantId } from '../../../src/contract/ids.ts'
import { changeLook, judge, withFrameHints, type ShotEdit } from '../../../src/core/film/shotList.ts'
import { FakeEngine, fakeClip, untilCancelled, type FakeTask } from './fake-engine.ts'
import { openStudio, temporaryFolder, until, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture
let engine: FakeEngine
let clip: Asset
let target: GrantId
beforeEach(async () => {
  home = temporaryFolder()
  engine = new FakeEngine({
    ...fakeClip(100),
    clipShots: () => ({ shots: [{ from: 0, to: 40 }, { from: 40, to: 70 }, { from: 70, to: 100 }], inColor: false }),
    clipPreflight: ({ from, to }) => ({ frames: (to ?? 100) - from, encoding: 'H.264', neededMb: 3, freeMb: 500, notes: [] }),
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

const shots = () => fixture.client.shots.get({ asset: clip.id })
const save = ({ patches, label }: ShotEdit) => fixture.client.shots.change({ asset: clip.id, patches, label })
const films = () => fixture.client.coloring.films({ asset: clip.id })
const done = async (id: string) => expect((await fixture.ended(id)).state).toBe('done')
const start = async (options = {}, span: { from?: number; to?: number } = {}) => {
  const { jobs } = await fixture.client.coloring.start({ asset: clip.id, ...span, folder: target, options })
  return jobs[0]!
}
const asked = (n: number) => engine.asked.filter(({ name }) => name === 'colorClip')[n]?.input as EngineInput<'colorClip'>
const dot = { kind: 'dot' as const, x: 0.5, y: 0.5, radius: 0.01, color: '#aa2200' }

describe('a clip in colour', () => {
  test('is asked for frame by frame under the recipe of the hand, and kept by what it shows', async () => {
    const recipe = (vividness: number) => ({ version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: { vividness } }] })
    const still = (frame: number, vividness: number) => fixture.client.coloring.still({ asset: clip.id, frame, recipe: recipe(vividness), box: { width: 40, height: 30 }, lane: 'film' })
    const first = await still(7, 0.5)
    expect(first.frame).toBe(7)
    expect(await still(7, 0.5)).toEqual(first)
    expect(engine.count('clipColorStill')).toBe(1)
    expect((await still(7, 0.6)).key).not.toBe(first.key)
    expect((await still(8, 0.5)).key).not.toBe(first.key)
  })

  test('is saved frame by frame as pictures, in colour or as it is, and never over another', async () => {
    engine.handlers.clipColorFrame = ({ frame, target: { path } }) => {
      writeFileSync(path, `colour ${frame}`)
      return { frame, bytes: 8 }
    }
    engine.handlers.clipFrame = ({ frame, target: wanted }) => {
      writeFileSync(wanted!.path, `frame ${frame}`)
      return { frame, pts: frame, time: '0/1', width: 1, height: 1, pixelFormat: 'gray', hash: '' }
    }
    const recipe = { version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: {} }] }
    const save = (frame: number, colored: boolean) => fixture.client.coloring.saveFrame({ asset: clip.id, frame, recipe: colored ? recipe : null, folder: target })
    expect((await save(12, true)).name).toBe('reel-000012-colour.png')
    expect((await save(12, false)).name).toBe('reel-000012.png')
    expect((await save(12, true)).name).toBe('reel-000012-colour-2.png')
    expect(readFileSync(join(home.path, 'films', 'reel-000012.png'), 'utf8')).toBe('frame 12')
  })

  test('is told its name, encoding and room before, in the container of its source where that holds the sound', async () => {
    const flight = (options: object) => fixture.client.coloring.preflight({ asset: clip.id, from: 10, to: 20, folder: target, options })
    expect(await flight({ preset: 'visual' })).toMatchObject({ name: 'reel-colour.mov', frames: 10, neededMb: 3, freeMb: 500 })
    // PCM sound fits into no MP4.
    expect(await flight({ preset: 'exact', naming: '{name} in colour' })).toMatchObject({ name: 'reel in colour.mov' })
    expect(await flight({ ending: 'mkv' })).toMatchObject({ name: 'reel-colour.mkv' })
  })

  test('is coloured by a job, each shot by its own recipe and hints, and what it kept is remembered', async () => {
    await save(changeLook(await shots(), [1], (shot) => ({ steady: 0.5, reference: 44, ...withFrameHints(shot, 44, [dot]) }), { key: 'history.shots.same' }))
    const id = await start({ preset: 'exact' }, { from: 30, to: 60 })
    await done(id)
    expect(asked(0)).toMatchObject({ from: 30, to: 60, preset: 'exact', overwrite: false })
    // The frame that is right goes along as a picture of it, made with its hints.
    const [right] = asked(0).references ?? []
    expect(right?.frame).toBe(44)
    expect(readFileSync(right?.path ?? '', 'utf8')).toContain('colour 44')
    expect(readFileSync(right?.path ?? '', 'utf8')).toContain('#aa2200')
    expect(asked(0).shots?.map(({ from, to, steady, recipe }) => [from, to, steady, recipe?.steps[0]?.params?.['hints']])).toEqual([
      [0, 40, 1, []],
      [40, 70, 0.5, [{ ...dot, frame: 44 }]],
    ])
    fixture = await fixture.restart()
    await fixture.studio.ready
    const [film] = await films()
    expect(film).toMatchObject({ name: 'reel-colour.mov', preset: 'exact', from: 30, to: 60, result: { lumaIdentical: true, frames: 30 } })
    expect(film?.file).not.toBeNull()
    expect(readFileSync(join(home.path, 'films', 'reel-colour.mov'), 'utf8')).toBe('film 30 60')
    expect((await fixture.job(id))?.result?.name).toBe('reel-colour.mov')
  })

  test('whose shots nobody has looked for is looked through before it is coloured', async () => {
    const { added } = await fixture.client.assets.add({ grants: [fixture.picture('other.mov').grant as never], kind: 'clip' })
    const { jobs } = await fixture.client.coloring.start({ asset: added[0]!.id, folder: target, options: {} })
    await done(jobs[0]!)
    expect(asked(0).shots?.map(({ from, to }) => [from, to])).toEqual([[0, 40], [40, 70], [70, 100]])
  })

  test('stands in the queue as far as it came when it was paused', async () => {
    engine.handlers.colorClip = (input, task) => {
      task.progress(0.4)
      return untilCancelled(input, task)
    }
    const id = await start()
    await until(async () => (await fixture.job(id))?.progress === 0.4)
    await fixture.client.jobs.pause({ all: true })
    await until(async () => (await fixture.job(id))?.state === 'paused')
    expect((await fixture.job(id))?.progress).toBe(0.4)
  })

  test('says how long it will take by the pace of this run, not by what was found finished', async () => {
    let task: Pick<FakeTask, 'progress'> | null = null
    engine.handlers.colorClip = (input, given) => {
      task = given
      return untilCancelled(input, given)
    }
    const clock = vi.spyOn(Date, 'now')
    const began = Date.now()
    const reach = async (progress: number, seconds: number) => {
      clock.mockReturnValue(began + 1000 * seconds)
      task?.progress(progress)
      await until(async () => (await fixture.job(id))?.progress === progress)
      return (await fixture.job(id))?.secondsLeft
    }
    const id = await start()
    try {
      await until(() => task !== null)
      expect(await reach(0.5, 1)).toBeNull()
      expect(await reach(0.51, 4)).toBeNull()
      expect(await reach(0.61, 14)).toBeCloseTo(39)
    } finally {
      clock.mockRestore()
    }
    await fixture.client.jobs.cancel({ ids: [id as never] })
  })

  test('is written beside what stands there, or over it where that was said; never over its source', async () => {
    writeFileSync(join(home.path, 'films', 'reel-colour.mov'), 'mine')
    await done(await start())
    expect(readFileSync(join(home.path, 'films', 'reel-colour.mov'), 'utf8')).toBe('mine')
    expect((await films())[0]?.name).toBe('reel-colour-2.mov')
    await done(await start({ onConflict: 'overwrite' }))
    expect(readFileSync(join(home.path, 'films', 'reel-colour.mov'), 'utf8')).toBe('film 0 100')
    target = fixture.studio.grants.give(join(home.path, 'pictures'), { write: true }).grant
    await done(await start({ naming: '{name}', onConflict: 'overwrite' }))
    expect(readFileSync(join(home.path, 'pictures', 'reel.mov'), 'utf8')).toBe('picture reel.mov')
  })

  test('is written as numbered pictures into a folder of its own, and once more in its place', async () => {
    const flight = await fixture.client.coloring.preflight({ asset: clip.id, folder: target, options: { preset: 'sequence' } })
    expect(flight).toMatchObject({ name: 'reel-colour', neededMb: 3 })
    await done(await start({ preset: 'sequence', ending: 'tif' }))
    await done(await start({ preset: 'sequence' }))
    const place = (name: string) => join(home.path, 'films', name)
    expect([asked(0), asked(1)].map((input) => input.target)).toEqual([place('reel-colour/frame_######.tif'), place('reel-colour-2/frame_######.png')])
    const [second, first] = await films()
    expect([first, second].map((film) => [film?.name, film?.pictures])).toEqual([['reel-colour', 'tif'], ['reel-colour-2', 'png']])
    expect(first?.file).not.toBeNull()
    await done((await fixture.client.coloring.again({ film: first!.id })).jobs[0]!)
    expect(asked(2)).toMatchObject({ target: place('reel-colour/frame_######.tif'), overwrite: true })
  })

  test('is handed over as one ZIP of its numbered pictures where the host writes into no folder', async () => {
    engine.handlers.writeArchive = ({ pages, target: zip }) => {
      writeFileSync(zip, pages.map(({ name }) => name).join())
      return { bytes: 1, sha256: 'a'.repeat(64) }
    }
    const options = { preset: 'sequence' as const }
    // The pictures are there twice for a while.
    expect(await fixture.client.coloring.preflight({ asset: clip.id, folder: null, options })).toMatchObject({ name: 'reel-colour.zip', neededMb: 5 })
    const { jobs } = await fixture.client.coloring.start({ asset: clip.id, folder: null, options })
    await done(jobs[0]!)
    expect((await fixture.job(jobs[0]!))?.result).toMatchObject({ name: 'reel-colour.zip', downloadable: true })
    const written = asked(0).target
    expect(existsSync(dirname(written))).toBe(false)
    expect(readFileSync(`${dirname(written)}.zip`, 'utf8')).toBe('reel-colour/frame_######.png')
  })

  test('never gets the name of another that still waits', async () => {
    engine.handlers.colorClip = untilCancelled
    const ids = [await start(), await start()]
    engine.handlers.colorClip = fakeClip(100).colorClip!
    await until(async () => (await fixture.job(ids[0]!))?.state === 'running')
    await fixture.client.jobs.pause({ ids: [ids[0]!] })
    await done(ids[1]!)
    await fixture.client.jobs.resume({ ids: [ids[0]!] })
    await done(ids[0]!)
    expect((await films()).map(({ name }) => name).sort()).toEqual(['reel-colour-2.mov', 'reel-colour.mov'])
  })

  test('is paused and goes on with the very same work, whatever was changed meanwhile', async () => {
    engine.handlers.colorClip = untilCancelled
    const id = await start()
    await until(async () => (await fixture.job(id))?.state === 'running')
    await fixture.client.jobs.pause({ ids: [id] })
    await until(async () => (await fixture.job(id))?.state === 'paused')
    await save(changeLook(await shots(), [0], () => ({ steady: 0 }), { key: 'history.shots.same' }))
    engine.handlers.colorClip = fakeClip(100).colorClip!
    await fixture.client.jobs.resume({ ids: [id] })
    await done(id)
    expect(asked(1)).toEqual(asked(0))
  })

  test('is brought up to date in its place; shots that were to be redone have to be seen then', async () => {
    await done(await start())
    await save(judge(await shots(), [0, 1], 'redo'))
    await save(changeLook(await shots(), [1], () => ({ steady: 0.2 }), { key: 'history.shots.same' }))
    const before = (await films())[0]!
    expect((await shots()).shots.map(({ id, version }) => before.shots.some((each) => each.id === id && each.version === version))).toEqual([true, false, true])
    const { jobs } = await fixture.client.coloring.again({ film: before.id })
    await done(jobs[0]!)
    const after = await films()
    expect(after).toHaveLength(1)
    expect(after[0]?.shots).toEqual((await shots()).shots.map(({ id, version }) => ({ id, version })))
    expect((await shots()).shots.map(({ verdict }) => verdict)).toEqual(['unseen', 'unseen', 'unseen'])
    expect(asked(1)).toMatchObject({ overwrite: true, target: asked(0).target })
  })

  test('does not wait for photos, nor photos for it', async () => {
    engine.handlers.colorClip = untilCancelled
    const film = await start()
    await until(async () => (await fixture.job(film))?.state === 'running')
    const { added } = await fixture.client.assets.add({ grants: [fixture.picture('photo.png').grant as never] })
    const { jobs } = await fixture.client.photos.colorAll({ assets: [added[0]!.id] })
    await done(jobs[0]!)
    expect((await fixture.job(film))?.state).toBe('running')
    await fixture.client.jobs.cancel({ ids: [film] })
    await until(async () => (await fixture.job(film))?.state === 'cancelled')
    expect(existsSync(join(home.path, 'films', 'reel-colour.mov'))).toBe(false)
    expect(await films()).toEqual([])
  })
})
