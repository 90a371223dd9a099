import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { emptyPalette, type Palette } from '../../contract/pages.ts'
import type { PaletteEdit } from '../../core/pages/palette-edits.ts'
import { useClient } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTell } from '../ui/tell.ts'

export interface PaletteEditing {
  /** As it stands under the hand. */
  readonly palette: Palette
  /** Shows a change without saving it: a colour is being dragged. */
  preview(edit: PaletteEdit): void
  /** Saves a change as one gesture. */
  commit(edit: PaletteEdit): void
}

/** The project's palette, with the hand's unsaved change over it. */
export function usePalette(): PaletteEditing {
  const client = useClient()
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  const { data } = useQuery(queries.palette())
  const [draft, setDraft] = useState<Palette | null>(null)
  // Changes follow each other: the second is made on what the first left behind.
  const queue = useRef<Promise<unknown>>(Promise.resolve())

  const preview = useCallback((edit: PaletteEdit) => setDraft(edit.palette), [])
  const commit = useCallback(
    (edit: PaletteEdit) => {
      if (edit.patches.length === 0) {
        setDraft(null)
        return
      }
      setDraft(edit.palette)
      const saved = queue.current.then(() => client.palette.change({ patches: edit.patches, label: edit.label }))
      queue.current = saved.catch(() => undefined)
      void saved
        .then((palette) => cache.setQueryData(queries.palette().queryKey, palette), tell.error)
        .finally(() => setDraft((now) => (now === edit.palette ? null : now)))
    },
    [cache, client, queries, tell],
  )
  const palette = draft ?? data ?? emptyPalette
  return useMemo(() => ({ palette, preview, commit }), [palette, preview, commit])
}
