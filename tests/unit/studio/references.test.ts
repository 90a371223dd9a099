import { copyFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { GrantId, VersionId } from '../../../src/contract/ids.ts'
import { FakeEngine, fakePicture } from './fake-engine.ts'
import { openStudio, temporaryFolder, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let engine: FakeEngine
let fixture: Fixture
let version: VersionId
let projectFolder: string

beforeEach(async () => {
  home = temporaryFolder()
  engine = new FakeEngine()
  fixture = openStudio(home.path, engine)
  projectFolder = (await fixture.client.projects.create({ name: 'Album' })).folder
  const { added } = await fixture.client.assets.add({ grants: [fixture.picture('photo.png').grant as GrantId] })
  version = added[0]!.currentVersion
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

const paramsOf = async (id: VersionId): Promise<Record<string, unknown>> => (await fixture.client.versions.get({ id })).recipe.steps[0]?.params ?? {}
const grantOf = (name: string): GrantId => fixture.picture(name).grant as GrantId
/** A file as a browser's upload leaves it: the studio may move it. */
function upload(name: string): { path: string; grant: GrantId } {
  const path = join(home.path, 'uploads', name)
  mkdirSync(join(home.path, 'uploads'), { recursive: true })
  writeFileSync(path, fakePicture(name))
  return { path, grant: fixture.studio.grants.give(path, { ownership: 'uploaded' }).grant as GrantId }
}
const preview = async (recipe?: object): Promise<unknown> => {
  const { asset, recipe: saved } = await fixture.client.versions.get({ id: version })
  return fixture.client.photos.preview({ asset, recipe: (recipe ?? saved) as typeof saved, box: { width: 40, height: 40 }, lane: 'test' })
}

describe('a reference picture', () => {
  test('is chosen and cleared, each one gesture that undo takes back', async () => {
    await fixture.client.photos.setReference({ version, grant: grantOf('summer.png') })
    expect(await fixture.client.photos.reference({ version })).toMatchObject({ name: 'summer.png', missing: false, picture: expect.any(String) })
    await fixture.client.photos.setReference({ version, grant: null })
    expect(await fixture.client.photos.reference({ version })).toBeNull()
    expect((await fixture.client.history.list({ version })).map(({ label }) => label.key)).toEqual(['history.referenceCleared', 'history.colorize.reference'])
    await fixture.client.history.undo({ version })
    expect(await fixture.client.photos.reference({ version })).toMatchObject({ name: 'summer.png' })
    await fixture.client.history.undo({ version })
    expect(await fixture.client.photos.reference({ version })).toBeNull()
  })

  test('of the user stays where it is, an uploaded one moves into the project and is kept once', async () => {
    await fixture.client.photos.setReference({ version, grant: grantOf('summer.png') })
    expect((await paramsOf(version))['reference']).toBe(join(home.path, 'pictures', 'summer.png'))
    for (let round = 0; round < 2; round++) {
      const sent = upload('beach.png')
      await fixture.client.photos.setReference({ version, grant: sent.grant })
      const held = String((await paramsOf(version))['reference'])
      expect(held).toMatch(/^references\/[0-9a-f]{12}\/beach\.png$/)
      expect(existsSync(join(projectFolder, held))).toBe(true)
      expect(existsSync(sent.path)).toBe(false)
    }
    expect(await fixture.client.photos.reference({ version })).toMatchObject({ name: 'beach.png', missing: false })
  })

  test('reaches the engine as a whole path, after a restart too', async () => {
    await fixture.client.photos.setReference({ version, grant: upload('beach.png').grant })
    const seen: unknown[] = []
    const usual = engine.handlers.render
    engine.handlers.render = (input, task) => {
      seen.push(input.recipe.steps[0]?.params?.['reference'])
      return usual!(input, task)
    }
    await preview()
    fixture = await fixture.restart()
    await fixture.client.assets.list()
    const [first] = seen
    expect(first).toMatch(/beach\.png$/)
    expect(existsSync(String(first))).toBe(true)
    expect(await fixture.client.photos.reference({ version })).toMatchObject({ name: 'beach.png', missing: false })
  })

  test('that is no picture is refused, and nothing has changed', async () => {
    const path = join(home.path, 'pictures', 'letter.txt')
    writeFileSync(path, 'Dear Ann')
    const grant = fixture.studio.grants.give(path).grant as GrantId
    await expect(fixture.client.photos.setReference({ version, grant })).rejects.toMatchObject({ code: 'unsupported' })
    expect(await fixture.client.photos.reference({ version })).toBeNull()
    expect(await fixture.client.history.list({ version })).toEqual([])
  })

  test('that has moved is named with what to do, and found again for every photo that had it', async () => {
    const summer = fixture.picture('summer.png')
    const { added } = await fixture.client.assets.add({ grants: [grantOf('second.png')] })
    const second = added[0]!.currentVersion
    for (const id of [version, second]) await fixture.client.photos.setReference({ version: id, grant: summer.grant as GrantId })
    await preview()
    const moved = join(home.path, 'elsewhere.png')
    renameSync(summer.path, moved)
    await expect(preview()).rejects.toMatchObject({ code: 'bad-input', message: 'The reference picture summer.png is not where it was.', remedy: expect.stringContaining('Find it') })
    expect(await fixture.client.photos.reference({ version })).toEqual({ name: 'summer.png', picture: null, missing: true })

    await fixture.client.photos.findReference({ version, grant: fixture.studio.grants.give(moved).grant as GrantId })
    for (const id of [version, second]) expect(await fixture.client.photos.reference({ version: id })).toMatchObject({ name: 'elsewhere.png', missing: false })
    await preview()
    await fixture.client.history.undo({ version: null })
    expect(await fixture.client.photos.reference({ version: second })).toMatchObject({ name: 'summer.png', missing: true })
  })

  test('comes by a grant alone: a page that names a path itself is refused', async () => {
    const path = join(home.path, 'secret.png')
    copyFileSync(fixture.picture('photo.png').path, path)
    const { recipe } = await fixture.client.versions.get({ id: version })
    const forged = { ...recipe, steps: [{ ...recipe.steps[0]!, params: { reference: path } }] }
    const refused = { code: 'bad-input', message: expect.stringContaining('was not handed') }
    await expect(preview(forged)).rejects.toMatchObject(refused)
    await expect(fixture.client.versions.change({ id: version, patches: [{ op: 'replace', path: ['steps'], value: forged.steps }], label: { key: 'history.paste' } })).rejects.toMatchObject(refused)
    await expect(fixture.client.versions.paste({ recipe: forged, to: [version] })).rejects.toMatchObject(refused)
    expect(await fixture.client.photos.reference({ version })).toBeNull()
  })
})
