import { Button, Modal, TextInput } from '@mantine/core'
import { useEffect, useState, type FormEvent } from 'react'
import { useClient } from '../client/context.tsx'
import { useProject } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import classes from './dialogs.module.css'

export function RenameProject({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: project } = useProject()
  const [name, setName] = useState('')
  useEffect(() => {
    if (opened) setName(project?.name ?? '')
  }, [opened, project?.name])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void client.projects.rename({ name: name.trim() }).then(onClose, tell.error)
  }
  return (
    <Modal opened={opened} onClose={onClose} title={t('app.project.renameTitle')} closeButtonProps={{ 'aria-label': t('common.close') }}>
      <form onSubmit={submit} className={classes['form']}>
        <TextInput label={t('app.project.name')} value={name} maxLength={200} data-autofocus onChange={(event) => setName(event.currentTarget.value)} />
        <div className={classes['actions']}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            {t('common.rename')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
