import { useCallback, useEffect, useState } from 'react'
import { useTell } from '../ui/tell.ts'
import type { useInTurn } from './useInTurn.ts'

export interface Draft<Document> {
  /** As it stands under the hand; null: not read yet. */
  readonly shown: Document | null
  /** The same without what is only shown: saved, or on its way to be. */
  readonly committed: Document | null
  readonly isSaving: boolean
  /** Shows a change without saving it: a drag under way. null: what is saved. */
  preview(document: Document | null): void
  /** Shows a change and saves it, after those before it. @param document null: what `work` makes of it is not known before */
  save(document: Document | null, work: () => Promise<unknown>): Promise<void>
}

/** What is saved, with the hand's own unsaved change over it. A save that fails is told, and the saved state shows again. */
export function useDraft<Document>(saved: Document | null, inTurn: ReturnType<typeof useInTurn>): Draft<Document> {
  const tell = useTell()
  const [draft, setDraft] = useState<Document | null>(null)
  const [underWay, setUnderWay] = useState<Document | null>(null)
  const [saving, setSaving] = useState(0)
  const save = useCallback(
    async (document: Document | null, work: () => Promise<unknown>) => {
      if (document !== null) {
        setDraft(document)
        setUnderWay(document)
      }
      setSaving((count) => count + 1)
      try {
        await inTurn(work)
      } catch (thrown) {
        tell.error(thrown)
      } finally {
        setSaving((count) => count - 1)
      }
    },
    [inTurn, tell],
  )
  // A drag that was given up leaves nothing over what is saved, here or by another window.
  useEffect(() => {
    if (saving > 0) return
    setDraft(null)
    setUnderWay(null)
  }, [saved, saving])
  return { shown: draft ?? saved, committed: underWay ?? saved, isSaving: saving > 0, preview: setDraft, save }
}
