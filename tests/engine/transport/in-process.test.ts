import { createRouterClient } from '@orpc/server'
import { directInterceptors } from '../../../src/studio/hosting/calls.ts'
import { describeTransport } from '../../transport/suite.ts'

describeTransport('no wire at all', ({ router }) => ({
  client: createRouterClient(router, { context: {}, interceptors: directInterceptors }),
  close: () => undefined,
}))
