import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import { useClient, useHost } from '../client/context.tsx'
import { measures } from '../ui/theme/tokens.ts'
import type { LaneScale } from './laneScale.ts'
import styles from './Timeline.module.css'

/** Height of a thumbnail, in device pixels asked for and in pixels shown. */
const box = { width: 320, height: 120 }
const laneHeight = measures.thumb

/** Address of a small picture of one frame; null: not there yet. */
export function useSmallStill(asset: Asset, frame: number, size: Size): string | null {
  const client = useClient()
  const host = useHost()
  const { data } = useQuery({
    queryKey: ['thumbnail', asset.id, frame, size.height],
    queryFn: ({ signal }) => client.film.still({ asset: asset.id, frame, box: size, ahead: false }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    enabled: !asset.missing,
  })
  return data ? host.pictureUrl(data.key) : null
}

function Thumbnail({ asset, frame, left, width }: { readonly asset: Asset; readonly frame: number; readonly left: number; readonly width: number }) {
  const src = useSmallStill(asset, frame, box)
  return src === null ? null : <img src={src} alt="" draggable={false} style={{ left, width }} />
}

interface ThumbnailsProps {
  readonly asset: Asset
  /** Frames [from, to) of the clip. */
  readonly from: number
  readonly to: number
  /** Frame of the timeline at which the first of them stands. */
  readonly at: number
  readonly scale: LaneScale
}

/** Small pictures along a stretch of a clip, each of the frame at its left edge. They lie on a grid of frames, so that moving along asks for new ones alone. */
export const Thumbnails = memo(function Thumbnails({ asset, from, to, at, scale }: ThumbnailsProps) {
  const { perFrame, width } = scale
  const pictureWidth = Math.round((laneHeight * asset.info.width) / asset.info.height)
  // Powers of two: a zoom asks for half of them anew, not for all.
  const every = perFrame > 0 ? Math.max(1, 2 ** Math.ceil(Math.log2(pictureWidth / perFrame))) : 0
  const left = (n: number): number => scale.x(at + n - from)
  const first = Math.max(from, Math.floor(from + scale.first - at))
  const shown: number[] = []
  if (every > 0) for (let n = Math.floor(first / every) * every; n < to && left(n) < width; n += every) if (n + every > from) shown.push(n)
  return (
    <div className={styles['thumbnails']} aria-hidden>
      {shown.map((n) => (
        <Thumbnail key={n} asset={asset} frame={n} left={left(n)} width={Math.ceil(every * perFrame)} />
      ))}
    </div>
  )
})
