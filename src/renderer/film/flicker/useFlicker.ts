import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import { worstFrames } from '../../../core/film/flickerCurve.ts'
import { useCommand } from '../../app/commands.ts'
import { useClient } from '../../client/context.tsx'
import { standAt } from '../state.ts'

export interface Flicker {
  /** The film that is measured: the one compared with, else the clip itself. */
  readonly film: Asset
  /** Percent of every frame; null: not measured. */
  readonly curve: readonly number[] | null
  /** Frames that flicker most, worst first. */
  readonly worst: readonly number[]
  readonly isBusy: boolean
  readonly error: unknown
  measure(): void
  cancel(): void
  /** Goes to the worst place, and with each call to the next worse one. */
  goToWorst(): void
}

/** The flicker of a clip, or of the film that it is compared with; measured where that is asked for, and kept until the window is closed. */
export function useFlicker(asset: Asset, other: Asset | null): Flicker {
  const client = useClient()
  const cache = useQueryClient()
  const film = other ?? asset
  const queryKey = ['flicker', film.id, asset.id]
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => client.review.flicker({ asset: film.id, shotsOf: asset.id }, { signal }),
    enabled: false,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const curve = data?.percent ?? null
  const worst = useMemo(() => (curve ? worstFrames(curve) : []), [curve])
  const next = useRef({ worst, at: 0 })
  const goToWorst = () => {
    const { current } = next
    if (current.worst !== worst) next.current = { worst, at: 0 }
    const frame = worst[next.current.at % Math.max(1, worst.length)]
    next.current.at++
    if (frame !== undefined) standAt(frame)
  }
  useCommand('film.worstFlicker', goToWorst)
  return { film, curve, worst, isBusy: isFetching, error, measure: () => void refetch(), cancel: () => void cache.cancelQueries({ queryKey }), goToWorst }
}
