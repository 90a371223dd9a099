import { UnstyledButton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { ProgressRing } from '../ui/ProgressRing.tsx'
import classes from './QueuePill.module.css'
import { progressOf } from './queueProgress.ts'
import { go } from './view.ts'

/** Ring and count of what runs; leads to the Queue. Nothing to do, nothing shown. */
export function QueuePill() {
  const { t, format } = useTexts()
  const { data } = useQuery(useStudioQueries().jobs())
  const progress = data ? progressOf(data.jobs, data.summary) : null
  if (!progress) return null
  const figures = { done: format.number(progress.done), total: format.number(progress.total) }
  return (
    <UnstyledButton className={classes['pill']} aria-label={t('app.queue.pill', figures)} onClick={() => go('queue')}>
      <ProgressRing value={progress.share} running={!progress.paused} />
      <span className={classes['count']}>{t('app.queue.done', figures)}</span>
    </UnstyledButton>
  )
}
