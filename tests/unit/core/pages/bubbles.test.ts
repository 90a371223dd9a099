import { describe, expect, test } from 'vitest'
import type { Hint } from '../../../../src/contract/hints.ts'
import { atOnce } from '../../../../src/core/pages/atOnce.ts'
import { mapPage, type PageMap } from '../../../../src/core/pages/basins.ts'
import { fillsAt } from '../../../../src/core/pages/composing.ts'
import { foundByLines, type FoundByLines } from '../../../../src/core/pages/foundByLines.ts'
import { gapRule } from '../../../../src/core/pages/gaps.ts'
import { tonesOf } from '../../../../src/core/pages/ink.ts'
import { keepPaperColor, marksOf, noColor } from '../../../../src/core/pages/marks.ts'
import { keptPaper, protectionOf, withDecisions } from '../../../../src/core/pages/protection.ts'
import { regionsOf } from '../../../../src/core/pages/regions.ts'
import { reliefOf } from '../../../../src/core/pages/relief.ts'
import { solve } from '../../../../src/core/pages/solve.ts'
import { SplitCache } from '../../../../src/core/pages/splits.ts'
import { LabelPlane } from '../../../../src/core/pages/labelPlane.ts'
import { drawOutlines } from '../../../../src/core/pages/strokes.ts'
import { drawPage, type DrawnPage } from './drawnPage.ts'

const [cx, cy, rx, ry] = [310, 130, 110, 82]
const letter = { high: 30, wide: 22, line: 5 }
/** Middles of letters: two rows of four. */
const letters = [-21, 21].flatMap((dy) => [-48, -16, 16, 48].map((dx) => [cx + dx, cy + dy] as const))

/** Four panels, the first with a large bubble: closed letters above, letters with a pocket below. */
function drawn(): DrawnPage {
  const page = drawPage({ columns: 2, rows: 2, side: 420 })
  const { width, grey } = page
  for (let y = cy - ry; y <= cy + ry; y++) {
    for (let x = cx - rx; x <= cx + rx; x++) {
      const far = Math.hypot((x - cx) / rx, (y - cy) / ry)
      if (far <= 1) grey[y * width + x] = far > 1 - 4 / ry ? 0 : 255
    }
  }
  letters.forEach(([mx, my], n) => {
    const [left, top] = [mx - letter.wide / 2, my - letter.high / 2]
    for (let v = 0; v < letter.high; v++) {
      for (let u = 0; u < letter.wide; u++) {
        const bar = v < letter.line || v >= letter.high - letter.line || u < letter.line
        // The arms of the lower letters end in hooks that nearly meet.
        const closing = u >= letter.wide - letter.line && (n < 4 || Math.abs(v - letter.high / 2) > 3)
        if (bar || closing) grey[(top + v) * width + left + u] = 0
      }
    }
  })
  return page
}

/** Dots six pixels apart over everything but the bubble. */
function toned(page: DrawnPage): DrawnPage {
  for (let i = 0; i < page.grey.length; i++) {
    const [x, y] = [i % page.width, Math.floor(i / page.width)]
    if (page.pieces[i] !== 0 && Math.hypot((x - cx) / rx, (y - cy) / ry) > 1 && ((x % 6) - 3) ** 2 + ((y % 6) - 3) ** 2 <= 3) page.grey[i] = 0
  }
  return page
}

const mapOf = ({ grey, width, height }: DrawnPage, toneSize = 0, found: FoundByLines | null = null): PageMap => mapPage(atOnce(reliefOf(tonesOf({ data: grey, width, height, channels: 1 }), { toneSize, pieces: found?.pieces ?? null })))

function fillsOf(map: PageMap, hints: readonly Hint[], found: FoundByLines | null = null, keep = true) {
  const regions = regionsOf(map, map.graph, gapRule(map.relief, null))
  const protection = withDecisions(map, regions, protectionOf(map, regions, found), keep ? [] : [{ x: cx / map.relief.width, y: (cy - 55) / map.relief.height, keep: false }])
  const marks = marksOf(map, hints, ({ color }) => Number.parseInt(color.slice(1), 16))
  const kept = keptPaper(map, regions, protection, marks)
  const fills = fillsAt(map, solve(map, map.graph, [...marks, ...kept.marks], kept.seeds, { regions, unhinted: 'fill' }, new SplitCache()), null)
  return { protection, regions, at: (x: number, y: number): number => fills[y * map.relief.width + x] ?? noColor }
}

const hintAt = ({ width, height }: DrawnPage, x: number, y: number, color: string): Hint => ({ kind: 'dot', x: (x + 0.5) / width, y: (y + 0.5) / height, radius: 0.003, color })

describe('a bubble with large letters', () => {
  const page = drawn()
  const map = mapOf(page)

  test('keeps its paper in their hollows and pockets too', () => {
    const { protection, regions, at } = fillsOf(map, page.hints)
    expect(protection.bubbles).toHaveLength(1)
    for (const [x, y] of letters) {
      expect(at(x, y)).toBe(keepPaperColor)
      expect(protection.regions[regions.of[map.basins.labels.labelAt(x, y)] as number]).toBe(1)
    }
    expect(at(cx, cy - 55)).toBe(keepPaperColor)
  })

  test('lets a hint of its own into the pockets of its letters', () => {
    const { at } = fillsOf(map, [...page.hints, hintAt(page, cx, cy - 55, '#fff0b0')])
    expect(at(cx, cy + 60)).toBe(0xfff0b0)
    for (const [x, y] of letters.slice(4)) expect(at(x, y)).toBe(0xfff0b0)
  })

  test('is let go as a whole, hollows and all', () => {
    const { protection } = fillsOf(map, [], null, false)
    expect(protection.bubbles.flatMap(({ regions }) => regions.filter((region) => protection.regions[region] === 1))).toEqual([])
  })
})

describe('a page that is looked at through its tones', () => {
  test('has the panels and bubbles that its lines show, and they stay as white', () => {
    const page = toned(drawn())
    const found = foundByLines(mapOf(page))
    const map = mapOf(page, 6, found)
    const { protection, at } = fillsOf(map, page.hints, found)
    expect(protection.panels).toHaveLength(4)
    expect(protection.bubbles).toHaveLength(1)
    for (const [x, y] of [...letters, [cx, cy - 55], [cx - 90, cy], [cx + 90, cy]] as const) expect(at(x, y)).toBe(keepPaperColor)
    // The gutter, and what is to be coloured beside the bubble.
    expect(at(5, 5)).toBe(keepPaperColor)
    expect(at(60, 60)).toBe(page.colors[1])
  })
})

test('the outline of a piece is nowhere to be passed, not even between its corners', () => {
  const [width, height] = [30, 24]
  const pieces = new LabelPlane(width, height)
  const pieceAt = (x: number, y: number): number => Math.floor((x + y) / 7) % 3
  for (let y = 0; y < height; y++) pieces.setRow(y, Int32Array.from({ length: width }, (_, x) => pieceAt(x, y) + (x > 20 && x - y > 9 ? 3 : 0)))
  const plane = new Uint8Array((width + 2) * (height + 2)).fill(1)
  drawOutlines(pieces, plane, 0)
  const isWall = (x: number, y: number): boolean => plane[(y + 1) * (width + 2) + x + 1] === 0
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 1; x + 1 < width; x++) {
      for (const [u, v] of [[x + 1, y], [x - 1, y + 1], [x, y + 1], [x + 1, y + 1]] as const) {
        if (pieces.labelAt(x, y) !== pieces.labelAt(u, v)) expect(isWall(x, y) || isWall(u, v)).toBe(true)
      }
    }
  }
})
