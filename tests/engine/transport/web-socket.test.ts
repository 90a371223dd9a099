import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { WebSocket } from 'ws'
import { errorInterceptors } from '../../../src/renderer/client/errors.ts'
import { describeTransport, type SmallClient } from '../../transport/suite.ts'
import { hostOf } from '../../transport/web-host.ts'

describeTransport('a WebSocket', async (studio) => {
  const { host, cookie } = await hostOf(studio)
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/ws`, { headers: { cookie } })
  const client: SmallClient = createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket, interceptors: errorInterceptors }))
  return { client, close: () => host.close() }
})
