import { Button, VisuallyHidden } from '@mantine/core'
import { IconBook2, IconFolder, IconPlus } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { Asset } from '../../contract/assets.ts'
import { useCommandButton, useCommandContext } from '../app/commands.ts'
import { Slot } from '../app/slots.tsx'
import { useAssets } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { OnePage } from './OnePage.tsx'
import { PageExport } from './PageExport.tsx'
import { useOpenPage } from './state.ts'
import { go } from '../app/view.ts'

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

const noAssets: readonly Asset[] = []

/** The room of comic pages: one page is always open, the chapter lies below it. */
export function PagesRoom({ hasProject }: { readonly hasProject: boolean }) {
  const { t } = useTexts()
  const { data, error, refetch } = useAssets()
  const assets = hasProject ? data : noAssets
  const open = useOpenPage()
  const pages = assets?.filter(({ kind }) => kind === 'page') ?? []
  const page = pages.find(({ id }) => id === open) ?? pages[0]
  const id = page?.id ?? null
  // The address may name nothing, or a page that is gone.
  useEffect(() => {
    if (assets && id !== open) go('pages', id === null ? [] : [id], true)
  }, [assets, id, open])

  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!assets) return null
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
