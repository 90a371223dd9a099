import { describe, expect, test } from 'vitest'
import { takeId } from '../../../../src/contract/ids.ts'
import type { Shot } from '../../../../src/contract/shots.ts'
import { noTakes, type KeptTake, type TakesFile } from '../../../../src/contract/takes.ts'
import { lookAgain, nextTakes, takesAt, type NewTake } from '../../../../src/core/film/takes.ts'

const recipe = (vividness: number, more = {}) => ({ version: 1 as const, steps: [{ step: 'colorize', enabled: true, params: { ...more, vividness } }] })
const made = (from: number, to: number, vividness: number): NewTake => ({
  id: takeId.parse(`${from}-${to} ${vividness}`),
  from,
  to,
  at: '2026-03-01T10:00:00.000Z',
  look: { from, to, recipe: recipe(vividness), steady: 1 },
  right: [],
  model: { id: 'm', sha256: 'a' },
  chunks: [{ file: `chunk-${'0'.repeat(24)}.mov`, from, to, bytes: 10 }],
})
/** The takes after films of these shots, one film after the other. */
const after = (...films: NewTake[][]): TakesFile => films.reduce((takes, film) => nextTakes(takes, film, 3), noTakes)
const told = (takes: readonly KeptTake[]) => takes.map(({ number, from, to }) => `v${number} ${from}-${to}`)
const wire = ({ current, earlier }: TakesFile) => [...current.map((take) => ({ ...take, isCurrent: true, bytes: 10 })), ...earlier.map((take) => ({ ...take, isCurrent: false, bytes: 10 }))]

describe('takes of shots', () => {
  test('are numbered look by look, and only what was replaced is earlier', () => {
    const takes = after([made(0, 20, 0.1), made(20, 40, 0.1)], [made(0, 20, 0.1), made(20, 40, 0.2)])
    expect(told(takes.current)).toEqual(['v1 0-20', 'v2 20-40'])
    expect(told(takes.earlier)).toEqual(['v1 20-40'])
  })

  test('keep their number when they come back, and the next look gets one that was never there', () => {
    const back = after([made(0, 20, 0.1)], [made(0, 20, 0.2)], [made(0, 20, 0.1)])
    expect([told(back.current), told(back.earlier)]).toEqual([['v1 0-20'], ['v2 0-20']])
    expect(takesAt(wire(back), 3).map(({ number, isCurrent }) => [number, isCurrent])).toEqual([[1, true], [2, false]])
    expect(told(nextTakes(back, [made(0, 20, 0.3)], 3).current)).toEqual(['v3 0-20'])
  })

  test('are known by their files as these are now, were they made anew', () => {
    const [again] = nextTakes(after([made(0, 20, 0.1)]), [{ ...made(0, 20, 0.1), at: '2026-03-02T10:00:00.000Z', chunks: [{ file: `chunk-${'0'.repeat(24)}.mov`, from: 0, to: 20, bytes: 11 }] }], 3).current
    expect(again).toMatchObject({ number: 1, at: '2026-03-01T10:00:00.000Z', chunks: [{ bytes: 11 }] })
  })

  test('stay three at most of any frame, the latest', () => {
    const takes = after(...[0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((vividness) => [made(0, 20, vividness)]))
    expect([told(takes.current), told(takes.earlier)]).toEqual([['v6 0-20'], ['v5 0-20', 'v4 0-20', 'v3 0-20']])
  })

  test('of a range say nothing of other shots, and are no other version of the same look', () => {
    const whole = [made(0, 20, 0.1), made(20, 40, 0.1), made(40, 60, 0.1)]
    const takes = after(whole, [made(12, 20, 0.1), made(20, 28, 0.2)])
    expect(told(takes.current)).toEqual(['v1 12-20', 'v2 20-28', 'v1 40-60'])
    expect(told(takes.earlier)).toEqual(['v1 0-20', 'v1 20-40'])
    expect(takesAt(wire(takes), 15).map(({ from }) => from)).toEqual([12])
    expect(takesAt(wire(takes), 5).map(({ from }) => from)).toEqual([0])
    // The whole film once more has its own back; what was cut out of it goes.
    const again = nextTakes(takes, whole, 3)
    expect([told(again.current), told(again.earlier)]).toEqual([['v1 0-20', 'v1 20-40', 'v1 40-60'], ['v2 20-28']])
  })

  test('outlive a cut that was moved, and are found at the frames that they have', () => {
    const takes = after([made(0, 20, 0.1), made(20, 40, 0.1)], [made(0, 22, 0.2), made(22, 40, 0.1)])
    expect(told(takes.current)).toEqual(['v2 0-22', 'v1 22-40'])
    const at = (frame: number) => takesAt(wire(takes), frame).map(({ number, from, to }) => `v${number} ${from}-${to}`)
    expect(at(19)).toEqual(['v1 0-20', 'v2 0-22'])
    expect(at(21)).toEqual(['v1 20-40', 'v2 0-22'])
    expect(at(30)).toEqual(['v1 22-40'])
  })

  test('never share a number with another look, where shots were joined', () => {
    const apart = after([made(0, 20, 0.1), made(20, 40, 0.3)], [made(0, 20, 0.2), made(20, 40, 0.4)])
    const joined = nextTakes(apart, [made(0, 40, 0.2)], 3)
    expect(told(joined.current)).toEqual(['v3 0-40'])
  })

  test('give a shot their look back: recipe, steadiness, hints and the frame that is right, but for the model, which is the film’s', () => {
    const dot = { kind: 'dot' as const, x: 0.5, y: 0.5, radius: 0.01, color: '#aa2200' }
    const shot: Shot = { id: 'a', from: 0, to: 22, recipe: recipe(0.9, { model: 'new', warmth: 1 }), steady: 0.2, hints: [], reference: null, verdict: 'approved', version: 4 }
    const look = { from: 0, to: 30, recipe: recipe(0.1, { model: 'old', hints: [{ ...dot, frame: 7 }, { ...dot, frame: 3 }, { ...dot, frame: 25 }] }), steady: 0.8 }
    expect(lookAgain({ look, right: [25, 5] }, shot)).toEqual({
      recipe: recipe(0.1, { model: 'new' }),
      steady: 0.8,
      hints: [{ frame: 3, hints: [dot] }, { frame: 7, hints: [dot] }],
      reference: 5,
    })
  })
})
