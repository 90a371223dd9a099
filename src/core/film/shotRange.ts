/** Shots changed over a range of frames that need not be whole shots. */
import type { ClipShots, Shot } from '../../contract/shots.ts'
import type { Wording } from '../../contract/texts.ts'
import type { Span } from './chunks.ts'
import { changeLook, fewEnough, replaced, shotAt, withSpan, type Look, type ShotEdit } from './shotList.ts'

/** A part of a shot: what is set on its frames comes along, and the verdict where nothing that coloured it went elsewhere. */
function partOf(shot: Shot, span: Span): Shot {
  const part = withSpan(shot, span)
  const isColoredAlike = part.hints.length === shot.hints.length && part.reference === shot.reference
  return isColoredAlike ? { ...part, verdict: shot.verdict } : part
}

/** Shots of which none goes over an end of the range. @param newId makes the id of a part that begins at a frame */
function cutAtEnds({ shots }: ClipShots, { from, to }: Span, newId: (frame: number) => string): Shot[] {
  return shots.flatMap((shot) => {
    const inside = [from, to].filter((frame) => frame > shot.from && frame < shot.to)
    if (inside.length === 0) return [shot]
    const starts = [shot.from, ...inside]
    return starts.map((start, i) => ({ ...partOf(shot, { from: start, to: starts[i + 1] ?? shot.to }), ...(i > 0 && { id: newId(start), version: 1 }) }))
  })
}

/**
 * Gives the frames of a range another look, as one edit: shots that go over its ends are cut there first, and keep their
 * look outside of it. Where no look differs afterwards, nothing is cut.
 * @param newId makes the id of a part that begins at a frame
 */
export function changeLookWithin(before: ClipShots, range: Span, change: (shot: Shot) => Partial<Look>, label: Wording, newId: (frame: number) => string): ShotEdit {
  const cut = cutAtEnds(before, range, newId)
  const places = cut.flatMap(({ from, to }, at) => (from >= range.from && to <= range.to ? [at] : []))
  const isOther = (shot: Shot): boolean => Object.entries(change(shot)).some(([name, value]) => JSON.stringify(shot[name as keyof Look]) !== JSON.stringify(value))
  if (!places.some((at) => isOther(cut[at] as Shot))) return { shots: before, patches: [], label }
  const { shots } = changeLook({ ...before, shots: cut }, places, change, label).shots
  const at = shotAt(before, range.from)
  const count = shotAt(before, range.to - 1) - at + 1
  const edit = replaced(before, at, count, shots.slice(at, at + count + shots.length - before.shots.length), label)
  return { ...edit, patches: fewEnough(edit.patches, shots) }
}
