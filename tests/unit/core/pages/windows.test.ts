import { describe, expect, test } from 'vitest'
import type { Hint } from '../../../../src/contract/hints.ts'
import { atOnce } from '../../../../src/core/pages/atOnce.ts'
import { mapPage, type MapOptions, type PageMap } from '../../../../src/core/pages/basins.ts'
import { carriedUnder } from '../../../../src/core/pages/carrying.ts'
import { fillsAt } from '../../../../src/core/pages/composing.ts'
import { carryUnder } from '../../../../src/core/pages/flooding.ts'
import { gapRule } from '../../../../src/core/pages/gaps.ts'
import { tonesOf, type PagePixels } from '../../../../src/core/pages/ink.ts'
import { LabelPlane } from '../../../../src/core/pages/labelPlane.ts'
import { marksOf } from '../../../../src/core/pages/marks.ts'
import { regionsOf } from '../../../../src/core/pages/regions.ts'
import { reliefOf } from '../../../../src/core/pages/relief.ts'
import { solve } from '../../../../src/core/pages/solve.ts'
import { SplitCache } from '../../../../src/core/pages/splits.ts'

/** Numbers from 0 to 1, the same for the same seed (Numerical Recipes' linear congruence). */
function numbers(seed: number): () => number {
  let state = seed
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
}

/** Open curves of all widths, a black area, and specks on every third page: no outline is closed, plateaus and black reach over many windows. */
function scribble(seed: number): PagePixels {
  const next = numbers(seed)
  const [width, height] = [60 + Math.floor(next() * 120), 200 + Math.floor(next() * 300)]
  const data = new Uint8Array(width * height).fill(255)
  const dot = (x: number, y: number, r: number): void => {
    for (let v = Math.max(0, Math.round(y) - r); v <= Math.min(height - 1, Math.round(y) + r); v++) for (let u = Math.max(0, Math.round(x) - r); u <= Math.min(width - 1, Math.round(x) + r); u++) data[v * width + u] = 40
  }
  for (let curve = 4 + next() * 30; curve > 0; curve--) {
    let [x, y, angle] = [next() * width, next() * height, next() * 7]
    const [bend, r] = [(next() - 0.5) / 10, Math.floor(next() * 4)]
    for (let n = next() * 300; n > 0; n--) {
      x += Math.cos(angle)
      y += Math.sin(angle)
      angle += bend
      dot(x, y, r)
    }
  }
  if (seed % 2 === 0) data.fill(0, Math.floor(height * 0.4) * width, Math.floor(height * 0.7) * width)
  if (seed % 3 === 0) for (let n = 0; n < data.length / 60; n++) data[Math.floor(next() * data.length)] = 0
  return { data, width, height, channels: 1 }
}

const mapOf = (page: PagePixels, options: MapOptions = {}, toneSize = 0): PageMap => mapPage(atOnce(reliefOf(tonesOf(page), { toneSize })), options)

function labelsOf({ relief, basins }: PageMap): Int32Array {
  const all = new Int32Array(relief.width * relief.height)
  for (let y = 0; y < relief.height; y++) basins.labels.readRow(y, all, y * relief.width)
  return all
}

/** Windows of few rows, with hardly any to spare to begin with. */
const narrow = ({ width }: PagePixels): MapOptions[] => [{ windowPixels: 9 * width, margin: 1 }, { windowPixels: 60 * width, margin: 12 }]

describe('a page that is worked on in windows', () => {
  test.each([['lines', 0], ['tones', 5]] as const)('has the basins, the borders and the numbers of one that is worked on as a whole: %s', (_kind, toneSize) => {
    for (let seed = 1; seed <= 8; seed++) {
      const page = scribble(seed)
      const whole = mapOf(page, {}, toneSize)
      for (const options of narrow(page)) {
        const map = mapOf(page, options, toneSize)
        expect(map.basins.count).toBe(whole.basins.count)
        expect(labelsOf(map)).toEqual(labelsOf(whole))
        expect({ ...map.basins, labels: null }).toEqual({ ...whole.basins, labels: null })
        expect(map.graph).toEqual(whole.graph)
      }
    }
  })

  test('carries colour under lines to what is nearest in steps, of two the one further up', () => {
    const next = numbers(7)
    const [width, height] = [50, 80]
    for (const share of [0.4, 0.02, 0]) {
      const paper = new LabelPlane(width, height)
      const expected = new Int32Array((width + 2) * (height + 2)).fill(-1)
      for (let y = 0; y < height; y++) {
        const row = Int32Array.from({ length: width }, () => (next() < share ? 1 + Math.floor(next() * 9) : 0))
        paper.setRow(y, row)
        expected.set(row, (y + 1) * (width + 2) + 1)
      }
      carryUnder(expected, width + 2)
      for (const rows of [1, 7, height]) {
        const carried = atOnce(carriedUnder(paper, Int32Array.from({ length: 10 }, (_, n) => n), rows * width))
        for (let y = 0; y < height; y++) expect(carried.readRow(y, new Int32Array(width))).toEqual(expected.subarray((y + 1) * (width + 2) + 1, (y + 2) * (width + 2) - 1))
      }
    }
  })

  test('parts open paper between hints as one that is worked on as a whole, and floods only what an edit touches', () => {
    for (let seed = 1; seed <= 12; seed++) {
      const page = scribble(seed)
      const map = mapOf(page)
      const regions = regionsOf(map, map.graph, gapRule(map.relief, null))
      const next = numbers(seed)
      const hints = Array.from({ length: 14 }, (_, n): Hint => ({ kind: 'dot', x: next(), y: (n + next()) / 14, radius: 0.006, color: n % 3 === 0 ? '#ff0000' : n % 3 === 1 ? '#00ff00' : '#0000ff' }))
      const fillsOf = (some: readonly Hint[], pieceOf: number, cache = new SplitCache()): Int32Array => {
        const marks = marksOf(map, some, ({ color }) => Number.parseInt(color.slice(1), 16))
        return fillsAt(map, solve(map, map.graph, marks, new Map(), { regions, unhinted: 'fill', pieceOf }, cache), null)
      }
      const cache = new SplitCache()
      expect(fillsOf(hints.slice(1), page.width * 12, cache)).toEqual(fillsOf(hints.slice(1), Infinity))
      expect(fillsOf(hints, page.width * 12, cache)).toEqual(fillsOf(hints, Infinity))
    }
  })

  test('can be given up in the middle', () => {
    let asked = 0
    const check = (): void => {
      if (++asked === 5) throw new Error('enough')
    }
    expect(() => mapOf(scribble(1), { ...narrow(scribble(1))[0], check })).toThrow('enough')
  })
})
