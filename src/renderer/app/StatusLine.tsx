import { Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useAdding } from './adding.ts'
import { placeOf, useIsFilled } from './slots.tsx'
import classes from './StatusLine.module.css'

/** Green: a graphics card works; grey: the processor. Hovering says why. */
function Provider() {
  const { t } = useTexts()
  const { data: system } = useQuery(useStudioQueries().system())
  if (!system) return null
  const onGpu = system.provider !== 'cpu'
  const why = system.providers.filter(({ name, usable }) => name !== 'cpu' && !usable).map(({ name, reason }) => `${name}: ${reason}`)
  const state = system.engine === 'restarting' || system.engine === 'failed' ? t(`app.status.engine.${system.engine}`) : null
  const lines = [onGpu ? t('app.status.onGpu', { name: system.provider }) : t('app.status.onCpu'), ...(onGpu ? [] : why)]
  return (
    <Tooltip
      position="top-end"
      multiline
      label={lines.map((line) => (
        <div key={line} className={classes['why']}>
          {line}
        </div>
      ))}
    >
      <span className={classes['provider']} tabIndex={0}>
        <span className={classes['dot']} data-gpu={onGpu || undefined} data-failed={system.engine === 'failed' || undefined} />
        {state ?? t(onGpu ? 'app.status.gpu' : 'app.status.cpu')}
      </span>
    </Tooltip>
  )
}

/** Memory changes without an event; asked this often (ms) while somebody looks. */
const memoryEvery = 5000

function Memory() {
  const { t, format } = useTexts()
  const { data: system } = useQuery({ ...useStudioQueries().system(), refetchInterval: memoryEvery })
  if (!system) return null
  const { usedMb, limitMb } = system.memory
  return <span className={classes['figure']}>{t('app.status.memory', { used: format.memory(usedMb), limit: format.memory(limitMb) })}</span>
}

/** What the room says of what is shown; at the right the machine. */
export function StatusLine({ hidden }: { readonly hidden: boolean }) {
  const { t, format } = useTexts()
  const isFilled = useIsFilled('status')
  const adding = useAdding((state) => state.progress)
  return (
    <footer className={classes['line']} hidden={hidden}>
      {adding === null ? null : (
        <span className={classes['figure']} role="status">
          {t('app.adding')} {adding > 0 && adding < 1 ? format.percent(adding) : ''}
        </span>
      )}
      <div ref={placeOf('status')} className={classes['place']} hidden={!isFilled} />
      {isFilled || adding !== null ? null : <span>{t('app.status.ready')}</span>}
      <span className={classes['gap']} />
      <div ref={placeOf('statusEnd')} className={classes['place']} />
      <Provider />
      <Memory />
    </footer>
  )
}
