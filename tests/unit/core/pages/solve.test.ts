import { describe, expect, test } from 'vitest'
import type { Hint } from '../../../../src/contract/hints.ts'
import { atOnce } from '../../../../src/core/pages/atOnce.ts'
import { mapPage, type PageMap } from '../../../../src/core/pages/basins.ts'
import { composePage, fillsAt } from '../../../../src/core/pages/composing.ts'
import { gapRule } from '../../../../src/core/pages/gaps.ts'
import { withPassages } from '../../../../src/core/pages/graph.ts'
import { tonesOf } from '../../../../src/core/pages/ink.ts'
import { keepPaperColor, marksOf } from '../../../../src/core/pages/marks.ts'
import { keptPaper, protectionOf } from '../../../../src/core/pages/protection.ts'
import { regionsOf } from '../../../../src/core/pages/regions.ts'
import { reliefOf } from '../../../../src/core/pages/relief.ts'
import { solve } from '../../../../src/core/pages/solve.ts'
import { SplitCache } from '../../../../src/core/pages/splits.ts'
import { pixelAt } from '../../../../src/core/pages/strokes.ts'
import { drawBubble, drawPage, type DrawnPage } from './drawnPage.ts'

interface Options {
  readonly unhinted?: 'empty' | 'fill'
  readonly joins?: readonly (readonly [number, number])[]
  readonly keep?: boolean
}

const pixelsOf = ({ grey, width, height }: DrawnPage) => ({ data: grey, width, height, channels: 1 as const })

function mapOf(page: DrawnPage, closings: [number, number][][] = []): PageMap {
  return mapPage(atOnce(reliefOf(tonesOf(pixelsOf(page)), { closings })))
}

/** Fill of every pixel. */
function fillsOf(map: PageMap, hints: readonly Hint[], { unhinted = 'empty', joins = [], keep = true }: Options = {}): Int32Array {
  const graph = withPassages(map.graph, map.basins.count, joins)
  const regions = regionsOf(map, graph, gapRule(map.relief, null))
  const marks = marksOf(map, hints, ({ color, empty }) => (empty === true ? keepPaperColor : Number.parseInt(color.slice(1), 16)))
  const kept = keep ? keptPaper(map, regions, protectionOf(map, regions), marks) : { seeds: new Map<number, number>(), marks: [] }
  return fillsAt(map, solve(map, graph, [...marks, ...kept.marks], kept.seeds, { regions, unhinted }, new SplitCache()), null)
}

/** Shares of paper pixels of the pieces: right, and of the gutter: coloured. */
function judged(page: DrawnPage, fills: Int32Array): { right: number; spilled: number } {
  let [right, all, spilled] = [0, 0, 0]
  page.pieces.forEach((piece, i) => {
    if ((page.grey[i] as number) < 160) return
    if (piece === 0) spilled += (fills[i] as number) >= 0 ? 1 : 0
    else {
      all++
      if (fills[i] === page.colors[piece]) right++
    }
  })
  return { right: right / all, spilled }
}

describe('filling a page from one hint a piece', () => {
  test.each([0, 3, 6, 10])('gaps of %i pixels leave at least 96 % of the paper right and the gutter white', (gap) => {
    const page = drawPage({ gap })
    const map = mapOf(page)
    for (const unhinted of ['empty', 'fill'] as const) {
      const { right, spilled } = judged(page, fillsOf(map, page.hints, { unhinted }))
      expect(right).toBeGreaterThan(0.96)
      expect(spilled).toBe(0)
    }
  })

  test('the order of hints changes nothing, also where two of them meet', () => {
    const page = drawPage({ gap: 6 })
    const map = mapOf(page)
    const [first] = page.hints
    const crowd: Hint[] = [...page.hints, { ...(first as Hint), kind: 'dot', x: 0.11, y: 0.05, radius: 0.01, color: '#112233' }, { kind: 'dot', x: 0.111, y: 0.05, radius: 0.01, color: '#445566' }]
    const fills = fillsOf(map, crowd)
    expect(fillsOf(map, crowd.toReversed())).toEqual(fills)
    expect(fillsOf(map, [...crowd].sort((one, other) => (one.color < other.color ? -1 : 1)))).toEqual(fills)
    expect(fillsOf(mapOf(page), crowd)).toEqual(fills)
  })

  test('regions without a hint stay paper, or take the nearest colour when asked', () => {
    const page = drawPage({ columns: 1, rows: 1, gap: 4 })
    const map = mapOf(page)
    const [sky] = page.hints as [Hint]
    const paper = [...page.pieces.keys()].filter((i) => (page.grey[i] as number) >= 160 && page.pieces[i] !== 0)
    const coloured = (unhinted: 'empty' | 'fill'): number => {
      const fills = fillsOf(map, [sky], { unhinted })
      return paper.filter((i) => (fills[i] as number) >= 0).length / paper.length
    }
    const skyShare = paper.filter((i) => page.pieces[i] === 1).length / paper.length
    expect(coloured('empty')).toBeCloseTo(skyShare, 1)
    expect(coloured('fill')).toBe(1)
  })

  test('two colours in one open region part between them, and a hint that keeps paper is one of them', () => {
    const grey = new Uint8Array(120 * 60).fill(255)
    const map = mapOf({ width: 120, height: 60, grey, pieces: grey, hints: [], colors: [] })
    const hints: Hint[] = [
      { kind: 'dot', x: 0.1, y: 0.5, radius: 0.01, color: '#aa0000' },
      { kind: 'dot', x: 0.9, y: 0.5, radius: 0.01, color: '#0000aa', empty: true },
    ]
    const fills = fillsOf(map, hints)
    expect(fills[30 * 120 + 12]).toBe(0xaa0000)
    expect(fills[30 * 120 + 50]).toBe(0xaa0000)
    expect(fills[30 * 120 + 70]).toBe(keepPaperColor)
    expect(fills.filter((fill) => fill === 0xaa0000).length / fills.length).toBeCloseTo(0.5, 1)
  })

  test('every pixel of the 5×5 around a hint on paper has its colour to the digit', () => {
    const page = drawPage({ gap: 3 })
    const map = mapOf(page)
    const levels = tonesOf(pixelsOf(page)).levels()
    const out = new Uint8Array(3 * page.grey.length)
    composePage({ ...pixelsOf(page), fills: fillsOf(map, page.hints) }, levels, true, out)
    for (const hint of page.hints) {
      if (hint.kind !== 'dot') continue
      const [x, y] = [Math.floor(hint.x * page.width), Math.floor(hint.y * page.height)]
      for (let dy = -2; dy <= 2; dy++) {
        for (let dx = -2; dx <= 2; dx++) {
          const at = 3 * ((y + dy) * page.width + x + dx)
          expect((((out[at] as number) << 16) | ((out[at + 1] as number) << 8) | (out[at + 2] as number)).toString(16)).toBe(hint.color.slice(1))
        }
      }
    }
  })

  test('black lines keep their lightness within 4 levels under every fill', () => {
    const page = drawPage({ gap: 3 })
    for (let i = 0; i < page.grey.length; i++) if (page.grey[i] === 0) page.grey[i] = i % 20
    const map = mapOf(page)
    const out = new Uint8Array(3 * page.grey.length)
    composePage({ ...pixelsOf(page), fills: fillsOf(map, page.hints) }, tonesOf(pixelsOf(page)).levels(), true, out)
    let worst = 0
    page.grey.forEach((level, i) => {
      if (level >= 20) return
      worst = Math.max(worst, Math.abs(0.2126 * (out[3 * i] as number) + 0.7152 * (out[3 * i + 1] as number) + 0.0722 * (out[3 * i + 2] as number) - level))
    })
    expect(worst).toBeLessThan(4)
  })

  test('tone is the fill times the level of the page', () => {
    const grey = Uint8Array.of(255, 178, 128, 0)
    const out = new Uint8Array(12)
    composePage({ data: grey, width: 4, height: 1, channels: 1, fills: new Int32Array(4).fill(0xf38c28) }, tonesOf({ data: new Uint8Array(100).fill(255), width: 10, height: 10, channels: 1 }).levels(), true, out)
    expect([...out]).toEqual([243, 140, 40, 170, 98, 28, 122, 70, 20, 0, 0, 0])
  })
})

describe('strokes that change what belongs together', () => {
  const twoRooms = (): DrawnPage => {
    const grey = new Uint8Array(100 * 50).fill(255)
    for (let y = 0; y < 50; y++) if (y < 10 || y > 40) for (let x = 49; x < 52; x++) grey[y * 100 + x] = 0
    return { width: 100, height: 50, grey, pieces: grey, hints: [], colors: [] }
  }
  const left: Hint = { kind: 'dot', x: 0.2, y: 0.5, radius: 0.01, color: '#336699' }

  test('a closing stroke stops colour that would go through an opening', () => {
    const page = twoRooms()
    expect(fillsOf(mapOf(page), [left])[25 * 100 + 80]).toBe(0x336699)
    expect(fillsOf(mapOf(page, [[[0.505, 0], [0.505, 1]]]), [left], { unhinted: 'fill' })[25 * 100 + 80]).toBeLessThan(0)
  })

  test('a joining stroke carries colour across a line', () => {
    const page = twoRooms()
    for (let y = 0; y < 50; y++) for (let x = 49; x < 52; x++) page.grey[y * 100 + x] = 0
    const map = mapOf(page)
    const at = (x: number): number => map.basins.labels.at(pixelAt(map.relief, x, 0.5))
    expect(fillsOf(map, [left])[25 * 100 + 80]).toBeLessThan(0)
    expect(fillsOf(map, [left], { joins: [[at(0.2), at(0.8)]] })[25 * 100 + 80]).toBe(0x336699)
  })
})

describe('what is kept as paper', () => {
  test('panels are found, and a lettered bubble stays white although its panel is filled', () => {
    const page = drawPage({ gap: 0, side: 260 })
    drawBubble(page, 16 + 205, 16 + 45, 46, 34)
    const map = mapOf(page)
    const regions = regionsOf(map, map.graph, gapRule(map.relief, null))
    const { panels, bubbles } = protectionOf(map, regions)
    expect(panels).toHaveLength(6)
    expect(bubbles).toHaveLength(1)
    const fills = fillsOf(map, page.hints, { unhinted: 'fill' })
    expect(fills[(16 + 45 - 25) * page.width + 16 + 205]).toBe(keepPaperColor)
  })

  test('a hint inside a bubble colours it', () => {
    const page = drawPage({ side: 260 })
    drawBubble(page, 16 + 205, 16 + 45, 46, 34)
    const inside: Hint = { kind: 'dot', x: (16 + 205) / page.width, y: (16 + 45 - 25) / page.height, radius: 0.01, color: '#fff0b0' }
    expect(fillsOf(mapOf(page), [...page.hints, inside])[(16 + 45 + 24) * page.width + 16 + 205]).toBe(0xfff0b0)
  })
})

describe('odd pages', () => {
  test('a page of one pixel, and one all of ink, are no trouble', () => {
    for (const level of [0, 255]) {
      const page: DrawnPage = { width: 1, height: 1, grey: Uint8Array.of(level), pieces: Uint8Array.of(0), hints: [], colors: [] }
      const fills = fillsOf(mapOf(page), [{ kind: 'dot', x: 0.5, y: 0.5, radius: 0.1, color: '#123456' }])
      expect(fills).toHaveLength(1)
    }
  })

  test('a toned page is told apart by its blurred greys', () => {
    const page = drawPage({ columns: 1, rows: 1, side: 240 })
    page.pieces.forEach((piece, i) => {
      const [x, y] = [i % page.width, Math.floor(i / page.width)]
      if (piece === 1 && ((x % 6) - 3) ** 2 + ((y % 6) - 3) ** 2 <= 4) page.grey[i] = 0
    })
    const map = mapPage(atOnce(reliefOf(tonesOf(pixelsOf(page)), { toneSize: 6 })))
    const fills = fillsOf(map, page.hints)
    let [right, all] = [0, 0]
    page.pieces.forEach((piece, i) => {
      if (piece === 0 || (page.grey[i] as number) < 160) return
      all++
      if (fills[i] === page.colors[piece]) right++
    })
    expect(right / all).toBeGreaterThan(0.9)
  })
})
