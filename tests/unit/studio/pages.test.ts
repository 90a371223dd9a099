import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AssetId, VersionId } from '../../../src/contract/ids.ts'
import type { StudioEvent } from '../../../src/contract/system.ts'
import { openStudio, temporaryFolder, until, type Fixture } from './studio-fixture.ts'

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

const label = { key: 'history.test' }
const coat = { id: 'coat', name: 'Coat', color: '#112233', group: 'Mei', scenes: {} }
const linked = { kind: 'dot', x: 0.5, y: 0.5, radius: 0.01, color: '#000000', swatch: 'coat' }

async function addPages(...names: string[]) {
  const { added } = await fixture.client.assets.add({ grants: names.map((name) => fixture.picture(name).grant as never), kind: 'page' })
  return added
}
const place = (version: VersionId, hint: object) => fixture.client.versions.change({ id: version, patches: [{ op: 'add', path: ['steps', 0, 'params', 'hints'], value: [hint] }], label })
const addSwatch = () => fixture.client.palette.change({ patches: [{ op: 'add', path: ['swatches', 0], value: coat }], label })
const recolour = (color: string) => fixture.client.palette.change({ patches: [{ op: 'replace', path: ['swatches', 0, 'color'], value: color }], label })
const colorOf = async () => (await fixture.client.palette.get()).swatches[0]?.color

describe('a page', () => {
  test('is added as one, with the recipe of a page, and keeps its state and note', async () => {
    const [page] = await addPages('one.png')
    expect(page).toMatchObject({ kind: 'page', page: { state: 'todo', note: '' } })
    expect((await fixture.client.versions.get({ id: page!.currentVersion })).recipe.steps).toEqual([{ step: 'page', v: 1, enabled: true, params: {} }])
    await fixture.client.pages.mark({ ids: [page!.id], state: 'draft', note: 'Her scarf is green.' })
    fixture = await fixture.restart()
    expect((await fixture.client.assets.list())[0]?.page).toEqual({ state: 'draft', note: 'Her scarf is green.' })
    await fixture.client.history.undo({ version: null })
    expect((await fixture.client.assets.list())[0]?.page).toEqual({ state: 'todo', note: '' })
  })
  test('that was a photo before it was taken out comes back as a page', async () => {
    const { added } = await fixture.client.assets.add({ grants: [fixture.picture('one.png').grant as never] })
    await fixture.client.assets.remove({ ids: [added[0]!.id] })
    const [page] = await addPages('one.png')
    expect(page).toMatchObject({ id: added[0]!.id, kind: 'page' })
    expect((await fixture.client.versions.get({ id: page!.currentVersion })).recipe.steps[0]?.step).toBe('page')
  })
  test('is what state and note are for: a photo has none', async () => {
    const { added } = await fixture.client.assets.add({ grants: [fixture.picture('one.png').grant as never] })
    expect(added[0]?.page).toBeNull()
    await expect(fixture.client.pages.mark({ ids: [added[0]!.id], state: 'done' })).rejects.toThrow('one.png is not a page')
  })
})

describe('the palette', () => {
  test('is changed as one gesture, undone in front of a page together with its hints, and survives a restart', async () => {
    const [page] = await addPages('one.png')
    const version = page!.currentVersion
    await addSwatch()
    await place(version, linked)
    await recolour('#aabbcc')
    expect(await fixture.client.versions.get({ id: version })).toMatchObject({ canUndo: true })
    fixture = await fixture.restart()
    expect(await colorOf()).toBe('#aabbcc')
    await fixture.client.history.undo({ version })
    expect(await colorOf()).toBe('#112233')
    expect((await fixture.client.versions.get({ id: version })).recipe.steps[0]?.params['hints']).toHaveLength(1)
    await fixture.client.history.undo({ version })
    expect((await fixture.client.versions.get({ id: version })).recipe.steps[0]?.params).toEqual({})
    await fixture.client.history.redo({ version })
    await fixture.client.history.redo({ version })
    expect(await colorOf()).toBe('#aabbcc')
    expect((await fixture.client.history.list({ version })).map((gesture) => gesture.done)).toEqual([true, true, true])
  })
  test('does not touch the history of a photo', async () => {
    const { added } = await fixture.client.assets.add({ grants: [fixture.picture('photo.png').grant as never] })
    await addSwatch()
    expect(await fixture.client.versions.get({ id: added[0]!.currentVersion })).toMatchObject({ canUndo: false })
    expect(await fixture.client.history.undo({ version: added[0]!.currentVersion })).toBeNull()
    expect(await colorOf()).toBe('#112233')
  })
  test('drops what was undone once something new is done to a page', async () => {
    const [page] = await addPages('one.png')
    const version = page!.currentVersion
    await addSwatch()
    await recolour('#aabbcc')
    await fixture.client.history.undo({ version })
    await place(version, linked)
    expect(await fixture.client.versions.get({ id: version })).toMatchObject({ canRedo: false })
  })
  test('refuses what does not make a palette, and stays as it was', async () => {
    await addPages('one.png')
    await addSwatch()
    await expect(recolour('blue')).rejects.toThrow('does not make a palette')
    await expect(addSwatch()).rejects.toThrow('one id')
    expect(await fixture.client.palette.get()).toEqual({ swatches: [coat], scenes: [] })
    expect((await fixture.client.history.list({ version: null })).length).toBe(1)
  })
  test('gives linked hints its colour where they are rendered, and colours every linked page anew when it changes', async () => {
    const [one, two] = await addPages('1.png', '2.png', '3.png')
    const rendered: string[] = []
    const { render } = fixture.engine.handlers
    fixture.engine.handlers.render = ({ out, thumbnail, recipe, source }, task) => {
      rendered.push(`${source.path.split('/').at(-1)} ${JSON.stringify(recipe.steps[0]?.params?.['hints'])}`)
      return render!({ out, thumbnail, recipe, source } as never, task)
    }
    await addSwatch()
    for (const page of [one!, two!]) await place(page.currentVersion, linked)
    const told: StudioEvent[] = []
    fixture.studio.events.listen((event) => void told.push(event))
    await recolour('#aabbcc')
    await until(async () => rendered.filter((line) => line.includes('#aabbcc')).length === 2, 'both pages in the new colour')
    expect(rendered.some((line) => line.startsWith('3.png'))).toBe(false)
    expect(told.find((event) => event.type === 'palette.changed')).toMatchObject({ swatches: ['coat'] })
    await until(async () => (await fixture.client.assets.list()).filter((asset: { id: AssetId; state: string }) => asset.state === 'done').length === 2, 'both pages done')
  })
})
