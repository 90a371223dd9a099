import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import { useClient, useHost } from '../client/context.tsx'
import { useNewest } from './useNewest.ts'

interface StillState {
  /** Address of the newest frame that is there, and of the same frame of the film it is compared with. */
  readonly src: string | null
  readonly otherSrc: string | null
  /** Its number: what the stage shows is said by this, never by what was asked for. */
  readonly frame: number | null
  readonly error: unknown
}

/** The still of a frame, and of the same frame of another clip: the two change together. `box` null: nothing is asked. */
export function useStill(asset: Asset, other: Asset | null, frame: number, box: Size | null): StillState {
  const client = useClient()
  const host = useHost()
  const isPossible = box !== null && box.width > 0 && box.height > 0 && !asset.missing
  const { answer, error } = useNewest(JSON.stringify([asset.id, other?.id, box]), frame, isPossible ? async (n) => {
    const addressOf = async (clip: Asset) => host.pictureUrl((await client.film.still({ asset: clip.id, frame: n, box })).key)
    const [src, otherSrc] = await Promise.all([addressOf(asset), other && addressOf(other)])
    return { src, otherSrc, frame: n }
  } : null)
  return { src: answer?.src ?? null, otherSrc: answer?.otherSrc ?? null, frame: answer?.frame ?? null, error }
}
