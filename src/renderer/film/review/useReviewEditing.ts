import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import { emptyReview, type ClipReview } from '../../../contract/review.ts'
import type { ReviewEdit } from '../../../core/film/notes.ts'
import { useClient } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useDraft } from '../../client/useDraft.ts'
import type { ShotEditing } from '../shots/useShots.ts'
import { useFilm } from '../state.ts'

export interface ReviewEditing {
  /** As it stands under the hand. */
  readonly review: ClipReview
  /** Saves an edit as one gesture; null edits nothing. */
  commit(edit: ReviewEdit | null): void
}

/** Notes of a clip, and what it is compared with: what is saved, with what is being saved over it. */
export function useReviewEditing(asset: Asset, inTurn: ShotEditing['inTurn']): ReviewEditing {
  const client = useClient()
  const cache = useQueryClient()
  const query = useStudioQueries().review(asset.id)
  const { data: saved = null } = useQuery(query)
  const { shown, save } = useDraft<ClipReview>(saved, inTurn)
  const commit = useCallback(
    (edit: ReviewEdit | null) => {
      if (!edit) return
      useFilm.setState({ tookOut: false })
      void save(edit.review, async () => cache.setQueryData(query.queryKey, await client.review.change({ asset: asset.id, patches: edit.patches, label: edit.label })))
    },
    [asset.id, cache, client, query.queryKey, save],
  )
  const review = shown ?? emptyReview
  return useMemo(() => ({ review, commit }), [review, commit])
}
