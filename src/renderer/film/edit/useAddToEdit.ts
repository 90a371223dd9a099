import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import type { ClipTruth } from '../../../contract/clipFrames.ts'
import { insertPart } from '../../../core/film/edit.ts'
import { useCommand } from '../../app/commands.ts'
import { go } from '../../app/view.ts'
import { useClient } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useInTurn } from '../../client/useInTurn.ts'
import { useTexts } from '../../i18n/index.ts'
import { useTell } from '../../ui/tell.ts'
import { playedRange, useFilm } from '../state.ts'
import { editRoute } from './state.ts'
import type { Editing } from './useEditing.ts'

/** The way of a whole clip to the end of the edit: as many frames as are known of it by then. */
export function useAppendClip({ edit, commit }: Pick<Editing, 'edit' | 'commit'>): (clip: Asset) => void {
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  return (clip) => {
    if (!edit) return
    cache
      .fetchQuery({ ...queries.clip(clip.id), staleTime: Number.POSITIVE_INFINITY })
      .then(({ pts }) => commit(insertPart(edit, edit.parts.length, { id: crypto.randomUUID(), asset: clip.id, from: 0, to: pts.length }, clip.name)), tell.error)
  }
}

/** The way from an open clip to the edit: its range from in to out, or all of it, goes to the end. */
export function useAddToEdit(asset: Asset, truth: ClipTruth | null): void {
  const client = useClient()
  const cache = useQueryClient()
  const tell = useTell()
  const { t } = useTexts()
  const inTurn = useInTurn()
  const query = useStudioQueries().edit()
  const { data } = useQuery(query)
  const isReady = truth !== null && data !== undefined
  useCommand('film.addToEdit', () => {
    if (!isReady) return
    const { from, to } = playedRange(useFilm.getState().range, truth.pts.length)
    // Read in turn: the second press adds behind what the first has added.
    void inTurn(async () => {
      const edit = cache.getQueryData(query.queryKey) ?? data
      const { patches, label } = insertPart(edit, edit.parts.length, { id: crypto.randomUUID(), asset: asset.id, from, to: to + 1 }, asset.name)
      cache.setQueryData(query.queryKey, await client.edit.change({ patches, label }))
      tell.note(t('film.edit.added', { name: asset.name, from, to }))
    }).catch(tell.error)
  })
  useCommand('film.edit', () => go('film', [editRoute]))
}
