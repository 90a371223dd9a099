import { describe, expect, test } from 'vitest'
import type { ClipTruth } from '../../../../src/contract/clipFrames.ts'
import type { Edit, EditPart } from '../../../../src/contract/edit.ts'
import type { AssetId } from '../../../../src/contract/ids.ts'
import { cutPart, insertPart, joinPart, movePart, partAt, partsWithin, partStarts, removePart, snapped, trimPart, type EditEdit } from '../../../../src/core/film/edit.ts'
import { editTruth } from '../../../../src/core/film/editTruth.ts'
import { labelOf } from '../../../../src/core/film/labels.ts'
import { rational, text } from '../../../../src/core/film/rational.ts'
import { applyPatches } from '../../../../src/core/history/patches.ts'

const clip = (n: number): AssetId => `00000000-0000-4000-8000-00000000000${n}` as AssetId
const part = (id: string, asset: AssetId, from: number, to: number): EditPart => ({ id, asset, from, to })
/** Frames 10…19 of clip 1, 0…4 of clip 2, 20…29 of clip 1. */
const three: Edit = { parts: [part('a', clip(1), 10, 20), part('b', clip(2), 0, 5), part('c', clip(1), 20, 30)] }
const said = ({ parts }: Edit): string => parts.map(({ id, from, to }) => `${id}${from}-${to}`).join(' ')

/** The edit, after its patches were seen to say the same as its parts and to lead back. */
function checked(before: Edit, change: EditEdit | null): Edit {
  if (!change) throw new Error('nothing was changed')
  const applied = applyPatches(before, change.patches)
  expect(applied.document).toEqual(change.edit)
  expect(applyPatches(applied.document, applied.inverse).document).toEqual(before)
  return change.edit
}

describe('the parts of an edit', () => {
  test('are found by the frame of the edit, and say which frame of their clip that is', () => {
    expect(partStarts(three.parts)).toEqual([0, 10, 15, 25])
    expect([0, 9, 10, 14, 15, 24, 99].map((frame) => partAt(three.parts, frame))).toEqual([
      { at: 0, frame: 10 },
      { at: 0, frame: 19 },
      { at: 1, frame: 0 },
      { at: 1, frame: 4 },
      { at: 2, frame: 20 },
      { at: 2, frame: 29 },
      { at: 2, frame: 29 },
    ])
    expect(partAt([], 0)).toBeNull()
  })

  test('are added, taken out and moved; what stands behind closes up', () => {
    expect(said(checked(three, insertPart(three, 1, part('d', clip(2), 3, 4), 'reel')))).toBe('a10-20 d3-4 b0-5 c20-30')
    expect(said(checked(three, removePart(three, 0)))).toBe('b0-5 c20-30')
    expect(removePart(three, 3)).toBeNull()
    expect(said(checked(three, movePart(three, 0, 2)))).toBe('b0-5 c20-30 a10-20')
    expect(said(checked(three, movePart(three, 2, 0)))).toBe('c20-30 a10-20 b0-5')
    expect(movePart(three, 1, 1)).toBeNull()
    expect(movePart(three, 1, 3)).toBeNull()
  })

  test('are cut before a frame, and joined where they go on with the very next frame', () => {
    const cut = checked(three, cutPart(three, 2, 'd'))
    expect(said(cut)).toBe('a10-12 d12-20 b0-5 c20-30')
    expect([0, 10, 25, 40].map((frame) => cutPart(three, frame, 'd'))).toEqual([null, null, null, null])
    expect(said(checked(cut, joinPart(cut, 0)))).toBe('a10-20 b0-5 c20-30')
    expect(joinPart(three, 0)).toBeNull()
    expect(joinPart(three, 2)).toBeNull()
  })

  test('are trimmed within their clip, and keep one frame', () => {
    expect(said(checked(three, trimPart(three, 0, 'from', 3, 40)))).toBe('a3-20 b0-5 c20-30')
    expect(said(checked(three, trimPart(three, 0, 'from', -8, 40)))).toBe('a0-20 b0-5 c20-30')
    expect(said(checked(three, trimPart(three, 0, 'from', 50, 40)))).toBe('a19-20 b0-5 c20-30')
    expect(said(checked(three, trimPart(three, 2, 'to', 500, 40)))).toBe('a10-20 b0-5 c20-40')
    expect(said(checked(three, trimPart(three, 2, 'to', 2, 40)))).toBe('a10-20 b0-5 c20-21')
    expect(trimPart(three, 1, 'to', 5, 5)).toBeNull()
  })

  test('of a range are cut at both its ends', () => {
    expect(said({ parts: partsWithin(three.parts, { from: 8, to: 17 }) })).toBe('a18-20 b0-5 c20-22')
    expect(said({ parts: partsWithin(three.parts, { from: 11, to: 13 }) })).toBe('b1-3')
  })

  test('snap to the nearest place within reach, and to none beyond it', () => {
    expect(snapped(100, [90, 104, 97], 5)).toBe(97)
    expect(snapped(100, [90, 110], 5)).toBe(100)
    expect(snapped(100, [105], 5)).toBe(105)
  })
})

/** A clip of `frames` frames, each lasting `ticks` of 1/`den` s. */
function truthOf(frames: number, ticks: number, den: number, start = 0): ClipTruth {
  const info = { frames, packets: frames, rate: text(rational(den, ticks)), variableRate: false, timeBase: `1/${den}`, duration: `${frames * ticks}/${den}`, width: 64, height: 48, sar: '1:1', rotation: 0, codec: 'ffv1', pixelFormat: 'gray', fieldOrder: 'progressive' as const, color: { range: null, matrix: null, primaries: null, transfer: null }, audio: [], subtitles: [], timecode: '01:00:00:00', warnings: [], stream: 0, verified: true }
  return { info, timeBase: { num: 1, den }, pts: Array.from({ length: frames }, (_, n) => start + n * ticks), keys: [0], doubtful: [2], numbered: false }
}

describe('an edit as one clip', () => {
  test('gives every frame the time at which it comes, without a gap, in a clock that both clips share', () => {
    const truth = editTruth([part('a', clip(1), 2, 4), part('b', clip(2), 0, 3), part('c', clip(1), 9, 10)], new Map([[clip(1), truthOf(10, 1001, 24_000, 77)], [clip(2), truthOf(5, 1, 16)]]))
    expect(truth?.pts.map((ticks) => (ticks * 1) / (truth.timeBase.den / 24_000))).toEqual([0, 1001, 2002, 3502, 5002, 6502])
    expect(truth?.info).toMatchObject({ frames: 6, variableRate: true, timecode: null, verified: true })
    expect(truth?.doubtful).toEqual([0, 4])
  })

  test('counts timecode from zero where all clips run at one rate', () => {
    const truth = editTruth([part('a', clip(1), 20, 60), part('b', clip(2), 0, 40)], new Map([[clip(1), truthOf(100, 1, 25)], [clip(2), truthOf(100, 512, 12_800)]]))
    expect(truth?.info).toMatchObject({ rate: '25/1', variableRate: false, duration: '16/5' })
    expect(truth && labelOf(truth, 79)).toBe('00:00:03:04')
  })

  test('counts a clip that is gone at 25 frames a second, and is nothing without any', () => {
    const parts = [part('a', clip(1), 0, 2), part('x', clip(3), 0, 5), part('b', clip(1), 2, 3)]
    expect(editTruth(parts, new Map([[clip(1), truthOf(10, 1, 25)]]))?.pts).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect(editTruth(parts, new Map())).toBeNull()
    expect(editTruth([], new Map([[clip(1), truthOf(10, 1, 25)]]))).toBeNull()
  })
})
