import { useEffect, useRef, useState } from 'react'
import type { Still } from '../../contract/clipFrames.ts'
import type { ColorStillRequest } from '../../contract/coloring.ts'
import type { AssetId } from '../../contract/ids.ts'
import { asHourglassError, type HourglassError } from '../../contract/errors.ts'
import { useClient, useHost } from '../client/context.tsx'
import { Latest } from '../photos/latest.ts'

type Colored = Still & { readonly asset: AssetId }

export interface ColoredStill {
  /** Address of the newest picture that has arrived. */
  readonly src: string | null
  /** Number of its frame, and its clip. */
  readonly frame: number | null
  readonly asset: AssetId | null
  readonly isBusy: boolean
  readonly error: HourglassError | null
}

const nothing: ColoredStill = { src: null, frame: null, asset: null, isBusy: false, error: null }

/** Keeps asking for the coloured still of the newest request, one at a time; an older one that takes long is aborted. null asks for nothing. */
export function useColoredStill(request: ColorStillRequest | null): ColoredStill {
  const client = useClient()
  const host = useHost()
  const [state, setState] = useState<ColoredStill>(nothing)
  const latest = useRef<Latest<ColorStillRequest, Colored> | null>(null)
  useEffect(() => {
    const asking = new Latest<ColorStillRequest, Colored>(async (question, signal) => ({ ...(await client.coloring.still(question, { signal })), asset: question.asset as AssetId }))
    asking.onAnswer = ({ key, frame, asset }) => setState((old) => ({ ...old, src: host.pictureUrl(key), frame, asset, error: null }))
    asking.onError = (error) => {
      const told = asHourglassError(error)
      if (told.code !== 'cancelled') setState((old) => ({ ...old, error: told }))
    }
    asking.onBusy = (isBusy) => setState((old) => ({ ...old, isBusy }))
    latest.current = asking
    return () => asking.close()
  }, [client, host])
  const key = request && JSON.stringify(request)
  useEffect(() => {
    if (key !== null) latest.current?.push(JSON.parse(key) as ColorStillRequest)
  }, [key])
  return state
}
