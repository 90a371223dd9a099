import { useEffect } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { AssetId } from '../../contract/ids.ts'
import { useAssets } from '../client/queries.ts'
import { roomOf } from './adding.ts'
import { go } from './view.ts'

interface RoomAssets {
  /** null: not here yet. */
  readonly assets: readonly Asset[] | null
  /** The one that is open: what the address names, else the first; null where there are none. */
  readonly current: Asset | null
  readonly error: unknown
  retry(): void
}

const none: readonly Asset[] = []

/** What a room shows in which one asset of its kind is always open; the address follows what is. */
export function useRoomAssets(kind: Asset['kind'], hasProject: boolean, open: AssetId | null): RoomAssets {
  const { data, error, refetch } = useAssets()
  const all = hasProject ? data : none
  const assets = all?.filter((asset) => asset.kind === kind) ?? null
  const current = assets?.find(({ id }) => id === open) ?? assets?.[0] ?? null
  const id = current?.id ?? null
  const isHere = assets !== null
  // The address may name nothing, or an asset that is gone.
  useEffect(() => {
    if (isHere && id !== open) go(roomOf[kind], id === null ? [] : [id], true)
  }, [isHere, kind, id, open])
  return { assets, current, error, retry: () => void refetch() }
}
