import { describe, expect, it } from 'vitest'
import type { ClipTruth } from '../../../../src/contract/clipFrames.ts'
import { emptyReview, type ClipNote, type ClipReview } from '../../../../src/contract/review.ts'
import { applyPatches } from '../../../../src/core/history/patches.ts'
import { csvOf, notesCsv } from '../../../../src/core/film/csv.ts'
import { frameOf, labelOf } from '../../../../src/core/film/labels.ts'
import { addNote, changeNote, frameOfNextNote, removeNote, setRange, type ReviewEdit } from '../../../../src/core/film/notes.ts'

const note = (id: string, from: number, to = from + 1): ClipNote => ({ id, from, to, text: id, author: 'Ada', at: '2026-03-01T10:00:00.000Z', state: 'open' })
const all = (...notes: ClipNote[]): ClipReview => notes.reduce((review, each) => addNote(review, each).review, emptyReview)
const ids = ({ notes }: ClipReview) => notes.map(({ id }) => id)
/** What the studio makes of an edit must be what the page shows of it. */
const isSaved = (before: ClipReview, edit: ReviewEdit) => expect(applyPatches(before, edit.patches).document).toEqual(edit.review)

describe('notes of a clip', () => {
  it('stand in the order of their frames, however they were written', () => {
    const review = all(note('c', 40), note('a', 3), note('range', 12, 30), note('b', 12))
    expect(ids(review)).toEqual(['a', 'range', 'b', 'c'])
    isSaved(review, addNote(review, note('d', 20)))
  })

  it('are changed and removed by their ids; what changes nothing is no edit', () => {
    const review = all(note('a', 3), note('b', 12))
    const done = changeNote(review, 'b', { state: 'done' })!
    isSaved(review, done)
    expect(done.review.notes[1]?.state).toBe('done')
    expect([changeNote(review, 'b', { text: 'b' }), changeNote(review, 'x', { text: 'y' }), removeNote(review, 'x')]).toEqual([null, null, null])
    const removed = removeNote(review, 'a')!
    isSaved(review, removed)
    expect(ids(removed.review)).toEqual(['b'])
  })

  it('keep in and out beside them; the same ones again are no edit', () => {
    const review = all(note('a', 3))
    const set = setRange(review, { from: 4, to: null })!
    isSaved(review, set)
    expect(set.label.key).toBe('history.range.set')
    expect(setRange(set.review, { from: 4, to: null })).toBeNull()
    expect(setRange(set.review, { from: null, to: null })?.label.key).toBe('history.range.clear')
  })

  it('are gone through in both directions, and at the last one there is no next', () => {
    const { notes } = all(note('a', 3), note('b', 12), note('c', 40))
    expect([frameOfNextNote(notes, 3, 1), frameOfNextNote(notes, 13, -1), frameOfNextNote(notes, 40, 1), frameOfNextNote(notes, 3, -1)]).toEqual([12, 12, null, null])
  })
})

/** A clip of `frames` frames whose timecode begins at `timecode`. */
function truthOf(frames: number, rate: string, timecode: string | null): ClipTruth {
  const [num = 1, den = 1] = rate.split('/').map(Number)
  const info = { rate, variableRate: false, timecode } as ClipTruth['info']
  return { info, timeBase: { num: den, den: num }, pts: Array.from({ length: frames }, (_, n) => n), keys: [0], doubtful: [], numbered: false }
}

describe('frames of a clip by their labels', () => {
  it.each([
    ['24000/1001', '01:00:00:00'],
    ['25/1', '00:00:00:00'],
    ['30000/1001', '00:59:58;20'],
    ['30000/1001', '00:59:58:20'],
    ['60000/1001', '23:59:59;50'],
    ['24/1', null],
  ])('come back to themselves at %s from %s, past midnight too', (rate, timecode) => {
    const truth = truthOf(4000, rate, timecode)
    if (timecode !== null) expect(labelOf(truth, 0)).toBe(timecode)
    const wrong = truth.pts.filter((n) => frameOf(truth, labelOf(truth, n)) !== n)
    expect(wrong).toEqual([])
  })

  it('are meant by number, by timecode, or from where one stands; nothing outside the clip is', () => {
    const truth = truthOf(100, '25/1', '10:00:00:00')
    expect(['17', '10:00:01:02', '+12', '-5', '100', '09:59:59:24', '-51', 'x'].map((said) => frameOf(truth, said, 50))).toEqual([17, 27, 62, 45, null, null, null, null])
  })
})

describe('a table of notes', () => {
  it('has a row a note, its frames and timecodes, and survives commas, quotes, lines and formulas', () => {
    const review = all({ ...note('a', 3, 6), text: 'Coat, "red"\nnot brown' }, { ...note('b', 12), text: '=SUM(A1)', state: 'done' })
    const rows = notesCsv('reel.mov', truthOf(100, '25/1', '10:00:00:00'), review.notes)
    expect(rows).toBe(
      '\uFEFFClip,First frame,Last frame,Start,End,State,Author,Written,Note\r\n' +
        'reel.mov,3,5,10:00:00:03,10:00:00:05,open,Ada,2026-03-01T10:00:00.000Z,"Coat, ""red""\nnot brown"\r\n' +
        "reel.mov,12,12,10:00:00:12,10:00:00:12,done,Ada,2026-03-01T10:00:00.000Z,'=SUM(A1)\r\n",
    )
  })

  it('without rows has nothing but its mark', () => {
    expect(csvOf([])).toBe('\uFEFF')
  })
})
