import { atOnce } from '../../src/core/pages/atOnce.ts'
import { tonesOf } from '../../src/core/pages/ink.ts'
import { mapPage } from '../../src/core/pages/basins.ts'
import { composePage, fillsAt } from '../../src/core/pages/composing.ts'
import { gapRule } from '../../src/core/pages/gaps.ts'
import { marksOf } from '../../src/core/pages/marks.ts'
import { keptPaper, protectionOf } from '../../src/core/pages/protection.ts'
import { regionsOf } from '../../src/core/pages/regions.ts'
import { reliefOf } from '../../src/core/pages/relief.ts'
import { solve } from '../../src/core/pages/solve.ts'
import { SplitCache } from '../../src/core/pages/splits.ts'
import { drawPage } from '../unit/core/pages/drawnPage.ts'
import { figure, type Bench } from './support/bench.ts'

/** Bars, in milliseconds of CPU and megabytes: opening a page of 2000×3000, one edit of a hint, memory. */
const bars = { open: 1200, edit: 60, memory: 600 }

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

export const bench: Bench = {
  name: 'pages',
  about: 'CPU time of opening a page of about 2000×3000 (distance, basins, regions) and of one edit among some 200 hints, solved and recoloured at full size, against the bars',
  async run({ runs, say }) {
    const page = drawPage({ columns: 7, rows: 10, side: 270, gutter: 14, gap: 4 })
    const pixels = { data: page.grey, width: page.width, height: page.height, channels: 1 as const }
    const [opened, edited, composed]: [number[], number[], number[]] = [[], [], []]
    let memory = 0
    for (let run = 0; run < runs; run++) {
      let from = cpu()
      const tones = tonesOf(pixels)
      const levels = tones.levels()
      const relief = atOnce(reliefOf(tones))
      const map = mapPage(relief)
      const regions = regionsOf(map, map.graph, gapRule(relief, null))
      opened.push(cpu() - from)
      const protection = protectionOf(map, regions)
      const cache = new SplitCache()
      const out = new Uint8Array(3 * page.grey.length)
      for (let edit = 0; edit < 4; edit++) {
        const hints = page.hints.map((hint, n) => (n === 17 * edit ? { ...hint, color: '#123456' } : hint))
        from = cpu()
        const marks = marksOf(map, hints, ({ color }) => Number.parseInt(color.slice(1), 16))
        const kept = keptPaper(map, regions, protection, marks)
        const fills = fillsAt(map, solve(map, map.graph, [...marks, ...kept.marks], kept.seeds, { regions, unhinted: 'empty' }, cache), null)
        if (edit > 0) edited.push(cpu() - from)
        from = cpu()
        composePage({ ...pixels, fills }, levels, true, out)
        if (edit > 0) composed.push(cpu() - from)
      }
      memory = Math.max(memory, process.memoryUsage().rss / 2 ** 20)
    }
    say(`${page.width}×${page.height}, ${page.hints.length} hints`)
    const size = { width: page.width, height: page.height, hints: page.hints.length }
    return [
      figure('pages-open', 'ms CPU', opened, [bars.open], size),
      figure('pages-edit', 'ms CPU', edited, [bars.edit], { ...size, composeMs: Math.round(composed.toSorted((a, b) => a - b)[composed.length >> 1] ?? 0) }),
      figure('pages-memory', 'MB', [memory], [bars.memory], size),
    ]
  },
}
