import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { errorInterceptors } from '../../../src/renderer/client/errors.ts'
import { describeTransport, type SmallClient } from '../../transport/suite.ts'
import { hostOf } from '../../transport/web-host.ts'

describeTransport('HTTP', async (studio) => {
  const { host, cookie } = await hostOf(studio)
  const link = new RPCLink({ url: `http://127.0.0.1:${host.port}/rpc`, headers: { cookie }, interceptors: errorInterceptors })
  const client: SmallClient = createORPCClient(link)
  return { client, close: () => host.close() }
})
