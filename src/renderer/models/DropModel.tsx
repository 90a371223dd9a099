import { Dropzone } from '@mantine/dropzone'
import { IconFilePlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { DroppedFile } from '../../contract/host.ts'
import { HourglassError } from '../../contract/errors.ts'
import { useClient, useHost } from '../client/context.tsx'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import classes from './DropModel.module.css'

/** A place among the cards where a model file and its card can be dropped. */
export function DropModel() {
  const { t } = useTexts()
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const add = useMutation({
    mutationFn: async (files: readonly DroppedFile[]) => {
      const granted = await host.takeDropped(files)
      const model = granted.find(({ name }) => name.endsWith('.onnx'))
      const card = granted.find(({ name }) => name.endsWith('.json'))
      if (!model) throw new HourglassError('unsupported', t('models.noOnnx', { name: files[0]?.name ?? '' }), t('models.noOnnxRemedy'))
      return client.models.add({ grant: model.grant, ...(card ? { card: card.grant } : {}) })
    },
    onSuccess: (model) => tell.note(t('models.added', { name: model.title })),
    onError: tell.error,
  })
  return (
    <Dropzone onDrop={(files) => add.mutate(files)} loading={add.isPending} activateOnClick={false} activateOnKeyboard={false} tabIndex={-1} classNames={{ root: classes['drop'] ?? '', inner: classes['inner'] ?? '' }}>
      <IconFilePlus className={classes['icon']} />
      <span>{t('models.drop')}</span>
      <span className={classes['quiet']}>{t('models.dropText')}</span>
    </Dropzone>
  )
}
