import type { Asset } from '../../../contract/assets.ts'
import type { Size } from '../../../contract/pictures.ts'
import type { Compared, Comparison } from '../../../contract/review.ts'
import { useClient } from '../../client/context.tsx'
import type { TakePair } from '../takes/useTakeStill.ts'
import { useNewest, type Newest } from '../useNewest.ts'
import { useReview } from './state.ts'

/** The difference of a frame of two takes, else of the clip and another film, as it is looked at now. `box` null: nothing is asked. */
export function useDifference(asset: Asset, other: Asset | null, pair: TakePair | null, frame: number, box: Size | null): Newest<Compared> {
  const client = useClient()
  const { of: mode, gain } = useReview()
  const compare = (n: number, how: { readonly mode: Comparison; readonly gain: number; readonly box: Size }) => {
    if (pair) return client.takes.compare({ asset: asset.id, one: pair.left?.id ?? null, other: pair.right.id, frame: n, ...how })
    return client.review.compare({ asset: asset.id, other: (other as Asset).id, frame: n, ...how })
  }
  const ask = box && (pair ?? other) ? (n: number) => compare(n, { mode, gain, box }) : null
  return useNewest(JSON.stringify([asset.id, other?.id, pair?.left?.id, pair?.right.id, mode, gain, box]), frame, ask)
}
