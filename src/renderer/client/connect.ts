import { createORPCClient } from '@orpc/client'
import { bridgeName, type Bridge } from '../../contract/bridge.ts'
import { browserHost } from './browser-host.ts'
import type { Connection, StudioClient } from './context.tsx'
import { portLink } from './port-link.ts'
import { socketLink } from './socket-link.ts'
import { windowHost } from './window-host.ts'

declare global {
  interface Window {
    readonly [bridgeName]?: Bridge
  }
}

/**
 * The studio's calls and what its host can do, over whatever this page was given: the window's port where a
 * preload script left its bridge, else the web host that served the page. Nothing else in the page knows which.
 */
export function connect(): Connection {
  const bridge = window[bridgeName]
  return bridge
    ? { client: createORPCClient<StudioClient>(portLink(bridge)), host: windowHost(bridge) }
    : { client: createORPCClient<StudioClient>(socketLink(socketAddress())), host: browserHost() }
}

function socketAddress(): string {
  return `${window.location.protocol === 'https:' ? 'wss' : 'ws'}://${window.location.host}/ws`
}
