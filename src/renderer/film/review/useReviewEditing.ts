import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import { emptyReview, type ClipReview } from '../../../contract/review.ts'
import type { ReviewEdit } from '../../../core/film/notes.ts'
import { useClient } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useTell } from '../../ui/tell.ts'
import type { ShotEditing } from '../shots/useShots.ts'

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
  const tell = useTell()
  const { data: saved = emptyReview } = useQuery(query)
  const [draft, setDraft] = useState<ClipReview | null>(null)
  const commit = useCallback(
    (edit: ReviewEdit | null) => {
      if (!edit) return
      setDraft(edit.review)
      void inTurn(() => client.review.change({ asset: asset.id, patches: edit.patches, label: edit.label }))
        .then((review) => cache.setQueryData(query.queryKey, review), tell.error)
        // A newer change of the hand stays.
        .finally(() => setDraft((now) => (now === edit.review ? null : now)))
    },
    [asset.id, cache, client, inTurn, query.queryKey, tell],
  )
  const review = draft ?? saved
  return useMemo(() => ({ review, commit }), [review, commit])
}
