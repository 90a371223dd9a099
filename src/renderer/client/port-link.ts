import { DynamicLink, type ClientContext, type ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { portMessage, type Bridge } from '../../contract/bridge.ts'
import { errorInterceptors } from './errors.ts'

/** Calls over the port that the window's main process hands over once. */
export function portLink(bridge: Bridge): ClientLink<ClientContext> {
  const link = new Promise<RPCLink<ClientContext>>((resolve) => {
    const take = (event: MessageEvent): void => {
      const [port] = event.ports
      if (event.source !== window || event.data !== portMessage || !port) return
      window.removeEventListener('message', take)
      port.start()
      resolve(new RPCLink({ port, interceptors: errorInterceptors }))
    }
    window.addEventListener('message', take)
    bridge.requestPort()
  })
  return new DynamicLink(() => link)
}
