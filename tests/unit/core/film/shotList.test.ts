import { describe, expect, test } from 'vitest'
import type { ClipShots } from '../../../../src/contract/shots.ts'
import { recipeOfFrame } from '../../../../src/core/film/filmWork.ts'
import { changeLook, cutBefore, foundShots, hintsOn, isToBeColored, isWhole, joinWithNext, judge, moveCut, nextUnseen, shotAt, wholeClip, withFrameHints, withVersions, type ShotEdit } from '../../../../src/core/film/shotList.ts'
import { applyPatches } from '../../../../src/core/history/patches.ts'

const spans = ({ shots }: ClipShots) => shots.map(({ from, to }) => [from, to])
const dot = { kind: 'dot' as const, x: 0.5, y: 0.5, radius: 0.01, color: '#aa2200' }

/** The edit, after its patches were seen to say the same as its shots and to lead back. */
function checked(before: ClipShots, edit: ShotEdit | null): ClipShots {
  if (!edit) throw new Error('nothing was changed')
  const applied = applyPatches(before, edit.patches)
  expect(applied.document).toEqual(edit.shots)
  expect(applyPatches(applied.document, applied.inverse).document).toEqual(before)
  expect(isWhole(edit.shots)).toBe(true)
  return edit.shots
}

/** Shots of grey film, as they are found. */
const grey = (...shots: { from: number; to: number }[]) => ({ shots, inColor: false })

/** Shots that begin at 0, 40 and 70 of 100 frames. */
function three(): ClipShots {
  let n = 0
  return foundShots(wholeClip(100), grey({ from: 0, to: 40 }, { from: 40, to: 70 }, { from: 70, to: 100 }), () => `shot-${++n}`)
}

describe('the shots of a clip', () => {
  test('are one until cuts are found, and are found by the frame', () => {
    expect(wholeClip(12)).toMatchObject({ frames: 12, found: false, shots: [{ from: 0, to: 12, verdict: 'unseen', version: 1 }] })
    const shots = three()
    expect(isWhole(shots)).toBe(true)
    expect([0, 39, 40, 69, 70, 99, 500].map((frame) => shotAt(shots, frame))).toEqual([0, 0, 1, 1, 2, 2, 2])
  })

  test('are cut before a frame, where no shot begins yet', () => {
    const shots = checked(three(), cutBefore(three(), 55, 'new'))
    expect(spans(shots)).toEqual([[0, 40], [40, 55], [55, 70], [70, 100]])
    expect(shots.shots[2]).toMatchObject({ id: 'new', version: 1 })
    expect(cutBefore(three(), 40, 'new')).toBeNull()
    expect(cutBefore(three(), 0, 'new')).toBeNull()
    expect(cutBefore(three(), 100, 'new')).toBeNull()
  })

  test('are joined with the next one; the last one has none', () => {
    expect(spans(checked(three(), joinWithNext(three(), 1)))).toEqual([[0, 40], [40, 100]])
    expect(joinWithNext(three(), 2)).toBeNull()
  })

  test('have a cut between them that moves as far as both keep a frame', () => {
    expect(spans(checked(three(), moveCut(three(), 1, 44)))).toEqual([[0, 44], [44, 70], [70, 100]])
    expect(spans(checked(three(), moveCut(three(), 1, -5)))).toEqual([[0, 1], [1, 70], [70, 100]])
    expect(spans(checked(three(), moveCut(three(), 1, 900)))).toEqual([[0, 69], [69, 70], [70, 100]])
    expect(moveCut(three(), 1, 40)).toBeNull()
    expect(moveCut(three(), 0, 5)).toBeNull()
  })

  test('keep the hints of a frame that passes from one shot to the other, and lose a reference that is no frame of theirs', () => {
    const before = changeLook(three(), [1], (shot) => ({ ...withFrameHints(shot, 42, [dot]), reference: 42 }), { key: 'test' }).shots
    const after = checked(before, moveCut(before, 1, 50))
    expect(hintsOn(after.shots[0]!, 42)).toEqual([dot])
    expect(after.shots[1]).toMatchObject({ hints: [], reference: null })
    expect(hintsOn(checked(before, joinWithNext(before, 0)).shots[0]!, 42)).toEqual([dot])
  })

  test('that were approved have to be seen again when their frames or their look change; what is to be redone still is', () => {
    const approved = judge(judge(three(), [0, 1], 'approved').shots, [2], 'redo').shots
    const verdicts = ({ shots }: ClipShots) => shots.map(({ verdict }) => verdict)
    expect(verdicts(checked(approved, moveCut(approved, 1, 44)))).toEqual(['unseen', 'unseen', 'redo'])
    expect(verdicts(checked(approved, changeLook(approved, [1, 2], () => ({ steady: 0.5 }), { key: 'test' })))).toEqual(['approved', 'unseen', 'redo'])
  })

  test('get another version when they change, and never one that they had', () => {
    const before = three()
    const moved = withVersions(before, checked(before, moveCut(before, 1, 44)))
    expect(moved.shots.map(({ version }) => version)).toEqual([2, 2, 1])
    // Taken back, the frames are the old ones, but the version is a third one.
    expect(withVersions(moved, before).shots.map(({ version }) => version)).toEqual([3, 3, 1])
    expect(withVersions(moved, judge(moved, [0], 'approved').shots)).toEqual(judge(moved, [0], 'approved').shots)
  })

  test('keep look, hints and the verdict of unchanged ones when they are looked for anew', () => {
    let n = 0
    const bold = changeLook(three(), [1], (shot) => ({ steady: 0.3, ...withFrameHints(shot, 65, [dot]) }), { key: 'test' }).shots
    const before = judge(bold, [0, 1], 'approved').shots
    const again = foundShots(before, grey({ from: 0, to: 40 }, { from: 40, to: 60 }, { from: 60, to: 100 }), () => `again-${++n}`)
    expect(again.shots.map(({ id, steady, verdict }) => [id, steady, verdict])).toEqual([['first', 1, 'approved'], [before.shots[1]!.id, 0.3, 'unseen'], ['again-1', 0.3, 'unseen']])
    expect(hintsOn(again.shots[2]!, 65)).toEqual([dot])
    expect(isWhole(again)).toBe(true)
  })

  test('of a clip in colour are coloured only where their recipe insists', () => {
    const colored = foundShots(wholeClip(40), { shots: [{ from: 0, to: 20 }, { from: 20, to: 40 }], inColor: true }, () => 'second')
    const force = changeLook(colored, [1], () => ({ recipe: { version: 1, steps: [{ step: 'colorize', enabled: true, params: { forceColor: true } }] } }), { key: 'test' }).shots
    expect(force.shots.map((shot) => isToBeColored(force, shot))).toEqual([false, true])
    expect(three().shots.every((shot) => isToBeColored(three(), shot))).toBe(true)
  })

  test('are gone through in a circle until all were seen', () => {
    const some = judge(three(), [1, 2], 'approved').shots
    expect(nextUnseen(some, 1)).toBe(0)
    expect(nextUnseen(three(), 0)).toBe(1)
    expect(nextUnseen(judge(some, [0], 'redo').shots, 0)).toBeNull()
  })

  test('colour a frame by their recipe and the hints of that frame alone', () => {
    const [shot] = changeLook(three(), [0], (each) => withFrameHints(each, 12, [dot]), { key: 'test' }).shots.shots
    expect(recipeOfFrame(shot!, 12).steps[0]?.params['hints']).toEqual([dot])
    expect(recipeOfFrame(shot!, 13)).toEqual(shot!.recipe)
    expect(withFrameHints(shot!, 12, []).hints).toEqual([])
  })

  test('are changed all at once by one patch, however many there are', () => {
    let n = 0
    const many = foundShots(wholeClip(2400), grey(...Array.from({ length: 2400 }, (_, from) => ({ from, to: from + 1 }))), () => `s${++n}`)
    const edit = changeLook(many, many.shots.map((_, at) => at), () => ({ steady: 0 }), { key: 'test' })
    expect(edit.patches).toHaveLength(1)
    expect(checked(many, edit).shots.every(({ steady }) => steady === 0)).toBe(true)
  })
})
