import { spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { projectMigrations } from '../../../src/contract/migrations/project/index.ts'
import { openDatabase } from '../../../src/studio/storage/database.ts'
import { takeLock } from '../../../src/studio/storage/lock.ts'
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

const releasedProject = join(import.meta.dirname, '..', '..', 'fixtures', 'formats', 'v1', 'Family.hourglass')
const open = (folder: string) => fixture.client.projects.open({ grant: fixture.studio.grants.give(folder, { write: true }).grant })

/** A process that holds a lock and waits; Node runs it from source. */
async function holdLock(path: string): Promise<{ kill: () => Promise<void> }> {
  const lockFile = join(import.meta.dirname, '..', '..', '..', 'src', 'studio', 'storage', 'lock.ts')
  const code = `const { takeLock } = await import(${JSON.stringify(lockFile)}); takeLock(${JSON.stringify(path)}, 'It'); console.log('held'); setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve) => child.stdout.once('data', resolve))
  return {
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGKILL')
      }),
  }
}

describe('a project', () => {
  test('is made in the folder that was handed over, opened by its database too, and remembered', async () => {
    const parent = join(home.path, 'mine')
    mkdirSync(parent)
    const folder = fixture.studio.grants.give(parent, { write: true }).grant
    const made = await fixture.client.projects.create({ name: 'Great: aunt?', folder })
    expect(made.folder).toBe(join(parent, 'Great_ aunt_.hourglass'))
    expect(made.name).toBe('Great: aunt?')
    await expect(fixture.client.projects.create({ name: 'Great: aunt?', folder })).rejects.toThrow('is there already')
    await fixture.client.projects.close()
    expect(await fixture.client.projects.current()).toBeNull()
    expect(await open(join(made.folder, 'project.sqlite'))).toMatchObject({ id: made.id })
    expect(await fixture.client.projects.rename({ name: 'Aunt' })).toMatchObject({ name: 'Aunt' })
    expect(await fixture.client.projects.recent()).toMatchObject([{ id: made.id, name: 'Aunt', missing: false }])
  })

  test('that was closed stays closed at the next start', async () => {
    await fixture.client.projects.create({ name: 'One' })
    await fixture.client.projects.close()
    fixture = await fixture.restart()
    expect(await fixture.client.projects.current()).toBeNull()
  })

  test('that another studio holds at the start is told with where it is open, until it opens', async () => {
    const { id, folder } = await fixture.client.projects.create({ name: 'One' })
    await fixture.close()
    const other = await holdLock(join(folder, 'lock'))
    fixture = openStudio(home.path)
    expect(await fixture.client.projects.notReopened()).toMatchObject({ id, name: 'One', why: { code: 'locked', message: expect.stringContaining('another Hourglass Studio') } })
    expect(await fixture.client.projects.current()).toBeNull()
    await other.kill()
    await fixture.client.projects.open({ id })
    expect(await fixture.client.projects.notReopened()).toBeNull()
  })

  test('of the first released format opens with everything in it', async () => {
    const folder = join(home.path, 'Family.hourglass')
    cpSync(releasedProject, folder, { recursive: true })
    expect(await open(folder)).toMatchObject({ name: 'Family', assets: 2 })
    const assets = await fixture.client.assets.list()
    expect(assets).toMatchObject([
      { name: 'photo-girl.jpg', stars: 4, state: 'done', storage: 'copied', missing: false },
      { name: 'photo-lake.jpg', stars: 0, state: 'todo', storage: 'copied', missing: false },
    ])
    const [girl, lake] = assets
    const version = await fixture.client.versions.get({ id: girl?.currentVersion as never })
    expect(version.recipe.steps).toEqual([{ step: 'colorize', v: 1, enabled: true, params: { strength: 0.8 } }])
    expect((await fixture.client.history.redo({ version: version.id }))?.label.key).toBe('steps.colorize.strength')
    expect((await fixture.client.versions.get({ id: version.id })).recipe.steps[0]?.params).toEqual({ strength: 0.6 })
    expect((await fixture.client.versions.list({ asset: lake?.id as never })).map((one) => one.name)).toEqual(['1', 'Warm'])
    expect((await fixture.client.jobs.list()).jobs).toMatchObject([{ kind: 'colorize', state: 'done' }])
    const { user_version } = new DatabaseSync(join(folder, 'project.sqlite'), { readOnly: true }).prepare('PRAGMA user_version').get() as { user_version: number }
    expect(user_version).toBe(projectMigrations.at(-1)?.version)
  })

  test('of the second format opens with its pages, their palette, and what can be redone', async () => {
    const folder = join(home.path, 'Chapter.hourglass')
    cpSync(join(releasedProject, '..', '..', 'v2', 'Chapter.hourglass'), folder, { recursive: true })
    expect(await open(folder)).toMatchObject({ name: 'Chapter', assets: 2 })
    const assets = await fixture.client.assets.list()
    expect(assets).toMatchObject([
      { kind: 'page', page: { state: 'draft', note: 'Her scarf is green.' } },
      { kind: 'page', page: { state: 'todo', note: '' } },
    ])
    const version = assets[0]?.currentVersion as never
    expect((await fixture.client.versions.get({ id: version })).recipe.steps[0]?.params['hints']).toMatchObject([{ kind: 'dot', swatch: 'coat' }])
    expect(await fixture.client.palette.get()).toMatchObject({ swatches: [{ id: 'coat', group: 'Mei', color: '#3355aa', scenes: { night: '#112244' } }], scenes: [{ name: 'Night' }] })
    expect((await fixture.client.history.redo({ version }))?.label.key).toBe('history.palette.recolour')
    expect((await fixture.client.palette.get()).swatches[0]?.color).toBe('#aa3322')
  })

  test('of the fourth format opens with its clip, the shots as they were judged, what can be redone, and the film that was written', async () => {
    const folder = join(home.path, 'Reel.hourglass')
    cpSync(join(releasedProject, '..', '..', 'v4', 'Reel.hourglass'), folder, { recursive: true })
    expect(await open(folder)).toMatchObject({ name: 'Reel', assets: 1 })
    const [clip] = await fixture.client.assets.list()
    const shots = () => fixture.client.shots.get({ asset: clip!.id })
    expect((await shots()).shots.map(({ from, to, steady, verdict, version }) => [from, to, steady, verdict, version])).toEqual([
      [0, 6, 1, 'approved', 2],
      [6, 12, 0.5, 'unseen', 2],
      [12, 24, 1, 'unseen', 1],
    ])
    expect((await shots()).shots[1]?.hints).toMatchObject([{ frame: 8, hints: [{ kind: 'dot', color: '#2f6d3a' }] }])
    expect((await fixture.client.history.redo({ version: clip!.currentVersion }))?.label.key).toBe('history.shots.redo')
    expect((await shots()).shots[2]?.verdict).toBe('redo')
    expect(await fixture.client.coloring.films({ asset: clip!.id })).toMatchObject([{ name: 'harbour-colour.mp4', preset: 'visual', from: 2, to: 8, file: null, result: { frames: 6, encoding: 'H.264, CRF 18' } }])
  })

  test('whose job was running when its process was killed goes on with it', async () => {
    const folder = join(home.path, 'Family.hourglass')
    cpSync(releasedProject, folder, { recursive: true })
    const file = new DatabaseSync(join(folder, 'project.sqlite'))
    file.exec("UPDATE jobs SET state = 'running', progress = 0.5")
    file.close()
    await open(folder)
    await until(async () => (await fixture.client.jobs.list()).summary.done === 1, 'the end of the job')
  })

  test('of a newer format is refused politely and left as it was', async () => {
    const folder = join(home.path, 'Family.hourglass')
    cpSync(releasedProject, folder, { recursive: true })
    const file = new DatabaseSync(join(folder, 'project.sqlite'))
    file.exec('PRAGMA user_version = 999')
    file.close()
    const before = readFileSync(join(folder, 'project.sqlite'))
    await expect(open(folder)).rejects.toThrow('was made by a newer Hourglass Studio')
    expect(readFileSync(join(folder, 'project.sqlite')).equals(before)).toBe(true)
    expect(existsSync(join(folder, 'lock'))).toBe(false)
  })

  test('whose database is damaged is refused with a remedy', async () => {
    const folder = join(home.path, 'Broken.hourglass')
    mkdirSync(folder)
    writeFileSync(join(folder, 'project.sqlite'), 'this is no database, and long enough to be looked at as one'.repeat(20))
    await expect(open(folder)).rejects.toThrow('damaged')
    await expect(open(home.path)).rejects.toThrow('is not an Hourglass project')
  })

  test('with a row that cannot be read opens with the others, and a damaged recipe becomes the usual one', async () => {
    const folder = join(home.path, 'Family.hourglass')
    cpSync(releasedProject, folder, { recursive: true })
    const file = new DatabaseSync(join(folder, 'project.sqlite'))
    file.exec(`UPDATE assets SET info = '{"width":-1}' WHERE name = 'photo-lake.jpg'; UPDATE versions SET recipe = 'nonsense'`)
    file.close()
    await open(folder)
    const assets = await fixture.client.assets.list()
    expect(assets.map((asset) => asset.name)).toEqual(['photo-girl.jpg'])
    expect((await fixture.client.versions.get({ id: assets[0]?.currentVersion as never })).recipe.steps[0]?.params).toEqual({})
    expect(readFileSync(join(home.path, 'data', 'log', 'studio.log'), 'utf8')).toContain('is damaged and was passed over')
  })
})

describe('the lock of a project', () => {
  test('keeps a second studio out while the first lives, and not after', async () => {
    const made = await fixture.client.projects.create({ name: 'Shared' })
    const other = openStudio(join(home.path, 'other'))
    const grant = other.studio.grants.give(made.folder, { write: true }).grant
    await expect(other.client.projects.open({ grant })).rejects.toThrow('is open in another Hourglass Studio')
    await fixture.client.projects.close()
    expect(await other.client.projects.open({ grant })).toMatchObject({ id: made.id })
    await other.close()
  })

  test('of a process that was killed is taken over', async () => {
    const path = join(home.path, 'lock')
    const holder = await holdLock(path)
    expect(() => takeLock(path, 'It')).toThrow('It is open in another Hourglass Studio')
    await holder.kill()
    takeLock(path, 'It').release()
    expect(existsSync(path)).toBe(false)
  })

  test('is not fooled by another process that got the same number, nor by a restart of the machine', () => {
    const path = join(home.path, 'lock')
    const lock = takeLock(path, 'It')
    const mine = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
    lock.release()
    for (const stale of [{ ...mine, started: `${String(mine['started'])}1` }, { ...mine, boot: 'at-1' }, 'torn']) {
      writeFileSync(path, JSON.stringify(stale))
      takeLock(path, 'It').release()
    }
    writeFileSync(path, JSON.stringify({ ...mine, host: 'another-computer' }))
    expect(() => takeLock(path, 'It')).toThrow('another-computer')
  })
})

test('a project of before chapters keeps what belongs to its assets, and may hold a page twice from then on', () => {
  const path = join(home.path, 'before.sqlite')
  const before = openDatabase(path, projectMigrations.filter(({ version }) => version < 6), 'It')
  const asset = (id: string) => `INSERT INTO assets (id, position, kind, name, folder, sha256, path, storage, info, current_version, added_at, note) VALUES ('${id}', 1, 'page', 'a.png', '', 'same', 'a.png', 'copied', '{}', 'v', '', 'kept')`
  before.run(asset('a'))
  before.run("INSERT INTO versions (id, asset, position, name, recipe, created_at) VALUES ('v', 'a', 1, '', '{}', '')")
  before.run("INSERT INTO shots (asset, document) VALUES ('a', 'cuts')")
  before.run("INSERT INTO films (id, asset, path, facts, at) VALUES ('f', 'a', 'a.mov', '{}', '')")
  before.run("INSERT INTO reviews (asset, document) VALUES ('a', 'notes')")
  expect(() => before.run(asset('b'))).toThrow('UNIQUE')
  before.close()
  const after = openDatabase(path, projectMigrations, 'It')
  after.run(asset('b'))
  expect(after.all('SELECT note FROM assets')).toEqual([{ note: 'kept' }, { note: 'kept' }])
  for (const table of ['versions', 'shots', 'films', 'reviews']) expect(after.all(`SELECT asset FROM ${table}`), table).toEqual([{ asset: 'a' }])
  after.run("DELETE FROM assets WHERE id = 'a'")
  expect(after.all('SELECT asset FROM reviews')).toEqual([])
  after.close()
})

test('a full disk is named, and what was saved before stays', () => {
  const database = openDatabase(join(home.path, 'full.sqlite'), projectMigrations, 'It')
  database.run("INSERT INTO project (id, name, created_at, changed_at) VALUES ('p', 'before', '', '')")
  const { page_count: pages } = database.get('PRAGMA page_count') as { page_count: number }
  database.get(`PRAGMA max_page_count = ${pages + 2}`)
  const fill = () => database.transaction(() => database.run('UPDATE project SET name = ?', 'x'.repeat(1_000_000)))
  expect(fill).toThrow('There is no space left')
  expect(database.get('SELECT name FROM project')).toEqual({ name: 'before' })
  database.close()
})

test('edits are on disk when the process is killed without warning', async () => {
  const script = `
    import { openStudio } from ${JSON.stringify(join(import.meta.dirname, 'studio-fixture.ts'))}
    const { client, picture } = openStudio(${JSON.stringify(join(home.path, 'killed'))})
    const { added } = await client.assets.add({ grants: [picture('a.png').grant] })
    await client.versions.change({ id: added[0].currentVersion, patches: [{ op: 'add', path: ['steps', 0, 'params', 'strength'], value: 0.25 }], label: { key: 'x' } })
    process.kill(process.pid, 'SIGKILL')`
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' })
  expect({ signal: run.signal, stderr: run.stderr }).toMatchObject({ signal: 'SIGKILL' })
  const again = openStudio(join(home.path, 'killed'))
  try {
    const [asset] = await again.client.assets.list()
    const version = await again.client.versions.get({ id: asset?.currentVersion as never })
    expect(version).toMatchObject({ canUndo: true, recipe: { steps: [{ params: { strength: 0.25 } }] } })
  } finally {
    await again.close()
  }
})
