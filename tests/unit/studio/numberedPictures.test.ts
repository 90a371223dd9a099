import { existsSync, readdirSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { EngineInput, EngineOutput } from '../../../src/contract/engine.ts'
import { FakeEngine, fakeClip } from './fake-engine.ts'
import { openStudio, temporaryFolder, until, type Fixture } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
let fixture: Fixture
beforeEach(() => {
  home = temporaryFolder()
  fixture = openStudio(home.path, new FakeEngine(fakeClip(3)))
})
afterEach(async () => {
  await fixture.close()
  home.remove()
})

const grant = (path: string, ownership: 'linked' | 'uploaded' = 'linked') => fixture.studio.grants.give(path, { ownership }).grant as never
const write = (...names: string[]) => names.map((name) => fixture.picture(name).path)
const names = async () => (await fixture.client.assets.list()).map(({ name }) => name)

describe('numbered pictures brought into the Film room', () => {
  test('are one clip, chosen as a folder, or all together', async () => {
    const paths = write('scans/s_0001.png', 'scans/s_0002.png', 'scans/s_0003.png', 'scans/title_1.png', 'scans/readme.txt')
    expect((await fixture.client.assets.add({ grants: [grant(dirname(paths[0]!))], kind: 'clip' })).rejected).toEqual([])
    expect(await names()).toEqual(['s_0001.png'])
    const others = write('b/t_1.png', 'b/t_2.png')
    expect((await fixture.client.assets.add({ grants: others.map((path) => grant(path)), kind: 'clip' })).rejected).toEqual([])
    expect(await names()).toEqual(['s_0001.png', 't_1.png'])
  })

  test('are left alone in a folder of films', async () => {
    const [reel = ''] = write('family/reel.mkv', 'family/IMG_0001.png', 'family/IMG_0002.png')
    await fixture.client.assets.add({ grants: [grant(dirname(reel))], kind: 'clip' })
    expect(await names()).toEqual(['reel.mkv'])
  })

  test('that were uploaded are kept by the project, all of them', async () => {
    const paths = write('scans/s_0001.png', 'scans/s_0002.png', 'scans/s_0003.png')
    const { added } = await fixture.client.assets.add({ grants: [grant(dirname(paths[0]!), 'uploaded')], kind: 'clip' })
    expect(added[0]?.storage).toBe('copied')
    await fixture.client.film.open({ asset: added[0]!.id })
    const { path } = fixture.engine.asked.findLast(({ name }) => name === 'clipIndex')!.input as EngineInput<'clipIndex'>
    expect(readdirSync(dirname(path)).sort()).toEqual(['s_0001.png', 's_0002.png', 's_0003.png'])
    expect(path).toContain('originals')
    expect(paths.some((each) => existsSync(each))).toBe(false)
  })

  test('are found missing only where they are not there', async () => {
    const [first = ''] = write('scans/s_0001.png', 'scans/s_0002.png')
    // The bytes of a clip are those of all its pictures.
    const engine = fakeClip(2)
    fixture.engine.handlers.inspectClip = async (input, ...more) => {
      const told = (await engine.inspectClip!(input, ...more)) as EngineOutput<'inspectClip'>
      return { ...told, info: { ...told.info, bytes: 2 * told.info.bytes } }
    }
    // A film that goes shows when originals were looked for.
    const [reel = ''] = write('reel.mkv')
    await fixture.client.assets.add({ grants: [grant(first)], kind: 'clip' })
    await fixture.client.assets.add({ grants: [grant(reel)], kind: 'clip' })
    rmSync(reel)
    const missing = async (count: number) => {
      fixture = await fixture.restart()
      return until(async () => {
        const gone = (await fixture.client.assets.list()).filter((asset) => asset.missing).map(({ name }) => name)
        return gone.length === count && gone
      }, 'the look for originals')
    }
    expect(await missing(1)).toEqual(['reel.mkv'])
    rmSync(first)
    expect(await missing(2)).toEqual(['s_0001.png', 'reel.mkv'])
  })
})
