import type { ClipResult } from '../../contract/clips.ts'
import type { EditPart } from '../../contract/edit.ts'
import type { Note } from '../../contract/pictures.ts'
import { noted, onceEach } from '../texts/wording.ts'
import { partStarts } from './edit.ts'

/**
 * What is known of the film of an edit, out of what is known of the films of its parts and of their join.
 * @param conformed parts that were brought to the format of the first: of their luma nothing is proven
 */
export function editResult(parts: readonly EditPart[], done: readonly ClipResult[], joined: Pick<ClipResult, 'frames' | 'encoding' | 'kept' | 'lumaIdentical' | 'notes' | 'bytes'>, conformed: number): ClipResult {
  const starts = partStarts(parts)
  const sum = (of: (result: ClipResult) => number): number => done.reduce((total, result) => total + of(result), 0)
  const shots = parts.flatMap(({ from }, at) => {
    const by = (starts[at] as number) - from
    return (done[at]?.shots ?? []).map((shot) => ({ ...shot, from: shot.from + by, to: shot.to + by }))
  })
  const scaled: Note[] = conformed > 0 ? [noted('conformed', 'note.edit.conformed', { count: conformed })] : []
  const proofs = [...scaled.map(({ message }) => message), joined.lumaIdentical, ...done.map(({ lumaIdentical }) => lumaIdentical)]
  return {
    ...joined,
    chunks: sum(({ chunks }) => chunks),
    reused: sum(({ reused }) => reused),
    chunk: null,
    shots,
    model: done[0]?.model ?? null,
    lumaIdentical: proofs.find((proof) => proof !== true) ?? true,
    notes: onceEach([...scaled, ...joined.notes, ...done.flatMap(({ notes }) => notes)]),
  }
}
