import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Asset } from '../../../contract/assets.ts'
import type { ClipTruth } from '../../../contract/clipFrames.ts'
import type { ClipShots } from '../../../contract/shots.ts'
import type { ShotEdit } from '../../../core/film/shotList.ts'
import { useClient } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useInTurn } from '../../client/useInTurn.ts'
import { useTell } from '../../ui/tell.ts'
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
  const tell = useTell()
  const inTurn = useInTurn()
  const { data: saved = null, error } = useQuery({ ...query, enabled: !asset.missing })
  const [draft, setDraft] = useState<ClipShots | null>(null)
  const [underWay, setUnderWay] = useState<ClipShots | null>(null)
  const [saving, setSaving] = useState(0)
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
    async (edit: ShotEdit) => {
      if (edit.patches.length === 0) return setDraft(null)
      setDraft(edit.shots)
      setUnderWay(edit.shots)
      setSaving((count) => count + 1)
      useFilm.setState({ tookOut: false })
      try {
        keep(await inTurn(() => client.shots.change({ asset: asset.id, patches: edit.patches, label: edit.label })))
      } catch (thrown) {
        tell.error(thrown)
      } finally {
        setSaving((count) => count - 1)
      }
    },
    [asset.id, client, inTurn, keep, tell],
  )
  // A drag that was given up leaves nothing over what is saved, here or by another window.
  useEffect(() => {
    if (saving > 0) return
    setDraft(null)
    setUnderWay(null)
  }, [saved, saving])
  const preview = useCallback((edit: ShotEdit) => setDraft(edit.shots), [])
  const cancel = useCallback(() => setDraft(null), [])
  return { shots: draft ?? saved, committed: underWay ?? saved, isFinding: finding.isPending, error: error ?? finding.error, find: () => mutate(), preview, commit, cancel, isPending: saving > 0, inTurn }
}
