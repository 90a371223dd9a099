import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { ClipTruth } from '../../../contract/clipFrames.ts'
import { emptyEdit, type Edit } from '../../../contract/edit.ts'
import type { AssetId } from '../../../contract/ids.ts'
import type { ClipShots } from '../../../contract/shots.ts'
import type { EditEdit } from '../../../core/film/edit.ts'
import { withSetRate } from '../../../core/film/pictureRate.ts'
import { editTruth } from '../../../core/film/editTruth.ts'
import { useClient } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useDraft } from '../../client/useDraft.ts'
import { useInTurn } from '../../client/useInTurn.ts'
import { useFrameChecks, useShotSearches } from '../background.ts'
import { checkOf, type FrameCheck } from '../useClip.ts'

export interface Editing {
  /** As it stands under the hand; null: not read yet. */
  readonly edit: Edit | null
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Shows a change without saving it: a drag under way. null: what is saved. */
  preview(change: EditEdit | null): void
  /** Saves a change as one gesture; null changes nothing. */
  commit(change: EditEdit | null): void
  undo(): void
  redo(): void
}

/** The project's edit: what is saved, with the hand's unsaved change over it. */
export function useEditing(): Editing {
  const client = useClient()
  const cache = useQueryClient()
  const query = useStudioQueries().edit()
  const inTurn = useInTurn()
  const { data: saved = null } = useQuery(query)
  const { shown, isSaving, preview: show, save } = useDraft<Edit>(saved, inTurn)
  const commit = useCallback(
    (change: EditEdit | null) => {
      if (change) void save(change.edit, async () => cache.setQueryData(query.queryKey, await client.edit.change({ patches: change.patches, label: change.label })))
    },
    [cache, client, query.queryKey, save],
  )
  const preview = useCallback((change: EditEdit | null) => show(change?.edit ?? null), [show])
  const undo = useCallback(() => void save(null, () => client.history.undo({ version: 'edit' })), [client, save])
  const redo = useCallback(() => void save(null, () => client.history.redo({ version: 'edit' })), [client, save])
  return { edit: shown, canUndo: isSaving || (saved?.canUndo ?? false), canRedo: saved?.canRedo ?? false, preview, commit, undo, redo }
}

export interface EditClips {
  /** The frames of the edit as if it were one clip; null: none are known yet, or there are none. */
  readonly truth: ClipTruth | null
  readonly truths: ReadonlyMap<AssetId, ClipTruth>
  readonly shots: ReadonlyMap<AssetId, ClipShots>
  readonly check: FrameCheck
  /** Decodes clips once more where that failed. */
  retryCheck(): void
}

/** What is known of the clips of an edit. @param present clips that are in the project, with their files */
export function useEditClips({ parts }: Edit = emptyEdit, present: ReadonlySet<AssetId>): EditClips {
  const queries = useStudioQueries()
  const ids = useMemo(() => [...new Set(parts.map(({ asset }) => asset))].filter((id) => present.has(id)), [parts, present])
  // Of a reel these are long lists: what stays the same function is asked again only where one of them is another one.
  const combine = useCallback(
    <Data>(results: readonly { readonly data: Data | undefined }[]): ReadonlyMap<AssetId, Data> => new Map(ids.flatMap((id, i) => (results[i]?.data === undefined ? [] : [[id, results[i].data] as const]))),
    [ids],
  )
  const told = useQueries({ queries: ids.map((id) => queries.clip(id)), combine })
  const shots = useQueries({ queries: ids.map((id) => queries.shots(id)), combine })
  const truths = useMemo(() => ([...told.values()].some(({ numbered }) => numbered) ? new Map([...told].map(([id, each]) => [id, withSetRate(each, shots.get(id))])) : told), [told, shots])
  const truth = useMemo(() => editTruth(parts, truths), [parts, truths])
  const open = [...truths].flatMap(([id, { info }]) => (info.verified ? [] : [id]))
  const { hasFailed, retry } = useFrameChecks(open)
  // Once all frames are counted, so that both do not decode at the same time.
  useShotSearches(open.length === 0 ? [...shots].flatMap(([id, { found }]) => (found || !truths.has(id) ? [] : [id])) : [])
  return { truth, truths, shots, check: checkOf(truth, open.length === 0, hasFailed), retryCheck: retry }
}
