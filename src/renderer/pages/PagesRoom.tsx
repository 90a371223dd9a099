import { Button, VisuallyHidden } from '@mantine/core'
import { IconBook2, IconFolder, IconPlus } from '@tabler/icons-react'
import { useCommandButton, useCommandContext } from '../app/commands.ts'
import { useRoomAssets } from '../app/roomAssets.ts'
import { Slot } from '../app/slots.tsx'
import { useTexts } from '../i18n/index.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { OnePage } from './OnePage.tsx'
import { PageExport } from './PageExport.tsx'
import { useOpenPage } from './state.ts'

/** Nothing to colour yet: what the room is for, and how pages come in. */
function NoPages() {
  const { t } = useTexts()
  const add = useCommandButton('pages.add')
  const addFolder = useCommandButton('pages.addFolder')
  useCommandContext({ isOpen: false })
  return (
    <EmptyState
      heading="h1"
      icon={IconBook2}
      title={t('pages.empty')}
      action={
        <>
          <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.6} />} onClick={add.run}>
            {t('pages.add')}
          </Button>
          <Button leftSection={<IconFolder size={16} stroke={1.6} />} onClick={addFolder.run}>
            {t('pages.addFolder')}
          </Button>
        </>
      }
    >
      {t('pages.emptyText')}
    </EmptyState>
  )
}

/** The room of comic pages: one page is always open, the chapter lies below it. */
export function PagesRoom({ hasProject }: { readonly hasProject: boolean }) {
  const { t } = useTexts()
  const { assets: pages, current: page, error, retry } = useRoomAssets('page', hasProject, useOpenPage())
  if (error) return <ErrorPanel error={error} onRetry={retry} />
  if (!pages) return null
  if (!page) return <NoPages />
  return (
    <>
      <VisuallyHidden component="h1">{t('room.pages')}</VisuallyHidden>
      <OnePage key={page.id} asset={page} pages={pages} />
      <PageExport pages={pages} />
      <Slot name="status">
        <span>{page.name}</span>
      </Slot>
    </>
  )
}
