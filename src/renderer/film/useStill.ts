import { useEffect, useRef, useState } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import { useClient, useHost } from '../client/context.tsx'

export interface StillState {
  /** Address of the newest frame that is there. */
  readonly src: string | null
  /** Its number: what the stage shows is said by this, never by what was asked for. */
  readonly frame: number | null
  readonly error: unknown
}

const nothing: StillState = { src: null, frame: null, error: null }

/** Questions under way at once: while one picture travels the next is made. More would only wait for each other. */
const together = 2

/**
 * The still of a frame. Until it is there, the one before it stays, and its number with it. What lies between is left
 * out where answers are slower than the playhead; an answer is shown as long as no newer one was.
 */
export function useStill(asset: Asset, frame: number, box: Size | null): StillState {
  const client = useClient()
  const host = useHost()
  const [state, setState] = useState<StillState>(nothing)
  const asking = useRef({ asked: 0, shown: 0, underWay: 0, next: null as (() => void) | null })
  const { width = 0, height = 0 } = box ?? {}
  useEffect(() => {
    if (width === 0 || height === 0 || asset.missing) return
    const now = asking.current
    const mine = ++now.asked
    const ask = (): void => {
      now.underWay++
      client.film
        .still({ asset: asset.id, frame, box: { width, height } })
        .then(
          (still) => {
            if (mine < now.shown) return
            now.shown = mine
            setState({ src: host.pictureUrl(still.key), frame: still.frame, error: null })
          },
          (error: unknown) => mine === now.asked && setState((before) => ({ ...before, error })),
        )
        .finally(() => {
          now.underWay--
          const { next } = now
          now.next = null
          next?.()
        })
    }
    if (now.underWay < together) ask()
    else now.next = ask
  }, [client, host, asset.id, asset.missing, frame, width, height])
  return state
}
