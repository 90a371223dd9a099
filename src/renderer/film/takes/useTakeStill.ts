import type { Asset } from '../../../contract/assets.ts'
import type { Size } from '../../../contract/pictures.ts'
import type { Take } from '../../../contract/takes.ts'
import { useClient, useHost } from '../../client/context.tsx'
import type { FilmMode } from '../review/state.ts'
import { useNewest, type Newest } from '../useNewest.ts'
import type { ComparedTakes } from './useTakes.ts'

/** What lies left and right on the stage; null: the clip as it is. */
export interface TakePair {
  readonly left: Take | null
  readonly right: Take
}

/** Alone, the chosen take is shown; else it lies left of the one that the film has, which itself is compared with the clip. */
export function pairOf({ chosen, current }: ComparedTakes, mode: FilmMode): TakePair {
  if (mode === 'single') return { left: null, right: chosen }
  return { left: chosen.isCurrent ? null : chosen, right: current }
}

interface TakeStill {
  readonly left: string
  readonly right: string
  readonly frame: number
  /** What the two are of: said with the pictures, not before they are there. */
  readonly pair: TakePair
}

/** The same frame of two takes: the two change together. @param pair null: nothing is asked */
export function useTakeStill(asset: Asset, pair: TakePair | null, frame: number, box: Size | null): Newest<TakeStill> {
  const client = useClient()
  const host = useHost()
  const of = (take: Take | null, n: number, inside: Size) => (take ? client.takes.still({ asset: asset.id, take: take.id, frame: n, box: inside }) : client.film.still({ asset: asset.id, frame: n, box: inside }))
  const ask = async (n: number): Promise<TakeStill> => {
    const { left, right } = pair as TakePair
    const [one, other] = await Promise.all([of(left, n, box as Size), of(right, n, box as Size)])
    return { left: host.pictureUrl(one.key), right: host.pictureUrl(other.key), frame: n, pair: { left, right } }
  }
  return useNewest(JSON.stringify([asset.id, pair?.left?.id, pair?.right.id, box]), frame, pair && box ? ask : null)
}
