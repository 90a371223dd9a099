import { Button, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconBolt, IconDownload, IconGauge, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import family from '../../../resources/samples/card-family.webp'
import girl from '../../../resources/samples/card-girl.webp'
import lake from '../../../resources/samples/card-lake.webp'
import type { ModelSummary } from '../../contract/models.ts'
import { useClient } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { StateBadge } from '../ui/StateBadge.tsx'
import { useTell } from '../ui/tell.ts'
import { figuresOf } from './figures.ts'
import classes from './ModelCard.module.css'

/** Our own drawings in turn, so that cards can be told apart at a glance. */
const pictures = [family, lake, girl]

function Figures({ model }: { readonly model: ModelSummary }) {
  const { t, format } = useTexts()
  const figures = figuresOf(model.figures)
  const what = model.figures['what']
  if (figures.length === 0) return null
  return (
    <Tooltip label={typeof what === 'string' ? what : t('models.figuresHelp')} multiline position="bottom-start">
      <dl className={classes['figures']} tabIndex={0}>
        {figures.map(({ id, text, value, digits, better }) => {
          const Arrow = better === 'lower' ? IconArrowDown : IconArrowUp
          return (
            <div key={id} className={classes['figure']}>
              <dt>{t(text)}</dt>
              <dd>
                {format.number(value, digits)}
                <span role="img" aria-label={t(`models.better.${better}`)}>
                  <Arrow className={classes['arrow']} />
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
    </Tooltip>
  )
}

/** The state of a model in one line, with what can be done about it at the right. */
function Foot({ model, onGet, onRemove }: { readonly model: ModelSummary; readonly onGet: () => void; readonly onRemove: () => void }) {
  const { t, format } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: queue } = useQuery({ ...useStudioQueries().jobs(), enabled: model.state === 'downloading' })
  const makeDefault = useMutation({ mutationFn: () => client.models.setDefault({ id: model.id }), onError: tell.error })
  const measure = useMutation({ mutationFn: () => client.models.measure({ id: model.id }), onError: tell.error })
  if (model.state === 'available') {
    const bytes = model.download?.bytes ?? null
    return (
      <div className={classes['foot']}>
        <Button leftSection={<IconDownload className={classes['icon']} />} onClick={onGet} disabled={!model.download}>
          {bytes === null ? t('models.get') : t('models.getBytes', { size: format.bytes(bytes) })}
        </Button>
        <span className={classes['quiet']}>{model.download?.sha256 ? t('models.checked') : ''}</span>
      </div>
    )
  }
  if (model.state === 'downloading') {
    const job = queue?.jobs.find((each) => each.model === model.id && (each.state === 'running' || each.state === 'waiting' || each.state === 'paused'))
    const progress = job?.progress ?? 0
    return (
      <div className={classes['foot']}>
        <div className={classes['download']}>
          <ProgressBar value={progress} label={model.title} running={job?.state === 'running'} />
        </div>
        <span className={classes['quiet']}>{format.percent(progress)}</span>
        {job ? (
          <Button size="xs" variant="subtle" onClick={() => void client.jobs.cancel({ ids: [job.id] }).catch(tell.error)}>
            {t('common.cancel')}
          </Button>
        ) : null}
      </div>
    )
  }
  return (
    <div className={classes['foot']}>
      {model.state === 'broken' ? (
        <StateBadge state="failed" word label={t('models.broken')} />
      ) : model.isDefault ? (
        <StateBadge state="done" word label={t(model.state === 'bundled' ? 'models.bundled' : 'models.isInstalled')} />
      ) : (
        <Button loading={makeDefault.isPending} onClick={() => makeDefault.mutate()}>
          {t('models.makeDefault')}
        </Button>
      )}
      <span className={classes['gap']} />
      {model.state === 'broken' ? null : <IconButton label={t('models.measure')} icon={measure.isPending ? IconBolt : IconGauge} disabled={measure.isPending} onClick={() => measure.mutate()} />}
      {model.state === 'bundled' ? null : <IconButton label={t('common.remove')} icon={IconTrash} onClick={onRemove} />}
    </div>
  )
}

/** A model: picture, task, licence, size, speed here, figures, and what can be done with it. */
export function ModelCard({ model, place, onGet, onRemove }: {
  readonly model: ModelSummary
  /** Its place in the room, from 0. */
  readonly place: number
  readonly onGet: () => void
  readonly onRemove: () => void
}) {
  const { t, format, say } = useTexts()
  const isHere = model.state === 'installed' || model.state === 'bundled'
  return (
    <article className={classes['card']} aria-label={model.title}>
      {model.task === 'colorize' ? <img src={pictures[place % pictures.length]} alt="" className={classes['picture']} draggable={false} /> : null}
      {model.isDefault ? <span className={classes['default']}>{t('models.default')}</span> : null}
      <div className={classes['body']}>
        <header className={classes['head']}>
          <h2 className={classes['title']}>{model.title}</h2>
          <span className={classes['quiet']}>{t(`models.task.${model.task}`)}</span>
        </header>
        {model.description === '' ? null : <p className={classes['description']}>{model.description}</p>}
        <p className={classes['quiet']}>
          {model.bytes > 0 ? `${format.bytes(model.bytes)} · ` : ''}
          {model.licence.spdx}
          {model.licence.commercial ? '' : ` · ${t('models.privateUse')}`}
          <br />
          {model.speedMs !== null ? t('models.speed', { time: format.milliseconds(model.speedMs) }) : isHere ? t('models.notMeasured') : null}
        </p>
        {model.problem !== null ? <p className={classes['problem']}>{say(model.problem)}</p> : <Figures model={model} />}
        <Foot model={model} onGet={onGet} onRemove={onRemove} />
      </div>
    </article>
  )
}
