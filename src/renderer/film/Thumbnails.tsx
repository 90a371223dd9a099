import { useQuery } from '@tanstack/react-query'
import type { Asset } from '../../contract/assets.ts'
import type { Size } from '../../contract/pictures.ts'
import { useClient, useHost } from '../client/context.tsx'
import { measures } from '../ui/theme/tokens.ts'
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
  readonly frames: number
  /** The frame at the left edge, and pixels of one frame. */
  readonly first: number
  readonly perFrame: number
  readonly width: number
}

/** Small pictures along the clip, each of the frame at its left edge. They lie on a grid of frames, so that moving along asks for new ones alone. */
export function Thumbnails({ asset, frames, first, perFrame, width }: ThumbnailsProps) {
  const pictureWidth = Math.round((laneHeight * asset.info.width) / asset.info.height)
  // Powers of two: a zoom asks for half of them anew, not for all.
  const every = perFrame > 0 ? Math.max(1, 2 ** Math.ceil(Math.log2(pictureWidth / perFrame))) : 0
  const shown: number[] = []
  if (every > 0) for (let n = Math.floor(first / every) * every; n < frames && (n - first) * perFrame < width; n += every) if (n >= 0) shown.push(n)
  return (
    <div className={styles['thumbnails']} aria-hidden>
      {shown.map((n) => (
        <Thumbnail key={n} asset={asset} frame={n} left={(n - first) * perFrame} width={Math.ceil(every * perFrame)} />
      ))}
    </div>
  )
}
