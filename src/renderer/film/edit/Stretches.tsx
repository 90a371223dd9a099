import type { Asset } from '../../../contract/assets.ts'
import type { EditPart } from '../../../contract/edit.ts'
import { lengthOf, partStarts } from '../../../core/film/edit.ts'
import type { LaneScale } from '../laneScale.ts'
import { Thumbnails } from '../Thumbnails.tsx'
import styles from './PartLane.module.css'

interface StretchesProps {
  readonly parts: readonly EditPart[]
  readonly clips: readonly Asset[]
  readonly scale: LaneScale
}

/** Small pictures along the edit, part by part; a clip that is gone has none. */
export function Stretches({ parts, clips, scale }: StretchesProps) {
  const starts = partStarts(parts)
  return (
    <div className={styles['stretches']}>
      {parts.map((part, at) => {
        const start = starts[at] as number
        const clip = clips.find(({ id }) => id === part.asset)
        const [left, width] = [scale.x(start), lengthOf(part) * scale.perFrame]
        if (!clip || left + width <= 0 || left >= scale.width) return null
        const own: LaneScale = { ...scale, width: Math.min(width, scale.width - left), x: (frame) => scale.x(frame) - left }
        return (
          <div key={part.id} className={styles['stretch']} style={{ left, width }}>
            <Thumbnails asset={clip} from={part.from} to={part.to} at={start} scale={own} />
          </div>
        )
      })}
    </div>
  )
}
