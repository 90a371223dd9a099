import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { VersionId } from '../../contract/ids.ts'
import type { Recipe } from '../../contract/recipe.ts'
import type { Version } from '../../contract/versions.ts'
import { defaultPhotoRecipe } from '../../core/steps/index.ts'
import { useClient } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useInTurn } from '../client/useInTurn.ts'
import { useTell } from '../ui/tell.ts'
import type { Edit } from './editing.ts'
import { usePhotos } from './state.ts'

export interface RecipeEditing {
  readonly version: Version | null
  /** As it stands under the hand. */
  readonly recipe: Recipe
  /** Shows an edit without saving it: a drag under way. */
  preview(edit: Edit): void
  /** Saves an edit as one gesture. */
  commit(edit: Edit): Promise<void>
}

/** The recipe of one version: what is saved, with the hand's unsaved change over it. */
export function useRecipe(id: VersionId | null): RecipeEditing {
  const client = useClient()
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  const { data: version } = useQuery({ ...queries.version(id ?? ('' as VersionId)), enabled: id !== null })
  const draft = usePhotos((state) => state.draft)
  const set = usePhotos((state) => state.set)
  const inTurn = useInTurn()

  const preview = useCallback((edit: Edit) => id !== null && set({ draft: { version: id, recipe: edit.recipe } }), [id, set])
  const commit = useCallback(
    async (edit: Edit) => {
      if (id === null) return
      set({ draft: { version: id, recipe: edit.recipe } })
      try {
        const changed = await inTurn(() => client.versions.change({ id, patches: edit.patches, label: edit.label }))
        cache.setQueryData(queries.version(id).queryKey, changed)
        void cache.invalidateQueries({ queryKey: ['history'] })
      } catch (error) {
        tell.error(error)
      } finally {
        if (usePhotos.getState().draft?.recipe === edit.recipe) set({ draft: null })
      }
    },
    [cache, client, id, inTurn, queries, set, tell],
  )

  const recipe = draft && draft.version === id ? draft.recipe : (version?.recipe ?? defaultPhotoRecipe())
  return { version: version ?? null, recipe, preview, commit }
}
