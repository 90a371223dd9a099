import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { ClipTruth } from '../../../contract/clipFrames.ts'
import type { ClipShots } from '../../../contract/shots.ts'
import type { ShotEdit } from '../../../core/film/shotList.ts'
import { useClient } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useDraft } from '../../client/useDraft.ts'
import { useInTurn } from '../../client/useInTurn.ts'
import { useFilm } from '../state.ts'

export interface ShotEditing {
  /** As they stand under the hand; null: not read yet. */
  readonly shots: ClipShots | null
  /** As they were committed last, without what is only previewed: what edits that cut shots begin with. */
  readonly committed: ClipShots | null
  /** The engine is looking for cuts. */
  readonly isFinding: boolean
  /** Why they could not be read or looked for. */
  readonly error: unknown
  /** Looks for cuts, anew where it was done before. */
  find(): void
  /** Shows an edit without saving it: a drag under way. */
  preview(edit: ShotEdit): void
  /** Saves an edit as one gesture. */
  commit(edit: ShotEdit): Promise<void>
  /** Shows what is saved again. */
  cancel(): void
  /** A change is on its way to be saved. */
  readonly isPending: boolean
  /** Does something once what was committed before is saved. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>
}

/**
 * The shots of a clip: what is saved, with the hand's unsaved change over it. Cuts are looked for by themselves once the
 * frames are counted, so that both do not decode at the same time.
 */
export function useShots(asset: Asset, truth: ClipTruth | null): ShotEditing {
  const client = useClient()
  const cache = useQueryClient()
  const query = useStudioQueries().shots(asset.id)
  const inTurn = useInTurn()
  const { data: saved = null, error } = useQuery({ ...query, enabled: !asset.missing })
  const { shown, committed, isSaving, preview: show, save } = useDraft(saved, inTurn)
  const going = useRef<AbortController | null>(null)
  const keep = useCallback((shots: ClipShots) => cache.setQueryData(query.queryKey, shots), [cache, query.queryKey])

  const finding = useMutation({
    mutationFn: () => {
      going.current = new AbortController()
      return client.shots.find({ asset: asset.id }, { signal: going.current.signal })
    },
    onSuccess: keep,
  })
  const { mutate } = finding
  const isUnknown = saved !== null && truth?.info.verified === true && (!saved.found || saved.frames !== truth.pts.length)
  useEffect(() => {
    if (isUnknown) mutate()
    return () => going.current?.abort()
  }, [isUnknown, mutate])

  const commit = useCallback(
    async ({ shots, patches, label }: ShotEdit) => {
      if (patches.length === 0) return show(null)
      useFilm.setState({ tookOut: false })
      await save(shots, async () => keep(await client.shots.change({ asset: asset.id, patches, label })))
    },
    [asset.id, client, keep, save, show],
  )
  const preview = useCallback((edit: ShotEdit) => show(edit.shots), [show])
  const cancel = useCallback(() => show(null), [show])
  const find = useCallback(() => mutate(), [mutate])
  const [isFinding, problem] = [finding.isPending, error ?? finding.error]
  // The same as long as nothing of it changes: lanes and boards of hundreds of shots are drawn anew only then.
  return useMemo(
    () => ({ shots: shown, committed, isFinding, error: problem, find, preview, commit, cancel, isPending: isSaving, inTurn }),
    [shown, committed, isFinding, problem, find, preview, commit, cancel, isSaving, inTurn],
  )
}
