import type { Asset } from '../../../contract/assets.ts'
import type { Size } from '../../../contract/pictures.ts'
import type { Compared } from '../../../contract/review.ts'
import { useClient } from '../../client/context.tsx'
import { useNewest, type Newest } from '../useNewest.ts'
import { useReview } from './state.ts'

/** The difference of a frame from the same frame of another film, as it is looked at now. `box` null: nothing is asked. */
export function useDifference(asset: Asset, other: Asset | null, frame: number, box: Size | null): Newest<Compared> {
  const client = useClient()
  const { of: mode, gain } = useReview()
  const ask = box && other ? (n: number) => client.review.compare({ asset: asset.id, other: other.id, frame: n, mode, gain, box }) : null
  return useNewest(JSON.stringify([asset.id, other?.id, mode, gain, box]), frame, ask)
}
