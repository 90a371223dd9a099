import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import type { ClipShots } from '../../contract/shots.ts'
import { usualRate, withSetRate } from '../../core/film/pictureRate.ts'
import { useClient } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'

/** How far a clip's frames are known: read from its packets, being decoded, or counted and compared one by one. */
export type FrameCheck = 'reading' | 'unchecked' | 'checking' | 'exact' | 'failed'

export interface ClipState {
  readonly truth: ClipTruth | null
  readonly error: unknown
  readonly check: FrameCheck
  /** Decodes every frame once. */
  startCheck(): void
}

/** The frames of a clip: what its packets tell at once, then what a decode of all of it tells. */
export function useClip(asset: Asset): ClipState {
  const client = useClient()
  const cache = useQueryClient()
  const query = useStudioQueries().clip(asset.id)
  const { data: truth = null, error } = useQuery({ ...query, enabled: !asset.missing })
  const going = useRef<AbortController | null>(null)
  const { mutate, isPending, isError } = useMutation({
    mutationFn: () => {
      going.current = new AbortController()
      return client.film.check({ asset: asset.id }, { signal: going.current.signal })
    },
    onSuccess: (found) => cache.setQueryData(query.queryKey, found),
  })
  const isOpen = truth !== null && !truth.info.verified
  useEffect(() => {
    if (isOpen) mutate()
    return () => going.current?.abort()
  }, [isOpen, mutate])
  const check: FrameCheck = truth === null ? 'reading' : truth.info.verified ? 'exact' : isPending ? 'checking' : isError ? 'failed' : 'unchecked'
  return { truth, error, check, startCheck: () => mutate() }
}

/** A clip by the rate that is set for its pictures: labels and playing follow as soon as it is changed or undone. */
export function useTruthAtRate(truth: ClipTruth | null, shots: ClipShots | null): ClipTruth | null {
  const { num, den } = shots?.rate ?? usualRate
  const isKnown = shots !== null
  return useMemo(() => truth && withSetRate(truth, isKnown ? { rate: { num, den } } : null), [truth, num, den, isKnown])
}
