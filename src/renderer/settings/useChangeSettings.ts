import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Settings } from '../../contract/settings.ts'
import { useClient } from '../client/context.tsx'
import { queries } from '../client/queries.ts'
import { useTell } from '../ui/tell.ts'

/** Changes settings: shown at once, told to the studio, taken back where it refuses. */
export function useChangeSettings(): (change: Partial<Settings>) => void {
  const client = useClient()
  const cache = useQueryClient()
  const tell = useTell()
  return useMemo(() => {
    const { queryKey } = queries(client).settings()
    return (change) => {
      const before = cache.getQueryData(queryKey)
      if (before) cache.setQueryData(queryKey, { ...before, ...change })
      client.settings.change(change).then(
        (settings) => cache.setQueryData(queryKey, settings),
        (error: unknown) => {
          cache.setQueryData(queryKey, before)
          tell.error(error)
        },
      )
    }
  }, [client, cache, tell])
}
