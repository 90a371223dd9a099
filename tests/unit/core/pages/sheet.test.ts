import { describe, expect, test } from 'vitest'
import { atOnce } from '../../../../src/core/pages/atOnce.ts'
import { mapPage } from '../../../../src/core/pages/basins.ts'
import { gapRule } from '../../../../src/core/pages/gaps.ts'
import { tonesOf } from '../../../../src/core/pages/ink.ts'
import { protectionOf } from '../../../../src/core/pages/protection.ts'
import { regionsOf } from '../../../../src/core/pages/regions.ts'
import { reliefOf } from '../../../../src/core/pages/relief.ts'
import { firstSheet, sheetOf, sizeBySheet } from '../../../../src/core/pages/sheet.ts'
import { hintsIn, sectionsOf } from '../../../../src/engine/pages/sections.ts'
import { drawBubble, drawPage } from './drawnPage.ts'

const strip = drawPage({ columns: 1, rows: 12 })
drawBubble(strip, 150, 16 + 6 * 216 + 40, 50, 24)
const map = mapPage(atOnce(reliefOf(tonesOf({ data: strip.grey, width: strip.width, height: strip.height, channels: 1 }))))

describe('a strip', () => {
  test('has the panels and the bubbles that its sheets would have as pages', () => {
    const found = protectionOf(map, regionsOf(map, map.graph, gapRule(map.relief, null)))
    expect(found.panels).toHaveLength(12)
    expect(found.bubbles).toHaveLength(1)
  })

  test('is judged by a sheet twice as long as it is wide, whichever way it lies; a page by all of it', () => {
    expect(sheetOf({ width: 800, height: 100_000 })).toEqual({ width: 800, height: 1600 })
    expect(sheetOf({ width: 9000, height: 1000 })).toEqual({ width: 2000, height: 1000 })
    expect(sheetOf({ width: 2000, height: 3000 })).toEqual({ width: 2000, height: 3000 })
    expect(firstSheet({ width: 800, height: 3200 })).toEqual({ x: 0, y: 0, width: 1, height: 0.5 })
    expect(firstSheet({ width: 2000, height: 3000 })).toBeNull()
  })

  test('is looked at as large as a sheet of it may be, but no larger than its size allows', () => {
    expect(sizeBySheet({ width: 1000, height: 10_000 }, 1000, 1e9)).toEqual({ width: 500, height: 5000 })
    const { width, height } = sizeBySheet({ width: 1000, height: 100_000 }, 2000, 4e6)
    expect(width * height).toBeLessThanOrEqual(4.1e6)
    expect(height / width).toBeCloseTo(100, 0)
  })

  test('is cut for networks where no ink lies, without a gap, and each section has its own hints', () => {
    const sections = sectionsOf(map.relief) ?? []
    expect(sections.length).toBeGreaterThan(4)
    let end = 0
    for (const { top, height } of sections) {
      expect(top).toBe(end)
      end = top + height
      const row = map.relief.heights.subarray((top + 1) * map.relief.stride + 1, (top + 1) * map.relief.stride + 1 + strip.width)
      expect(row.includes(0)).toBe(false)
    }
    expect(end).toBe(strip.height)
    const placed = sections.flatMap((rows) => hintsIn(strip.hints, strip, rows).map((hint) => (hint.kind === 'dot' ? (hint.y * rows.height + rows.top) / strip.height : 0)))
    expect(placed).toHaveLength(strip.hints.length)
    for (const [n, hint] of strip.hints.entries()) if (hint.kind === 'dot') expect(placed[n]).toBeCloseTo(hint.y, 9)
  })
})
