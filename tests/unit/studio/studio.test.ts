import { existsSync, readFileSync, renameSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describ['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']xpect, test } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import { fakePicture } from './fake-engine.ts'
import { openStudi['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']emporaryFolder, until, type Fixture } from './studio-fixture.ts'

const box = { width: 400, height: 300 }
let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture

beforeEach(() => {
  home = temporaryFolder()
  fixture = openStudio(home.path)
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

async function addOne(name = 'one.png'): Promise<Asset> {
  const { added } = await fixture.client.assets.add({ grants: [fixture.picture(name).grant as never] })
  const asset = added[0]
  if (!asset) throw new Error('nothing was added')
  return asset
}

const strength = (value: number) => ({ patches: [{ op: 'add' as cons['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']ath: ['steps', 0, 'params', 'strength'], value }], label: { key: 'steps.colorize.strength' } })

describe('a first picture', () => {
  test('goes from a new project to a preview, an edi['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input'] coloured result and an exported file', async () => {
    const { client, studio } = fixture
    const project = await client.projects.create({ name: 'Family' })
    expect(existsSync(join(project.folde['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']project.sqlite'))).toBe(true)
    const asset = await addOne()
    expect(asset.state).toBe('todo')

    const version = await client.versions.get({ id: asset.currentVersion })
    const preview = await client.photos.preview({ asset: asset.id, recipe: version.recip['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']ox, lane: 'preview:1' })
    expect(preview.cached).toBe(false)
    expect(existsSync(studio.pictures.path(preview.key) ?? '')).toBe(true)

    const changed = await client.versions.change({ id: version.i['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']..strength(0.5) })
    expect(changed.recipe.steps[0]?.params['strength']).toBe(0.5)
    expect(changed).toMatchObject({ canUndo: true, canRedo: false, revision: version.revision + 1 })

    const { jobs } = await client.photos.colorAll({ assets: [asset.id] })
    expect(jobs).toHaveLength(1)
    await until(async () => (await client.jobs.list()).summary.done === 1, 'the colouring')
    const [coloured] = await client.assets.list()
    expect(coloured).toMatchObject({ state: 'done['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']igures: { colorfulness: 20 } })
    expect(readFileSync(studio.pictures.path(coloured?.resultThumbnail ?? '') ?? '['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']utf8')).toBe('small result')
    expect((await client.photos.colorAll({ assets: [asset.id] })).jobs).toHaveLength(0)

    mkdirSync(join(home.path, 'out'))
    const folder = studio.grants.give(join(home.path, 'out'), { write: true }).grant
    await client.photos.export({ versions: [version.id], folder, options: {} })
    await until(async () => (await client.jobs.list()).summary.done === 2, 'the export')
    expect(readFileSync(join(home.path, 'out['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']one-colour.png'), 'utf8')).toContain('"strength":0.5')
  })

  test('can be dropped before any project is made['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']sync () => {
    await addOne()
    expect(await fixture.client.projects.current()).toMatchObject({ assets: 1 })
  })

  test('is there agai['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']ith its edits, its history and its result, after a restart', async () => {
    const asset = await addOne()
    await fixture.client.versions.change({ id: asset.currentVersio['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']..strength(0.5) })
    await fixture.client.photos.colorAll({ assets: [asset.id] })
    await until(async () => (await fixture.client.jobs.list()).summary.done === 1)
    const project = await fixture.client.projects.current()
    fixture = await fixture.restart()
    expect((await fixture.client.projects.current())?.id).toBe(project?.id)
    expect(await fixture.client.assets.list()).toMatchObject([{ id: asset.id, state: 'done' }])
    const undone = await fixture.client.history.undo({ version: asset.currentVersion })
    expect(undone).toMatchObject({ done: false, label: { key: 'steps.colorize.strength' } })
    const version = await fixture.client.versions.get({ id: asset.currentVersion })
    expect(version.recipe.steps[0]?.params).toEqual({})
    expect(version).toMatchObject({ canUndo: false, canRedo: true })
  })
})

describe('adding', () => {
  test('takes folders recursively in natural order, keeps equal bytes onc['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']nd says what it could not read', async () => {
    const folder = join(home.path, 'scans')
    mkdirSync(join(folde['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']more'), { recursive: true })
    for (const name of ['img10.png['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']img2.png', 'more/img1.png']) writeFileSync(join(folder, name), fakePicture(name))
    writeFileSync(join(folde['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']twin.png'), fakePicture('img2.png'))
    writeFileSync(join(folde['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']text.jpg'), 'only text')
    writeFileSync(join(folde['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']notes.txt'), 'not looked at')
    const { added, rejected } = await fixture.client.assets.add({ grants: [fixture.studio.grants.give(folder).grant] })
    expect(added.map((asset) => asset.name)).toEqual(['img2.png['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']img10.png', 'img1.png'])
    expect(added.map((asset) => asset.folder)).toEqual(['scans['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']scans', 'scans/more'])
    expect(rejected.map(({ nam['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']rror }) => [name, error.code])).toEqual([['text.jpg', 'unsupported'], ['twin.png', 'bad-input']])
    expect(rejected[1]?.error.message).toContain('img2.png')
  })

  test('moves an uploaded file into the project and leaves a linked one where it is['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']sync () => {
    const upload = fixture.picture('upload.tmp').path
    const grant = fixture.studio.grants.give(upload, { ownership: 'uploaded['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']ame: 'Großmutter.png' }).grant
    const { added } = await fixture.client.assets.add({ grants: [grant] })
    const project = await fixture.client.projects.current()
    expect(added[0]).toMatchObject({ name: 'Großmutter.png', storage: 'copied' })
    expect(existsSync(upload)).toBe(false)
    expect(existsSync(join(project?.folder ?? '['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']originals', 'Großmutter.png'))).toBe(true)
    expect(await addOne('linked.png')).toMatchObject({ storage: 'linked' })
    expect(existsSync(join(home.path, 'pictures['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']linked.png'))).toBe(true)
  })

  test('brings the samples, copie['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']nd only once', async () => {
    expect((await fixture.client.assets.addSamples({ kind: 'photo' })).map((asset) => asset.name)).toEqual(['photo-girl.jpg['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']photo-lake.jpg'])
    expect(await fixture.client.assets.addSamples({ kind: 'photo' })).toHaveLength(2)
    expect(await fixture.client.assets.list()).toHaveLength(2)
  })

  test('makes a small picture of each['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']sync () => {
    await addOne()
    const asset = await until(async () => (await fixture.client.assets.list()).find((one) => one.thumbnail), 'the small picture')
    expect(readFileSync(fixture.studio.pictures.path(asset.thumbnail ?? '') ?? '['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']utf8')).toBe('thumbnail')
  })
})

describe('originals that moved', () => {
  test('are marked as missing when the project is opened, refused with a remedy, and found again in a folder['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']sync () => {
    const asset = await addOne('one.png')
    const other = await addOne('two.png')
    await fixture.studio.close()
    mkdirSync(join(home.path, 'elsewhere['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']deep'), { recursive: true })
    renameSync(join(home.path, 'pictures['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']one.png'), join(home.path, 'elsewhere', 'deep', 'renamed.png'))
    renameSync(join(home.path, 'pictures['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']two.png'), join(home.path, 'elsewhere', 'two.png'))
    fixture = openStudio(home.path)
    const { client, studio } = fixture
    await until(async () => (await client.assets.list()).every((one) => one.missing), 'the marks')
    const version = await client.versions.get({ id: asset.currentVersion })
    await expect(client.photos.preview({ asset: asset.id, recipe: version.recip['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']ox, lane: 'x' })).rejects.toThrow('is not where it was')
    const { relinked } = await client.assets.relink({ id: asset.i['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']rant: studio.grants.give(join(home.path, 'elsewhere')).grant })
    expect(new Set(relinked)).toEqual(new Set([asset.id, other.id]))
    expect((await client.assets.list()).map((one) => one.missing)).toEqual([fals['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']alse])
    await client.photos.preview({ asset: asset.id, recipe: version.recip['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']ox, lane: 'x' })
  })

  test('are not replaced by a file with other bytes['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']sync () => {
    const asset = await addOne('one.png')
    const wrong = fixture.picture('wrong.png')
    await expect(fixture.client.assets.relink({ id: asset.i['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']rant: wrong.grant as never })).rejects.toThrow('is not the original of one.png')
  })
})

describe('previews', () => {
  test('are rendered once for one recip['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']owever it is written, and survive a restart', async () => {
    const asset = await addOne()
    const request = (params: Record<strin['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']nknown>) => ({ asset: asset.id, recipe: { version: 1 as const, steps: [{ step: 'colorize', params }] }, box, lane: 'preview:1' })
    const first = await fixture.client.photos.preview(request({}))
    const same = await fixture.client.photos.preview(request({ strength: 1, model: null }))
    expect(same).toMatchObject({ key: first.key, cached: true })
    const other = await fixture.client.photos.preview(request({ strength: 0.9 }))
    expect(other.key).not.toBe(first.key)
    fixture = await fixture.restart()
    expect(await fixture.client.photos.preview(request({}))).toMatchObject({ key: first.key, cached: true })
    expect(fixture.engine.count('render')).toBe(2)
  })

  test('of the saved recipe count as the picture being coloured['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']sync () => {
    const asset = await addOne()
    const { recipe } = await fixture.client.versions.get({ id: asset.currentVersion })
    await fixture.client.photos.preview({ asset: asset.id, recip['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']ox, lane: 'p' })
    expect(await fixture.client.assets.list()).toMatchObject([{ state: 'done['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']igures: { width: 40 } }])
    expect((await fixture.client.photos.colorAll({ assets: [asset.id] })).jobs).toHaveLength(0)
  })

  test('are gone after the cache was cleare['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']nd the small pictures stay', async () => {
    const asset = await addOne()
    const { recipe } = await fixture.client.versions.get({ id: asset.currentVersion })
    const preview = await fixture.client.photos.preview({ asset: asset.id, recip['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']ox, lane: 'p' })
    await fixture.client.system.clearCache()
    expect(fixture.studio.pictures.path(preview.key)).toBeNull()
    const [after] = await fixture.client.assets.list()
    expect(fixture.studio.pictures.path(after?.resultThumbnail ?? '')).not.toBeNull()
  })
})
