import { frameOfNextNote } from '../../../core/film/notes.ts'
import { useCommand } from '../../app/commands.ts'
import { standAt, useFilm } from '../state.ts'
import { useReview } from './state.ts'
import type { ReviewEditing } from './useReviewEditing.ts'

/** Reviewing from the keyboard: write a note, go from note to note, look at the scopes. */
export function useReviewCommands({ review }: ReviewEditing): void {
  const goTo = (direction: 1 | -1) => {
    const found = frameOfNextNote(review.notes, useFilm.getState().frame, direction)
    if (found !== null) standAt(found)
  }
  useCommand('film.note', () => {
    useFilm.setState({ tab: 'notes', speed: 0 })
    useReview.setState({ writesNote: true })
  })
  useCommand('film.previousNote', () => goTo(-1))
  useCommand('film.nextNote', () => goTo(1))
  useCommand('film.scopes', () => useFilm.setState(({ tab }) => ({ tab: tab === 'scopes' ? null : 'scopes' })))
}
