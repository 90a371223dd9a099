import { Button, UnstyledButton } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useClient, useHost } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { useTell } from '../ui/tell.ts'
import classes from './dialogs.module.css'
import { go } from './view.ts'

/** Recent projects, and the way to any other. */
export function OpenProject({ opened, onClose }: { readonly opened: boolean; readonly onClose: () => void }) {
  const { t, format } = useTexts()
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { data: recent } = useQuery({ ...useStudioQueries().recent(), enabled: opened })
  const open = (which: Parameters<typeof client.projects.open>[0]) =>
    void client.projects.open(which).then(() => {
      onClose()
      go('photos')
    }, tell.error)
  const choose = async () => {
    const [granted] = await host.pickFiles('project')
    if (granted) open({ grant: granted.grant })
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('app.project.openTitle')}>
      <div className={classes['list']}>
        {recent?.map(({ id, name, folder, openedAt, missing }, place) => (
          <UnstyledButton key={id} className={classes['row']} disabled={missing} data-autofocus={place === 0 || undefined} onClick={() => open({ id })}>
            <span className={classes['rowName']}>{name}</span>
            <span className={classes['rowTime']}>{format.moment(openedAt)}</span>
            <span className={classes['rowText']}>{missing ? t('app.project.missing') : folder}</span>
          </UnstyledButton>
        ))}
        {recent?.length === 0 ? <p className={classes['none']}>{t('app.project.noRecent')}</p> : null}
      </div>
      <Button leftSection={<IconFolderOpen className={classes['icon']} />} onClick={() => void choose().catch(tell.error)}>
        {t('app.project.openOther')}
      </Button>
    </Dialog>
  )
}
