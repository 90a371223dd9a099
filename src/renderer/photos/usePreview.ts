import { useEffect, useRef, useState } from 'react'
import { asHourglassError, type HourglassError } from '../../contract/errors.ts'
import type { Preview, PreviewRequest } from '../../contract/photos.ts'
import { useClient } from '../client/context.tsx'
import { Latest } from './latest.ts'

export interface PreviewState {
  /** The newest picture that has arrived; stays until a newer one does. */
  readonly preview: Preview | null
  readonly busy: boolean
  readonly error: HourglassError | null
}

const nothing: PreviewState = { preview: null, busy: false, error: null }

/** Keeps asking for the picture of the newest request; null asks for nothing. A change of lane starts afresh. */
export function usePreview(request: PreviewRequest | null): PreviewState {
  const client = useClient()
  const lane = request?.lane ?? null
  const [state, setState] = useState<PreviewState>(nothing)
  const latest = useRef<Latest<PreviewRequest, Preview> | null>(null)

  useEffect(() => {
    if (lane === null) return
    const asking = new Latest<PreviewRequest, Preview>((question, signal) => client.photos.preview(question, { signal }))
    asking.onAnswer = (preview) => setState((old) => ({ ...old, preview, error: null }))
    asking.onError = (error) => {
      const told = asHourglassError(error)
      if (told.code !== 'cancelled') setState((old) => ({ ...old, error: told }))
    }
    asking.onBusy = (busy) => setState((old) => ({ ...old, busy }))
    latest.current = asking
    return () => {
      asking.close()
      latest.current = null
      setState(nothing)
    }
  }, [client, lane])

  const key = request ? JSON.stringify(request) : null
  useEffect(() => {
    if (key !== null) latest.current?.push(JSON.parse(key) as PreviewRequest)
  }, [key, lane])

  return state
}
