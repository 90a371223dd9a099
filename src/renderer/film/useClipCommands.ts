import { useMutation, useQuery } from '@tanstack/react-query'
import type { Asset } from '../../contract/assets.ts'
import type { ClipTruth } from '../../contract/clipFrames.ts'
import { nextSpeed, within } from '../../core/film/playing.ts'
import { useCommand, useCommandContext } from '../app/commands.ts'
import { useClient } from '../client/context.tsx'
import { asMutation, useStudioQueries } from '../client/queries.ts'
import { useTexts } from '../i18n/index.ts'
import { useTell } from '../ui/tell.ts'
import type { ShotEditing } from './shots/useShots.ts'
import { standAt, useFilm } from './state.ts'

/** What the keyboard of an editing desk does with the open clip. */
export function useClipCommands(asset: Asset, truth: ClipTruth | null, { isPending, inTurn }: Pick<ShotEditing, 'isPending' | 'inTurn'>): void {
  const client = useClient()
  const tell = useTell()
  const { t } = useTexts()
  const onError = tell.error
  const remove = useMutation({
    mutationFn: asMutation(client.assets.remove),
    onSuccess: () => {
      useFilm.setState({ tookOut: true })
      tell.note(t('film.removed', { name: asset.name }))
    },
    onError,
  })
  const { data: version } = useQuery(useStudioQueries().version(asset.currentVersion))
  const tookOut = useFilm((state) => state.tookOut)
  useCommandContext({ canUndo: tookOut || isPending || (version?.canUndo ?? false), canRedo: version?.canRedo ?? false })
  const undo = useMutation({ mutationFn: () => inTurn(() => client.history.undo({ version: tookOut ? null : asset.currentVersion })), onSuccess: () => useFilm.setState({ tookOut: false }), onError })
  const redo = useMutation({ mutationFn: () => inTurn(() => client.history.redo({ version: asset.currentVersion })), onError })
  useCommand('edit.undo', () => undo.mutate())
  useCommand('edit.redo', () => redo.mutate())
  const frames = truth?.pts.length ?? 1
  const by = (count: number) => standAt(within(useFilm.getState().frame + count, frames))
  const shuttle = (direction: 1 | -1) => truth && useFilm.setState(({ speed }) => ({ speed: nextSpeed(speed, direction) }))
  useCommand('film.first', () => standAt(0))
  useCommand('film.last', () => standAt(frames - 1))
  useCommand('film.back', () => by(-1))
  useCommand('film.forward', () => by(1))
  useCommand('film.back10', () => by(-10))
  useCommand('film.forward10', () => by(10))
  useCommand('film.play', () => truth && useFilm.setState(({ speed }) => ({ speed: speed === 0 ? 1 : 0 })))
  useCommand('film.backwards', () => shuttle(-1))
  useCommand('film.stop', () => useFilm.setState({ speed: 0 }))
  useCommand('film.forwards', () => shuttle(1))
  useCommand('film.in', () => useFilm.setState(({ frame, range }) => ({ range: { from: frame, to: range.to !== null && range.to < frame ? null : range.to } })))
  useCommand('film.out', () => useFilm.setState(({ frame, range }) => ({ range: { to: frame, from: range.from !== null && range.from > frame ? null : range.from } })))
  useCommand('film.clearRange', () => useFilm.setState({ range: { from: null, to: null } }))
  useCommand('film.loop', () => useFilm.setState(({ loop }) => ({ loop: !loop })))
  useCommand('film.inColor', () => useFilm.setState(({ inColor }) => ({ inColor: !inColor })))
  useCommand('film.export', () => truth && useFilm.setState({ exporting: true, speed: 0 }))
  useCommand('film.remove', () => remove.mutate({ ids: [asset.id] }))
}
