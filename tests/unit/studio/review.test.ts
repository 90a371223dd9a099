import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import type { ClipNote } from '../../../src/contract/review.ts'
import { addNote, changeNote, compareWith, type ReviewEdit } from '../../../src/core/film/notes.ts'
import { FakeEngine, fakeClip } from './fake-engine.ts'
import { openStudio, temporaryFolder, until, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture
let clip: Asset
beforeEach(async () => {
  home = temporaryFolder()
  fixture = openStudio(home.path, new FakeEngine(fakeClip(100)))
  clip = await addClip('reel.mkv')
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

async function addClip(name: string): Promise<Asset> {
  const { added } = await fixture.client.assets.add({ grants: [fixture.picture(name).grant as never], kind: 'clip' })
  return added[0]!
}
const note = (id: string, from: number): ClipNote => ({ id, from, to: from + 1, text: `Look at ${id}`, author: 'Ada', at: '2026-03-01T10:00:00.000Z', state: 'open' })
const get = () => fixture.client.review.get({ asset: clip.id })
const save = (edit: ReviewEdit) => fixture.client.review.change({ asset: clip.id, patches: edit.patches, label: edit.label })
const undo = () => fixture.client.history.undo({ version: clip.currentVersion })
const texts = async () => (await get()).notes.map(({ text, state }) => `${text} ${state}`)

describe('what a reviewer keeps of a clip', () => {
  test('is saved by gestures, undone and redone in front of the clip, after a restart too', async () => {
    await save(addNote(await get(), note('b', 40)))
    await save(addNote(await get(), note('a', 3)))
    await save(changeNote(await get(), 'b', { state: 'done' })!)
    const other = await addClip('colour.mkv')
    await save(compareWith(await get(), other.id))
    fixture = await fixture.restart()
    await fixture.studio.ready
    expect(await texts()).toEqual(['Look at a open', 'Look at b done'])
    expect((await get()).against).toBe(other.id)
    await undo()
    expect((await get()).against).toBeNull()
    await undo()
    await undo()
    expect(await texts()).toEqual(['Look at b open'])
    await fixture.client.history.redo({ version: clip.currentVersion })
    expect(await texts()).toEqual(['Look at a open', 'Look at b open'])
    expect(await fixture.client.versions.get({ id: other.currentVersion })).toMatchObject({ canUndo: false })
  })

  test('is refused where two notes have one id, or end before they begin', async () => {
    const written = await save(addNote(await get(), note('a', 3)))
    await expect(save(addNote(written, note('a', 9)))).rejects.toThrow('does not make notes')
    await expect(save(addNote(written, { ...note('b', 9), to: 9 }))).rejects.toThrow('does not make notes')
    expect(await texts()).toEqual(['Look at a open'])
  })

  test('is told to every window', async () => {
    const heard: string[] = []
    const stop = fixture.studio.events.listen((event) => heard.push(event.type))
    await save(addNote(await get(), note('a', 3)))
    stop()
    expect(heard).toContain('review.changed')
    expect(heard).toContain('version.changed')
  })
})

describe('two clips', () => {
  test('of different length are not compared, and both are named', async () => {
    fixture.engine.handlers.inspectClip = fakeClip(90).inspectClip!
    const short = await addClip('short.mkv')
    const question = { asset: clip.id, other: short.id, frame: 0, mode: 'luma', box: { width: 64, height: 48 } } as const
    await expect(fixture.client.review.compare(question)).rejects.toThrow('reel.mkv has 100 frames and short.mkv 90')
  })
})

describe('a table of notes', () => {
  test('is written into the folder asked for, and never over a file that stands there', async () => {
    fixture.engine.handlers.clipIndex = () => ({ ...index, pts: Array.from({ length: 100 }, (_, n) => n) })
    await save(addNote(await get(), note('a', 3)))
    const folder = fixture.studio.grants.give(home.path, { write: true }).grant
    const first = await fixture.client.review.csv({ asset: clip.id, of: 'notes', folder })
    const second = await fixture.client.review.csv({ asset: clip.id, of: 'notes', folder })
    expect([first.name, second.name]).toEqual(['reel-notes.csv', 'reel-notes-2.csv'])
    expect(readFileSync(join(home.path, 'reel-notes.csv'), 'utf8')).toContain('00:00:00:03,00:00:00:03,open,Ada')
    const shots = await fixture.client.review.csv({ asset: clip.id, of: 'shots', folder })
    expect(readFileSync(join(home.path, shots.name), 'utf8')).toContain('reel.mkv,1,0,99,00:00:00:00,00:00:03:24,100,unseen,1')
  })
})

describe('a proxy', () => {
  const get = () => fixture.client.review.proxy({ asset: clip.id })
  const make = () => fixture.client.review.makeProxy({ asset: clip.id })
  const offsets = Array.from({ length: 101 }, (_, n) => n * 10)

  test('is made once by a job, is there after a restart, and goes with the cache', async () => {
    fixture.engine.handlers.estimateProxy = () => ({ bytes: 1000 })
    fixture.engine.handlers.makeProxy = ({ out }) => {
      writeFileSync(out, 'x'.repeat(1000))
      return { offsets }
    }
    expect(await get()).toBeNull()
    await make()
    expect(await until(get, 'the proxy')).toMatchObject({ offsets })
    fixture = await fixture.restart()
    await fixture.studio.ready
    const proxy = await get()
    expect(proxy?.offsets).toEqual(offsets)
    expect(readFileSync(fixture.studio.pictures.path(proxy!.key)!, 'utf8')).toHaveLength(1000)
    await fixture.client.system.clearCache()
    expect(await get()).toBeNull()
  })

  test('that the cache could not keep is refused before a frame is decoded for it', async () => {
    fixture.engine.handlers.estimateProxy = () => ({ bytes: 3000 * 2 ** 20 })
    await expect(make()).rejects.toThrow('would take about 3000 MB, and the cache may have 2048 MB')
    expect(fixture.engine.count('makeProxy')).toBe(0)
  })
})

const index = {
  version: 1 as const,
  identity: { bytes: 1, modified: 1, edges: '' },
  ffmpeg: '7',
  stream: 0,
  timeBase: { num: 1, den: 25 },
  startPts: 0,
  formatStart: { num: 0, den: 1 },
  keys: [0],
  doubtful: [],
  x264Build: null,
  checks: null,
  sequence: null,
  info: {
    frames: 100,
    packets: 100,
    rate: '25/1',
    variableRate: false,
    timeBase: '1/25',
    duration: '4/1',
    width: 64,
    height: 48,
    sar: '1:1',
    rotation: 0,
    codec: 'ffv1',
    pixelFormat: 'gray',
    fieldOrder: 'progressive' as const,
    color: { range: null, matrix: null, primaries: null, transfer: null },
    audio: [],
    subtitles: [],
    timecode: null,
    warnings: [],
    stream: 0,
    verified: true,
  },
}
