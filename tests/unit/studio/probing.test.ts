import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ProviderName } from '../../../src/contract/settings.ts'
import { askThrowAway } from '../../../src/studio/engine-client/throw-away.ts'
import { fastestUsable } from '../../../src/studio/system/probing.ts'
import { FakeEngine } from './fake-engine.ts'
import { openStudio, temporaryFolder } from './studio-fixture.ts'

let home: ReturnType<typeof temporaryFolder>
beforeEach(() => {
  home = temporaryFolder()
})
afterEach(() => home.remove())

const report = (name: ProviderName, usable: boolean, reason = '') => ({ name, usable, reason, remedy: null, ms: usable ? 1 : null })

describe('the probe of providers', () => {
  test('tries each in an engine of its own, so that a driver which ends its process ends nothing else', async () => {
    const engine = new FakeEngine({
      listProviders: () => [
        { name: 'cuda', report: null },
        { name: 'coreml', report: report('coreml', false, 'not here') },
        { name: 'cpu', report: null },
      ],
      probeProvider: ({ name }) => {
        if (name === 'cpu') return report('cpu', true)
        engine.crash()
        return new Promise(() => undefined)
      },
    })
    const fixture = openStudio(home.path, engine)
    try {
      const reports = await fixture.client.system.probe()
      expect(reports.map(({ name, usable }) => [name, usable])).toEqual([['cuda', false], ['coreml', false], ['cpu', true]])
      expect(reports[0]).toMatchObject({ reason: expect.stringContaining('ended the process'), remedy: expect.stringContaining('driver') })
      // The asked engine, and one for each that has to be tried; the asked one was never started again.
      expect(engine.spawned).toBe(3)
      expect(engine.count('listProviders')).toBe(1)
      expect(await fixture.client.system.info()).toMatchObject({ engine: 'ready', provider: 'cpu' })
    } finally {
      await fixture.close()
    }
  })

  test('gives up on an engine that does not answer', async () => {
    const engine = new FakeEngine({ probeProvider: () => new Promise(() => undefined) })
    await expect(askThrowAway(engine.spawn, 'probeProvider', { name: 'cuda' }, 30)).rejects.toMatchObject({ code: 'engine-crashed', message: expect.stringContaining('did not answer') })
  })

  test('of what works the fastest kind is used, never the experimental one by itself', () => {
    expect(fastestUsable([report('cpu', true), report('cuda', true)])).toBe('cuda')
    expect(fastestUsable([report('cpu', true), report('cuda', false), report('webgpu', true)])).toBe('cpu')
    expect(fastestUsable([])).toBeNull()
  })
})
