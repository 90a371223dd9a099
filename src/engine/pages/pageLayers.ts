import type { Hint } from '../../contract/hints.ts'
import { composePage, placesOf } from '../../core/pages/composing.ts'
import { regionMap } from '../../core/pages/report.ts'
import type { Fills } from '../../core/pages/solve.ts'
import type { PageParams } from '../../core/steps/page.ts'
import type { Pixels } from '../pictures/index.ts'
import { pagePixels, type PageAnalysis, type PageLayout } from './analysis.ts'
import { colorsOfPage } from './coloring.ts'
import type { PageDraft } from './draft.ts'
import type { PagePlanes, RegionFill } from './settling.ts'

/** A swatch that names flats and puts them into groups. */
export interface NamedColor {
  readonly name: string
  /** `#rrggbb` */
  readonly color: string
  /** Character; '' stands for none. */
  readonly group: string
}

/** Label of what has no fill; every other label is a colour, 0xrrggbb. */
export const noFill = 0xffffffff

/** Names by colour: those of swatches, else those of hints. */
function namesOf(hints: readonly Hint[], swatches: readonly NamedColor[]): Map<string, Omit<RegionFill, 'color'>> {
  const names = new Map<string, Omit<RegionFill, 'color'>>()
  for (const { color, name } of hints) if (name) names.set(color.toLowerCase(), { name })
  for (const { color, name, group } of swatches) names.set(color.toLowerCase(), { name, group })
  return names
}

/**
 * What a page's layers are made of, from its analysis and its hints: fills, ink, its own tones, bubbles; what a network or a
 * rough picture gave; and what the page looks like under its recipe.
 * @param basinFills what its hints fill
 * @param draft of a network or a rough picture, null where hints alone count
 * @param dpi of the file, null where it says none
 */
export function planesOf(pixels: Pixels, analysis: PageAnalysis, layout: PageLayout, basinFills: Fills, params: PageParams, draft: PageDraft | null, dpi: number | null, swatches: readonly NamedColor[]): PagePlanes {
  const { map, levels } = analysis
  const page = pagePixels(pixels)
  const { width, height } = page
  const places = placesOf(map, { width, height, part: { left: 0, top: 0, width, height } })
  const { flats, colors } = colorsOfPage(analysis, basinFills, params, places, draft)
  const labels = Uint32Array.from(flats, (color) => (color < 0 ? noFill : color))
  const compose = (fills: Int32Array, neutral: boolean): Uint8Array => {
    const out = new Uint8Array(3 * width * height)
    composePage({ ...page, fills }, levels, neutral, out)
    return out
  }
  // White laid over the page shows its own tones, as the colours will have them.
  const white = compose(new Int32Array(colors.length).fill(0xffffff), true)
  const luminance = new Uint8Array(width * height)
  const ink = new Uint8Array(width * height)
  for (let i = 0; i < luminance.length; i++) {
    luminance[i] = white[3 * i] as number
    if (map.relief.heights[places[i] as number] === 0) ink[i] = 1
  }
  const names = namesOf(params.hints, swatches)
  const fills = (label: number): RegionFill | null => {
    if (label === noFill) return null
    const color = `#${label.toString(16).padStart(6, '0')}`
    return { color, ...names.get(color) }
  }
  const inBubbles = new Set(layout.protection.bubbles.map(({ region }) => region))
  const bubbles = Uint8Array.from(regionMap(map, layout.regions), (region) => Number(inBubbles.has(region)))
  // What is dark inside a bubble is its lettering.
  const lettering = Uint8Array.from(bubbles, (inside, i) => (inside === 1 && (luminance[i] as number) < 255 ? 1 : 0))
  const title = draft && (draft.network ? `Network (${draft.network.model.card.title})` : 'Rough')
  const drafted = title === null ? [] : [{ name: title, colors: colors.map((color, i) => (color >= 0 && color !== flats[i] ? color : -1)) }]
  return { width, height, dpi, labels, fills, ink, luminance, bubbles, lettering, drafted, look: compose(colors, params.neutralPaper), hints: params.hints }
}
