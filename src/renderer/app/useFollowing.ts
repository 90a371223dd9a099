import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useClient, useHost } from '../client/context.tsx'
import { useAddFiles } from './adding.ts'
import { followEvents } from './events.ts'

/** Listens to the studio and to what the system opens in it, as long as the page stands. */
export function useFollowing(): void {
  const client = useClient()
  const host = useHost()
  const cache = useQueryClient()
  const { granted } = useAddFiles()
  useEffect(() => {
    const going = new AbortController()
    void followEvents(client, cache, going.signal)
    return () => going.abort()
  }, [client, cache])
  useEffect(() => host.onOpen?.((opened) => void granted(opened)), [host, granted])
}
