import { IconBox, IconCheck, IconPhoto } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { isUnfinished } from '../../contract/jobs.ts'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import classes from './BatchCard.module.css'
import { BatchRow } from './BatchRow.tsx'
import type { Batch } from './batches.ts'

/** The batches of one project that still run or wait; or (project null) what has ended. */
export function BatchCard({ project, batches }: { readonly project: string | null; readonly batches: readonly Batch[] }) {
  const { t } = useTexts()
  const queries = useStudioQueries()
  const { data: current } = useQuery(queries.project())
  const { data: recent } = useQuery(queries.recent())
  const named = current?.id === project || project === '' ? current?.name : recent?.find(({ id }) => id === project)?.name
  const title = project === null ? t('queue.ended') : project === 'models' ? t('room.models') : (named ?? project)
  const Icon = project === null ? IconCheck : project === 'models' ? IconBox : IconPhoto
  const left = batches.reduce((sum, { jobs }) => sum + jobs.filter(isUnfinished).length, 0)
  return (
    <section className={classes['card']} aria-label={title}>
      <header className={classes['head']}>
        <Icon className={classes['icon']} />
        <h2 className={classes['title']}>{title}</h2>
        {left > 0 ? <span className={classes['left']}>{t('queue.left', { count: left })}</span> : null}
      </header>
      {batches.map((batch) => (
        <BatchRow key={batch.id} batch={batch} />
      ))}
    </section>
  )
}
