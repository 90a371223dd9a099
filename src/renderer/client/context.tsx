import type { ContractRouterClient } from '@orpc/contract'
import { createContext, useContext, type ReactNode } from 'react'
import type { Host } from '../../contract/host.ts'
import type { Contract } from '../../contract/index.ts'

/** Every call of the studio, typed by the contract, over whatever transport this page has. */
export type StudioClient = ContractRouterClient<Contract>

export interface Connection {
  readonly client: StudioClient
  readonly host: Host
}

const ConnectionContext = createContext<Connection | null>(null)

export function StudioProvider({ connection, children }: { readonly connection: Connection; readonly children: ReactNode }) {
  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

function useConnection(): Connection {
  const connection = useContext(ConnectionContext)
  if (!connection) throw new Error('A part of the page was drawn outside StudioProvider.')
  return connection
}

/** The studio's calls. */
export const useClient = (): StudioClient => useConnection().client

/** What this host can do: pick files, reveal, notify… */
export const useHost = (): Host => useConnection().host
