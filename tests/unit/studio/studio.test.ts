import { existsSync, readFileSync, renameSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Asset } from '../../../src/contract/assets.ts'
import { fakePicture } from './fake-engine.ts'
import { openStudio, temporaryFolder, until, type Fixture } from './studio-fixture.ts'

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

const strength = (value: number) => ({ patches: [{ op: 'add' as const, path: ['steps', 0, 'params', 'strength'], value }], label: { key: 'steps.colorize.strength' } })

describe('a first picture', () => {
  test('goes from a new project to a preview, an edit, a coloured result and an exported file', async () => {
    const { client, studio } = fixture
    const project = await client.projects.create({ name: 'Family' })
    expect(existsSync(join(project.folder, 'project.sqlite'))).toBe(true)
    const asset = await addOne()
    expect(asset.state).toBe('todo')

    const version = await client.versions.get({ id: asset.currentVersion })
    const preview = await client.photos.preview({ asset: asset.id, recipe: version.recipe, box, lane: 'preview:1' })
    expect(preview.cached).toBe(false)
    expect(existsSync(studio.pictures.path(preview.key) ?? '')).toBe(true)

    const changed = await client.versions.change({ id: version.id, ...strength(0.5) })
    expect(changed.recipe.steps[0]?.params['strength']).toBe(0.5)
    expect(changed).toMatchObject({ canUndo: true, canRedo: false, revision: version.revision + 1 })

    const { jobs } = await client.photos.colorAll({ assets: [asset.id] })
    expect(jobs).toHaveLength(1)
    await until(async () => (await client.jobs.list()).summary.done === 1, 'the colouring')
    const [coloured] = await client.assets.list()
    expect(coloured).toMatchObject({ state: 'done', figures: { colorfulness: 20 } })
    expect(readFileSync(studio.pictures.path(coloured?.resultThumbnail ?? '') ?? '', 'utf8')).toBe('small result')
    expect((await client.photos.colorAll({ assets: [asset.id] })).jobs).toHaveLength(0)

    mkdirSync(join(home.path, 'out'))
    const folder = studio.grants.give(join(home.path, 'out'), { write: true }).grant
    await client.photos.export({ versions: [version.id], folder, options: {} })
    await until(async () => (await client.jobs.list()).summary.done === 2, 'the export')
    expect(readFileSync(join(home.path, 'out', 'one-colour.png'), 'utf8')).toContain('"strength":0.5')
  })

  test('can be dropped before any project is made', async () => {
    await addOne()
    expect(await fixture.client.projects.current()).toMatchObject({ assets: 1 })
  })

  test('is there again, with its edits, its history and its result, after a restart', async () => {
    const asset = await addOne()
    await fixture.client.versions.change({ id: asset.currentVersion, ...strength(0.5) })
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
  test('takes folders recursively in natural order, keeps equal bytes once, and says what it could not read', async () => {
    const folder = join(home.path, 'scans')
    mkdirSync(join(folder, 'more'), { recursive: true })
    for (const name of ['img10.png', 'img2.png', 'more/img1.png']) writeFileSync(join(folder, name), fakePicture(name))
    writeFileSync(join(folder, 'twin.png'), fakePicture('img2.png'))
    writeFileSync(join(folder, 'text.jpg'), 'only text')
    writeFileSync(join(folder, 'notes.txt'), 'not looked at')
    const { added, rejected } = await fixture.client.assets.add({ grants: [fixture.studio.grants.give(folder).grant] })
    expect(added.map((asset) => asset.name)).toEqual(['img2.png', 'img10.png', 'img1.png'])
    expect(added.map((asset) => asset.folder)).toEqual(['scans', 'scans', 'scans/more'])
    expect(rejected.map(({ name, error }) => [name, error.code])).toEqual([['scans/text.jpg', 'unsupported'], ['scans/twin.png', 'bad-input']])
    expect(rejected[1]?.error.message).toContain('img2.png')
  })

  test('moves an uploaded file into the project and leaves a linked one where it is', async () => {
    const upload = fixture.picture('upload.tmp').path
    const grant = fixture.studio.grants.give(upload, { ownership: 'uploaded', name: 'Großmutter.png' }).grant
    const { added } = await fixture.client.assets.add({ grants: [grant] })
    const project = await fixture.client.projects.current()
    expect(added[0]).toMatchObject({ name: 'Großmutter.png', storage: 'copied' })
    expect(existsSync(upload)).toBe(false)
    expect(existsSync(join(project?.folder ?? '', 'originals', 'Großmutter.png'))).toBe(true)
    expect(await addOne('linked.png')).toMatchObject({ storage: 'linked' })
    expect(existsSync(join(home.path, 'pictures', 'linked.png'))).toBe(true)
  })

  test('brings a removed picture back with its edits, and lets go of an upload it does not need', async () => {
    const asset = await addOne('one.png')
    await fixture.client.versions.change({ id: asset.currentVersion, ...strength(0.5) })
    await fixture.client.assets.remove({ ids: [asset.id] })
    expect(await fixture.client.assets.list()).toEqual([])
    const upload = join(home.path, 'upload.tmp')
    for (const expected of [1, 0]) {
      writeFileSync(upload, fakePicture('one.png'))
      const grant = fixture.studio.grants.give(upload, { ownership: 'uploaded', name: 'one.png' }).grant
      expect((await fixture.client.assets.add({ grants: [grant] })).added).toHaveLength(expected)
      expect(existsSync(upload)).toBe(false)
    }
    expect((await fixture.client.versions.get({ id: asset.currentVersion })).recipe.steps[0]?.params).toEqual({ strength: 0.5 })
    expect(await fixture.client.assets.list()).toMatchObject([{ id: asset.id, storage: 'linked', missing: false }])
  })

  test('brings the samples, copied, and only once', async () => {
    expect((await fixture.client.assets.addSamples({ kind: 'photo' })).map((asset) => asset.name)).toEqual(['photo-girl.jpg', 'photo-lake.jpg'])
    expect(await fixture.client.assets.addSamples({ kind: 'photo' })).toHaveLength(2)
    expect(await fixture.client.assets.list()).toHaveLength(2)
  })

  test('makes a small picture of each', async () => {
    await addOne()
    const asset = await until(async () => (await fixture.client.assets.list()).find((one) => one.thumbnail), 'the small picture')
    expect(readFileSync(fixture.studio.pictures.path(asset.thumbnail ?? '') ?? '', 'utf8')).toBe('thumbnail')
  })

  test('lets go of small pictures that nothing shows, when the project is opened, and of no other', async () => {
    await addOne()
    const small = async () => (await until(async () => (await fixture.client.assets.list()).find((one) => one.thumbnail), 'the small picture')).thumbnail ?? ''
    const path = fixture.studio.pictures.path(await small()) ?? ''
    const unused = join(dirname(path), `${'0'.repeat(64)}.webp`)
    writeFileSync(unused, 'of a look of old')
    fixture = await fixture.restart()
    await fixture.studio.ready
    expect(existsSync(unused)).toBe(false)
    expect(fixture.studio.pictures.path(await small())).toBe(path)
  })
})

describe('originals that moved', () => {
  test('are marked as missing when the project is opened, refused with a remedy, and found again in a folder', async () => {
    const asset = await addOne('one.png')
    const other = await addOne('two.png')
    await fixture.studio.close()
    mkdirSync(join(home.path, 'elsewhere', 'deep'), { recursive: true })
    renameSync(join(home.path, 'pictures', 'one.png'), join(home.path, 'elsewhere', 'deep', 'renamed.png'))
    renameSync(join(home.path, 'pictures', 'two.png'), join(home.path, 'elsewhere', 'two.png'))
    fixture = openStudio(home.path)
    const { client, studio } = fixture
    await until(async () => (await client.assets.list()).every((one) => one.missing), 'the marks')
    const version = await client.versions.get({ id: asset.currentVersion })
    await expect(client.photos.preview({ asset: asset.id, recipe: version.recipe, box, lane: 'x' })).rejects.toThrow('is not where it was')
    const { relinked } = await client.assets.relink({ id: asset.id, grant: studio.grants.give(join(home.path, 'elsewhere')).grant })
    expect(new Set(relinked)).toEqual(new Set([asset.id, other.id]))
    expect((await client.assets.list()).map((one) => one.missing)).toEqual([false, false])
    await client.photos.preview({ asset: asset.id, recipe: version.recipe, box, lane: 'x' })
  })

  test('are not replaced by a file with other bytes', async () => {
    const asset = await addOne('one.png')
    const wrong = fixture.picture('wrong.png')
    await expect(fixture.client.assets.relink({ id: asset.id, grant: wrong.grant as never })).rejects.toThrow('is not the original of one.png')
  })
})

describe('previews', () => {
  test('are rendered once for one recipe, however it is written, and survive a restart', async () => {
    const asset = await addOne()
    const request = (params: Record<string, unknown>) => ({ asset: asset.id, recipe: { version: 1 as const, steps: [{ step: 'colorize', params }] }, box, lane: 'preview:1' })
    const first = await fixture.client.photos.preview(request({}))
    const same = await fixture.client.photos.preview(request({ strength: 1, model: null }))
    expect(same).toMatchObject({ key: first.key, cached: true })
    const other = await fixture.client.photos.preview(request({ strength: 0.9 }))
    expect(other.key).not.toBe(first.key)
    fixture = await fixture.restart()
    expect(await fixture.client.photos.preview(request({}))).toMatchObject({ key: first.key, cached: true })
    expect(fixture.engine.count('render')).toBe(2)
  })

  test('of the saved recipe count as the picture being coloured', async () => {
    const asset = await addOne()
    const { recipe } = await fixture.client.versions.get({ id: asset.currentVersion })
    await fixture.client.photos.preview({ asset: asset.id, recipe, box, lane: 'p' })
    expect(await fixture.client.assets.list()).toMatchObject([{ state: 'done', figures: { width: 40 } }])
    expect((await fixture.client.photos.colorAll({ assets: [asset.id] })).jobs).toHaveLength(0)
  })

  test('are gone after the cache was cleared, and the small pictures stay', async () => {
    const asset = await addOne()
    const { recipe } = await fixture.client.versions.get({ id: asset.currentVersion })
    const preview = await fixture.client.photos.preview({ asset: asset.id, recipe, box, lane: 'p' })
    await fixture.client.system.clearCache()
    expect(fixture.studio.pictures.path(preview.key)).toBeNull()
    const [after] = await fixture.client.assets.list()
    expect(fixture.studio.pictures.path(after?.resultThumbnail ?? '')).not.toBeNull()
  })
})
