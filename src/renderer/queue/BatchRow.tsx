import { Button } from '@mantine/core'
import { IconChevronRight, IconPhoto, IconPlayerPause, IconPlayerPlay, IconRefresh, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import type { Job } from '../../contract/jobs.ts'
import { useClient, useHost } from '../client/context.tsx'
import { useAssets } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { useTell } from '../ui/tell.ts'
import classes from './BatchRow.module.css'
import { logOf, type Batch } from './batches.ts'
import { useBatchTexts } from './useBatchTexts.ts'
import { useResults } from './useResults.ts'

/** Failed jobs shown one by one; of more, the number is said. */
const failuresShown = 5
const logLines = 12

function Picture({ jobs }: { readonly jobs: readonly Job[] }) {
  const host = useHost()
  const { data: assets } = useAssets()
  const ids = new Set(jobs.map(({ asset }) => asset))
  const asset = assets?.find(({ id, thumbnail }) => ids.has(id) && thumbnail !== null)
  const key = asset?.resultThumbnail ?? asset?.thumbnail
  return key ? (
    <img className={classes['picture']} src={host.pictureUrl(key)} alt="" draggable={false} />
  ) : (
    <span className={classes['picture']}>
      <IconPhoto className={classes['pictureIcon']} />
    </span>
  )
}

function Failure({ job }: { readonly job: Job }) {
  const { t, label, told } = useTexts()
  const error = job.error && told(job.error)
  const client = useClient()
  const tell = useTell()
  return (
    <div className={classes['failure']}>
      <div className={classes['failureWords']}>
        <p className={classes['failureTitle']}>{label(job.title)}</p>
        <p className={classes['quiet']} data-selectable>
          {error ? `${error.message} ${error.remedy}` : t('errors.internal')}
        </p>
        <Button size="xs" leftSection={<IconRefresh className={classes['icon']} />} onClick={() => void client.jobs.retry({ ids: [job.id] }).catch(tell.error)}>
          {t('ui.tryAgain')}
        </Button>
      </div>
      <StateBadge state="failed" />
    </div>
  )
}

function Log({ jobs }: { readonly jobs: readonly Job[] }) {
  const { label, format } = useTexts()
  return (
    <ol className={classes['log']}>
      {logOf(jobs, logLines).map(({ key, at, text, name }) => (
        <li key={key}>
          <time dateTime={at}>{format.time(at)}</time> {name ? `${name} · ` : ''}
          {label(text)}
        </li>
      ))}
    </ol>
  )
}

/** What, bar, done of all · rate · time left, then buttons; failed says what happened and what can still be done. */
export function BatchRow({ batch }: { readonly batch: Batch }) {
  const { t } = useTexts()
  const client = useClient()
  const tell = useTell()
  const texts = useBatchTexts(batch)
  const showResults = useResults(batch)
  const [logOpen, setLogOpen] = useState(false)
  const which = { batch: batch.id }
  const isOpen = batch.state === 'running' || batch.state === 'waiting' || batch.state === 'paused'
  const call = (work: Promise<unknown>) => void work.catch(tell.error)
  const [onlyFailure] = batch.failed
  const failedAlone = batch.jobs.length === 1 && onlyFailure !== undefined

  return (
    <div className={classes['row']}>
      <Picture jobs={batch.jobs} />
      <div className={classes['words']}>
        {failedAlone ? null : (
          <>
            <div className={classes['line']}>
              <h3 className={classes['title']}>{texts.title}</h3>
              <span className={classes['state']}>{texts.state}</span>
              {batch.state === 'done' ? <StateBadge state="done" /> : null}
              {showResults ? (
                <Button size="xs" variant="subtle" onClick={showResults.run}>
                  {showResults.text}
                </Button>
              ) : null}
              {batch.state === 'running' || batch.state === 'waiting' ? (
                <IconButton size="small" label={t('queue.pause')} icon={IconPlayerPause} onClick={() => call(client.jobs.pause(which))} />
              ) : null}
              {batch.state === 'paused' ? <IconButton size="small" label={t('queue.resume')} icon={IconPlayerPlay} onClick={() => call(client.jobs.resume(which))} /> : null}
              {isOpen ? <IconButton size="small" label={t('common.cancel')} icon={IconX} onClick={() => call(client.jobs.cancel(which))} /> : null}
            </div>
            {isOpen ? <ProgressBar value={batch.progress} label={texts.title} running={batch.state === 'running'} /> : null}
            <p className={classes['quiet']}>
              {texts.figures}
              {batch.jobs.some(({ log }) => log.length > 0) ? (
                <button type="button" className={classes['logToggle']} aria-expanded={logOpen} onClick={() => setLogOpen(!logOpen)}>
                  <IconChevronRight className={classes['chevron']} data-open={logOpen || undefined} />
                  {t('queue.log')}
                </button>
              ) : null}
            </p>
            {logOpen ? <Log jobs={batch.jobs} /> : null}
          </>
        )}
        {batch.failed.slice(0, failuresShown).map((job) => (
          <Failure key={job.id} job={job} />
        ))}
        {batch.failed.length > 1 ? (
          <p className={classes['quiet']}>
            {batch.failed.length > failuresShown ? t('queue.moreFailed', { count: batch.failed.length - failuresShown }) : null}
            <Button size="xs" variant="subtle" onClick={() => call(client.jobs.retry({ ids: batch.failed.map(({ id }) => id) }))}>
              {t('queue.retryAll', { count: batch.failed.length })}
            </Button>
          </p>
        ) : null}
      </div>
    </div>
  )
}
