import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { ModelSummary } from '../../contract/models.ts'
import { useClient } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useTell } from '../ui/tell.ts'
import classes from './dialogs.module.css'

/** Removing takes the file off the disk, which no undo brings back: asked once. */
export function RemoveModel({ model, onClose }: { readonly model: ModelSummary; readonly onClose: () => void }) {
  const { t, format } = useTexts()
  const client = useClient()
  const tell = useTell()
  const remove = useMutation({ mutationFn: () => client.models.remove({ id: model.id }), onSuccess: onClose, onError: tell.error })
  return (
    <Dialog onClose={onClose} title={t('models.removeTitle', { name: model.title })}>
      <p className={classes['text']}>{t(model.download ? 'models.removeText' : 'models.removeForGood', { size: format.bytes(model.bytes) })}</p>
      <div className={classes['actions']}>
        <Button onClick={onClose} data-autofocus>
          {t('common.cancel')}
        </Button>
        <Button variant="filled" loading={remove.isPending} onClick={() => remove.mutate()}>
          {t('common.remove')}
        </Button>
      </div>
    </Dialog>
  )
}
