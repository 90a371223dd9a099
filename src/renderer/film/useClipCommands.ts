import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Asset } from '../../contract/assets.ts'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import { setRange } from '../../core/film/notes.ts'
import { useCommand, useCommandContext } from '../app/commands.ts'
import { useClient } from '../client/context.tsx'
import { asMutation, useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import type { ReviewEditing } from './review/useReviewEditing.ts'
import type { ShotEditing } from './shots/useShots.ts'
import { useFilm } from './state.ts'
import { useTransportCommands } from './useTransportCommands.ts'

/** What keyboard and menu do with the open clip. */
export function useClipCommands(asset: Asset, truth: ClipTruth | null, { isPending, inTurn }: Pick<ShotEditing, 'isPending' | 'inTurn'>, { review, commit }: ReviewEditing): void {
  const client = useClient()
  const tell = useTell()
  const { t } = useTexts()
  const onError = tell.error
  const remove = useMutation({
    mutationFn: asMutation(client.assets.remove),
    onSuccess: () => {
      useFilm.setState({ tookOut: true })
      tell.note(t('film.removed', { name: asset.name }))
    },
    onError,
  })
  const { data: version } = useQuery(useStudioQueries().version(asset.currentVersion))
  const tookOut = useFilm((state) => state.tookOut)
  useCommandContext({ canUndo: tookOut || isPending || (version?.canUndo ?? false), canRedo: version?.canRedo ?? false })
  const undo = useMutation({ mutationFn: () => inTurn(() => client.history.undo({ version: tookOut ? null : asset.currentVersion })), onSuccess: () => useFilm.setState({ tookOut: false }), onError })
  const redo = useMutation({ mutationFn: () => inTurn(() => client.history.redo({ version: asset.currentVersion })), onError })
  useCommand('edit.undo', () => undo.mutate())
  useCommand('edit.redo', () => redo.mutate())
  const { from, to } = review.range
  // What was kept, undone or set in another window; what is set here is there already.
  useEffect(() => useFilm.setState({ range: { from, to } }), [from, to])
  useTransportCommands(truth, (range) => commit(setRange(review, range)))
  useCommand('film.remove', () => remove.mutate({ ids: [asset.id] }))
}
