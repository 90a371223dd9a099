import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HourglassError } from '../../../src/contract/errors.ts'
import type { AssetId } from '../../../src/contract/ids.ts'
import { chapterNames } from '../../../src/studio/pages/exporting.ts'
import { FakeEngine, fakePicture } from './fake-engine.ts'
import { openStudio, temporaryFolder, until, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture
beforeEach(() => {
  home = temporaryFolder()
  const engine = new FakeEngine({
    openArchive: ({ path, folder }) => {
      if (!readFileSync(path, 'utf8').startsWith('picture')) throw new HourglassError('bad-input', 'It is cut short.', 'Get it again.')
      mkdirSync(folder, { recursive: true })
      if (path.endsWith('Blanks.cbz')) {
        const pages = ['1.png', '2.png', '3.png'].map((name, n) => ({ name, path: join(folder, name), text: n === 1 ? 'drawn' : 'blank' }))
        for (const page of pages) writeFileSync(page.path, fakePicture(page.text))
        return { pages: pages.map(({ name, path: at }) => ({ name, path: at })), comicInfo: '<ComicInfo/>', skipped: [] }
      }
      const names = ['ch 1/page 2.png', 'ch 1/page 10.png', 'cover.psd']
      const pages = names.map((name, n) => ({ name, path: join(folder, `${n}.${name.split('.')[1]}`) }))
      for (const page of pages) writeFileSync(page.path, fakePicture(page.name))
      return { pages, comicInfo: null, skipped: [] }
    },
    pageOfLayers: ({ path, out }) => (writeFileSync(out, `${readFileSync(path, 'utf8')} lines`), { width: 4, height: 3, dpi: null, taken: [0], notes: [] }),
    writePageLayers: ({ stem, formats, swatches }) => {
      const files = formats.map((format) => ({ format, path: format === 'png' ? `${stem}-layers` : `${stem}.${format}` }))
      for (const { format, path } of files) {
        if (format !== 'png') writeFileSync(path, JSON.stringify(swatches))
        else {
          mkdirSync(path)
          writeFileSync(join(path, '01 Line.png'), 'line')
          writeFileSync(join(path, 'layers.json'), '{}')
        }
      }
      return { files, layers: 1, network: false, notes: [] }
    },
    writeArchive: ({ pages, target, comicInfo }) => (writeFileSync(target, (comicInfo ?? '') + pages.map(({ name, path }) => `${name}: ${readFileSync(path, 'utf8').split(' ')[0]}`).join('\n')), { bytes: 1, sha256: 'a'.repeat(64) }),
  })
  fixture = openStudio(home.path, engine)
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

const add = (...names: string[]) => fixture.client.assets.add({ grants: names.map((name) => fixture.picture(name).grant as never), kind: 'page' })
const pages = async () => (await fixture.client.assets.list()).map(({ name, folder, storage }) => ({ name, folder, storage }))

async function exported(options: object, ids?: AssetId[]): Promise<string[]> {
  const folder = join(home.path, 'out')
  mkdirSync(folder, { recursive: true })
  const list = (await fixture.client.assets.list()).filter(({ id }) => !ids || ids.includes(id))
  const { jobs } = await fixture.client.pages.export({ versions: list.map(({ currentVersion }) => currentVersion), folder: fixture.studio.grants.give(folder, { write: true }).grant as never, options })
  await until(async () => (await fixture.client.jobs.list()).jobs.filter(({ id, state }) => jobs.includes(id) && state === 'done').length === jobs.length, 'the export')
  return readdirSync(folder).sort()
}

describe('an archive', () => {
  test('becomes its pages in order, under their names and folders, kept by the project', async () => {
    const { added, rejected } = await add('Lantern Night.cbz')
    expect(rejected).toEqual([])
    expect(added).toHaveLength(3)
    expect(await pages()).toEqual([
      { name: 'page 2.png', folder: 'Lantern Night/ch 1', storage: 'copied' },
      { name: 'page 10.png', folder: 'Lantern Night/ch 1', storage: 'copied' },
      { name: 'cover.png', folder: 'Lantern Night', storage: 'copied' },
    ])
    const again = await add('Lantern Night.cbz')
    expect(again.added).toEqual([])
    expect(again.rejected.map(({ known }) => known)).toEqual([true, true, true])
    expect(existsSync(join(home.path, 'pictures', 'Lantern Night.cbz'))).toBe(true)
  })
  test('keeps pages that are alike, each in its place, and knows them again', async () => {
    const { added, rejected } = await add('Blanks.cbz')
    expect(rejected).toEqual([])
    expect(added.map(({ name }) => name)).toEqual(['1.png', '2.png', '3.png'])
    expect(new Set(added.map(({ sha256 }) => sha256)).size).toBe(2)
    const again = await add('Blanks.cbz')
    expect(again.added).toEqual([])
    expect(again.rejected.map(({ known }) => known)).toEqual([true, true, true])
  })
  test('that says something of itself says it again when the whole chapter leaves, and only then', async () => {
    const { added } = await add('Blanks.cbz')
    await exported({ format: 'cbz' })
    expect(readFileSync(join(home.path, 'out', 'Blanks.cbz'), 'utf8')).toMatch(/^<ComicInfo\/>1\.png/)
    await exported({ format: 'cbz' }, added.slice(1).map(({ id }) => id))
    expect(readFileSync(join(home.path, 'out', 'Blanks-2.cbz'), 'utf8')).toMatch(/^2\.png/)
  })
  test('that is damaged is told by its name, and what comes with it is added', async () => {
    const { grant } = fixture.picture('two.png')
    const broken = join(home.path, 'broken.zip')
    writeFileSync(broken, 'PK')
    const { added, rejected } = await fixture.client.assets.add({ grants: [fixture.studio.grants.give(broken).grant, grant] as never, kind: 'page' })
    expect(added.map(({ name }) => name)).toEqual(['two.png'])
    expect(rejected).toMatchObject([{ name: 'broken.zip', error: { message: 'It is cut short.' } }])
  })
})

describe('pages that leave', () => {
  test('as a CBZ are one file in their order and under their names, whatever pattern was asked for', async () => {
    await add('Lantern Night.cbz')
    expect(await exported({ format: 'cbz', naming: 'x-{name}' })).toEqual(['Lantern Night.cbz'])
    const [file] = readdirSync(join(home.path, 'out'))
    expect(readFileSync(join(home.path, 'out', file!), 'utf8').split('\n')).toEqual(['ch 1/page 2.png: export', 'ch 1/page 10.png: export', 'cover.png: export'])
  })
  test('in layers are a file each with the palette’s names, numbered where one stands already', async () => {
    await add('one.png')
    await fixture.client.palette.change({ patches: [{ op: 'add', path: ['swatches', 0], value: { id: 'coat', name: 'Coat', color: '#112233', group: 'Mei', scenes: {} } }], label: { key: 'history.test' } })
    expect(await exported({ format: 'psd' })).toEqual(['one-colour.psd'])
    expect(await exported({ format: 'psd' })).toEqual(['one-colour-2.psd', 'one-colour.psd'])
    expect(JSON.parse(readFileSync(join(home.path, 'out', 'one-colour.psd'), 'utf8'))).toEqual([{ name: 'Coat', group: 'Mei', color: '#112233' }])
    expect(await exported({ format: 'layers', naming: '{name}' })).toEqual(['one-colour-2.psd', 'one-colour.psd', 'one-layers'])
  })
  test('as PNG layers for a download come in one file', async () => {
    await add('one.png')
    const [page] = await fixture.client.assets.list()
    const { jobs } = await fixture.client.pages.export({ versions: [page!.currentVersion], folder: null, options: { format: 'layers' } })
    const job = await fixture.ended(jobs[0]!)
    expect(job.result).toMatchObject({ name: 'one-colour-layers.zip', downloadable: true })
  })
})

describe('names inside a chapter', () => {
  const page = (name: string, folder = '') => ({ name, folder, ending: 'png' })
  test('go without the folder that all have, and are told apart where two are the same', () => {
    expect(chapterNames([page('1.tif', 'a'), page('2.tif', 'a')])).toEqual(['1.png', '2.png'])
    expect(chapterNames([page('1.tif', 'a'), page('1.tif', 'b')])).toEqual(['a/1.png', 'b/1.png'])
    expect(chapterNames([page('1.tif', 'b/a'), page('1.tif', 'b/c d')])).toEqual(['a/1.png', 'c d/1.png'])
    expect(chapterNames([page('1.tif'), page('1.jpg')])).toEqual(['1.png', '1-2.png'])
  })
})
