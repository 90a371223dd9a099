import { memo } from 'react'
import { flickerLimit, peaksOf } from '../../../core/film/flickerCurve.ts'
import { useTexts } from '../../i18n/index.ts'
import type { LaneScale } from '../laneScale.ts'
import styles from './FlickerLane.module.css'

/** Pixels of one column of the drawing. */
const column = 2
/** Percent at the top of the lane, where nothing is higher. */
const usualTop = 3 * flickerLimit

/** Flicker along the clip; what is above the limit stands out. */
export const FlickerLane = memo(function FlickerLane({ curve, scale }: { readonly curve: readonly number[]; readonly scale: LaneScale }) {
  const { t } = useTexts()
  const columns = Math.max(1, Math.floor(scale.width / column))
  const peaks = peaksOf(curve, scale.first, scale.frameAt(scale.width), columns)
  const top = Math.max(usualTop, ...peaks)
  const bars = (isWanted: (percent: number) => boolean) => peaks.map((percent, i) => (isWanted(percent) ? `M${i} 100V${100 - (100 * percent) / top}h1V100Z` : '')).join('')
  const limit = 100 - (100 * flickerLimit) / top
  return (
    <svg className={styles['lane']} viewBox={`0 0 ${columns} 100`} preserveAspectRatio="none" role="img" aria-label={t('film.flicker')}>
      <path d={bars((percent) => percent > 0 && percent <= flickerLimit)} />
      <path data-above d={bars((percent) => percent > flickerLimit)} />
      <line x1={0} x2={columns} y1={limit} y2={limit} />
    </svg>
  )
})
