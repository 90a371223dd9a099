import { Anchor, Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ModelSummary } from '../../contract/models.ts'
import { useClient } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { measures } from '../ui/theme/tokens.ts'
import { useTell } from '../ui/tell.ts'
import classes from './dialogs.module.css'

/** Before anything is fetched: licence, address, size and hash. */
export function GetModel({ model, onClose }: { readonly model: ModelSummary; readonly onClose: () => void }) {
  const { t, format } = useTexts()
  const client = useClient()
  const tell = useTell()
  const get = useMutation({ mutationFn: () => client.models.get({ id: model.id, acceptLicence: true }), onSuccess: onClose, onError: tell.error })
  const { download, licence } = model
  const size = download?.bytes ?? null
  return (
    <Dialog onClose={onClose} size={measures.dialogWide} title={t('models.getTitle', { name: model.title })}>
      <dl className={classes['facts']}>
        <dt>{t('models.licence')}</dt>
        <dd>
          {licence.url ? (
            <Anchor href={licence.url} target="_blank" rel="noreferrer">
              {licence.spdx}
            </Anchor>
          ) : (
            licence.spdx
          )}
          <p>{t(licence.commercial ? 'models.anyUse' : 'models.privateUseLong')}</p>
          {licence.note === '' ? null : <p>{licence.note}</p>}
        </dd>
        <dt>{t('models.from')}</dt>
        <dd data-selectable className={classes['code']}>
          {download?.url}
        </dd>
        <dt>{t('models.size')}</dt>
        <dd>{size === null ? t('models.sizeUnknown') : format.bytes(size)}</dd>
        <dt>{t('models.hash')}</dt>
        <dd data-selectable className={download?.sha256 ? classes['code'] : undefined}>
          {download?.sha256 ?? t('models.hashUnknown')}
        </dd>
      </dl>
      <p className={classes['quiet']}>{t('models.getText')}</p>
      <div className={classes['actions']}>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button variant="filled" loading={get.isPending} onClick={() => get.mutate()} data-autofocus>
          {t('models.accept')}
        </Button>
      </div>
    </Dialog>
  )
}
