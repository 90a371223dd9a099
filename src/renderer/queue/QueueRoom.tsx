import { Button, Skeleton } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconStack2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useClient } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { RoomHead } from '../ui/RoomHead.tsx'
import { useTell } from '../ui/tell.ts'
import { batchesOf, type Batch } from './batches.ts'
import { BatchCard } from './BatchCard.tsx'
import classes from './QueueRoom.module.css'

/** Batches of one project stand in one card. */
function byProject(batches: readonly Batch[]): [string, Batch[]][] {
  const groups = new Map<string, Batch[]>()
  for (const batch of batches) {
    const key = batch.kind === 'model-download' ? 'models' : (batch.project ?? '')
    groups.set(key, [...(groups.get(key) ?? []), batch])
  }
  return [...groups]
}

/** Long work: what runs, what waits, what has ended and what went wrong. */
export function QueueRoom() {
  const { t, format } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data, error, refetch } = useQuery(useStudioQueries().jobs())
  const batches = useMemo(() => (data ? batchesOf(data.jobs) : null), [data])
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!data || !batches) return <Skeleton className={classes['skeleton']} animate={false} />

  const { summary } = data
  const known = batches.open.map((batch) => batch.secondsLeft).filter((seconds) => seconds !== null)
  const secondsLeft = known.length > 0 ? known.reduce((sum, seconds) => sum + seconds, 0) : summary.secondsLeft
  const figures = [
    summary.running > 0 ? t('queue.running', { count: summary.running }) : '',
    summary.waiting > 0 ? t('queue.waiting', { count: summary.waiting }) : '',
    summary.paused > 0 ? t('queue.paused', { count: summary.paused }) : '',
    summary.failed > 0 ? t('queue.failed', { count: summary.failed }) : '',
    secondsLeft === null || batches.open.length === 0 ? '' : t('queue.timeLeft', { time: format.duration(secondsLeft) }),
  ].filter((part) => part !== '')
  const isEmpty = batches.open.length + batches.ended.length === 0
  const done = (call: Promise<unknown>) => void call.catch(tell.error)

  return (
    <div className={classes['room']}>
      <div className={classes['content']}>
        <RoomHead title={t('room.queue')} summary={figures.join(' · ')}>
          {batches.ended.length > 0 ? <Button onClick={() => done(client.jobs.clear({ states: ['done', 'failed', 'cancelled'] }))}>{t('queue.clear')}</Button> : null}
          {summary.isPaused || (batches.open.length > 0 && summary.running + summary.waiting === 0) ? (
            <Button leftSection={<IconPlayerPlay className={classes['icon']} />} onClick={() => done(client.jobs.resume({ all: true }))}>
              {t('queue.resumeAll')}
            </Button>
          ) : batches.open.length > 0 ? (
            <Button leftSection={<IconPlayerPause className={classes['icon']} />} onClick={() => done(client.jobs.pause({ all: true }))}>
              {t('queue.pauseAll')}
            </Button>
          ) : null}
        </RoomHead>
        {isEmpty ? (
          <EmptyState icon={IconStack2} title={t('queue.empty')}>
            {t('queue.emptyText')}
          </EmptyState>
        ) : null}
        {byProject(batches.open).map(([project, list]) => (
          <BatchCard key={project} project={project} batches={list} />
        ))}
        {batches.ended.length > 0 ? <BatchCard project={null} batches={batches.ended} /> : null}
      </div>
    </div>
  )
}
