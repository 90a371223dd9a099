import type { Asset } from '../../contract/assets.ts'
import type { Shot } from '../../contract/shots.ts'
import { recipeOfFrame } from '../../core/film/filmWork.ts'
import { useMutation } from '@tanstack/react-query'
import { useCommand } from '../app/commands.ts'
import { useClient, useHost } from '../client/context.tsx'
import { writeWhereChosen } from '../client/targets.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import { useFilm } from './state.ts'

/** Writes the frame under the playhead as it is looked at: in colour where colour is shown. @param shot whose recipe colours it; null: none does */
export function useSaveFrame(asset: Asset | null, frame: number, shot: Shot | null): void {
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { t } = useTexts()
  const { mutate } = useMutation({
    mutationFn: async () => {
      if (!asset) return null
      const recipe = shot && useFilm.getState().inColor ? recipeOfFrame(shot, frame) : null
      return writeWhereChosen(host, (folder) => client.coloring.saveFrame({ asset: asset.id, frame, recipe, folder }))
    },
    onSuccess: (written) => written?.folder != null && tell.note(t('film.csv.written', { name: written.name, folder: written.folder })),
    onError: tell.error,
  })
  useCommand('film.saveFrame', () => {
    useFilm.setState({ speed: 0 })
    mutate()
  })
}
