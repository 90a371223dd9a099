import { describe, expect, test } from 'vitest'
import type { Wording } from '../../../src/contract/texts.ts'
import { tools } from '../../../src/renderer/stage/tools/index.ts'
import { applyEdits, noMarks, type MarkEdit, type Marks } from '../../../src/renderer/stage/tools/marks.ts'
import { Machine, type Board, type Paint, type Pointer } from '../../../src/renderer/stage/tools/tool.ts'

const red: Paint = { color: '#ff0000', swatch: null, empty: false }

/** A page of 1000 × 2000 pixels that keeps what tools do to it. */
function aBoard(start: Marks = noMarks) {
  const state = { saved: start, shown: [] as readonly MarkEdit[], gestures: [] as string[], locked: [] as unknown[], framed: null as unknown, selected: null as number | null, paint: red }
  const board: Board = {
    size: { width: 1000, height: 2000 },
    marks: () => state.saved,
    show: (edits) => void (state.shown = edits),
    commit: (edits, label: Wording) => {
      state.saved = applyEdits(state.saved, edits)
      state.shown = []
      state.gestures.push(label.key)
    },
    paint: () => state.paint,
    radius: () => 0.01,
    selected: () => state.selected,
    select: (at) => void (state.selected = at),
    take: (paint) => void (state.paint = paint),
    sample: (x) => (x < 0.5 ? '#123456' : null),
    lockAt: (x, y) => void state.locked.push({ x, y }),
    lockBox: (box) => void state.locked.push(box),
    frame: (box) => void (state.framed = box),
  }
  return { state, board }
}

/** One screen pixel is two pixels of the page. */
const at = (x: number, y: number, pressure = 0.5): Pointer => ({ x, y, pressure, pixel: 0.001, reach: 0.008 })
const dot = (x: number, y: number, more = {}) => ({ kind: 'dot' as const, x, y, radius: 0.01, color: '#00ff00', ...more })
const withDots = (...hints: Marks['hints']): Marks => ({ ...noMarks, hints })

describe('the hint tool', () => {
  test('places a dot where the pointer is let go, as one gesture', () => {
    const { state, board } = aBoard()
    const machine = new Machine(tools.hint, board)
    machine.send('down', at(0.2, 0.2))
    expect(machine.state).toBe('placing')
    machine.send('move', at(0.3, 0.25))
    expect(state.saved.hints).toEqual([])
    expect(state.shown).toMatchObject([{ op: 'add', value: { x: 0.3, y: 0.25 } }])
    machine.send('up', at(0.3, 0.25))
    expect(state.saved.hints).toEqual([{ kind: 'dot', x: 0.3, y: 0.25, radius: 0.01, color: '#ff0000' }])
    expect(state.gestures).toEqual(['history.hint.add'])
    expect(machine.state).toBe('idle')
  })
  test('links a dot to the swatch in the hand, and keeps the paper where the hand does', () => {
    const { state, board } = aBoard()
    const machine = new Machine(tools.hint, board)
    for (const paint of [{ ...red, swatch: 'coat' }, { ...red, empty: true }]) {
      state.paint = paint
      machine.send('down', at(0.2, 0.2 + state.saved.hints.length / 2))
      machine.send('up', at(0.2, 0.2 + state.saved.hints.length / 2))
    }
    expect(state.saved.hints).toMatchObject([{ swatch: 'coat' }, { empty: true }])
  })
  test('chooses a hint by a press, and moves it only when the pointer has moved', () => {
    const { state, board } = aBoard(withDots(dot(0.5, 0.5)))
    const machine = new Machine(tools.hint, board)
    machine.send('down', at(0.501, 0.5))
    machine.send('move', at(0.502, 0.5))
    machine.send('up', at(0.502, 0.5))
    expect(state.selected).toBe(0)
    expect(state.gestures).toEqual([])
    machine.send('down', at(0.5, 0.5))
    machine.send('move', at(0.6, 0.4))
    machine.send('up', at(0.6, 0.4))
    expect(state.saved.hints[0]).toMatchObject({ x: expect.closeTo(0.6), y: expect.closeTo(0.4) })
    expect(state.gestures).toEqual(['history.hint.move'])
  })
  test('resizes the chosen dot by its rim', () => {
    const { state, board } = aBoard(withDots(dot(0.5, 0.5)))
    state.selected = 0
    const machine = new Machine(tools.hint, board)
    // The rim is 0.01 of the longer side away: 20 of 1000 pixels across.
    machine.send('down', at(0.52, 0.5))
    expect(machine.state).toBe('resizing')
    machine.send('move', at(0.58, 0.5))
    machine.send('up', at(0.58, 0.5))
    expect(state.saved.hints[0]?.radius).toBeCloseTo(0.04)
  })
  test('leaves nothing behind when it is cancelled, not even another choice', () => {
    const { state, board } = aBoard(withDots(dot(0.5, 0.5), dot(0.1, 0.1)))
    state.selected = 1
    const machine = new Machine(tools.hint, board)
    machine.send('down', at(0.5, 0.5))
    machine.send('move', at(0.9, 0.9))
    expect(state.shown).toHaveLength(1)
    machine.cancel()
    expect(state).toMatchObject({ shown: [], gestures: [], selected: 1 })
    machine.send('up', at(0.9, 0.9))
    expect(state.saved.hints[0]).toMatchObject({ x: 0.5 })
  })
})

describe('the stroke tool', () => {
  test('keeps the pen’s pressure, and no points that lie on each other', () => {
    const { state, board } = aBoard()
    const machine = new Machine(tools.stroke, board)
    machine.send('down', at(0.1, 0.1, 0.2))
    machine.send('move', at(0.1001, 0.1, 0.3))
    machine.send('move', at(0.2, 0.1, 0.9))
    machine.send('up', at(0.2, 0.1, 0))
    expect(state.saved.hints).toEqual([{ kind: 'stroke', points: [[0.1, 0.1, 0.2], [0.2, 0.1, 0.9]], radius: 0.01, color: '#ff0000' }])
    expect(state.gestures).toEqual(['history.hint.stroke'])
  })
})

describe('the eraser', () => {
  test('takes away whatever it touches on its way, as one gesture, and leaves what is hidden', () => {
    const line: Marks['closings'][number] = [[0.3, 0], [0.3, 1]]
    const { state, board } = aBoard({ hints: [dot(0.1, 0.5), dot(0.1, 0.9), dot(0.2, 0.5, { hidden: true }), dot(0.4, 0.5)], closings: [line], joins: [line] })
    const machine = new Machine(tools.eraser, board)
    machine.send('down', at(0.1, 0.5))
    machine.send('move', at(0.2, 0.5))
    machine.send('move', at(0.3, 0.5))
    machine.send('move', at(0.4, 0.5))
    machine.send('up', at(0.4, 0.5))
    expect(state.saved).toEqual({ hints: [dot(0.1, 0.9), dot(0.2, 0.5, { hidden: true })], closings: [], joins: [] })
    expect(state.gestures).toEqual(['history.hint.erase'])
  })
  test('does nothing where there is nothing', () => {
    const { state, board } = aBoard(withDots(dot(0.1, 0.5)))
    const machine = new Machine(tools.eraser, board)
    machine.send('down', at(0.8, 0.8))
    machine.send('up', at(0.8, 0.8))
    expect(state.gestures).toEqual([])
  })
})

describe('the eyedropper', () => {
  test('takes a hint with its swatch first, else the colour of the result', () => {
    const { state, board } = aBoard(withDots(dot(0.1, 0.5, { swatch: 'coat' })))
    const machine = new Machine(tools.eyedropper, board)
    machine.send('down', at(0.1, 0.5))
    expect(state.paint).toEqual({ color: '#00ff00', swatch: 'coat', empty: false })
    machine.send('move', at(0.4, 0.5))
    expect(state.paint).toEqual({ color: '#123456', swatch: null, empty: false })
    machine.send('move', at(0.9, 0.5))
    machine.send('up', at(0.9, 0.5))
    expect(state.paint.color).toBe('#123456')
    expect(state.gestures).toEqual([])
  })
})

describe('join and divide', () => {
  test('draw a line into a list of their own; a press without a line does nothing', () => {
    const { state, board } = aBoard()
    for (const tool of [tools.join, tools.divide]) {
      const machine = new Machine(tool, board)
      machine.send('down', at(0.1, 0.1))
      machine.send('up', at(0.1, 0.1))
      machine.send('down', at(0.1, 0.1))
      machine.send('move', at(0.5, 0.5))
      machine.send('up', at(0.5, 0.5))
    }
    expect(state.saved.joins).toEqual([[[0.1, 0.1], [0.5, 0.5]]])
    expect(state.saved.closings).toEqual([[[0.1, 0.1], [0.5, 0.5]]])
    expect(state.gestures).toEqual(['history.page.join', 'history.page.divide'])
  })
})

test('the hand leaves the pointer to the view', () => {
  const { state, board } = aBoard(withDots(dot(0.5, 0.5)))
  const machine = new Machine(tools.hand, board)
  machine.send('down', at(0.5, 0.5))
  machine.send('up', at(0.5, 0.5))
  expect(machine.isBusy).toBe(false)
  expect(state.gestures).toEqual([])
})

describe('the lock tool', () => {
  test('locks what is under a press, and after a drag the area that was drawn', () => {
    const { state, board } = aBoard()
    const machine = new Machine(tools.lock, board)
    machine.send('down', at(0.5, 0.5))
    machine.send('up', at(0.501, 0.5))
    expect(state.locked).toEqual([{ x: 0.5, y: 0.5 }])
    machine.send('down', at(0.75, 0.5))
    machine.send('move', at(0.5, 0.25))
    expect(state.framed).toEqual({ x: 0.5, y: 0.25, width: 0.25, height: 0.25 })
    machine.send('up', at(0.5, 0.25))
    expect(state.locked[1]).toEqual({ x: 0.5, y: 0.25, width: 0.25, height: 0.25 })
    expect(state.framed).toBeNull()
  })
  test('leaves nothing behind when it is cancelled', () => {
    const { state, board } = aBoard()
    const machine = new Machine(tools.lock, board)
    machine.send('down', at(0.75, 0.5))
    machine.send('move', at(0.5, 0.25))
    machine.cancel()
    expect(state).toMatchObject({ framed: null, locked: [] })
  })
})
