import { describe, expect, test } from 'vitest'
import { cellPlace, sheetLayout } from '../../../../src/core/pages/contactSheet.ts'

const pages = (count: number, width = 2000, height = 3000) => Array.from({ length: count }, () => ({ width, height }))

describe('a contact sheet', () => {
  test.each([1, 2, 7, 18, 60, 500])('of %i pages has room for all of them, none over another, and is never larger than can be opened', (count) => {
    const layout = sheetLayout(pages(count))
    expect(Math.max(layout.width, layout.height)).toBeLessThanOrEqual(8000)
    const places = Array.from({ length: count }, (_, n) => cellPlace(layout, n))
    for (const { left, top } of places) {
      expect(left + layout.cell.width).toBeLessThan(layout.width)
      expect(top + layout.cell.height + layout.caption).toBeLessThan(layout.height)
    }
    expect(new Set(places.map(({ left, top }) => `${left} ${top}`)).size).toBe(count)
    const [first, second] = places
    if (first && second && layout.columns > 1) expect(second.left - first.left).toBeGreaterThan(layout.cell.width)
  })
  test('gives strips a cell of a shape that leaves the others visible', () => {
    const { cell } = sheetLayout([...pages(3), { width: 800, height: 20_000 }])
    expect(cell.height / cell.width).toBeCloseTo(2, 1)
  })
})
