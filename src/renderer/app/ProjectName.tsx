import { Button, TextInput } from '@mantine/core'
import { useState, type FormEvent } from 'react'
import { useClient } from '../client/context.tsx'
import { useProject } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useTell } from '../ui/tell.ts'
import classes from './dialogs.module.css'
import { go } from './view.ts'

/** Asks for the name of a new project, or for another name of the open one. Mounted while it is asked. */
export function ProjectName({ what, onClose }: { readonly what: 'new' | 'rename'; readonly onClose: () => void }) {
  const { t } = useTexts()
  const client = useClient()
  const tell = useTell()
  const { data: project } = useProject()
  const [name, setName] = useState(what === 'rename' ? (project?.name ?? '') : t('app.project.newName'))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const given = { name: name.trim() }
    const done = () => {
      onClose()
      if (what === 'new') go('photos')
    }
    void (what === 'rename' ? client.projects.rename(given) : client.projects.create(given)).then(done, tell.error)
  }
  return (
    <Dialog onClose={onClose} title={t(what === 'rename' ? 'app.project.renameTitle' : 'app.project.newTitle')}>
      <form onSubmit={submit} className={classes['form']}>
        <TextInput label={t('app.project.name')} value={name} maxLength={200} data-autofocus onFocus={(event) => event.currentTarget.select()} onChange={(event) => setName(event.currentTarget.value)} />
        <div className={classes['actions']}>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="filled" disabled={name.trim() === ''}>
            {t(what === 'rename' ? 'common.rename' : 'common.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
