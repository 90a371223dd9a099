import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { AssetId } from '../../contract/ids.ts'
import { useClient } from '../client/context.tsx'
import { queries } from '../client/queries.ts'

interface Background {
  /** Every clip was tried, and at least one is left. */
  readonly hasFailed: boolean
  /** Tries those once more that failed. */
  retry(): void
}

/** Works on clips one after the other, as long as this is on the screen. @param waiting clips that are still to be done @param work one function for all renderings */
function useEachInTurn(waiting: readonly AssetId[], work: (clip: AssetId, signal: AbortSignal) => Promise<void>): Background {
  const [failed, setFailed] = useState<readonly AssetId[]>([])
  const next = waiting.find((id) => !failed.includes(id)) ?? null
  useEffect(() => {
    if (next === null) return
    const going = new AbortController()
    work(next, going.signal).catch(() => {
      if (!going.signal.aborted) setFailed((before) => [...before, next])
    })
    return () => going.abort()
  }, [next, work])
  const retry = useCallback(() => setFailed([]), [])
  return { hasFailed: waiting.length > 0 && next === null, retry }
}

/** Decodes every frame of clips once. @param unchecked clips whose frames are known by their packets alone */
export function useFrameChecks(unchecked: readonly AssetId[]): Background {
  const client = useClient()
  const cache = useQueryClient()
  const check = useCallback(
    async (asset: AssetId, signal: AbortSignal) => {
      cache.setQueryData(queries(client).clip(asset).queryKey, await client.film.check({ asset }, { signal }))
    },
    [cache, client],
  )
  return useEachInTurn(unchecked, check)
}

/** Looks for the shots of clips. @param unknown clips whose shots nobody has looked for */
export function useShotSearches(unknown: readonly AssetId[]): Background {
  const client = useClient()
  const cache = useQueryClient()
  const find = useCallback(
    async (asset: AssetId, signal: AbortSignal) => {
      cache.setQueryData(queries(client).shots(asset).queryKey, await client.shots.find({ asset }, { signal }))
    },
    [cache, client],
  )
  return useEachInTurn(unknown, find)
}
