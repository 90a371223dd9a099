import { DynamicLink, type ClientContext, type ClientLink } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import { connectionLost, errorInterceptors } from './errors.ts'

const firstPauseMs = 250
const longestPauseMs = 8000

/** Pause before try `attempt` (from 1): doubles, up to eight seconds, never two pages at the same instant. */
export function pauseBefore(attempt: number, random: () => number = Math.random): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** (attempt - 1)) * (0.75 + random() / 2)
}

/**
 * Calls over a WebSocket that comes back after it dropped. Calls under way when it drops fail (whether they were
 * done is not known); later ones wait for the new socket. The event stream ends too: whoever reads it asks again.
 */
export function socketLink(address: string): ClientLink<ClientContext> {
  let current: Promise<RPCLink<ClientContext>> | null = null
  let failures = 0

  function open(): Promise<RPCLink<ClientContext>> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(address)
      const link = new RPCLink({ websocket: socket, interceptors: errorInterceptors })
      socket.addEventListener('open', () => {
        failures = 0
        resolve(link)
      })
      socket.addEventListener('close', (event) => {
        failures += 1
        current = null
        reject(connectionLost(event))
      })
    })
  }

  async function openAfterPause(): Promise<RPCLink<ClientContext>> {
    if (failures > 0) await new Promise((resolve) => setTimeout(resolve, pauseBefore(failures)))
    return open()
  }

  return new DynamicLink(() => (current ??= openAfterPause()))
}
