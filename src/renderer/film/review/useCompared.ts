import { useMutation } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import type { Film } from '../../../contract/coloring.ts'
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

/** Adds a film to the project, one that was written from the clip or one that is asked for, and compares with it. */
export function useAddCompared(asset: Asset, compared: Compared): { readonly isBusy: boolean; run(film: Pick<Film, 'file'> | null): void } {
  const client = useClient()
  const host = useHost()
  const tell = useTell()
  const { t, told } = useTexts()
  const { mutate, isPending } = useMutation({
    mutationFn: async (written: Pick<Film, 'file'> | null) => {
      const grants = written?.file ? [written.file] : (await host.pickFiles('films', { many: false })).map(({ grant }) => grant)
      if (grants.length === 0) return
      const { added, rejected } = await client.assets.add({ grants, kind: 'clip' })
      const [refused] = rejected
      // The very same film is in the project already: that one is meant.
      const known = refused?.known ? compared.choices.find(({ clip, fits }) => fits && clip.name === refused.name)?.clip : undefined
      const film = added[0] ?? known
      if (refused && !known) tell.note(t('app.added.some', { count: rejected.length }), `${told(refused.error).message} ${told(refused.error).remedy}`)
      if (!film) return
      if (canCompare(asset, film)) compared.choose(film.id)
      else tell.note(t('film.compare.addedNoFit', { name: film.name }), t('film.compare.fits'))
    },
    onError: tell.error,
  })
  return { isBusy: isPending, run: mutate }
}
