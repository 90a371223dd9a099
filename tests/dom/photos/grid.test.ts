import { describe, expect, test } from 'vitest'
import type { AssetId } from '../../../src/contract/ids.ts'
import { justifiedRows, squareRows } from '../../../src/renderer/photos/grid/justified.ts'
import { selectionAfter } from '../../../src/renderer/photos/state.ts'

const ids = ['a', 'b', 'c', 'd', 'e'] as AssetId[]
const [a, b, c, d] = ids as [AssetId, AssetId, AssetId, AssetId, AssetId]
const nobody = { selected: new Set<AssetId>(), current: null }
const plain = { shift: false, toggle: false }

describe('rows of the grid', () => {
  const aspects = Array.from({ length: 37 }, (_, index) => 0.55 + (index % 7) * 0.25)

  test('hold every picture once, in order, and fill the width', () => {
    const rows = justifiedRows(aspects, 1040, 176, 8)
    expect(rows.flatMap(({ first, widths }) => widths.map((_, offset) => first + offset))).toEqual(aspects.map((_, index) => index))
    for (const { widths } of rows.slice(0, -1)) {
      expect(widths.reduce((sum, width) => sum + width, 0) + 8 * (widths.length - 1)).toBeCloseTo(1040, 3)
    }
  })

  test('stay near the height that was asked for', () => {
    for (const { height } of justifiedRows(aspects, 1040, 176, 8)) {
      expect(height).toBeGreaterThan(110)
      expect(height).toBeLessThan(282)
    }
  })

  test('do not blow up a lonely last picture', () => {
    expect(justifiedRows([1.5], 1040, 176, 8)).toEqual([{ first: 0, widths: [264], height: 176 }])
  })

  test('of squares fill the width too', () => {
    const rows = squareRows(7, 500, 100, 8)
    expect(rows.map(({ widths }) => widths.length)).toEqual([4, 3])
    expect(rows[0]?.widths[0]).toBeCloseTo((500 - 24) / 4)
  })
})

describe('a selection', () => {
  test('is what was clicked', () => {
    expect(selectionAfter(ids, { selected: new Set([a, b]), current: a }, c, plain)).toEqual({ selected: new Set([c]), current: c })
  })

  test('grows and shrinks with Ctrl', () => {
    const one = selectionAfter(ids, nobody, b, { shift: false, toggle: true })
    const two = selectionAfter(ids, one, d, { shift: false, toggle: true })
    expect(two.selected).toEqual(new Set([b, d]))
    expect(selectionAfter(ids, two, b, { shift: false, toggle: true }).selected).toEqual(new Set([d]))
  })

  test('reaches from where it began with Shift, in both directions', () => {
    const start = selectionAfter(ids, nobody, c, plain)
    expect(selectionAfter(ids, start, a, { shift: true, toggle: false })).toEqual({ selected: new Set([a, b, c]), current: c })
    expect(selectionAfter(ids, start, d, { shift: true, toggle: false }).selected).toEqual(new Set([c, d]))
  })
})
