import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { VersionId } from '../../contract/ids.ts'
import { useClient, useHost } from '../client/context.tsx'
import { useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import type { PageBoard } from './board.ts'

/** Whether a page model is installed. */
export function useHasPageModel(): boolean {
  const { data: models = [] } = useQuery(useStudioQueries().models())
  return models.some(({ task, state }) => task === 'colorize-page' && (state === 'bundled' || state === 'installed'))
}

/** Hints for the regions that have none, as one gesture: from the page's rough colouring, else from the model; without either a picture is asked for. */
export function useSuggest(version: VersionId, board: PageBoard, hasRough: boolean): { readonly isBusy: boolean; run(): void } {
  const client = useClient()
  const host = useHost()
  const cache = useQueryClient()
  const queries = useStudioQueries()
  const tell = useTell()
  const { t } = useTexts()
  const hasModel = useHasPageModel()
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      if (!hasRough && !hasModel) {
        tell.note(t('pages.suggest.chooseRough'))
        const [granted] = await host.pickFiles('pictures')
        if (!granted) return null
        cache.setQueryData(queries.version(version).queryKey, await client.photos.setReference({ version, grant: granted.grant }))
      }
      return (await client.pages.suggest({ version })).hints
    },
    onSuccess: (hints) => {
      if (hints === null) return
      if (hints.length === 0) tell.note(t('pages.suggest.none'))
      else board.add(hints, { key: 'history.hint.suggest', values: { count: hints.length } })
    },
    onError: tell.error,
  })
  return { isBusy: isPending, run: () => mutate() }
}
