import { Button, VisuallyHidden } from '@mantine/core'
import { IconMovie, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { AssetId } from '../../contract/ids.ts'
import { useCommandButton, useCommandContext } from '../app/commands.ts'
import { useRoomAssets } from '../app/roomAssets.ts'
import { Slot } from '../app/slots.tsx'
import { useAssets, useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { ErrorPanel } from '../ui/ErrorPanel.tsx'
import { ClipStrip } from './ClipStrip.tsx'
import { EditDesk } from './edit/EditDesk.tsx'
import { editRoute } from './edit/state.ts'
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

/** The room of film clips: one clip is always open, or the edit. */
export function FilmRoom({ hasProject }: { readonly hasProject: boolean }) {
  const { id, frame } = useOpenClip()
  return hasProject && id === editRoute ? <EditRoom frame={frame} /> : <ClipRoom hasProject={hasProject} open={id === editRoute ? null : id} frame={frame} />
}

function EditRoom({ frame }: { readonly frame: number }) {
  const { t } = useTexts()
  const { data, error, refetch } = useAssets()
  const clips = useMemo(() => data?.filter(({ kind }) => kind === 'clip'), [data])
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />
  if (!clips) return null
  return (
    <>
      <VisuallyHidden component="h1">{t('film.edit')}</VisuallyHidden>
      <EditDesk clips={clips} startFrame={frame} />
      <Slot name="strip">
        <ClipStrip clips={clips} open={editRoute} />
      </Slot>
    </>
  )
}

function ClipRoom({ hasProject, open, frame }: { readonly hasProject: boolean; readonly open: AssetId | null; readonly frame: number }) {
  const { t } = useTexts()
  const { data: edit } = useQuery({ ...useStudioQueries().edit(), enabled: hasProject })
  const { assets: clips, current: clip, error, retry } = useRoomAssets('clip', hasProject, open)
  if (error) return <ErrorPanel error={error} onRetry={retry} />
  if (!clips) return null
  if (!clip) return <NoClips />
  return (
    <>
      <VisuallyHidden component="h1">{t('room.film')}</VisuallyHidden>
      <OneClip key={clip.id} asset={clip} startFrame={clip.id === open ? frame : 0} />
      {(clips.length > 1 || (edit?.parts.length ?? 0) > 0) && (
        <Slot name="strip">
          <ClipStrip clips={clips} open={clip.id} />
        </Slot>
      )}
    </>
  )
}
