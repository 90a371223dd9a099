import { Button, VisuallyHidden } from '@mantine/core'
import { IconMovie, IconPlus } from '@tabler/icons-react'
import { useEffect } from 'react'
import type { Asset } from '../../contract/assets.ts'
import { useCommandButton, useCommandContext } from '../app/commands.ts'
import { Slot } from '../app/slots.tsx'
import { go } from '../app/view.ts'
import { useAssets } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { ClipStrip } from './ClipStrip.tsx'
import { OneClip } from './OneClip.tsx'
import { useOpenClip } from './state.ts'

/** No clip yet: what the room is for, and how clips come in. */
function NoClips() {
  const { t } = useTexts()
  const add = useCommandButton('film.add')
  useCommandContext({ isOpen: false })
  return (
    <EmptyState
      heading="h1"
      icon={IconMovie}
      title={t('film.empty')}
      action={
        <Button variant="filled" leftSection={<IconPlus size={16} stroke={1.6} />} onClick={add.run}>
          {t('film.add')}
        </Button>
      }
    >
      {t('film.emptyText')}
    </EmptyState>
  )
}

const noAssets: readonly Asset[] = []

/** The room of film clips: one clip is always open. */
export function FilmRoom({ hasProject }: { readonly hasProject: boolean }) {
  const { t } = useTexts()
  const { data, error, refetch } = useAssets()
  const assets = hasProject ? data : noAssets
  const { id: open, frame } = useOpenClip()
  const clips = assets?.filter(({ kind }) => kind === 'clip') ?? []
  const clip = clips.find(({ id }) => id === open) ?? clips[0]
  const id = clip?.id ?? null
  // The address may name nothing, or a clip that is gone.
  useEffect(() => {
    if (assets && id !== open) go('film', id === null ? [] : [id], true)
  }, [assets, id, open])

  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!assets) return null
  if (!clip) return <NoClips />
  return (
    <>
      <VisuallyHidden component="h1">{t('room.film')}</VisuallyHidden>
      <OneClip key={clip.id} asset={clip} startFrame={clip.id === open ? frame : 0} />
      {clips.length > 1 && (
        <Slot name="strip">
          <ClipStrip clips={clips} open={clip} />
        </Slot>
      )}
    </>
  )
}
