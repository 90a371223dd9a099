import { SegmentedControl } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { comparison, type Compared, type Comparison } from '../../../contract/review.ts'
import { useTexts } from '../../i18n/index.ts'
import styles from './Review.module.css'
import { gains, useReview } from './state.ts'

/** Below the stage: whether luma is the same to the last sample, what the difference is of, and how much it is multiplied. */
export function DifferenceBar({ luma }: { readonly luma: Compared['luma'] | null }) {
  const { t, format } = useTexts()
  const { of, gain } = useReview()
  const same = luma?.most === 0
  const said = luma && (same ? t('film.compare.same', { samples: format.number(luma.samples) }) : t('film.compare.differs', { most: format.number(luma.most), share: format.percent(luma.share) }))
  const Icon = same ? IconCircleCheck : IconAlertTriangle
  return (
    <>
      <span className={styles['lamp']} role="status" data-same={luma ? same : undefined} title={said ?? undefined}>
        {luma && <Icon size={14} stroke={1.6} aria-hidden />}
        {said !== null && <span>{said}</span>}
      </span>
      <span className={styles['controls']}>
        <SegmentedControl
          size="xs"
          aria-label={t('film.compare.of')}
          value={of}
          data={comparison.options.map((value) => ({ value, label: t(`film.compare.of.${value}`) }))}
          onChange={(value) => useReview.setState({ of: value as Comparison })}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('film.compare.gain')}
          value={String(gain)}
          data={gains.map((value) => ({ value: String(value), label: t('film.speed', { speed: value }) }))}
          onChange={(value) => useReview.setState({ gain: Number(value) })}
        />
      </span>
    </>
  )
}
