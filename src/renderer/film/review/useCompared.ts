import { useMutation } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import type { AssetId } from '../../../contract/ids.ts'
import { compareWith } from '../../../core/film/notes.ts'
import { useClient, useHost } from '../../client/context.tsx'
import { useAssets } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { useTell } from '../../ui/tell.ts'
import { useReview } from './state.ts'
import type { ReviewEditing } from './useReviewEditing.ts'

/** Whether two clips can lie over each other: as many frames, and pictures of one shape. */
const canCompare = (one: Asset, other: Asset): boolean => one.info.pages === other.info.pages && one.info.width === other.info.width && one.info.height === other.info.height

export interface Compared {
  /** The film that the clip is compared with; null: none. */
  readonly other: Asset | null
  /** All other clips of the project, and whether they fit. */
  readonly choices: readonly { readonly clip: Asset; readonly fits: boolean }[]
  choose(id: AssetId | null): void
}

/** What a clip is compared with. */
export function useCompared(asset: Asset, { review, commit }: ReviewEditing): Compared {
  const { data: assets = [] } = useAssets()
  const choices = assets.filter(({ kind, id }) => kind === 'clip' && id !== asset.id).map((clip) => ({ clip, fits: canCompare(asset, clip) && !clip.missing }))
  return {
    other: choices.find(({ clip, fits }) => clip.id === review.against && fits)?.clip ?? null,
    choices,
    choose: (id) => {
      commit(compareWith(review, id))
      // What was chosen to be compared is compared.
      if (id !== null) useReview.setState(({ mode }) => ({ mode: mode === 'single' ? 'split' : mode }))
    },
  }
}

/** Adds a film, a finished colouring for one, and compares with it. */
export function useAddCompared(asset: Asset, compared: Compared): { readonly isBusy: boolean; run(): void } {
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { t, told } = useTexts()
  const { mutate, isPending } = useMutation({
    mutationFn: async () => {
      const granted = await host.pickFiles('films', { many: false })
      if (granted.length === 0) return
      const { added, rejected } = await client.assets.add({ grants: granted.map(({ grant }) => grant), kind: 'clip' })
      const [refused] = rejected
      if (refused) tell.note(t('app.added.some', { count: rejected.length }), `${told(refused.error).message} ${told(refused.error).remedy}`)
      const [film] = added
      if (!film) return
      if (canCompare(asset, film)) compared.choose(film.id)
      else tell.note(t('film.compare.addedNoFit', { name: film.name }), t('film.compare.fits'))
    },
    onError: tell.error,
  })
  return { isBusy: isPending, run: () => mutate() }
}
