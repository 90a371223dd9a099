/** The edit as a list of parts that can be cut, trimmed, moved: pure changes, each answered as patches of `Edit`. */
import type { Edit, EditPart } from '../../contract/edit.ts'
import type { RecipePatch } from '../../contract/recipe.ts'
import type { Wording } from '../../contract/texts.ts'
import { splicePatches } from '../history/splice.ts'

/** A change of the edit, with the patches that save it as one gesture. */
export interface EditEdit {
  readonly edit: Edit
  readonly patches: RecipePatch[]
  readonly label: Wording
}

export const lengthOf = ({ from, to }: Pick<EditPart, 'from' | 'to'>): number => to - from

/** Frames of all parts. */
export const framesOf = (parts: readonly Pick<EditPart, 'from' | 'to'>[]): number => parts.reduce((sum, part) => sum + lengthOf(part), 0)

/** Frame of the edit at which each part begins; one more entry says where the last one ends. */
export function partStarts(parts: readonly EditPart[]): number[] {
  const starts = [0]
  for (const part of parts) starts.push((starts.at(-1) ?? 0) + lengthOf(part))
  return starts
}

/** The part that holds a frame of the edit, and the frame of its clip; beyond the end the last one's last. null: there is none. */
export function partAt(parts: readonly EditPart[], frame: number): { readonly at: number; readonly frame: number } | null {
  const starts = partStarts(parts)
  let at = parts.length - 1
  while (at > 0 && (starts[at] as number) > frame) at--
  const part = parts[at]
  return part ? { at, frame: Math.min(part.to - 1, Math.max(part.from, part.from + frame - (starts[at] as number))) } : null
}

const replaced = ({ parts }: Edit, at: number, count: number, by: readonly EditPart[], label: Wording): EditEdit => ({
  edit: { parts: parts.toSpliced(at, count, ...by) },
  patches: splicePatches('parts', at, count, by),
  label,
})

/** Puts a part in before place `at`; the end is `parts.length`. @param name of its clip, for the history */
export const insertPart = (before: Edit, at: number, part: EditPart, name: string): EditEdit => replaced(before, at, 0, [part], { key: 'history.edit.add', values: { name } })

/** Takes a part out; what stood behind it closes up. null: there is no such part. */
export const removePart = (before: Edit, at: number): EditEdit | null => (before.parts[at] ? replaced(before, at, 1, [], { key: 'history.edit.remove', values: { part: at + 1 } }) : null)

/** Brings a part to another place in the order. null: it stands there, or there is no such place. */
export function movePart(before: Edit, at: number, to: number): EditEdit | null {
  const part = before.parts[at]
  if (!part || to === at || to < 0 || to >= before.parts.length) return null
  const patches: RecipePatch[] = [
    { op: 'remove', path: ['parts', at] },
    { op: 'add', path: ['parts', to], value: part },
  ]
  return { edit: { parts: before.parts.toSpliced(at, 1).toSpliced(to, 0, part) }, patches, label: { key: 'history.edit.move', values: { part: at + 1, place: to + 1 } } }
}

/**
 * Cuts before a frame of the edit.
 * @param id of the new, second part
 * @returns null where a part begins already, or outside the edit
 */
export function cutPart(before: Edit, frame: number, id: string): EditEdit | null {
  if (frame >= framesOf(before.parts) || partStarts(before.parts).includes(frame)) return null
  const found = partAt(before.parts, frame)
  const part = found && before.parts[found.at]
  if (!part) return null
  const parts = [
    { ...part, to: found.frame },
    { ...part, id, from: found.frame },
  ]
  return replaced(before, found.at, 1, parts, { key: 'history.edit.cut', values: { frame } })
}

/** Joins a part with the next one where that goes on with the same clip's next frame; else null. */
export function joinPart(before: Edit, at: number): EditEdit | null {
  const [part, next] = [before.parts[at], before.parts[at + 1]]
  if (!part || !next || part.asset !== next.asset || part.to !== next.from) return null
  return replaced(before, at, 2, [{ ...part, to: next.to }], { key: 'history.edit.join', values: { part: at + 1 } })
}

/**
 * Moves one end of a part within its clip, at most to one frame before the other; what stands behind it moves along.
 * @param frame of the clip: the first one of the part, or the one after its last
 * @param frames that the clip has
 * @returns null where nothing moves
 */
export function trimPart(before: Edit, at: number, end: 'from' | 'to', frame: number, frames: number): EditEdit | null {
  const part = before.parts[at]
  if (!part) return null
  const moved = end === 'from' ? Math.min(part.to - 1, Math.max(0, Math.round(frame))) : Math.max(part.from + 1, Math.min(frames, Math.round(frame)))
  if (moved === part[end]) return null
  return replaced(before, at, 1, [{ ...part, [end]: moved }], { key: 'history.edit.trim', values: { part: at + 1 } })
}

/** The parts of frames [from, to) of the edit, cut at both ends. */
export function partsWithin(parts: readonly EditPart[], { from, to }: { readonly from: number; readonly to: number }): EditPart[] {
  const starts = partStarts(parts)
  return parts.flatMap((part, at) => {
    const start = starts[at] as number
    const cut = { ...part, from: part.from + Math.max(0, from - start), to: part.to - Math.max(0, start + lengthOf(part) - to) }
    return lengthOf(cut) > 0 ? [cut] : []
  })
}

/** The nearest of some frames, where it is no further away than `reach`; else the frame itself. */
export function snapped(frame: number, places: Iterable<number>, reach: number): number {
  let best = frame
  let apart = reach
  for (const place of places) {
    const distance = Math.abs(place - frame)
    if (distance <= apart && (distance < apart || best === frame)) [best, apart] = [place, distance]
  }
  return best
}
