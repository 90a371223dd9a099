import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createORPCClient } from '@orpc/client'
import { RPCHandler } from '@orpc/server/ws'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { pauseBefore, socketLink } from '../../../src/renderer/client/socket-link.ts'
import { callInterceptors } from '../../../src/studio/hosting/calls.ts'
import { modelId } from '../../../src/contract/ids.ts'
import { smallRouter, type SmallStudio } from '../../transport/router.ts'
import type { SmallClient } from '../../transport/suite.ts'

interface Listening {
  readonly port: number
  /** As when the program dies: no goodbye. */
  drop(): Promise<void>
}

async function listen(studio: SmallStudio, port = 0): Promise<Listening> {
  const server: Server = createServer()
  const sockets = new WebSocketServer({ server })
  const handler = new RPCHandler(studio.router, { clientInterceptors: callInterceptors() })
  sockets.on('connection', (socket) => void handler.upgrade(socket, { context: {} }))
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    async drop() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

let open: Listening | undefined
afterEach(() => open?.drop())

describe('a page whose connection drops', () => {
  it('is told of the calls and the events it lost, and goes on when the studio is back', async () => {
    const studio = smallRouter()
    const first = await listen(studio)
    const client: SmallClient = createORPCClient(socketLink(`ws://127.0.0.1:${first.port}/ws`))
    await client.settings.change({ theme: 'light' })

    const events = await client.system.events()
    const stream = (async () => {
      for await (const event of events) void event
    })()
    const streamEnd = stream.then(
      () => 'ended',
      () => 'ended',
    )
    const lost = client.models.measure({ id: modelId.parse('long') }).catch((error: Error) => error.message)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await first.drop()
    expect(await lost).toContain('connection to the studio was lost')
    expect(await streamEnd).toBe('ended')

    open = await listen(studio, first.port)
    const theme = async (): Promise<string> => (await client.settings.get()).theme
    await expect.poll(() => theme().catch(() => 'lost'), { timeout: 20_000 }).toBe('light')
  })

  it('tries again at growing intervals, never longer than ten seconds', () => {
    const pauses = [1, 2, 3, 4, 10, 50].map((attempt) => pauseBefore(attempt, () => 0.5))
    expect(pauses).toEqual([250, 500, 1000, 2000, 8000, 8000])
    expect(pauseBefore(50, () => 1)).toBe(10_000)
  })
})
