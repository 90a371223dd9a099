import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import type { AssetId } from '../../../src/contract/ids.ts'
import type { StudioClient } from '../../../src/renderer/client/context.tsx'
import { hostOf, type HostUnderTest } from '../../transport/web-host.ts'
import { FakeEngine } from '../../unit/studio/fake-engine.ts'
import { openStudio, temporaryFolder, type Fixture } from '../../unit/studio/studio-fixture.ts'

const home = temporaryFolder()
let fixture: Fixture
let host: HostUnderTest
let asset: AssetId
/** Lets go of the renders that wait. */
let go = (): void => undefined

beforeAll(async () => {
  const engine = new FakeEngine()
  const usual = engine.handlers.render!
  const released = new Promise<void>((resolve) => (go = resolve))
  engine.handlers.render = async (input, task) => {
    await Promise.race([released, task.cancelled])
    return usual(input, task)
  }
  fixture = openStudio(join(home.path, 'studio'), engine)
  host = await hostOf({ router: fixture.studio.router } as unknown as Parameters<typeof hostOf>[0])
  await fixture.client.projects.create({ name: 'Two tabs' })
  await fixture.client.assets.add({ grants: [fixture.picture('one.png').grant as never] })
  asset = (await fixture.client.assets.list())[0]!.id
})
afterAll(async () => {
  await host.host.close()
  await fixture.close()
  home.remove()
})

function tab(): { ask: (strength: number) => Promise<string>; close: () => void } {
  const socket = new WebSocket(`ws://127.0.0.1:${host.host.port}/ws`, { headers: { cookie: host.cookie } })
  const client = createORPCClient<StudioClient>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }))
  const ask = (strength: number): Promise<string> =>
    client.photos.preview({ asset, recipe: { version: 1, steps: [{ step: 'colorize', enabled: true, params: { strength } }] }, box: { width: 128, height: 128 }, lane: `factor:${asset}:12` }).then(
      () => 'shown',
      () => 'aborted',
    )
  return { ask, close: () => socket.close() }
}

it('two tabs that show the same small picture do not abort each other; one tab’s newer question ends its older', async () => {
  const [first, second] = [tab(), tab()]
  const asked = [first.ask(0.2), second.ask(0.4)]
  await expect.poll(() => fixture.engine.count('render')).toBe(2)
  const newer = second.ask(0.6)
  await expect.poll(() => fixture.engine.count('render')).toBe(3)
  go()
  expect(await Promise.all([...asked, newer])).toEqual(['shown', 'aborted', 'shown'])
  first.close()
  second.close()
})
