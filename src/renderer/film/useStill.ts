import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import { useClient, useHost } from '../client/context.tsx'
import { keepInMind } from './cachedFrames.ts'
import { useProxyReader } from './proxy/useProxy.ts'
import { useNewest } from './useNewest.ts'

interface StillState {
  /** Address of the newest frame that is there, and of the same frame of the film it is compared with. */
  readonly src: string | null
  readonly otherSrc: string | null
  /** Its number; null where it is of another clip still: what the stage shows is said by this, never by what was asked for. */
  readonly frame: number | null
  /** A picture of the proxy stands for it: smaller, and quicker. */
  readonly isProxy: boolean
  readonly error: unknown
}

/**
 * The still of a frame, and of the same frame of another clip: the two change together. While the playhead moves, pictures of
 * their proxies stand for them, where there are some; where it rests, the exact ones replace them.
 * @param box null: nothing is asked
 * @param motion the way in which the playhead moves; 0: it rests
 */
export function useStill(asset: Asset, other: Asset | null, frame: number, box: Size | null, motion: 1 | 0 | -1): StillState {
  const client = useClient()
  const host = useHost()
  const [own, others] = [useProxyReader(asset), useProxyReader(other)]
  const isPossible = box !== null && box.width > 0 && box.height > 0 && !asset.missing
  const isProxy = motion !== 0 && own !== null && (other === null || others !== null)
  const exactly = async (n: number, clip: Asset, inside: Size) => host.pictureUrl((await client.film.still({ asset: clip.id, frame: n, box: inside })).key)
  const ask = async (n: number) => {
    if (isProxy) {
      try {
        const [src, otherSrc] = await Promise.all([own.address(n, motion), others && other ? others.address(n, motion) : null])
        return { src, otherSrc, frame: n, isProxy, asset: asset.id }
      } catch {
        // It had to make room in the cache: the exact frames are there.
      }
    }
    const inside = box as Size
    const [src, otherSrc] = await Promise.all([exactly(n, asset, inside), other && exactly(n, other, inside)])
    keepInMind(asset.id, asset.info.pages, inside, n)
    return { src, otherSrc, frame: n, isProxy: false, asset: asset.id }
  }
  const { answer, error } = useNewest(JSON.stringify([asset.id, other?.id, box, isProxy]), frame, isPossible ? ask : null)
  return { src: answer?.src ?? null, otherSrc: answer?.otherSrc ?? null, frame: answer?.asset === asset.id ? answer.frame : null, isProxy: answer?.isProxy ?? false, error }
}
