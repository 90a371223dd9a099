/** What a reviewer keeps of a clip: pure changes, each answered as patches of `ClipReview`, and the way from one note to the next. */
import type { AssetId } from '../../contract/ids.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import type { ClipNote, ClipRange, ClipReview } from '../../contract/review.ts'
import type { Wording } from '../../contract/texts.ts'

/** A change of what is kept of a clip, with the patches that save it as one gesture. */
export interface ReviewEdit {
  readonly review: ClipReview
  readonly patches: RecipePatch[]
  readonly label: Wording
}

/** By frame; of those that begin together, the longer first, then in the order in which they were written. */
const comesBefore = (one: ClipNote, other: ClipNote): boolean => one.from < other.from || (one.from === other.from && one.to >= other.to)

/** A note more, at its place in the order of frames. */
export function addNote(review: ClipReview, note: ClipNote): ReviewEdit {
  const found = review.notes.findIndex((other) => !comesBefore(other, note))
  const at = found < 0 ? review.notes.length : found
  return { review: { ...review, notes: review.notes.toSpliced(at, 0, note) }, patches: [{ op: 'add', path: ['notes', at], value: note }], label: { key: 'history.note.add' } }
}

/** Other words, or another state; null where there is no such note or nothing changes. */
export function changeNote(review: ClipReview, id: string, change: Partial<Pick<ClipNote, 'text' | 'state'>>): ReviewEdit | null {
  const at = review.notes.findIndex((note) => note.id === id)
  const before = review.notes[at]
  const changed = before && { ...before, ...change }
  if (!before || !changed || (changed.text === before.text && changed.state === before.state)) return null
  const key = changed.state === before.state ? 'history.note.text' : changed.state === 'done' ? 'history.note.done' : 'history.note.open'
  return { review: { ...review, notes: review.notes.with(at, changed) }, patches: [{ op: 'replace', path: ['notes', at], value: changed }], label: { key } }
}

/** null where there is no such note. */
export function removeNote(review: ClipReview, id: string): ReviewEdit | null {
  const at = review.notes.findIndex((note) => note.id === id)
  if (at < 0) return null
  return { review: { ...review, notes: review.notes.toSpliced(at, 1) }, patches: [{ op: 'remove', path: ['notes', at] }], label: { key: 'history.note.remove' } }
}

/** Another film to compare with, or none. */
export const compareWith = (review: ClipReview, against: AssetId | null): ReviewEdit => ({
  review: { ...review, against },
  patches: [{ op: 'replace', path: ['against'], value: against }],
  label: { key: against === null ? 'history.compare.none' : 'history.compare.with' },
})

/** In and out; null where they are so already. */
export function setRange(review: ClipReview, range: ClipRange): ReviewEdit | null {
  if (range.from === review.range.from && range.to === review.range.to) return null
  const isCleared = range.from === null && range.to === null
  return { review: { ...review, range }, patches: [{ op: 'replace', path: ['range'], value: range }], label: { key: isCleared ? 'history.range.clear' : 'history.range.set' } }
}

/** The frame of the nearest note that begins after `frame` (direction 1) or before it (−1); null where there is none. */
export function frameOfNextNote(notes: readonly ClipNote[], frame: number, direction: 1 | -1): number | null {
  const found = direction === 1 ? notes.find(({ from }) => from > frame) : notes.findLast(({ from }) => from < frame)
  return found?.from ?? null
}
