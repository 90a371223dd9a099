import { Button, VisuallyHidden } from '@mantine/core'
import { IconMovie, IconPlus } from '@tabler/icons-react'
import { useCommandButton, useCommandContext } from '../app/commands.ts'
import { useRoomAssets } from '../app/roomAssets.ts'
import { Slot } from '../app/slots.tsx'
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

/** The room of film clips: one clip is always open. */
export function FilmRoom({ hasProject }: { readonly hasProject: boolean }) {
  const { t } = useTexts()
  const { id: open, frame } = useOpenClip()
  const { assets: clips, current: clip, error, retry } = useRoomAssets('clip', hasProject, open)
  if (error) return <ErrorPanel error={error} onRetry={retry} />
  if (!clips) return null
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
