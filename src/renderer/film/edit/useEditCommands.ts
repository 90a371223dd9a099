import type { ClipTruth } from '../../../contract/clipFrames.ts'
import { cutPart, joinPart, movePart, partStarts, removePart } from '../../../core/film/edit.ts'
import { useCommand, useCommandContext } from '../../app/commands.ts'
import { go } from '../../app/view.ts'
import { standAt, useFilm } from '../state.ts'
import { useTransportCommands } from '../useTransportCommands.ts'
import { useEditView } from './state.ts'
import type { Editing } from './useEditing.ts'

/**
 * What keyboard and menu do with the edit.
 * @param current place of the part that commands work on
 * @param under the part under the playhead, with the frame of its clip; null: there is none
 */
export function useEditCommands(editing: Editing, truth: ClipTruth | null, current: number, under: { readonly at: number; readonly frame: number } | null): void {
  const { edit, canUndo, canRedo, commit, undo, redo } = editing
  useCommandContext({ isOpen: true, canUndo, canRedo })
  useTransportCommands(truth)
  useCommand('edit.undo', undo)
  useCommand('edit.redo', redo)
  const parts = edit?.parts ?? []
  const starts = partStarts(parts)
  const stand = (at: number): void => {
    if (!parts[at]) return
    useEditView.setState({ chosen: null })
    standAt(starts[at] as number)
  }
  const here = under?.at ?? 0
  useCommand('film.previousShot', () => stand(useFilm.getState().frame > (starts[here] ?? 0) ? here : here - 1))
  useCommand('film.nextShot', () => stand(here + 1))
  useCommand('film.cut', () => edit && commit(cutPart(edit, useFilm.getState().frame, crypto.randomUUID())))
  useCommand('film.join', () => edit && commit(joinPart(edit, current)))
  useCommand('film.removePart', () => {
    if (!edit) return
    commit(removePart(edit, current))
    useEditView.setState({ chosen: null })
  })
  const move = (by: 1 | -1): void => {
    const part = edit?.parts[current]
    if (!edit || !part) return
    // What was moved stays chosen, wherever the playhead is.
    useEditView.setState({ chosen: part.id })
    commit(movePart(edit, current, current + by))
  }
  useCommand('film.partEarlier', () => move(-1))
  useCommand('film.partLater', () => move(1))
  useCommand('film.snap', () => useEditView.setState(({ snaps }) => ({ snaps: !snaps })))
  useCommand('film.matchFrame', () => {
    const part = under && parts[under.at]
    if (part) go('film', [part.asset, String(under.frame)])
  })
}
