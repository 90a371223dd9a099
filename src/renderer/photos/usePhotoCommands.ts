import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Asset } from '../../contract/assets.ts'
import type { AssetId, VersionId } from '../../contract/ids.ts'
import { useCommand, useCommandContext } from '../app/commands.ts'
import { useClient } from '../client/context.tsx'
import { asMutation, useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import { closePhoto } from './open.ts'
import { usePhotos } from './state.ts'

/**
 * What can be done with photos, whether one is open or several are selected: colour, mark, copy and paste the
 * recipe, remove, export, undo. `scope` is what undo works on: an open version, or (null) the project.
 */
export function usePhotoCommands(all: readonly Asset[], targets: readonly Asset[], scope: VersionId | null) {
  const client = useClient()
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  const { t } = useTexts()
  const set = usePhotos((state) => state.set)
  const copied = usePhotos((state) => state.copied)
  const ids = targets.map((asset) => asset.id)
  const todo = all.filter((asset) => asset.kind === 'photo' && asset.state === 'todo').map((asset) => asset.id)
  const onError = tell.error

  const color = useMutation({ mutationFn: asMutation(client.photos.colorAll), onError })
  const mark = useMutation({ mutationFn: asMutation(client.assets.mark), onError })
  const paste = useMutation({ mutationFn: asMutation(client.versions.paste), onError })
  const undo = useMutation({ mutationFn: () => client.history.undo({ version: scope }), onSuccess: (gesture) => gesture === null && tell.note(t('photos.nothingToUndo')), onError })
  const redo = useMutation({ mutationFn: () => client.history.redo({ version: scope }), onError })
  const remove = useMutation({ mutationFn: (gone: AssetId[]) => client.assets.remove({ ids: gone }), onSuccess: (_, gone) => tell.note(t('photos.removed', { count: gone.length })), onError })
  const copy = useMutation({
    mutationFn: async (asset: Asset) => (await cache.ensureQueryData(queries.version(asset.currentVersion))).recipe,
    onSuccess: (recipe) => set({ copied: recipe }),
    onError,
  })

  useCommandContext({ assets: all.length, todo: todo.length, selected: targets.length, hasCopiedRecipe: copied !== null })
  const colorThese = (assets: AssetId[], again: boolean) => assets.length > 0 && color.mutate({ assets, again })
  useCommand('photos.colorAll', () => colorThese(todo, false))
  useCommand('photo.colorAgain', () => colorThese(ids, true))
  useCommand('photos.export', () => set({ exporting: (targets.length > 0 ? targets : all).map((asset) => asset.currentVersion) }))
  useCommand('recipe.copy', () => targets[0] && copy.mutate(targets[0]))
  useCommand('recipe.paste', () => copied && paste.mutate({ recipe: copied, to: targets.map((asset) => asset.currentVersion) }))
  useCommand('photos.remove', () => {
    remove.mutate(ids)
    set({ selected: new Set() })
    if (scope !== null) closePhoto()
  })
  useCommand('edit.undo', () => undo.mutate())
  useCommand('edit.redo', () => redo.mutate())
  useCommand('photo.pick', () => mark.mutate({ ids, flag: 'pick' }))
  useCommand('photo.reject', () => mark.mutate({ ids, flag: 'reject' }))
  useCommand('photo.unflag', () => mark.mutate({ ids, flag: 'none' }))
  const stars = (count: number) => () => mark.mutate({ ids, stars: count })
  useCommand('photo.stars0', stars(0))
  useCommand('photo.stars1', stars(1))
  useCommand('photo.stars2', stars(2))
  useCommand('photo.stars3', stars(3))
  useCommand('photo.stars4', stars(4))
  useCommand('photo.stars5', stars(5))
  return { todo: todo.length, color: (again: boolean) => colorThese(ids, again), busy: color.isPending }
}
