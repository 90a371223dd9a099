import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HourglassError } from '../../src/contract/errors.ts'
import { modelId } from '../../src/contract/ids.ts'
import type { StudioEvent } from '../../src/contract/system.ts'
import { smallRouter, type SmallContract, type SmallStudio } from './router.ts'

export type SmallClient = ContractRouterClient<SmallContract>

export interface OpenTransport {
  readonly client: SmallClient
  close(): Promise<void> | void
}

/** What every transport owes its callers; each one's test file says only how it is opened. */
export function describeTransport(name: string, open: (studio: SmallStudio) => Promise<OpenTransport> | OpenTransport): void {
  describe(`calls over ${name}`, () => {
    let studio: SmallStudio
    let transport: OpenTransport
    let client: SmallClient

    beforeEach(async () => {
      studio = smallRouter()
      transport = await open(studio)
      client = transport.client
    })
    afterEach(() => transport.close())

    const failure = async (call: Promise<unknown>): Promise<HourglassError> => {
      const thrown = await call.then(
        () => null,
        (error: unknown) => error,
      )
      expect(thrown).toBeInstanceOf(HourglassError)
      return thrown as HourglassError
    }

    it('carry what was asked and what was answered', async () => {
      expect((await client.settings.get()).theme).toBe('dark')
      expect((await client.settings.change({ theme: 'light', threads: 3 })).threads).toBe(3)
      expect((await client.settings.get()).theme).toBe('light')
      expect(await client.history.undo({ version: null })).toBeNull()
      expect(await client.history.goTo({ version: null, gesture: null })).toBeUndefined()
    })

    it('refuse what was not agreed on the way in, naming the field', async () => {
      const error = await failure(client.settings.change({ threads: -1 }))
      expect(error.code).toBe('bad-input')
      expect(error.message).toContain('settings.change')
      expect(error.message).toContain('threads')
      expect((await client.settings.get()).threads).toBe(0)
    })

    it('refuse what was not agreed on the way out', async () => {
      const error = await failure(client.system.info())
      expect(error.code).toBe('internal')
      expect(error.message).toContain('system.info')
    })

    it('bring an error over with code, message and remedy intact', async () => {
      const error = await failure(client.models.remove({ id: modelId.parse('x') }))
      expect(error.toData()).toEqual({ code: 'missing-model', message: 'The model x is not installed.', remedy: 'Get it in Models.' })
    })

    it('tell an unforeseen failure without its stack', async () => {
      const error = await failure(client.models.setDefault({ id: modelId.parse('x') }))
      expect(error.code).toBe('internal')
      expect(error.remedy).not.toBe('')
      expect(JSON.stringify(error.toData())).not.toContain('at ')
    })

    it('bring an abort to the one who works', async () => {
      const controller = new AbortController()
      const call = failure(client.models.measure({ id: modelId.parse('long') }, { signal: controller.signal }))
      await new Promise((resolve) => setTimeout(resolve, 50))
      controller.abort()
      expect((await call).code).toBe('cancelled')
      await vi.waitFor(() => expect(studio.aborted).toEqual(['long']))
    })

    it('stream events: hello first, then each change, until the reader goes', async () => {
      const controller = new AbortController()
      const events = await client.system.events(undefined, { signal: controller.signal })
      const seen: StudioEvent[] = []
      for await (const event of events) {
        seen.push(event)
        if (event.type === 'hello') await client.settings.change({ theme: 'mid' })
        else break
      }
      expect(seen.map(({ type }) => type)).toEqual(['hello', 'settings.changed'])
      expect(seen[1]).toMatchObject({ settings: { theme: 'mid' } })
      controller.abort()
      await vi.waitFor(() => expect(studio.subscribers()).toBe(0))
    })
  })
}
