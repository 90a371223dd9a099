import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { RPCHandler } from '@orpc/server/message-port'
import { errorInterceptors } from '../../../src/renderer/client/errors.ts'
import { callInterceptors } from '../../../src/studio/hosting/calls.ts'
import { describeTransport, type SmallClient } from '../../transport/suite.ts'

describeTransport('a MessagePort', ({ router }) => {
  const { port1, port2 } = new MessageChannel()
  new RPCHandler(router, { clientInterceptors: callInterceptors() }).upgrade(port1, { context: {} })
  const client: SmallClient = createORPCClient(new RPCLink({ port: port2, interceptors: errorInterceptors }))
  port1.start()
  port2.start()
  return { client, close: () => port1.close() }
})
