import { describe, expect, test } from 'vitest'
import type { ClipShots } from '../../../../src/contract/shots.ts'
import { changeLook, foundShots, hintsOn, isWhole, judge, wholeClip, withFrameHints, withVersions, type ShotEdit } from '../../../../src/core/film/shotList.ts'
import { changeLookWithin } from '../../../../src/core/film/shotRange.ts'
import { applyPatches } from '../../../../src/core/history/patches.ts'

const label = { key: 'test' }
const dot = { kind: 'dot' as const, x: 0.5, y: 0.5, radius: 0.01, color: '#aa2200' }
const rows = ({ shots }: ClipShots) => shots.map(({ id, from, to, steady }) => [id, from, to, steady])

/** Shots that begin at 0, 40 and 70 of 100 frames, all approved; frame 20 is hinted and right. */
function three(): ClipShots {
  const found = foundShots(wholeClip(100), { shots: [{ from: 0, to: 40 }, { from: 40, to: 70 }, { from: 70, to: 100 }], inColor: false }, () => `at-${++made}`)
  const hinted = changeLook(found, [0], (shot) => ({ ...withFrameHints(shot, 20, [dot]), reference: 20 }), label).shots
  return judge(hinted, [0, 1, 2], 'approved').shots
}
let made = 0

/** The edit's shots, after its patches were seen to say the same and to lead back. */
function checked(before: ClipShots, edit: ShotEdit): ClipShots {
  const applied = applyPatches(before, edit.patches)
  expect(applied.document).toEqual(edit.shots)
  expect(applyPatches(applied.document, applied.inverse).document).toEqual(before)
  expect(isWhole(edit.shots)).toBe(true)
  return edit.shots
}
const newId = (frame: number): string => `new-${frame}`

describe('another look from in to out', () => {
  test('cuts the shots that the range goes over, once at each end, and changes what lies between', () => {
    const before = three()
    const [first, second, third] = before.shots.map(({ id }) => id)
    const after = checked(before, changeLookWithin(before, { from: 30, to: 80 }, () => ({ steady: 0.5 }), label, newId))
    expect(rows(after)).toEqual([[first, 0, 30, 1], ['new-30', 30, 40, 0.5], [second, 40, 70, 0.5], [third, 70, 80, 0.5], ['new-80', 80, 100, 1]])
  })

  test('cuts one shot in three where the range lies inside, and nothing where it is whole shots', () => {
    const before = three()
    const [first, second, third] = before.shots.map(({ id }) => id)
    expect(rows(checked(before, changeLookWithin(before, { from: 45, to: 50 }, () => ({ steady: 0 }), label, newId)))).toEqual([[first, 0, 40, 1], [second, 40, 45, 1], ['new-45', 45, 50, 0], ['new-50', 50, 70, 1], [third, 70, 100, 1]])
    expect(rows(checked(before, changeLookWithin(before, { from: 40, to: 100 }, () => ({ steady: 0 }), label, newId)))).toEqual([[first, 0, 40, 1], [second, 40, 70, 0], [third, 70, 100, 0]])
  })

  test('leaves hints and the frame that is right with the part that holds them', () => {
    const before = three()
    const { shots } = checked(before, changeLookWithin(before, { from: 10, to: 25 }, () => ({ steady: 0.5 }), label, newId))
    expect(shots.slice(0, 3).map((shot) => [hintsOn(shot, 20).length, shot.reference])).toEqual([[0, null], [1, 20], [0, null]])
  })

  test('leaves approved what looks as it did: not what was changed, nor what a hint or a right frame coloured from elsewhere', () => {
    const before = three()
    const verdicts = (from: number, to: number) => changeLookWithin(before, { from, to }, () => ({ steady: 0.5 }), label, newId).shots.shots.map(({ verdict }) => verdict)
    expect(verdicts(50, 60)).toEqual(['approved', 'approved', 'unseen', 'approved', 'approved'])
    // Frame 20 coloured all of the first shot.
    expect(verdicts(10, 25)).toEqual(['unseen', 'unseen', 'unseen', 'approved', 'approved'])
    const redo = judge(before, [1], 'redo').shots
    expect(changeLookWithin(redo, { from: 50, to: 60 }, () => ({ steady: 0.5 }), label, newId).shots.shots[2]?.verdict).toBe('redo')
  })

  test('gives no new version to shots that the range does not touch, nor to those inside that have that look', () => {
    const before = changeLook(three(), [1], () => ({ steady: 0.5 }), label).shots
    const after = withVersions(before, changeLookWithin(before, { from: 40, to: 80 }, () => ({ steady: 0.5 }), label, newId).shots)
    expect(after.shots.map(({ version }) => version)).toEqual([1, 1, 2, 1])
  })

  test('is no edit at all where every frame looks so already', () => {
    const before = three()
    expect(changeLookWithin(before, { from: 10, to: 90 }, () => ({ steady: 1 }), label, newId)).toEqual({ shots: before, patches: [], label })
  })

  test('of a film of thousands of shots is saved as one patch', () => {
    let n = 0
    const spans = Array.from({ length: 1500 }, (_, i) => ({ from: 2 * i, to: 2 * i + 2 }))
    const before = foundShots(wholeClip(3000), { shots: spans, inColor: false }, () => `many-${++n}`)
    const edit = changeLookWithin(before, { from: 1, to: 2999 }, () => ({ steady: 0 }), label, newId)
    expect(edit.patches).toHaveLength(1)
    expect(checked(before, edit).shots).toHaveLength(1502)
  })
})
