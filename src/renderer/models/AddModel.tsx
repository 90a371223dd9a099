import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Granted, PickKind } from '../../contract/host.ts'
import { useClient, useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { useTell } from '../ui/tell.ts'
import classes from './dialogs.module.css'

/** A model of the user's own: its file, and a card where the studio does not know the network by itself. */
export function AddModel({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTexts()
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const [file, setFile] = useState<Granted | null>(null)
  const [card, setCard] = useState<Granted | null>(null)
  const add = useMutation({
    mutationFn: (model: Granted) => client.models.add({ grant: model.grant, ...(card ? { card: card.grant } : {}) }),
    onSuccess: (model) => {
      tell.note(t('models.added', { name: model.title }))
      onClose()
    },
  })
  const choose = async (kind: PickKind, set: (granted: Granted) => void) => {
    const [granted] = await host.pickFiles(kind)
    if (!granted) return
    add.reset()
    set(granted)
  }
  return (
    <Dialog onClose={onClose} title={t('models.addTitle')}>
      <p className={classes['quiet']}>{t('models.addText')}</p>
      <dl className={classes['facts']}>
        <dt>{t('models.addFile')}</dt>
        <dd className={classes['pick']}>
          <Button onClick={() => void choose('model', setFile).catch(tell.error)} data-autofocus>
            {t('models.chooseFile')}
          </Button>
          <span>{file?.name ?? '.onnx'}</span>
        </dd>
        <dt>{t('models.addCard')}</dt>
        <dd className={classes['pick']}>
          <Button onClick={() => void choose('card', setCard).catch(tell.error)}>{t('models.chooseCard')}</Button>
          <span>{card?.name ?? t('models.cardOptional')}</span>
        </dd>
      </dl>
      {add.error ? <ErrorPanel compact error={add.error} /> : null}
      <div className={classes['actions']}>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="filled" disabled={!file} loading={add.isPending} onClick={() => file && add.mutate(file)}>
          {t('models.add')}
        </Button>
      </div>
    </Dialog>
  )
}
