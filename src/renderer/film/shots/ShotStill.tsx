import { useInViewport } from '@mantine/hooks'
import type { Asset } from '../../../contract/assets.ts'
import type { Shot } from '../../../contract/shots.ts'
import { useSmallStill } from '../Thumbnails.tsx'
import styles from './ShotBoard.module.css'

/** Height of a still, device pixels. */
const box = { width: 320, height: 180 }

/** The frame in the middle of a shot, small; made once it is in sight. */
export function ShotStill({ asset, shot }: { readonly asset: Asset; readonly shot: Shot }) {
  const { ref, inViewport } = useInViewport<HTMLSpanElement>()
  return (
    <span ref={ref} className={styles['still']}>
      {inViewport && <Still asset={asset} frame={(shot.from + shot.to) >> 1} />}
    </span>
  )
}

function Still({ asset, frame }: { readonly asset: Asset; readonly frame: number }) {
  const src = useSmallStill(asset, frame, box)
  return src === null ? null : <img src={src} alt="" draggable={false} />
}
