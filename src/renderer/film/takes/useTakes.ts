import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { Asset } from '../../../contract/assets.ts'
import type { TakeId } from '../../../contract/ids.ts'
import type { Take } from '../../../contract/takes.ts'
import { takesAt } from '../../../core/film/takes.ts'
import { useCommand } from '../../app/commands.ts'
import { useClient } from '../../client/context.tsx'
import { useStudioQueries } from '../../client/queries.ts'
import { useTexts } from '../../i18n/index.ts'
import { useTell } from '../../ui/tell.ts'
import { useReview } from '../review/state.ts'
import type { ShotEditing } from '../shots/useShots.ts'
import { useFilm } from '../state.ts'

/** Takes that can be laid over each other at a frame. */
export interface ComparedTakes {
  readonly chosen: Take
  /** The one that the film has now. */
  readonly current: Take
}

export interface ShotTakes {
  /** All of the clip, those of its film first. */
  readonly all: readonly Take[]
  /** Those that have the frame under the playhead, by their numbers. */
  readonly here: readonly Take[]
  /** The one of them that is looked at; null: none. */
  readonly chosen: Take | null
  /** The one that is looked at, but has no such frame. */
  readonly outside: Take | null
  /** What is compared at this frame; null: nothing is. */
  readonly compared: ComparedTakes | null
  choose(id: TakeId | null): void
  /** Gives the shot under the playhead the look of a take again. */
  use(take: Take): void
}

/** What was chosen to be compared is compared. */
const choose = (id: TakeId | null): void => useReview.setState(({ mode, take }) => ({ take: id, mode: id !== null && take === null && mode === 'single' ? 'split' : mode }))

/** The takes of the shot under the playhead, and the one that is looked at; T goes from one to the next. */
export function useTakes(asset: Asset, { inTurn }: Pick<ShotEditing, 'inTurn'>, frame: number): ShotTakes {
  const client = useClient()
  const cache = useQueryClient()
  const tell = useTell()
  const { t } = useTexts()
  const queries = useStudioQueries()
  const { data: all = [] } = useQuery(queries.takes(asset.id))
  const id = useReview((state) => state.take)
  const here = takesAt(all, frame)
  const found = all.find((take) => take.id === id) ?? null
  const isHere = found !== null && found.from <= frame && frame < found.to
  // Where a shot was cut otherwise, another take of the same number may stand for it.
  const chosen = (isHere && here.find(({ number }) => number === found.number)) || null
  const current = here.find(({ isCurrent }) => isCurrent)
  const compared = chosen && current ? { chosen, current } : null
  const { mutate } = useMutation({
    mutationFn: (take: Take) => inTurn(() => client.takes.use({ asset: asset.id, take: take.id, frame })),
    onSuccess: (shots, { number }) => {
      useFilm.setState({ tookOut: false })
      cache.setQueryData(queries.shots(asset.id).queryKey, shots)
      tell.note(t('film.takes.used', { take: number }))
    },
    onError: tell.error,
  })
  useCommand('film.nextTake', () => {
    if (here.length < 2) return tell.note(t('film.takes.none'))
    const at = here.findIndex((take) => take === chosen)
    const next = at < 0 ? here.findLast(({ isCurrent }) => !isCurrent) : here[(at + 1) % here.length]
    choose(next?.id ?? null)
  })
  return { all, here, chosen, outside: isHere ? null : found, compared, choose, use: mutate }
}
