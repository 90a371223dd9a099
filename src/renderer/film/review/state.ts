import { create } from 'zustand'
import type { TakeId } from '../../../contract/ids.ts'
import type { Comparison } from '../../../contract/review.ts'
import { useFilm } from '../state.ts'

/** The ways to compare two films, in the order in which they are offered. */
export const filmModes = ['single', 'split', 'side', 'difference'] as const
export type FilmMode = (typeof filmModes)[number]

/** What differences are multiplied by to be seen. */
export const gains = [1, 4, 16, 64] as const

interface ReviewState {
  readonly mode: FilmMode
  /** What the difference is of. */
  readonly of: Comparison
  readonly gain: number
  readonly split: number
  /** The take of a shot that is looked at; null: none. */
  readonly take: TakeId | null
  /** The original is shown instead as long as this is true. */
  readonly holding: boolean
  /** The playhead is dragged. */
  readonly isScrubbing: boolean
  /** The field for a new note is to take the focus. */
  readonly writesNote: boolean
}

/** How films are looked at; the same for every clip, until the window is closed. */
export const useReview = create<ReviewState>(() => ({ mode: 'single', of: 'difference', gain: 4, split: 0.5, take: null, holding: false, isScrubbing: false, writesNote: false }))

/** How the clip is looked at now, and the ways that are not there: only files have a difference, and without colour there is nothing beside the original. @param isCompared with another film, or a take of a shot */
export function useFilmMode(isCompared: boolean): { readonly mode: FilmMode; readonly off: readonly FilmMode[] } {
  const chosen = useReview((state) => state.mode)
  const inColor = useFilm((state) => state.inColor)
  const off: readonly FilmMode[] = isCompared ? [] : inColor ? ['difference'] : ['split', 'side', 'difference']
  return { mode: off.includes(chosen) ? 'single' : chosen, off }
}
