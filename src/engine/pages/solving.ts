import type { Hint } from '../../contract/hints.ts'
import { fitIntoGamut } from '../../core/color/gamut.ts'
import { labToSrgb, srgbToLab, parseHex } from '../../core/color/srgb.ts'
import { keepPaperColor, marksOf } from '../../core/pages/marks.ts'
import { hintedRegions, keptPaper } from '../../core/pages/protection.ts'
import { solve, type Fills } from '../../core/pages/solve.ts'
import type { PageParams } from '../../core/steps/page.ts'
import type { PageAnalysis, PageLayout } from './analysis.ts'

/** Fill of a hint: its colour to the digit, or paler or fuller where saturation is not 1. */
function fillOf({ color, empty }: Hint, saturation: number): number {
  if (empty === true) return keepPaperColor
  if (saturation === 1) return Number.parseInt(color.slice(1), 16)
  const [l, a, b] = srgbToLab(...parseHex(color))
  const [red, green, blue] = labToSrgb(l, ...fitIntoGamut(l, a * saturation, b * saturation))
  return (Math.round(255 * red) << 16) | (Math.round(255 * green) << 8) | Math.round(255 * blue)
}

export interface Solved {
  readonly hinted: Uint8Array
  readonly fills: Fills
}

/** Hints to fills: what every edit of a hint costs. @param check called often where that takes long; may throw to give up */
export function solvePage({ map, splits }: PageAnalysis, { graph, regions, protection }: PageLayout, params: Pick<PageParams, 'hints' | 'saturation' | 'unhinted' | 'keepPaper'>, check?: () => void): Solved {
  const marks = marksOf(map, params.hints, (hint) => fillOf(hint, params.saturation))
  const hinted = hintedRegions(regions, marks)
  const kept = params.keepPaper ? keptPaper(map, regions, protection, marks) : { seeds: new Map<number, number>(), marks: [] }
  return { hinted, fills: solve(map, graph, [...marks, ...kept.marks], kept.seeds, { regions, unhinted: params.unhinted, check }, splits) }
}
