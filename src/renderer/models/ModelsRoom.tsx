import { Button, Skeleton } from '@mantine/core'
import { IconPlus, IconShieldCheck } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { ModelSummary } from '../../contract/models.ts'
import { useClient } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { RoomHead } from '../ui/RoomHead.tsx'
import { useTell } from '../ui/tell.ts'
import { AddModel } from './AddModel.tsx'
import { DropModel } from './DropModel.tsx'
import { GetModel } from './GetModel.tsx'
import { ModelCard } from './ModelCard.tsx'
import classes from './ModelsRoom.module.css'
import { Providers } from './Providers.tsx'
import { RemoveModel } from './RemoveModel.tsx'

const isHere = ({ state }: ModelSummary) => state === 'installed' || state === 'bundled' || state === 'broken'

type Asked = { readonly what: 'get' | 'remove'; readonly model: ModelSummary } | { readonly what: 'add' } | null

/** What is installed, what can be had, and what computes. */
export function ModelsRoom() {
  const { t, format } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: models, error, refetch } = useQuery(useStudioQueries().models())
  const [asked, setAsked] = useState<Asked>(null)
  const verify = useMutation({
    mutationFn: () => client.models.verify({}),
    onSuccess: (results) => {
      const bad = results.filter(({ ok }) => !ok)
      if (bad.length === 0) tell.note(t('models.verifiedAll', { count: results.length }))
      else tell.note(t('models.verifiedBad', { count: bad.length }), bad.map(({ message }) => message).join(' '))
    },
    onError: tell.error,
  })
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!models) return <Skeleton className={classes['skeleton']} animate={false} />

  const here = models.filter(isHere)
  const others = models.filter((model) => !isHere(model))
  const close = () => setAsked(null)
  const card = (model: ModelSummary) => (
    <ModelCard key={model.id} model={model} place={models.indexOf(model)} onGet={() => setAsked({ what: 'get', model })} onRemove={() => setAsked({ what: 'remove', model })} />
  )
  return (
    <div className={classes['room']}>
      <div className={classes['content']}>
        <RoomHead title={t('room.models')} summary={`${t('models.installed', { count: here.length })} · ${format.bytes(here.reduce((sum, { bytes }) => sum + bytes, 0))}`}>
          {here.length > 0 ? (
            <Button leftSection={<IconShieldCheck className={classes['icon']} />} loading={verify.isPending} onClick={() => verify.mutate()}>
              {t('models.verify')}
            </Button>
          ) : null}
          <Button leftSection={<IconPlus className={classes['icon']} />} onClick={() => setAsked({ what: 'add' })}>
            {t('common.add')}
          </Button>
        </RoomHead>
        <Providers />
        <div className={classes['cards']}>
          {here.map(card)}
          <DropModel />
        </div>
        {others.length > 0 ? (
          <>
            <h2 className={classes['subtitle']}>{t('models.toGet')}</h2>
            <div className={classes['cards']}>{others.map(card)}</div>
          </>
        ) : null}
      </div>
      {asked?.what === 'get' ? <GetModel model={asked.model} onClose={close} /> : null}
      {asked?.what === 'remove' ? <RemoveModel model={asked.model} onClose={close} /> : null}
      {asked?.what === 'add' ? <AddModel onClose={close} /> : null}
    </div>
  )
}
